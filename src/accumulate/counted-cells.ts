/**
 * The cells of one column as distinct texts with their counts: plain decimals in a `DecimalTable`,
 * all other texts in a dictionary. Whatever the order of cells, columns and merges, the same cells
 * give the same counts.
 *
 * Nothing is refused: once there are more distinct texts than a column may hold, `isTooLarge` says
 * so, and the owner moves them on to states of fixed size.
 * Memory: a share of the budget for the decimals; at most 1,024 other texts of 4 MiB together, and
 * what one batch adds to them.
 */
import { MISSING } from "../base/cells.ts";
import { invariant } from "../base/tidemark-error.ts";
import type { CellPlace, Frequencies } from "../profile/profile.ts";
import { rankCounted } from "../sketch/counted-values.ts";
import { DECIMAL_DIGITS_MAX, DecimalTable } from "../sketch/decimal-table.ts";
import { type PlacedValues, SCALES } from "../sketch/decimal-values.ts";
import type { MemoryBudget } from "../sketch/memory-budget.ts";
import type { RankMap } from "../sketch/rank-map.ts";
import { loadDecimals, saveDecimals } from "../sketch/saved-decimals.ts";
import type { Column, CountedPart, CounterPlaces, RecordOrigins } from "../source/batch/batch.ts";
import {
  BOOLEAN,
  type CellClass,
  type CellReader,
  FRACTIONAL,
  INTEGRAL,
  STRING,
} from "./cell-reader.ts";
import type { CountedRun, CountKernel } from "./count-kernel.ts";
import { countNumbers } from "./count-values.ts";
import type {
  CountedCellsState,
  CountedColumn,
  CountedSummary,
  TextVisitor,
} from "./counted-column.ts";
import { CountedTexts } from "./counted-texts.ts";
import { decimalFrequencies } from "./decimal-frequencies.ts";
import { listCounts } from "./list-counts.ts";
import type { PlacedColumn } from "./placed-column.ts";
import { readPlainDecimal, spellPlainDecimal } from "./plain-decimal.ts";
import { readShortDecimal, SCALE_BITS, SHORT_DECIMAL_MAX } from "./short-decimal.ts";

type Decimals = readonly PlacedValues[];

const TEXTS_MAX = 1024;
/** So many cells of a column make counters that the kernel finds for most others of their batch. */
const FIRST_CELLS = 128;
const TEXT_BYTES_MAX: number = 4 * 1024 * 1024;
const ZERO = 48;
const MINUS = 45;
const SCALE_MASK: number = (1 << SCALE_BITS) - 1;

/** A byte order mark is part of a text like any other character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

export class CountedCells implements CountedColumn {
  missing = 0;
  firstString: CellPlace | undefined;
  firstBoolean: CellPlace | undefined;
  readonly #reader: CellReader;
  readonly #decimals: DecimalTable;
  readonly #others: CountedTexts;
  /** Cells added, the missing ones among them. */
  #cells = 0;
  /** Whether there may be zeros that no counter has. */
  #isShort = false;
  readonly #kernel: CountKernel | undefined;

  /** Takes the kernel that may count cells of batches in its memory. */
  constructor(reader: CellReader, budget: MemoryBudget, kernel?: CountKernel | undefined) {
    this.#reader = reader;
    this.#kernel = kernel;
    this.#decimals = new DecimalTable(budget, kernel?.kernel);
    this.#others = new CountedTexts(reader, kernel?.kernel);
  }

  get isTooLarge(): boolean {
    const { size, bytes } = this.#others;
    return this.#decimals.isTooLarge || size > TEXTS_MAX || bytes > TEXT_BYTES_MAX;
  }

  get isEmpty(): boolean {
    return this.#cells === 0;
  }

  get present(): number {
    return this.#cells - this.missing;
  }

  /** Counts the present cells of a class. */
  countOfClass(cellClass: number): number {
    const others = this.#others.countOfClass(cellClass);
    if (cellClass > FRACTIONAL) return others;
    const { pointed } = this.#decimals;
    if (cellClass === FRACTIONAL) return others + pointed;
    // Whole numbers are what is left, those that the reader has left out among them.
    return others + this.present - this.#others.cells - pointed;
  }

  /** Number of finite values below zero. */
  get negatives(): number {
    return this.#decimals.negatives + this.#others.negatives;
  }

  /** The decimals, with the zeros that the reader has left out: each cell is one or the other. */
  get #counted(): DecimalTable {
    if (this.#isShort) {
      this.#isShort = false;
      const zeros = this.present - this.#others.cells - this.#decimals.cells;
      if (zeros > 0) this.#decimals.count(false, 0, 0, zeros);
    }
    return this.#decimals;
  }

  add({ column, origins, isPart = false }: PlacedColumn): void {
    const { counted, weights } = column;
    this.#decimals.setAside(isPart);
    if (weights !== undefined) this.#addWeighted(column, weights, origins);
    else {
      const first = this.isEmpty ? Math.min(column.count, FIRST_CELLS) : column.count;
      this.#addPart(column, 0, first, origins);
      if (first < column.count) this.#addPart(column, first, column.count, origins);
    }
    if (counted === undefined) this.#cells += column.count;
    else this.addCounted(counted);
  }

  /** Takes cells that the reader has counted, or left out as they are zeros. */
  addCounted({ cells, missing }: CountedPart): void {
    this.missing += missing;
    this.#cells += cells;
    this.#isShort = true;
  }

  #addPart(column: Column, from: number, until: number, origins: RecordOrigins): void {
    const read = this.#countInKernel(column, from, until);
    const rest = read?.rest;
    const { bytes, starts, ends, rows } = column;
    const count = rest?.length ?? until - from;
    const { direct } = this.#decimals;
    let missing = read?.missing ?? 0;
    for (let place = 0; place < count; place++) {
      const i = from + (rest === undefined ? place : rest[place]!);
      const start = starts[i]!;
      if (start === MISSING) {
        missing++;
        continue;
      }
      const end = ends[i]!;
      if (end - start === 1) {
        const digit = bytes[start]! - ZERO;
        if (digit >= 0 && digit <= 9) {
          direct[0]![digit]! += 1;
          continue;
        }
      }
      const sign = end > start && bytes[start] === MINUS ? 1 : 0;
      const digitsAt = start + sign;
      if (end > digitsAt && end - digitsAt <= SHORT_DECIMAL_MAX) {
        const decimal = readShortDecimal(bytes, digitsAt, end);
        if (decimal >= 0) {
          const digits = decimal >> SCALE_BITS;
          const scale = decimal & SCALE_MASK;
          const counts = direct[sign * SCALES + scale]!;
          if (digits < counts.length) counts[digits]! += 1;
          else this.#decimals.count(sign === 1, scale, digits, 1);
          continue;
        }
      }
      const newClass = this.#countText(bytes, start, end, 1);
      if (newClass !== undefined) this.#notePlace(newClass, origins, rows?.[i] ?? i);
    }
    this.missing += missing;
  }

  /** Counts cells that stand for several each, none of which is missing. */
  #addWeighted(column: Column, weights: Uint32Array, origins: RecordOrigins): void {
    const { bytes, starts, ends, rows, count } = column;
    for (let i = 0; i < count; i++) {
      const newClass = this.#countText(bytes, starts[i]!, ends[i]!, weights[i]!);
      if (newClass !== undefined) this.#notePlace(newClass, origins, rows?.[i] ?? i);
    }
  }

  /** Where the kernel counts cells; undefined where it does not. */
  get places(): CounterPlaces | undefined {
    const decimals = this.#decimals.kernelPlace;
    if (decimals === undefined) return undefined;
    return { decimals, texts: this.#others.kernelPlace ?? 0 };
  }

  /** Counts the cells whose counters the kernel knows, unless the reader has done so. */
  #countInKernel(column: Column, from: number, until: number): CountedRun | undefined {
    const { places } = this;
    if (column.counted !== undefined || places === undefined) return undefined;
    if (column.kernel !== this.#kernel!.kernel) return undefined;
    return this.#kernel!.count(column, from, until, places);
  }

  #notePlace(cellClass: CellClass, origins: RecordOrigins, index: number): void {
    const place = { file: origins.file, line: origins.lines[index]! };
    if (cellClass === STRING) this.firstString ??= place;
    if (cellClass === BOOLEAN) this.firstBoolean ??= place;
  }

  /** The finite numbers. */
  rankValues(): RankMap {
    return this.#rank(this.#counted.values());
  }

  #rank(decimals: Decimals): RankMap {
    if (this.#others.size === 0) return rankCounted(decimals);
    return rankCounted([...decimals, countNumbers(this.#others)]);
  }

  /** Number of cells of one text. */
  countOf(text: Uint8Array): number {
    const decimal = readPlainDecimal(text, 0, text.length);
    if (decimal === undefined) return this.#others.countOf(text);
    return this.#counted.countOf(decimal.isNegative, decimal.scale, decimal.digits);
  }

  /** What there is to tell; counts are listed of up to 1,024 texts, else of pinned ones alone. */
  summarise(pinned: readonly string[] = []): CountedSummary {
    const { missing, firstString, firstBoolean } = this;
    const decimals = this.#counted.values();
    const distinct = decimals.reduce((sum, { items }) => sum + items.length, this.#others.size);
    const classes = [INTEGRAL, FRACTIONAL, BOOLEAN, STRING].map((each) => this.countOfClass(each));
    const { valueless } = this.#others;
    const frequencies = this.#frequencies(decimals, distinct, pinned);
    const found = { firstString, firstBoolean, values: this.#rank(decimals) };
    return { classes, missing, ...valueless, distinct, frequencies, ...found };
  }

  #frequencies(decimals: Decimals, distinct: number, pinned: readonly string[]): Frequencies {
    if (this.#others.size === 0 && distinct <= TEXTS_MAX) return decimalFrequencies(decimals);
    const counts = listCounts(this, distinct, TEXTS_MAX, new Set(pinned));
    const listed = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { counts, other: this.present - listed };
  }

  merge(other: CountedCells): void {
    invariant(other !== this, "CountedCells merged with itself");
    this.#decimals.merge(other.#counted);
    for (const { bytes, count } of other.#others) this.#others.count(bytes, 0, bytes.length, count);
    this.#cells += other.#cells;
    this.missing += other.missing;
    this.firstString ??= other.firstString;
    this.firstBoolean ??= other.firstBoolean;
  }

  save(): CountedCellsState {
    const { missing, firstString, firstBoolean } = this;
    const texts = Array.from(this.#others, ({ bytes, count }) => [decoder.decode(bytes), count]);
    const decimals = saveDecimals(this.#counted);
    return { decimals, texts: texts as [string, number][], missing, firstString, firstBoolean };
  }

  load(state: CountedCellsState): this {
    this.#cells += state.missing + loadDecimals(state.decimals, this.#decimals);
    for (const [text, count] of state.texts) {
      const bytes = encoder.encode(text);
      this.#others.count(bytes, 0, bytes.length, count);
      this.#cells += count;
    }
    const { missing, firstString, firstBoolean } = state;
    return Object.assign(this, { missing, firstString, firstBoolean });
  }

  /** Gives its memory back; it must not be used any more. */
  release(): void {
    this.#decimals.release();
    this.#others.release();
  }

  forEachText(visit: TextVisitor): void {
    const reader = this.#reader;
    const spelled = new Uint8Array(DECIMAL_DIGITS_MAX + 2);
    const end = spelled.length;
    this.#counted.forEach((isNegative, scale, digits, count) => {
      const start = spellPlainDecimal(spelled, isNegative, scale, digits);
      const cellClass = reader.read(spelled, start, end);
      visit(spelled, start, end, count, cellClass, reader.value);
    });
    for (const { bytes, count, cellClass, value } of this.#others) {
      visit(bytes, 0, bytes.length, count, cellClass, value);
    }
  }

  /** Counts cells of any kind; returns the class of a new text that is no plain decimal. */
  #countText(bytes: Uint8Array, start: number, end: number, cells: number): CellClass | undefined {
    const decimal = readPlainDecimal(bytes, start, end);
    if (decimal === undefined) return this.#others.count(bytes, start, end, cells);
    this.#decimals.count(decimal.isNegative, decimal.scale, decimal.digits, cells);
    return undefined;
  }
}
