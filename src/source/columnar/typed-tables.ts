/**
 * Tables of typed columns (Parquet, Arrow) as a record source.
 *
 * Tables are read one after another; later ones are laid over the first one's columns by name. A
 * record's number in its file, from 1, stands where other files have lines. Cells are spelled by
 * arrow-cells.ts, so that a column counts as the same text in a CSV file would.
 * Memory: one batch, one part of a table (what its reader holds), and its dictionaries' text.
 */
import { excerpt, TidemarkError } from "../../base/tidemark-error.ts";
import { type Batch, RUN_CELLS_MAX } from "../batch/batch.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import { openBatchMemory } from "../batch/batch-memory.ts";
import { ValueCounts } from "../batch/value-counts.ts";
import { type SelectionOptions, selectColumns } from "../column-selection.ts";
import { CONTENT_FREE_BYTES } from "../content/content-ratio.ts";
import { alignHeader, type CsvHeader, nameColumns } from "../csv/csv-header.ts";
import { nullTokensOf } from "../null-tokens.ts";
import type { InputTally, RecordSource } from "../record-source.ts";
import { arrowWriter, isReadable, validWriter } from "./arrow-cells.ts";
import {
  type ArrowColumn,
  type ArrowData,
  type ArrowRecordBatch,
  arrowColumns,
} from "./arrow-column.ts";
import { arrowCounter, validCounter } from "./arrow-counts.ts";
import { ColumnRuns, type ColumnWriter } from "./column-runs.ts";

/** Bytes of cells that a stored byte may stand for: encodings of runs exceed those of text. */
const CELLS_RATIO_MAX = 2000;

export interface TypedTablesOptions extends SelectionOptions {
  /** Texts that are missing cells. */
  readonly nullTokens?: readonly string[] | undefined;
  /** Whether an empty text is a missing cell. */
  readonly emptyIsMissing?: boolean | undefined;
  /** Whether batches may be counted while they are made, so that they do not show all cells. */
  readonly offersCounts?: boolean | undefined;
}

/** A table on its way; its reader counts the bytes in `tally`. */
export interface TypedTable {
  readonly tally: InputTally;
  /** What the file is, as errors say it: `Parquet`, `Arrow`. */
  readonly kind: string;
  /** The table's parts, at least one of them, which may be without rows. */
  readonly parts: AsyncIterable<ArrowRecordBatch>;
  /** Whether it is in memory, so that it can not be larger than what is stored. */
  readonly isHeld?: boolean | undefined;
}

/** How the parts of a table become records of the source. */
interface Layout {
  readonly fields: ArrowRecordBatch["schema"]["fields"];
  /** The column of the table that each column of the source takes. */
  readonly columns: readonly ArrowColumn[];
}

/**
 * Opens tables in the order given and reads the first one's columns. Throws an input error for a
 * table that is corrupt or has other columns, and a usage error for columns that can not be read.
 */
export async function openTypedTables(
  tables: readonly TypedTable[],
  options: TypedTablesOptions,
): Promise<RecordSource> {
  const reader = new TypedTables(options);
  const batches = reader.read(tables);
  const first = await batches.next();
  return {
    names: reader.names,
    tallies: tables.map(({ tally }) => tally),
    batches: resume(first, batches),
  };
}

async function* resume(
  first: IteratorResult<Batch>,
  rest: AsyncGenerator<Batch>,
): AsyncGenerator<Batch> {
  try {
    if (first.done !== true) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

class TypedTables {
  names: readonly string[] | undefined;
  readonly #options: TypedTablesOptions;
  readonly #builder: BatchBuilder = new BatchBuilder(openBatchMemory());
  readonly #counts: ValueCounts | undefined;
  readonly #runs: ColumnRuns;
  #header: CsvHeader | undefined;
  #selected: readonly number[] | undefined;

  constructor(options: TypedTablesOptions) {
    this.#options = options;
    const tokens = nullTokensOf(options);
    const canCount = options.offersCounts === true && tokens === undefined;
    this.#counts = canCount ? new ValueCounts(this.#builder) : undefined;
    this.#runs = new ColumnRuns(this.#builder, tokens, this.#counts);
  }

  async *read(tables: readonly TypedTable[]): AsyncGenerator<Batch> {
    for (const table of tables) {
      try {
        yield* this.#readTable(table);
      } catch (error) {
        throw error instanceof RangeError || error instanceof TypeError
          ? corruptTable(table.kind, table.tally.path, error)
          : error;
      }
    }
  }

  async *#readTable(table: TypedTable): AsyncGenerator<Batch> {
    const builder = this.#builder;
    const { tally } = table;
    let layout: Layout | undefined;
    for await (const part of table.parts) {
      const isFirst = layout === undefined;
      if (layout?.fields !== part.schema.fields) layout = this.#layOut(part, tally.path);
      if (isFirst) builder.begin(tally.path, layout.columns.length);
      yield* this.#readPart(part, layout, table);
    }
    if (builder.records > 0 || builder.hasPart) yield this.#finish();
    this.#reset();
  }

  #finish(): Batch {
    const batch = this.#builder.finish();
    return this.#counts?.finish(batch) ?? batch;
  }

  *#finishPart(): Generator<Batch> {
    yield { ...this.#finish(), isPart: true };
    this.#builder.endPart();
    this.#runs.beginBatch();
  }

  #reset(): void {
    this.#builder.reset();
    this.#runs.beginBatch();
  }

  *#readPart(
    part: ArrowRecordBatch,
    { columns }: Layout,
    { tally, isHeld = false }: TypedTable,
  ): Generator<Batch> {
    // A part without rows is there for the columns' names, and may have no values at all.
    if (part.numRows === 0) return;
    const builder = this.#builder;
    const writers = columns.map(({ path }) => openColumn(part, path, tally));
    let written = 0;
    for (let row = 0; row < part.numRows; ) {
      const rows = Math.min(this.#rowsAhead, part.numRows - row);
      for (const [column, writer] of writers.entries()) {
        this.#runs.write(column, writer, row, row + rows);
        if (!isHeld) written += this.#runs.bytes + rows;
      }
      builder.addAllLaid(rows, tally.records + 1);
      tally.records += rows;
      row += rows;
      if (!this.#isFull) {
        if (this.#counts?.isAsking) yield* this.#finishPart();
        continue;
      }
      if (!isHeld) this.#weigh(written, tally);
      written = 0;
      yield this.#finish();
      this.#reset();
    }
    if (!isHeld) this.#weigh(written, tally);
  }

  /** Rows until the batch may be full: it is cut there alone, wherever parts end. */
  get #rowsAhead(): number {
    const { records, recordsMax } = this.#builder;
    return Math.min(RUN_CELLS_MAX - (records % RUN_CELLS_MAX), recordsMax - records);
  }

  get #isFull(): boolean {
    const { records, recordsMax, isFull } = this.#builder;
    return isFull && (records === recordsMax || records % RUN_CELLS_MAX === 0);
  }

  readonly #cellBytes: Map<InputTally, number> = new Map();

  /** Refuses a file whose cells are out of all proportion to its bytes. */
  #weigh(written: number, tally: InputTally): void {
    const all = (this.#cellBytes.get(tally) ?? 0) + written;
    this.#cellBytes.set(tally, all);
    if (all <= CONTENT_FREE_BYTES || all <= tally.bytes * CELLS_RATIO_MAX) return;
    throw new TidemarkError({
      code: "input",
      location: { file: tally.path },
      what: `its cells take more than ${CELLS_RATIO_MAX} times its bytes`,
      expected: "a table that is no more compressed than tables are",
      hint: "Write it again with another encoding if it is meant to be so.",
    });
  }

  #layOut({ schema }: ArrowRecordBatch, file: string): Layout {
    const found = arrowColumns(schema.fields, file);
    const header = { file, line: 1, names: nameColumns(found.map(({ name }) => name)) };
    if (this.#header === undefined) {
      this.#header = header;
      this.#selected = selectColumns(header.names, this.#options, file);
      this.names = this.#selected?.map((at) => header.names[at]!) ?? header.names;
    }
    const order = alignHeader(this.#header, header);
    const positions = this.#selected ?? [...found.keys()];
    const columns = positions.map((position) => found[order?.[position] ?? position]!);
    const unread = columns.find(({ type }) => !isReadable(type));
    if (unread !== undefined) throw unreadableType(unread, file);
    if (columns.length === 0) throw noColumns(file);
    return { fields: schema.fields, columns };
  }
}

/** Opens a column of a table, which is missing wherever a struct around it is. */
function openColumn(
  part: ArrowRecordBatch,
  path: readonly number[],
  tally: InputTally,
): ColumnWriter {
  const around: ArrowData[] = [];
  let { children } = part.data;
  let data: ArrowData | undefined;
  for (const at of path) {
    if (data !== undefined && data.nullBitmap.length > 0) around.push(data);
    data = children[at];
    if (data === undefined || data.length < part.numRows) {
      throw new RangeError("a column is shorter than its table");
    }
    ({ children } = data);
  }
  const write = arrowWriter(data!, tally);
  const count = arrowCounter(data!, tally, write);
  return {
    write: around.reduceRight((inner, struct) => validWriter(struct, inner), write),
    count: count && around.reduceRight((inner, struct) => validCounter(struct, inner), count),
  };
}

/** The error for a file whose bytes are not what its format says. */
export function corruptTable(kind: string, file: string, cause?: unknown): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file },
    what: `the ${kind} data is corrupt or cut off`,
    expected: kind === "Parquet" ? "a whole Parquet file" : "a whole Arrow file or stream",
    hint: "Copy or write the file again.",
    cause,
  });
}

function unreadableType({ name }: ArrowColumn, file: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file },
    what: `column ${excerpt(name)} is of a type that is not read`,
    expected: "numbers, booleans, texts, dates, times, lists, maps or structs",
    hint: "Leave it out with --exclude.",
  });
}

function noColumns(file: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file },
    what: "the table has no columns",
    expected: "at least one column",
  });
}
