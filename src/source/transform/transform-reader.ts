/**
 * Reads the files of captured batch transforms in pairs: record n of the request's file with record
 * n of the reply's, as rows of both sides like those of a captured invocation.
 *
 * Files are CSV or JSON each by what the user says or else by its content: what begins with `{` or
 * an array is JSON. A pair with a record that can not be read is rejected at the place of that
 * record; records beyond the end of the partner's file are rejected as `row_pairing`. The inference
 * id that the platform adds on request is the rows' event id. Rows stand at the place of their
 * input record, or of the output where the input's file is absent; both files count them.
 *
 * Invariants: (1) batches depend on the files' content alone; (2) every record is read, left out
 * for want of its label, or rejected. Memory: a chunk and a record of both files, and that of
 * `RowBatches`.
 */
import type { Batch } from "../batch/batch.ts";
import { RowBatches } from "../batch/row-batches.ts";
import { type Fault, isFault } from "../capture/capture-record.ts";
import type { CaptureRow, RowOptions } from "../capture/capture-rows.ts";
import type { GroundTruthIndex } from "../capture/ground-truth-index.ts";
import { pairRows } from "../capture/row-pairing.ts";
import type { SelectionOptions } from "../column-selection.ts";
import { GUARD_BYTES, refuseBinary } from "../content/binary-guard.ts";
import { emptyTally, readContent } from "../content/input-content.ts";
import { peekBytes } from "../content/peek-bytes.ts";
import type { FormatOptions } from "../csv/csv-format.ts";
import { RECORD_BYTES_MAX } from "../csv/csv-scanner.ts";
import { isJsonArray } from "../json/json-array.ts";
import type { InputTally, RecordSource, RejectionListener } from "../record-source.ts";
import { decodeUtf8 } from "../utf8.ts";
import { TransformCsv } from "./transform-csv.ts";
import { TransformJson } from "./transform-json.ts";
import type { TransformPair } from "./transform-pairs.ts";
import type { SideOutcome, TransformSide } from "./transform-side.ts";

export interface TransformOptions extends RowOptions, SelectionOptions, FormatOptions {
  /** Of the files; told from each file's content when absent. */
  readonly format?: "csv" | "jsonl" | undefined;
  /** Whether CSV files begin with names. */
  readonly hasHeader: boolean;
  /** Labels by inference id: rows without one are left out. */
  readonly groundTruth?: GroundTruthIndex | undefined;
  readonly onReject: RejectionListener;
}

const NOT_FLAT: Fault = {
  reason: "shape",
  detail: "the record is not one flat JSON object; only tidemark reads others",
};

/**
 * Opens pairs in the order given. Throws a usage error when no column is left to read and for a
 * dialect that can not be; iterating throws an input error where a file can not be read.
 */
export function openTransform(
  pairs: readonly TransformPair[],
  options: TransformOptions,
): RecordSource {
  const tallied = pairs.map((pair) => ({
    pair,
    input: pair.input && emptyTally(pair.input.path),
    output: pair.output && emptyTally(pair.output.path),
  }));
  const reader = new TransformReader(options);
  return {
    get names() {
      return reader.batches.names;
    },
    batches: reader.read(tallied),
    tallies: tallied
      .flatMap(({ input, output }) => [input, output])
      .filter((tally) => tally !== undefined),
    isSameUnderBoth: () => reader.isSameUnderBoth,
  };
}

interface TalliedPair {
  readonly pair: TransformPair;
  readonly input: InputTally | undefined;
  readonly output: InputTally | undefined;
}

class TransformReader {
  readonly batches: RowBatches;
  readonly #options: TransformOptions;
  #isSameUnderBoth = true;

  constructor(options: TransformOptions) {
    this.#options = options;
    this.batches = new RowBatches(options);
  }

  get isSameUnderBoth(): boolean {
    return this.#isSameUnderBoth;
  }

  async *read(pairs: readonly TalliedPair[]): AsyncGenerator<Batch> {
    for (const { pair, ...tallies } of pairs) {
      const input = await this.#open(pair.input, tallies.input, false);
      const output = await this.#open(pair.output, tallies.output, true);
      try {
        this.batches.begin(tallies.input ?? tallies.output!);
        yield* this.#readPair(input, output);
        yield* this.batches.finish();
      } finally {
        await input?.close();
        await output?.close();
      }
    }
  }

  async *#readPair(
    input: TransformSide | undefined,
    output: TransformSide | undefined,
  ): AsyncGenerator<Batch> {
    const sides = [input, output].filter((side) => side !== undefined);
    const [first, second] = [sides[0]!, sides[1]];
    for (;;) {
      const outcomes: SideOutcome[] = [];
      for (const side of sides) {
        let outcome = side.read();
        while (outcome === "starved") {
          await side.feed();
          outcome = side.read();
        }
        outcomes.push(outcome);
      }
      const ended = outcomes.indexOf("end");
      if (outcomes.every((outcome) => outcome === "end")) return;
      const faulty = outcomes.indexOf("fault");
      if (faulty >= 0) {
        this.#reject(sides[faulty]!, sides[faulty]!.fault!);
      } else if (ended >= 0) {
        const detail = `the ${ended === 0 ? "input" : "output"} has no record for it`;
        this.#reject(sides[1 - ended]!, { reason: "row_pairing", detail });
      } else {
        const rows = this.#rowsOf(input, output);
        if (second !== undefined) second.tally.records += rows.length;
        const inferenceId = output?.inferenceId;
        const ids = { eventId: inferenceId, inferenceId, inferenceTime: undefined };
        yield* this.batches.addAll(rows, first.line, ids);
      }
    }
  }

  /** Makes the rows of the records read last; none when they are rejected or left out. */
  #rowsOf(
    input: TransformSide | undefined,
    output: TransformSide | undefined,
  ): readonly CaptureRow[] {
    const { groundTruth, sides } = this.#options;
    const inferenceId = output?.inferenceId;
    const labelled = { inferenceId, eventId: undefined };
    if (groundTruth !== undefined && groundTruth.join(labelled) === undefined) return [];
    let faulty = (input ?? output)!;
    const rows = this.batches.rows.takeSides((cells) => {
      const inputs = input?.lay(cells) ?? [];
      if (isFault(inputs)) return inputs;
      const outputs = output?.lay(cells) ?? [];
      if (isFault(outputs)) {
        faulty = output!;
        return outputs;
      }
      const isOneRow = inputs.length <= 1 && outputs.length <= 1;
      const isWhole = inputs.length > 0 && outputs.length > 0;
      if (!isOneRow || !(isWhole || sides !== "both")) this.#isSameUnderBoth = false;
      return pairRows(inputs, outputs);
    });
    if (isFault(rows)) return this.#reject(faulty, rows);
    const detail = this.batches.reserve(rows);
    return detail === undefined ? rows : this.#reject(faulty, { reason: "row_length", detail });
  }

  /** Counts the record that a file's side read last as rejected and tells of it. */
  #reject(side: TransformSide, { reason, detail }: Fault): readonly CaptureRow[] {
    const { tally, line, column, inferenceId: eventId, text } = side;
    tally.rejected[reason] = (tally.rejected[reason] ?? 0) + 1;
    this.#options.onReject({ file: tally.path, line, column, eventId, reason, detail, text });
    return [];
  }

  async #open(
    input: TransformPair["input"],
    tally: InputTally | undefined,
    isOutput: boolean,
  ): Promise<TransformSide | undefined> {
    if (input === undefined || tally === undefined) return undefined;
    const { format, recordBytesMax = RECORD_BYTES_MAX } = this.#options;
    const { head, chunks } = await peekBytes(readContent(input, tally), GUARD_BYTES);
    refuseBinary(head, input.path, "CSV or JSON lines in UTF-8");
    const text = decodeUtf8(chunks, tally);
    const isJson =
      format === undefined ? isJsonObject(head) || isJsonArray(head) : format === "jsonl";
    if (!isJson) return TransformCsv.open(text, tally, { ...this.#options, isOutput });
    const { named } = this.batches.rows;
    return new TransformJson(text, tally, {
      recordBytesMax,
      isOutput,
      isName: (key) => named.isFeature(key),
      restrict: (isFlat) => this.#restrict(isFlat),
    });
  }

  #restrict(isFlat: boolean): Fault | undefined {
    if (isFlat) return undefined;
    this.#isSameUnderBoth = false;
    return this.#options.semantics === "tidemark" ? undefined : NOT_FLAT;
  }
}

function isJsonObject(head: Uint8Array): boolean {
  return new TextDecoder().decode(head).trimStart().startsWith("{");
}
