/**
 * A seeded sample of whole records: which cells a drift is made of is known only at the end.
 *
 * Of 500 records the cells are kept, or of as many as fit in 4 MiB: fewer where records are wide.
 * A cell is cut after 480 bytes.
 */
import { MISSING } from "../base/cells.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { RecordSample } from "../sketch/record-sample.ts";
import type { Batch } from "../source/batch/batch.ts";
import { CellReader, FRACTIONAL } from "./cell-reader.ts";
import { CELL_BYTES_MAX, cellText } from "./cell-text.ts";
import type { BatchRecords, SampledRecord } from "./sampled-record.ts";

const RECORDS_MAX = 500;
const BYTES_MAX: number = 4 * 1024 * 1024;
/** What a record takes beside its cells. */
const RECORD_BYTES = 256;
/** Before each cell stands its length, the higher byte first. */
const LENGTH_BYTES = 2;
const ABSENT = 0xffff;
/** Room for the cells of one record in the kernel's memory. */
const KERNEL_BYTES: number = 64 * 1024;

/** A cell of a sampled record; undefined where it is missing. */
export interface SampledCell {
  readonly record: SampledRecord;
  /** The number it holds, if it is one. */
  readonly value: number | undefined;
  /** The text, cut to 480 bytes. */
  readonly bytes: Uint8Array;
}

interface Row {
  readonly record: SampledRecord;
  /** The bytes of all cells and their lengths, one a character: one small object a record. */
  readonly cells: string;
}

export interface SampledRowsOptions {
  readonly lenientNumbers: boolean;
  /** Gathers the cells of batches in its memory. */
  readonly kernel?: Kernel | undefined;
}

/** A row whose cells are asked for. */
interface OpenedRow {
  readonly record: SampledRecord;
  readonly bytes: Uint8Array;
  /** Where each cell begins and ends, one behind the other; both 0 for a missing one. */
  readonly bounds: Uint32Array;
}

export class SampledRows {
  readonly #sample = new RecordSample<Row>({ recordsMax: RECORDS_MAX, costMax: BYTES_MAX });
  readonly #reader: CellReader;
  #buffer: Buffer = Buffer.alloc(4096);
  readonly #kernel: Kernel | undefined;
  /** Where the kernel gathers cells. */
  readonly #kernelBytes: Buffer = Buffer.alloc(0);
  #opened: readonly OpenedRow[] | undefined;

  constructor({ lenientNumbers, kernel }: SampledRowsOptions) {
    this.#reader = new CellReader({ lenientNumbers });
    const at = kernel?.allocate(KERNEL_BYTES, false);
    if (at === undefined) return;
    this.#kernel = kernel;
    this.#kernelBytes = Buffer.from(kernel!.buffer, at, KERNEL_BYTES);
  }

  /** The priority from which on no record is taken any more. */
  get ceiling(): number {
    return this.#sample.ceiling;
  }

  add({ columns }: Batch, records: BatchRecords): void {
    const sample = this.#sample;
    for (let place = 0; records.priorityAt(place) < sample.ceiling; place++) {
      const cells = this.#cellsOf(columns, records.rowAt(place));
      const kept = { record: records.at(place), cells };
      const priority = records.priorityAt(place);
      sample.addOne({ priority, cost: RECORD_BYTES + cells.length, kept });
    }
  }

  /** The records, lowest priority first. */
  get records(): readonly SampledRecord[] {
    return this.#sample.kept.map(({ record }) => record);
  }

  /** The present cells of a column, lowest priority first; no batch may be added any more. */
  cellsOf(position: number): readonly SampledCell[] {
    this.#opened ??= this.#sample.kept.map(open);
    return this.#opened.flatMap(({ record, bytes: all, bounds }) => {
      const [start = 0, end = 0] = bounds.subarray(2 * position, 2 * position + 2);
      if (start === 0) return [];
      const isNumber = start < end && this.#reader.read(all, start, end) <= FRACTIONAL;
      return {
        record,
        value: isNumber ? this.#reader.value : undefined,
        // Seldom asked for, and views of memory are dear.
        get bytes() {
          return all.subarray(start, end);
        },
      };
    });
  }

  #cellsOf(columns: Batch["columns"], record: number): string {
    const gathered = this.#gather(columns, record);
    if (gathered > 0) return this.#kernelBytes.toString("latin1", 0, gathered);
    let filled = 0;
    let buffer = this.#buffer;
    for (let position = 0; position < columns.length; position++) {
      const { bytes, starts, ends } = columns[position]!;
      const start = starts[record]!;
      const isMissing = start === MISSING;
      const length = isMissing ? 0 : Math.min(ends[record]! - start, CELL_BYTES_MAX);
      if (filled + LENGTH_BYTES + length > buffer.length) {
        buffer = Buffer.concat([buffer], 2 * buffer.length);
        this.#buffer = buffer;
      }
      const written = isMissing ? ABSENT : length;
      buffer[filled++] = written >>> 8;
      buffer[filled++] = written & 0xff;
      for (let at = start; at < start + length; at++) buffer[filled++] = bytes[at]!;
    }
    return buffer.toString("latin1", 0, filled);
  }

  /** Gathers cells in the kernel's memory; 0 where they do not lie there, or do not fit. */
  #gather(columns: Batch["columns"], record: number): number {
    const [first, second = first] = columns;
    if (first === undefined || first.kernel === undefined || first.kernel !== this.#kernel)
      return 0;
    const { bytes, starts, ends } = first;
    const to = this.#kernelBytes.byteOffset;
    // Such columns lie equally far apart.
    return first.kernel.code.gatherCells(
      bytes.byteOffset,
      starts.byteOffset + 4 * record,
      ends.byteOffset + 4 * record,
      second!.starts.byteOffset - starts.byteOffset,
      columns.length,
      to,
      to + KERNEL_BYTES,
    );
  }
}

/** Finds all cells at once, as those of one column after another are asked for. */
function open({ record, cells }: Row): OpenedRow {
  const bytes = Buffer.from(cells, "latin1");
  const bounds: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt16BE(at);
    const start = at + LENGTH_BYTES;
    at = length === ABSENT ? start : start + length;
    if (length === ABSENT) bounds.push(0, 0);
    else bounds.push(start, at);
  }
  return { record, bytes, bounds: Uint32Array.from(bounds) };
}

/** The text of a sampled cell, cut to 120 characters. */
export function textOfCell({ bytes }: SampledCell): string {
  return cellText(bytes, 0, bytes.length);
}
