/**
 * CSV files as a record source.
 *
 * Files are read one after another; each has its own header where headers are read, and later files
 * are laid over the first one's columns by name. Records shorter than the header have missing cells
 * at the end, cells beyond it are dropped and counted, blank lines are skipped; without a header
 * the first record sets the width. The rules for cells stand in csv-scanner.ts.
 * Memory: one batch, one chunk and the longest record.
 */
import { MISSING } from "../base/cells.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Batch } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { type SelectionOptions, selectColumns } from "./column-selection.ts";
import { CountPlan } from "./count-plan.ts";
import { type CsvDialect, openDialect } from "./csv-dialect.ts";
import { CsvFile, readCsvText } from "./csv-file.ts";
import {
  bytesOf,
  type FormatOptions,
  resolveDialect,
  SNIFF_BYTES,
  sniffDelimiter,
} from "./csv-format.ts";
import { alignHeader, type CsvHeader, nameColumns, refuseNumbers } from "./csv-header.ts";
import { type CsvKernel, openCsvKernel } from "./csv-kernel.ts";
import { ScannedRecords } from "./csv-records.ts";
import { emptyTally } from "./input-content.ts";
import { NullTokens } from "./null-tokens.ts";
import { peekBytes } from "./peek-bytes.ts";
import type {
  ByteInput,
  InputTally,
  RecordSource,
  Rejection,
  RejectionListener,
} from "./record-source.ts";

export interface CsvOptions extends FormatOptions, SelectionOptions {
  /** Whether files begin with names; `auto` expects them and refuses a record of numbers. */
  readonly header: "auto" | "yes" | "no";
  /** Whether the delimiter may be guessed when it is not given. */
  readonly sniffDelimiter: boolean;
  /** Texts that are missing cells. */
  readonly nullTokens?: readonly string[] | undefined;
  /** Whether a quoted empty cell is missing as an unquoted one is. */
  readonly emptyIsMissing?: boolean | undefined;
  readonly onReject?: RejectionListener | undefined;
  /** What reads records that need no more than their cells laid; `webassembly` by default. */
  readonly kernel?: "webassembly" | "typescript" | undefined;
  /** Whether batches may be counted while they are read, so that they do not show all cells. */
  readonly offersCounts?: boolean | undefined;
}

/** How the records of one file become records of the source. */
interface Layout {
  readonly file: CsvFile;
  readonly path: string;
  /** Cells of the file's records. */
  readonly width: number;
  /** Which cell each column takes; undefined for all cells in order. */
  readonly order: readonly number[] | undefined;
}

/**
 * Opens `inputs` in the order given and reads the first header. `names` is undefined without a
 * header (unless columns are selected, which are then named `_c{position}`), and when no input
 * holds a record. Throws an input error for binary files, headers that are missing or differ, a
 * header that can not be read, and a usage error for options that can not be met.
 */
export async function openCsv(
  inputs: readonly ByteInput[],
  options: CsvOptions,
): Promise<RecordSource> {
  const reader = new CsvReader(
    options,
    inputs.map(({ path }) => emptyTally(path)),
  );
  const layouts = reader.open(inputs);
  const first = await layouts.next();
  return {
    names: reader.names,
    tallies: reader.tallies,
    delimiter: reader.delimiter,
    batches: readAll(reader, first, layouts),
  };
}

async function* readAll(
  reader: CsvReader,
  first: IteratorResult<Layout>,
  layouts: AsyncGenerator<Layout>,
): AsyncGenerator<Batch> {
  for (let next = first; next.done !== true; next = await layouts.next()) {
    try {
      yield* reader.read(next.value);
    } finally {
      await next.value.file.close();
    }
  }
}

class CsvReader {
  names: readonly string[] | undefined;
  readonly tallies: readonly InputTally[];
  readonly #options: CsvOptions;
  readonly #kernel: CsvKernel | undefined;
  readonly #builder: BatchBuilder;
  readonly #tokens: NullTokens | undefined;
  #dialect: CsvDialect;
  /** Whether the delimiter is still to be guessed. */
  #sniffs: boolean;
  #plan: CountPlan | undefined;
  /** Names of the first file that has records, made up where it has no header. */
  #header: CsvHeader | undefined;
  #selected: readonly number[] | undefined;
  #starts: Uint32Array = new Uint32Array(0);
  #ends: Uint32Array = new Uint32Array(0);

  constructor(options: CsvOptions, tallies: readonly InputTally[]) {
    this.#options = options;
    this.tallies = tallies;
    this.#kernel = options.kernel === "typescript" ? undefined : openCsvKernel();
    this.#builder = new BatchBuilder(this.#kernel?.memory);
    this.#dialect = resolveDialect(options);
    this.#sniffs = options.sniffDelimiter && options.delimiter === undefined;
    const { nullTokens = [], emptyIsMissing = false } = options;
    const tokens = emptyIsMissing ? ["", ...nullTokens] : nullTokens;
    this.#tokens = tokens.length === 0 ? undefined : new NullTokens(tokens);
  }

  get delimiter(): string {
    return this.#dialect.delimiter;
  }

  /** Opens one file after another, as far as its header or its first record. */
  async *open(inputs: readonly ByteInput[]): AsyncGenerator<Layout> {
    for (const [at, input] of inputs.entries()) {
      const tally = this.tallies[at]!;
      let awaitsHeader = this.#options.header !== "no";
      const file = await this.#openFile(input, tally, (rejection) => {
        if (awaitsHeader) throw headerFault(rejection);
        tally.rejected[rejection.reason] = (tally.rejected[rejection.reason] ?? 0) + 1;
        this.#options.onReject?.(rejection);
      });
      let layout: Layout | undefined;
      try {
        if (!(await file.readFirst())) continue;
        awaitsHeader = false;
        layout = this.#layOut(file, input.path);
      } finally {
        if (layout === undefined) await file.close();
      }
      yield layout;
    }
  }

  /** Reads a file's records into batches. */
  async *read(layout: Layout): AsyncGenerator<Batch> {
    const builder = this.#builder;
    const { file, width, order } = layout;
    builder.begin(layout.path, order?.length ?? width);
    const isPlain = order === undefined && this.#tokens === undefined;
    const plan = isPlain && this.#options.offersCounts ? this.#openPlan() : undefined;
    plan?.begin();
    if (this.#options.header === "no") this.#add(layout, plan);
    for (;;) {
      const active = plan?.isActive ? plan : undefined;
      if (isPlain) file.tally.records += file.records.addPlain?.(active) ?? 0;
      const outcome = file.records.read();
      if (outcome === "record") this.#add(layout, active);
      else if (outcome === "starved") await file.feed();
      else {
        if (builder.records > 0) yield plan?.finish(builder.finish()) ?? builder.finish();
        builder.reset();
        plan?.begin();
        if (outcome === "end") return;
      }
    }
  }

  #openPlan(): CountPlan | undefined {
    this.#plan ??= CountPlan.open(this.#builder);
    return this.#plan;
  }

  async #openFile(
    input: ByteInput,
    tally: InputTally,
    onReject: RejectionListener,
  ): Promise<CsvFile> {
    let text = readCsvText(input, tally, this.#dialect.delimiter);
    if (this.#sniffs) {
      const { head, chunks } = await peekBytes(text, SNIFF_BYTES);
      text = chunks;
      this.#sniffs = head.length === 0;
      this.#dialect = { ...this.#dialect, delimiter: await sniffDelimiter(head) };
    }
    const bytes = bytesOf(this.#dialect);
    const builder = this.#builder;
    const records =
      bytes === undefined
        ? await openDialect(input.path, this.#dialect, builder, onReject)
        : new ScannedRecords(input.path, bytes, builder, onReject, this.#kernel);
    return new CsvFile(tally, records, text);
  }

  #layOut(file: CsvFile, path: string): Layout {
    const hasHeader = this.#options.header !== "no";
    const header = hasHeader ? this.#readHeader(file, path) : positions(file, path);
    if (this.#header === undefined) {
      this.#header = header;
      this.#selected = selectColumns(header.names, this.#options, path);
      const names = this.#selected?.map((position) => header.names[position]!);
      this.names = names ?? (hasHeader ? header.names : undefined);
    }
    const order = hasHeader ? alignHeader(this.#header, header) : undefined;
    return {
      file,
      path,
      width: this.#header.names.length,
      order: this.#selected?.map((position) => order?.[position] ?? position) ?? order,
    };
  }

  #readHeader(file: CsvFile, path: string): CsvHeader {
    const builder = this.#builder;
    const { starts, ends, cells, line } = file.records;
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const texts = Array.from({ length: cells }, (_, cell) =>
      starts[cell] === MISSING
        ? undefined
        : decoder.decode(builder.bytes.subarray(starts[cell], ends[cell])),
    );
    builder.skip(builder.position);
    if (this.#options.header === "auto") refuseNumbers(texts, path, line);
    return { file: path, line, names: nameColumns(texts) };
  }

  #add({ file: { records, tally }, width, order }: Layout, plan: CountPlan | undefined): void {
    const builder = this.#builder;
    const { starts, ends, cells, line } = records;
    tally.records++;
    if (cells > width) tally.extraCells += cells - width;
    this.#tokens?.apply(builder.bytes, starts, ends, cells);
    if (plan?.isActive) {
      plan.lay(builder, starts, ends, cells);
      builder.addLaid(line);
      return;
    }
    if (order === undefined) {
      builder.addRecord(starts, ends, cells, line);
      return;
    }
    if (order.length > this.#starts.length) {
      this.#starts = new Uint32Array(order.length);
      this.#ends = new Uint32Array(order.length);
    }
    for (let column = 0; column < order.length; column++) {
      const cell = order[column]!;
      this.#starts[column] = cell < cells ? starts[cell]! : MISSING;
      this.#ends[column] = ends[cell] ?? 0;
    }
    builder.addRecord(this.#starts, this.#ends, order.length, line);
  }
}

/** Names the columns of a file without a header by the positions of its first record. */
function positions({ records: { cells, line } }: CsvFile, file: string): CsvHeader {
  return { file, line, names: Array.from({ length: cells }, (_, position) => `_c${position}`) };
}

function headerFault({ file, line, column, detail }: Rejection): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file, line, column },
    what: `the header can not be read: ${detail}`,
    expected: "column names",
    hint: "Mend the first record, or pass --no-header if it holds no names.",
  });
}
