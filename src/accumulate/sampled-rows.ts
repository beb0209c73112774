/**
 * A seeded sample of whole records: which cells a drift is made of is known only at the end.
 *
 * Of 1,000 records the cells are kept, or of as many as fit in 4 MiB: fewer where records are wide.
 * A cell is cut after 480 bytes.
 */
import { MISSING } from "../base/cells.ts";
import { RecordSample } from "../sketch/record-sample.ts";
import type { Batch } from "../source/batch.ts";
import { CellReader, FRACTIONAL } from "./cell-reader.ts";
import { CELL_BYTES_MAX, cellText } from "./cell-text.ts";
import type { BatchRecords, SampledRecord } from "./sampled-record.ts";

const RECORDS_MAX = 1000;
const BYTES_MAX: number = 4 * 1024 * 1024;
/** What a record and each of its cells take beside the text. */
const RECORD_BYTES = 256;
const LENGTH_BYTES = 4;
const ABSENT = -1;

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
  /** All cells' bytes, one a character. */
  readonly text: string;
  /** Bytes of each cell; -1 for a missing one. */
  readonly lengths: readonly number[];
}

export class SampledRows {
  readonly #sample = new RecordSample<Row>({ recordsMax: RECORDS_MAX, costMax: BYTES_MAX });
  readonly #reader: CellReader;
  #buffer: Buffer = Buffer.alloc(4096);

  constructor(options: { readonly lenientNumbers: boolean }) {
    this.#reader = new CellReader(options);
  }

  add({ columns, records: count }: Batch, records: BatchRecords): void {
    this.#sample.add({
      priorities: records.priorities,
      count,
      keep: (i) => this.#keep(columns, i, records),
    });
  }

  /** The records, lowest priority first. */
  get records(): readonly SampledRecord[] {
    return this.#sample.kept.map(({ record }) => record);
  }

  /** The present cells of a column, lowest priority first. */
  cellsOf(position: number): readonly SampledCell[] {
    return this.#sample.kept.flatMap(({ record, text, lengths }) => {
      const length = lengths[position] ?? ABSENT;
      if (length === ABSENT) return [];
      let from = 0;
      for (let i = 0; i < position; i++) from += Math.max(lengths[i]!, 0);
      const bytes = Buffer.from(text.slice(from, from + length), "latin1");
      const isNumber = length > 0 && this.#reader.read(bytes, 0, length) <= FRACTIONAL;
      return { record, bytes, value: isNumber ? this.#reader.value : undefined };
    });
  }

  #keep(
    columns: Batch["columns"],
    i: number,
    records: BatchRecords,
  ): { readonly kept: Row; readonly cost: number } {
    const lengths: number[] = [];
    let filled = 0;
    for (const { bytes, starts, ends } of columns) {
      const start = starts[i]!;
      if (start === MISSING) {
        lengths.push(ABSENT);
        continue;
      }
      const length = Math.min(ends[i]! - start, CELL_BYTES_MAX);
      if (filled + length > this.#buffer.length) {
        this.#buffer = Buffer.concat([this.#buffer], 2 * this.#buffer.length);
      }
      for (let at = 0; at < length; at++) this.#buffer[filled + at] = bytes[start + at]!;
      lengths.push(length);
      filled += length;
    }
    const text = this.#buffer.toString("latin1", 0, filled);
    const cost = RECORD_BYTES + LENGTH_BYTES * lengths.length + filled;
    return { kept: { record: records.at(i), text, lengths }, cost };
  }
}

/** The text of a sampled cell, cut to 120 characters. */
export function textOfCell({ bytes }: SampledCell): string {
  return cellText(bytes, 0, bytes.length);
}
