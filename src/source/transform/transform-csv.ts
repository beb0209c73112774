/**
 * A CSV file of a batch transform. It has a header only if the user says so, as the platform sends
 * lines to the model without one.
 *
 * With inference ids asked for, the platform ends each row of a reply with two cells: the id and
 * the time the job began. They are told by the content: where the last two cells of a reply's first
 * row are an id (letters, digits, `-` and `_`, 8 at least, not digits alone) and an ISO 8601 time,
 * with other cells before them, they are such in the whole file, and a row that does not end so is
 * rejected.
 */
import { MISSING } from "../../base/cells.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import type { Fault } from "../capture/capture-record.ts";
import { parseTime } from "../capture/capture-window.ts";
import type { CellBytes, SideDecoder } from "../capture/decode-side.ts";
import type { CellRange } from "../capture/row-pairing.ts";
import { openDialect } from "../csv/csv-dialect.ts";
import { CsvFile } from "../csv/csv-file.ts";
import { bytesOf, type FormatOptions, resolveDialect } from "../csv/csv-format.ts";
import { nameColumns } from "../csv/csv-header.ts";
import { excerptRecord, ScannedRecords } from "../csv/csv-records.ts";
import type { InputTally, Rejection } from "../record-source.ts";
import type { SideOutcome, TransformSide } from "./transform-side.ts";

const ID = /^(?!\d+$)[\w-]{8,}$/;
const ID_CELLS = 2;

const NO_ID: Fault = { reason: "shape", detail: "the output's row does not end with its ids" };

export interface TransformCsvOptions extends FormatOptions {
  readonly hasHeader: boolean;
  /** Whether rows may end with inference ids. */
  readonly isOutput: boolean;
}

export class TransformCsv implements TransformSide {
  readonly tally: InputTally;
  line = 0;
  readonly column: undefined;
  inferenceId: string | undefined;
  fault: Fault | undefined;
  readonly #options: TransformCsvOptions;
  readonly #file: CsvFile;
  readonly #builder: BatchBuilder;
  /** Records that could not be read and were passed on the way to the outcome that waits. */
  readonly #rejections: Rejection[];
  #waiting: SideOutcome | undefined;
  #names: readonly string[] | undefined;
  #isHeaderRead: boolean;
  /** Whether rows end with ids; undefined before the first row. */
  #hasIds: boolean | undefined;
  #cells = 0;
  /** Text of a record that could not be read. */
  #rejected: string | undefined;

  private constructor(
    file: CsvFile,
    builder: BatchBuilder,
    rejections: Rejection[],
    options: TransformCsvOptions,
  ) {
    this.tally = file.tally;
    this.#file = file;
    this.#builder = builder;
    this.#rejections = rejections;
    this.#options = options;
    this.#isHeaderRead = !options.hasHeader;
  }

  /** Opens a file whose content is given as valid UTF-8. */
  static async open(
    text: AsyncGenerator<Uint8Array>,
    tally: InputTally,
    options: TransformCsvOptions,
  ): Promise<TransformCsv> {
    const dialect = resolveDialect(options);
    const bytes = bytesOf(dialect);
    const builder = new BatchBuilder();
    const rejections: Rejection[] = [];
    const onReject = (rejection: Rejection): void => void rejections.push(rejection);
    const records =
      bytes === undefined
        ? await openDialect(tally.path, dialect, builder, onReject)
        : new ScannedRecords(tally.path, bytes, builder, onReject);
    return new TransformCsv(new CsvFile(tally, records, text), builder, rejections, options);
  }

  get text(): string {
    const { cells } = this.#file.records;
    const { delimiter = "," } = this.#options;
    const texts = Array.from({ length: cells }, (_, cell) => this.#textOf(cell));
    return this.#rejected ?? excerptRecord(texts.join(delimiter));
  }

  read(): SideOutcome {
    const outcome = this.#waiting ?? this.#readNext();
    const rejection = this.#rejections.shift();
    this.#waiting = rejection === undefined ? undefined : outcome;
    if (rejection !== undefined) {
      this.line = rejection.line;
      this.inferenceId = undefined;
      this.fault = rejection;
      this.#rejected = rejection.text;
      return "fault";
    }
    if (outcome === "record") this.#take();
    return outcome;
  }

  feed(): Promise<void> {
    return this.#file.feed();
  }

  lay(cells: SideDecoder): readonly CellRange[] | Fault {
    if (this.#hasIds === true && this.inferenceId === undefined) return NO_ID;
    const range = cells.addCells(this.#found, this.#cells);
    const names = this.#names;
    if (names === undefined || this.#cells > names.length) return [range];
    return [{ ...range, names: names.slice(0, this.#cells) }];
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #readNext(): SideOutcome {
    for (;;) {
      const { records } = this.#file;
      // What was read before is done with.
      this.#builder.skip(this.#builder.position);
      const outcome = records.read();
      if (outcome === "record" && !this.#isHeaderRead) {
        this.#isHeaderRead = true;
        const texts = Array.from({ length: records.cells }, (_, cell) => this.#textOf(cell));
        this.#names = nameColumns(texts);
        continue;
      }
      return outcome === "full" ? "starved" : outcome;
    }
  }

  #take(): void {
    const { cells, line } = this.#file.records;
    this.line = line;
    this.#cells = cells;
    this.fault = undefined;
    this.inferenceId = undefined;
    if (this.#options.isOutput && this.#hasIds !== false) {
      const id = this.#textOf(cells - ID_CELLS);
      const time = this.#textOf(cells - 1);
      const hasIds = cells > ID_CELLS && ID.test(id ?? "") && parseTime(time ?? "") !== undefined;
      this.#hasIds ??= hasIds;
      if (hasIds) {
        this.inferenceId = id;
        this.#cells = cells - ID_CELLS;
      }
    }
    this.#rejected = undefined;
  }

  get #found(): CellBytes {
    const { starts, ends } = this.#file.records;
    return { bytes: this.#builder.bytes, starts, ends };
  }

  #textOf(cell: number): string | undefined {
    const { bytes, starts, ends } = this.#found;
    if (cell < 0 || starts[cell] === MISSING) return undefined;
    return Buffer.from(bytes.buffer, bytes.byteOffset).toString("utf8", starts[cell], ends[cell]);
  }
}
