/** A JSON file of a batch transform: JSON lines, or one array. */
import { type Fault, isFault } from "../capture/capture-record.ts";
import type { SideDecoder } from "../capture/decode-side.ts";
import type { CellRange } from "../capture/row-pairing.ts";
import { excerptRecord } from "../csv/csv-records.ts";
import { readJsonRecords } from "../json/json-records.ts";
import { type JsonRows, readJsonValue } from "../json/json-rows.ts";
import { textOf } from "../lines/line-batches.ts";
import type { Line, Lines } from "../lines/line-reader.ts";
import type { InputTally } from "../record-source.ts";
import { unwrapPrediction } from "./transform-prediction.ts";
import type { SideOutcome, TransformSide } from "./transform-side.ts";

export interface TransformJsonOptions {
  readonly recordBytesMax: number;
  /** Whether records may be wrapped with inference ids; the side's name in faults. */
  readonly isOutput: boolean;
  readonly isName: (key: string) => boolean;
  /** Refuses rows, given whether they are one flat object, with a fault of its own. */
  readonly restrict: (isFlat: boolean) => Fault | undefined;
}

export class TransformJson implements TransformSide {
  readonly tally: InputTally;
  readonly fault: undefined;
  inferenceId: string | undefined;
  readonly #options: TransformJsonOptions;
  readonly #records: AsyncIterator<Lines>;
  #lines: Lines | undefined;
  #last: Line | undefined;
  #isEnded = false;
  #prediction = "";

  /** Takes the file's content as valid UTF-8. */
  constructor(text: AsyncIterable<Uint8Array>, tally: InputTally, options: TransformJsonOptions) {
    this.tally = tally;
    this.#options = options;
    this.#records = readJsonRecords(text, options.recordBytesMax, tally.path);
  }

  get line(): number {
    return this.#line.number;
  }

  get column(): number | undefined {
    return this.#line.column;
  }

  get text(): string {
    return excerptRecord(textOf(this.#line.bytes));
  }

  read(): SideOutcome {
    this.#last = this.#lines?.next();
    if (this.#last === undefined) return this.#isEnded ? "end" : "starved";
    const text = textOf(this.#line.bytes);
    const wrapped = this.#options.isOutput ? unwrapPrediction(text) : { text };
    this.#prediction = wrapped.text;
    this.inferenceId = wrapped.inferenceId;
    return "record";
  }

  async feed(): Promise<void> {
    const next = await this.#records.next();
    this.#isEnded = next.done === true;
    this.#lines = next.done === true ? undefined : next.value;
  }

  lay(cells: SideDecoder): readonly CellRange[] | Fault {
    const read = this.#readValue();
    return isFault(read) ? read : read.rows.map((row) => cells.addTexts(row));
  }

  async close(): Promise<void> {
    await this.#records.return?.();
  }

  get #line(): Line {
    return this.#last!;
  }

  #readValue(): JsonRows | Fault {
    const { isName, isOutput, restrict } = this.#options;
    const name = isOutput ? "output" : "input";
    if (this.#line.isCut) return { reason: "json", detail: `the ${name} is too long` };
    const read = readJsonValue(this.#prediction, { isName });
    if ("problem" in read) return { reason: read.reason, detail: `the ${name} ${read.problem}` };
    if (read.rows.length === 0) return { reason: "shape", detail: `the ${name} has no row` };
    return restrict(read.isFlat) ?? read;
  }
}
