/**
 * Distinct texts of a column with their counts, each read as a cell once: those that are no plain
 * decimal. Never refuses a text.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { TextEntries } from "../sketch/text-entries.ts";
import { type CellClass, type CellReader, FRACTIONAL } from "./cell-reader.ts";

/** A text, the number of its cells, and what a `CellReader` makes of it. */
export interface CountedText {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly cellClass: CellClass;
  readonly value: number;
}

export class CountedTexts {
  /** Bytes of all texts. */
  bytes = 0;
  readonly #reader: CellReader;
  readonly #entries: TextEntries;
  readonly #cellClasses: CellClass[] = [];
  /** What the reader made of numeric texts; 0 for the others. */
  readonly #values: number[] = [];

  constructor(reader: CellReader, kernel?: Kernel | undefined) {
    this.#reader = reader;
    this.#entries = new TextEntries(kernel);
  }

  /** Where the kernel counts texts; undefined where it does not. */
  get kernelPlace(): number | undefined {
    return this.#entries.kernelPlace;
  }

  /** Cells of all texts. */
  get cells(): number {
    return this.#entries.total();
  }

  /** Counts the cells of a class. */
  countOfClass(cellClass: number): number {
    let cells = 0;
    for (let i = 0; i < this.size; i++) {
      if (this.#cellClasses[i] === cellClass) cells += this.#entries.counts[i]!;
    }
    return cells;
  }

  /** Cells of finite values below zero. */
  get negatives(): number {
    let negatives = 0;
    for (let i = 0; i < this.size; i++) {
      const value = this.#values[i]!;
      if (value < 0 && Number.isFinite(value)) negatives += this.#entries.counts[i]!;
    }
    return negatives;
  }

  /** Numeric cells without a finite value: those that can not be cast, and the infinite ones. */
  get valueless(): { readonly uncastable: number; readonly nonFinite: number } {
    let uncastable = 0;
    let nonFinite = 0;
    for (const { cellClass, value, count } of this) {
      if (cellClass > FRACTIONAL || Number.isFinite(value)) continue;
      if (Number.isNaN(value)) uncastable += count;
      else nonFinite += count;
    }
    return { uncastable, nonFinite };
  }

  /** Number of distinct texts. */
  get size(): number {
    return this.#entries.size;
  }

  /** Counts cells of one text; returns its class the first time, else undefined. */
  count(bytes: Uint8Array, start: number, end: number, cells: number): CellClass | undefined {
    const found = this.#entries.find(bytes, start, end);
    const i = found === -1 ? this.#insert(bytes, start, end) : found;
    this.#entries.counts[i]! += cells;
    return found === -1 ? this.#cellClasses[i] : undefined;
  }

  /** Number of cells of one text. */
  countOf(text: Uint8Array): number {
    const i = this.#entries.find(text, 0, text.length);
    return i === -1 ? 0 : this.#entries.counts[i]!;
  }

  /** Gives memory of the kernel back; the texts must not be used any more. */
  release(): void {
    this.#entries.release();
  }

  *[Symbol.iterator](): Generator<CountedText> {
    for (let i = 0; i < this.size; i++) {
      const bytes = this.#entries.bytesOf(i);
      const cell = { cellClass: this.#cellClasses[i]!, value: this.#values[i]! };
      yield { bytes, count: this.#entries.counts[i]!, ...cell };
    }
  }

  #insert(bytes: Uint8Array, start: number, end: number): number {
    this.#entries.insert(bytes, start, end, 0);
    this.bytes += end - start;
    const cellClass = this.#reader.read(bytes, start, end);
    this.#cellClasses.push(cellClass);
    this.#values.push(cellClass <= FRACTIONAL ? this.#reader.value : 0);
    return this.size - 1;
  }
}
