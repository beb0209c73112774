/**
 * CSV files as a record source.
 *
 * Files are read one after another; each has its own header where headers are read, and later files
 * are laid over the first one's columns by name. Records shorter than the header have missing cells
 * at the end, cells beyond it are dropped and counted, blank lines are skipped; without a header
 * the first record sets the width. The rules for cells stand in csv-scanner.ts.
 * Memory: one batch, one chunk and the longest record.
 */
import { MISSING } from "../../base/cells.ts";
import type { ChunkRoom } from "../../storage/storage.ts";
import type { Batch } from "../batch/batch.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import { selectColumns } from "../column-selection.ts";
import type { ContentUnits } from "../content/content-units.ts";
import { emptyTally } from "../content/input-content.ts";
import { peekBytes } from "../content/peek-bytes.ts";
import { type NullTokens, nullTokensOf } from "../null-tokens.ts";
import type { ByteInput, InputTally, RecordSource, RejectionListener } from "../record-source.ts";
import { CountPlan } from "./count-plan.ts";
import { type CsvDialect, openDialect } from "./csv-dialect.ts";
import { CsvFile, readCsvText } from "./csv-file.ts";
import { bytesOf, resolveDialect, SNIFF_BYTES, sniffDelimiter } from "./csv-format.ts";
import {
  alignHeader,
  type CsvHeader,
  headerFault,
  nameColumns,
  positionHeader,
  refuseNumbers,
  refuseTooWide,
} from "./csv-header.ts";
import { type CsvKernel, openCsvKernel } from "./csv-kernel.ts";
import type { CsvOptions } from "./csv-options.ts";
import { ScannedRecords } from "./csv-records.ts";

export interface CsvSource extends RecordSource {
  /** The header of the first file that has records; undefined where there is none. */
  readonly header: CsvHeader | undefined;
}

/** How the records of one file become records of the source. */
interface Layout {
  readonly file: CsvFile;
  readonly path: string;
  /** Cells of the file's records. */
  readonly width: number;
  /** Which cell each column takes; undefined for all cells in order. */
  readonly order: readonly number[] | undefined;
  /** Whether the record read last is the first one of the source. */
  readonly holdsRecord: boolean;
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
): Promise<CsvSource> {
  const reader = new CsvReader(
    options,
    inputs.map(({ path }) => emptyTally(path)),
  );
  const layouts = reader.open(inputs);
  const first = await layouts.next();
  return {
    names: reader.names,
    header: reader.header,
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
  header: CsvHeader | undefined;
  #selected: readonly number[] | undefined;
  /** Whether the next chunk is appended before anything else is done to the builder. */
  #offersRoom = false;
  #starts: Uint32Array = new Uint32Array(0);
  #ends: Uint32Array = new Uint32Array(0);

  constructor(options: CsvOptions, tallies: readonly InputTally[]) {
    this.#options = options;
    this.tallies = tallies;
    const { kernel = "webassembly" } = options;
    this.#kernel = typeof kernel === "object" ? kernel : openedBy(kernel);
    this.#builder = new BatchBuilder(this.#kernel?.memory);
    this.#dialect = resolveDialect(options);
    this.#sniffs = options.sniffDelimiter && options.delimiter === undefined;
    this.#tokens = nullTokensOf(options);
    if (options.part !== undefined) this.#begin(options.part.header);
  }

  get delimiter(): string {
    return this.#dialect.delimiter;
  }

  /** Opens one file after another, as far as its header or its first record. */
  async *open(inputs: readonly ByteInput[]): AsyncGenerator<Layout> {
    for (const [at, input] of inputs.entries()) {
      const tally = this.tallies[at]!;
      const rest = at === 0 ? this.#options.part?.rest : undefined;
      let awaitsHeader = this.#options.header !== "no";
      const holdsRecord = !awaitsHeader && rest === undefined;
      const headUnits = rest === undefined ? this.#options.units : undefined;
      const file = await this.#openFile(input, tally, headUnits, (rejection) => {
        if (awaitsHeader) throw headerFault(rejection);
        tally.rejected[rejection.reason] = (tally.rejected[rejection.reason] ?? 0) + 1;
        this.#options.onReject?.(rejection);
      });
      let layout: Layout | undefined;
      try {
        const isNamed = awaitsHeader || holdsRecord;
        if (isNamed && !(await file.readFirst())) continue;
        awaitsHeader = false;
        const opened = this.#layOut(file, input.path, holdsRecord);
        if (rest !== undefined) await file.jump(rest(this.#room));
        layout = opened;
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
    if (layout.holdsRecord) this.#add(layout, plan);
    for (;;) {
      const recordsMax = plan?.recordsMax ?? builder.recordsMax;
      const active = plan?.isActive ? plan : undefined;
      if (isPlain) file.tally.records += file.records.addPlain?.(active, recordsMax) ?? 0;
      if (plan !== undefined && builder.records >= recordsMax && !builder.isFull) {
        yield { ...plan.finish(builder.finish()), isPart: true };
        builder.endPart();
        plan.begin();
        continue;
      }
      const outcome = file.records.read();
      if (outcome === "record") this.#add(layout, active);
      else if (outcome === "starved") await this.#feed(file);
      else {
        const unitEnd = file.takeUnitEnd();
        if (builder.records > 0 || builder.hasPart || unitEnd !== undefined) {
          const batch = plan?.finish(builder.finish()) ?? builder.finish();
          yield unitEnd === undefined ? batch : { ...batch, unitEnd };
        }
        builder.reset();
        plan?.begin();
        if (outcome === "end") return;
      }
    }
  }

  readonly #room: ChunkRoom = (bytes) => (this.#offersRoom ? this.#builder.room(bytes) : undefined);

  async #feed(file: CsvFile): Promise<void> {
    this.#offersRoom = file.records.takesRoom === true;
    try {
      await file.feed();
    } finally {
      this.#offersRoom = false;
    }
  }

  #openPlan(): CountPlan | undefined {
    this.#plan ??= CountPlan.open(this.#builder);
    return this.#plan;
  }

  async #openFile(
    input: ByteInput,
    tally: InputTally,
    units: ContentUnits | undefined,
    onReject: RejectionListener,
  ): Promise<CsvFile> {
    let text = readCsvText(input, tally, this.#dialect.delimiter, units, this.#room);
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
    return new CsvFile(tally, records, text, this.#options.units);
  }

  #layOut(file: CsvFile, path: string, holdsRecord: boolean): Layout {
    const { line, cells } = file.records;
    const hasHeader = this.#options.header !== "no";
    const header = hasHeader ? this.#readHeader(file, path) : positionHeader(path, line, cells);
    const first = this.header ?? this.#begin(header);
    const order = hasHeader ? alignHeader(first, header) : undefined;
    return {
      file,
      path,
      width: first.names.length,
      order: this.#selected?.map((position) => order?.[position] ?? position) ?? order,
      holdsRecord,
    };
  }

  /** Settles names and columns by the first header. */
  #begin(header: CsvHeader): CsvHeader {
    refuseTooWide(header);
    this.header = header;
    this.#selected = selectColumns(header.names, this.#options, header.file);
    const names = this.#selected?.map((position) => header.names[position]!);
    this.names = names ?? (this.#options.header === "no" ? undefined : header.names);
    return header;
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

function openedBy(kernel: "webassembly" | "typescript"): CsvKernel | undefined {
  return kernel === "webassembly" ? openCsvKernel() : undefined;
}
