/**
 * The cells of a column that is kept as positions in a dictionary: each entry is spelled once, when
 * it is first met, for all batches that share the dictionary, and stands once in a batch's text.
 * Memory: the entries' text, and 24 bytes for each.
 */

import { MISSING } from "../../base/cells.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import type { ColumnCounts } from "../batch/value-counts.ts";
import { ARROW, type ArrowData } from "./arrow-column.ts";
import { type CellCounter, CellRun, type CellWriter } from "./cell-writer.ts";

/** Where an entry begins that is not spelled yet. */
const UNTOLD = MISSING - 1;

/** Entries that have been spelled, of dictionaries that are still in use. */
const spelled: WeakMap<object, DictionaryTexts> = new WeakMap();

export class DictionaryCells {
  readonly writer: CellWriter;
  readonly counter: CellCounter;

  /** Takes a column and what makes the writer of its entries. */
  constructor(data: ArrowData, open: (values: ArrowData) => CellWriter) {
    const { dictionary, values, length } = data;
    if (dictionary === undefined || values.length < length) {
      throw new RangeError("a dictionary is absent, or its column too short");
    }
    const texts = spelled.get(dictionary) ?? new DictionaryTexts(dictionary.data, open);
    spelled.set(dictionary, texts);
    this.writer = (from, to, run) => {
      for (let at = from; at < to; at++) texts.write(Number(values[at]), run);
    };
    this.counter = (from, to, row, counts, run) => {
      for (let at = from; at < to; at++) {
        texts.count(Number(values[at]), row + at - from, counts, run);
      }
    };
  }
}

class DictionaryTexts {
  readonly #writers: readonly { readonly from: number; readonly write: CellWriter }[];
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  /** The batch in which each entry was written last, and where it begins in that. */
  readonly #batches: Uint32Array;
  readonly #places: Uint32Array;
  /** Of the column that counts: by which stamp each entry was laid last, and as which cell. */
  readonly #stamps: Uint32Array;
  readonly #cells: Uint32Array;
  readonly #store: CellRun = new CellRun(new BatchBuilder());

  constructor(parts: readonly ArrowData[], open: (values: ArrowData) => CellWriter) {
    let from = 0;
    this.#writers = parts.map((part) => {
      if (part.type.typeId === ARROW.null) throw new RangeError("a dictionary has no values");
      const writer = { from, write: open(part) };
      from += part.length;
      return writer;
    });
    this.#starts = new Uint32Array(from).fill(UNTOLD);
    this.#ends = new Uint32Array(from);
    this.#batches = new Uint32Array(from);
    this.#places = new Uint32Array(from);
    this.#stamps = new Uint32Array(from);
    this.#cells = new Uint32Array(from);
  }

  write(entry: number, run: CellRun): void {
    const start = this.#startOf(entry);
    if (start === MISSING) {
      run.addMissing();
      return;
    }
    const place = this.#place(entry, start, run);
    run.add(place, place + this.#ends[entry]! - start);
  }

  count(entry: number, row: number, counts: ColumnCounts, run: CellRun): void {
    const start = this.#startOf(entry);
    if (start === MISSING) {
      counts.missing += 1;
      return;
    }
    if (this.#stamps[entry] === counts.stamp) {
      counts.bytes += counts.addTo(this.#cells[entry]!);
      return;
    }
    const place = this.#place(entry, start, run);
    this.#stamps[entry] = counts.stamp;
    this.#cells[entry] = counts.lay(place, place + this.#ends[entry]! - start, row);
  }

  /** Where an entry begins among the spelled ones, `MISSING` for a null. */
  #startOf(entry: number): number {
    const start = this.#starts[entry];
    if (start === undefined) throw new RangeError("a dictionary has no such entry");
    return start === UNTOLD ? this.#spell(entry) : start;
  }

  /** Where an entry stands in the batch under way, into which it is written once. */
  #place(entry: number, start: number, run: CellRun): number {
    if (this.#batches[entry] !== run.batch) {
      this.#batches[entry] = run.batch;
      const { bytes } = this.#store.builder;
      this.#places[entry] = run.builder.appendBytes(bytes, start, this.#ends[entry]!);
    }
    return this.#places[entry]!;
  }

  #spell(entry: number): number {
    const { from, write } = this.#writers.findLast((each) => each.from <= entry)!;
    const store = this.#store;
    store.count = 0;
    write(entry - from, entry - from + 1, store);
    this.#starts[entry] = store.starts[0]!;
    this.#ends[entry] = store.ends[0]!;
    return store.starts[0]!;
  }
}
