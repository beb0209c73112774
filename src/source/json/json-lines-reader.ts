/**
 * Reads JSON datasets: one record a line, or one array of records (json-records.ts).
 *
 * A record is flattened as captured JSON is (json-flatten.ts) and may hold several rows. Named
 * cells are laid by name, over the baseline's features if there is one; a key that is absent is a
 * missing cell, as null is. Under `model-monitor` a record is one flat object, as for the service.
 *
 * Invariants: (1) batches depend on the files' content alone; (2) every line that is not blank, and
 * every element, is read or rejected whole.
 */

import { RowBatches } from "../batch/row-batches.ts";
import type { PayloadProblem } from "../capture/base64-payload.ts";
import { type Fault, isFault } from "../capture/capture-record.ts";
import type { CaptureRow, RowOptions } from "../capture/capture-rows.ts";
import type { SelectionOptions } from "../column-selection.ts";
import { emptyTally } from "../content/input-content.ts";
import {
  type LineDecoder,
  type LineLimits,
  LineRejections,
  type LineRows,
  readLineBatches,
  textOf,
} from "../lines/line-batches.ts";
import type { Line, Lines } from "../lines/line-reader.ts";
import { PreprocessedLines } from "../preprocess/preprocessed-lines.ts";
import type { Preprocessor } from "../preprocess/preprocessor.ts";
import type { ByteInput, RecordSource, RejectionListener } from "../record-source.ts";
import { readJsonRecords } from "./json-records.ts";
import { type JsonRows, readJsonValue } from "./json-rows.ts";

export interface JsonLinesOptions
  extends Omit<RowOptions, "sides" | "outputColumnsPosition">,
    SelectionOptions,
    LineLimits {
  /** Makes the rows of each record that is an object. */
  readonly preprocessor?: Preprocessor | undefined;
  readonly onReject: RejectionListener;
}

/**
 * Opens JSON files in the order given. Throws a usage error when no column is left to read;
 * iterating throws an input error where a file can not be read or an array is broken.
 */
export function openJsonLines(
  inputs: readonly ByteInput[],
  options: JsonLinesOptions,
): RecordSource {
  const read = inputs.map((input) => ({ input, tally: emptyTally(input.path) }));
  const decoder = new JsonLinesDecoder(options);
  return {
    get names() {
      return decoder.batches.names;
    },
    batches: readLineBatches(read, decoder, options),
    tallies: read.map(({ tally }) => tally),
    isSameUnderBoth: () => decoder.isSameUnderBoth,
  };
}

class JsonLinesDecoder implements LineDecoder {
  readonly batches: RowBatches;
  readonly rejections: LineRejections;
  readonly readLines: typeof readJsonRecords = readJsonRecords;
  isSameUnderBoth = true;
  readonly #options: JsonLinesOptions;
  readonly #preprocessed: PreprocessedLines | undefined;

  constructor(options: JsonLinesOptions) {
    this.#options = options;
    const { preprocessor } = options;
    this.#preprocessed = preprocessor && new PreprocessedLines(preprocessor);
    this.batches = new RowBatches({ ...options, sides: "both", outputColumnsPosition: "START" });
    this.rejections = new LineRejections(options.onReject);
  }

  async prepare(lines: Lines): Promise<void> {
    if (this.#preprocessed !== undefined) await this.#preprocessed.prepare(lines.rest());
  }

  decode(line: Line, at: number): LineRows {
    const outcome = this.#preprocessed?.at(at)?.outcome;
    if (outcome !== undefined && outcome.kind !== "same") {
      return this.#fit(line, this.batches.take(outcome));
    }
    const name = line.column === undefined ? "line" : "element";
    const read = line.isCut ? TOO_LONG : this.#readValue(line);
    if ("problem" in read) {
      const { reason, problem } = read;
      return this.rejections.add(line, { reason, detail: `the ${name} ${problem}` });
    }
    return this.#fit(line, this.batches.rows.takeTexts(read.rows));
  }

  #readValue(line: Line): JsonRows | PayloadProblem {
    const { named } = this.batches.rows;
    const read = readJsonValue(textOf(line.bytes), { isName: (key) => named.isFeature(key) });
    if ("problem" in read) return read;
    if (read.rows.length === 0) return NO_ROW;
    if (read.isFlat) return read;
    this.isSameUnderBoth = false;
    return this.#options.semantics === "tidemark" ? read : NOT_FLAT;
  }

  /** Makes room for a record's rows, or rejects it. */
  #fit(line: Line, rows: readonly CaptureRow[] | Fault): LineRows {
    if (isFault(rows)) return this.rejections.add(line, rows);
    const detail = this.batches.reserve(rows);
    if (detail === undefined) return { rows };
    return this.rejections.add(line, { reason: "row_length", detail });
  }
}

const TOO_LONG: PayloadProblem = { reason: "json", problem: "is too long" };
const NO_ROW: PayloadProblem = { reason: "shape", problem: "has no row" };
const NOT_FLAT: PayloadProblem = {
  reason: "shape",
  problem: "is not one flat JSON object; only tidemark reads others",
};
