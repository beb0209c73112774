/**
 * A seeded sample of whole records: which cells a drift is made of is known only at the end.
 *
 * Of 500 records the cells are kept, or of as many as fit in 4 MiB: fewer where records are wide.
 * A cell is cut after 480 bytes.
 */
import { MISSING } from "../base/cells.ts";
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

export class SampledRows {
  readonly #sample = new RecordSample<Row>({ recordsMax: RECORDS_MAX, costMax: BYTES_MAX });
  readonly #reader: CellReader;
  #buffer: Buffer = Buffer.alloc(4096);

  constructor(options: { readonly lenientNumbers: boolean }) {
    this.#reader = new CellReader(options);
  }

  add({ columns }: Batch, records: BatchRecords): void {
    const sample = this.#sample;
    for (const record of records.below(sample.ceiling)) {
      const priority = records.priorities[record]!;
      if (priority >= sample.ceiling) return;
      const cells = this.#cellsOf(columns, record);
      const kept = { record: records.at(record), cells };
      sample.addOne({ priority, cost: RECORD_BYTES + cells.length, kept });
    }
  }

  /** The records, lowest priority first. */
  get records(): readonly SampledRecord[] {
    return this.#sample.kept.map(({ record }) => record);
  }

  /** The present cells of a column, lowest priority first. */
  cellsOf(position: number): readonly SampledCell[] {
    return this.#sample.kept.flatMap(({ record, cells }) => {
      const bytes = cellAt(Buffer.from(cells, "latin1"), position);
      if (bytes === undefined) return [];
      const { length } = bytes;
      const isNumber = length > 0 && this.#reader.read(bytes, 0, length) <= FRACTIONAL;
      return { record, bytes, value: isNumber ? this.#reader.value : undefined };
    });
  }

  #cellsOf(columns: Batch["columns"], record: number): string {
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
}

/** Finds a cell among lengths and bytes; undefined for a missing one, or none there. */
function cellAt(cells: Buffer, position: number): Buffer | undefined {
  let at = 0;
  for (let i = 0; at < cells.length; i++) {
    const length = cells.readUInt16BE(at);
    const from = at + LENGTH_BYTES;
    at = length === ABSENT ? from : from + length;
    if (i === position) return length === ABSENT ? undefined : cells.subarray(from, at);
  }
  return undefined;
}

/** The text of a sampled cell, cut to 120 characters. */
export function textOfCell({ bytes }: SampledCell): string {
  return cellText(bytes, 0, bytes.length);
}
