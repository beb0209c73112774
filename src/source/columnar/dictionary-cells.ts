/**
 * The cells of a column that is kept as positions in a dictionary: each entry is spelled once, when
 * it is first met, for all batches that share the dictionary. Memory: the entries' text.
 */

import { BatchBuilder } from "../batch/batch-builder.ts";
import { ARROW, type ArrowData } from "./arrow-column.ts";
import type { CellWriter } from "./cell-writer.ts";

const UNTOLD = -1;
const MISSING_ENTRY = -2;

/** Entries that have been spelled, of dictionaries that are still in use. */
const spelled: WeakMap<object, DictionaryTexts> = new WeakMap();

export class DictionaryCells {
  readonly writer: CellWriter;

  /** Takes a column and what makes the writer of its entries. */
  constructor(data: ArrowData, open: (values: ArrowData) => CellWriter) {
    const { dictionary, values, length } = data;
    if (dictionary === undefined || values.length < length) {
      throw new RangeError("a dictionary is absent, or its column too short");
    }
    const texts = spelled.get(dictionary) ?? new DictionaryTexts(dictionary.data, open);
    spelled.set(dictionary, texts);
    this.writer = (at, builder) => texts.write(Number(values[at]), builder);
  }
}

class DictionaryTexts {
  readonly #writers: readonly { readonly from: number; readonly write: CellWriter }[];
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #store: BatchBuilder = new BatchBuilder();

  constructor(parts: readonly ArrowData[], open: (values: ArrowData) => CellWriter) {
    let from = 0;
    this.#writers = parts.map((part) => {
      if (part.type.typeId === ARROW.null) throw new RangeError("a dictionary has no values");
      const writer = { from, write: open(part) };
      from += part.length;
      return writer;
    });
    this.#starts = new Float64Array(from).fill(UNTOLD);
    this.#ends = new Float64Array(from);
  }

  write(entry: number, builder: BatchBuilder): boolean {
    let start = this.#starts[entry];
    if (start === undefined) throw new RangeError("a dictionary has no such entry");
    if (start === UNTOLD) start = this.#spell(entry);
    if (start === MISSING_ENTRY) return false;
    builder.appendBytes(this.#store.bytes, start, this.#ends[entry]!);
    return true;
  }

  #spell(entry: number): number {
    const { from, write } = this.#writers.findLast((each) => each.from <= entry)!;
    const start = this.#store.position;
    const isPresent = write(entry - from, this.#store);
    this.#starts[entry] = isPresent ? start : MISSING_ENTRY;
    this.#ends[entry] = this.#store.position;
    return this.#starts[entry]!;
  }
}
