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
import type { CellPlace } from "../profile/profile.ts";
import { rankCounted } from "../sketch/counted-values.ts";
import { DECIMAL_DIGITS_MAX, DecimalTable, SCALES } from "../sketch/decimal-table.ts";
import type { MemoryBudget } from "../sketch/memory-budget.ts";
import type { RankMap } from "../sketch/rank-map.ts";
import type { RecordOrigins } from "../source/batch.ts";
import {
  BOOLEAN,
  type CellClass,
  type CellReader,
  FRACTIONAL,
  INTEGRAL,
  STRING,
} from "./cell-reader.ts";
import { countNumbers } from "./count-values.ts";
import type { CountedColumn, TextVisitor } from "./counted-column.ts";
import { CountedTexts } from "./counted-texts.ts";
import type { PlacedColumn } from "./feature-accumulator.ts";
import { readPlainDecimal } from "./plain-decimal.ts";
import type { FeatureCells } from "./profile-feature.ts";
import { readShortDecimal, SCALE_BITS, SHORT_DECIMAL_MAX } from "./short-decimal.ts";

const TEXTS_MAX = 1024;
const TEXT_BYTES_MAX: number = 4 * 1024 * 1024;

const ZERO = 48;
const MINUS = 45;
const POINT = 46;
const SCALE_MASK: number = (1 << SCALE_BITS) - 1;

/** A byte order mark is part of a text like any other character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

export type CountedSummary = Omit<FeatureCells, "negative" | "zero" | "numeric" | "values">;

export interface CountedCellsState {
  readonly texts: readonly (readonly [text: string, count: number])[];
  readonly missing: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
}

export class CountedCells implements CountedColumn {
  missing = 0;
  firstString: CellPlace | undefined;
  firstBoolean: CellPlace | undefined;
  readonly #reader: CellReader;
  readonly #decimals: DecimalTable;
  readonly #others: CountedTexts;
  /** Decimals without and with a point, and those below zero. */
  #whole = 0;
  #pointed = 0;
  #negatives = 0;
  /** Cells of one column that are a single digit, by digit. */
  readonly #singles = new Int32Array(10);

  constructor(reader: CellReader, budget: MemoryBudget) {
    this.#reader = reader;
    this.#decimals = new DecimalTable(budget);
    this.#others = new CountedTexts(reader);
  }

  get isTooLarge(): boolean {
    const { size, bytes } = this.#others;
    return this.#decimals.isTooLarge || size > TEXTS_MAX || bytes > TEXT_BYTES_MAX;
  }

  /** Number of distinct texts. */
  get distinct(): number {
    return this.#decimals.size + this.#others.size;
  }

  get isEmpty(): boolean {
    return this.missing === 0 && this.distinct === 0;
  }

  /** Counts the present cells of a class. */
  countOfClass(cellClass: number): number {
    const others = this.#others.classes[cellClass]!;
    if (cellClass === INTEGRAL) return others + this.#whole;
    return cellClass === FRACTIONAL ? others + this.#pointed : others;
  }

  /** Number of finite values below zero. */
  get negatives(): number {
    return this.#negatives + this.#others.negatives;
  }

  add({ column, origins }: PlacedColumn): void {
    const { bytes, starts, ends, count } = column;
    const { direct } = this.#decimals;
    const singles = this.#singles.fill(0);
    let missing = 0;
    let whole = 0;
    let pointed = 0;
    let negatives = 0;
    for (let i = 0; i < count; i++) {
      const start = starts[i]!;
      if (start === MISSING) {
        missing++;
        continue;
      }
      const end = ends[i]!;
      if (end - start === 1) {
        const digit = bytes[start]! - ZERO;
        if (digit >= 0 && digit <= 9) {
          singles[digit]! += 1;
          continue;
        }
      }
      const sign = end > start && bytes[start] === MINUS ? 1 : 0;
      const from = start + sign;
      if (end > from && end - from <= SHORT_DECIMAL_MAX) {
        const decimal = readShortDecimal(bytes, from, end);
        if (decimal >= 0) {
          const digits = decimal >> SCALE_BITS;
          const scale = decimal & SCALE_MASK;
          if (scale === 0) whole++;
          else pointed++;
          if (digits > 0) negatives += sign;
          const counts = direct[sign * SCALES + scale]!;
          if (digits < counts.length) counts[digits]! += 1;
          else this.#decimals.count(sign === 1, scale, digits, 1);
          continue;
        }
      }
      const newClass = this.#countText(bytes, start, end, 1);
      if (newClass !== undefined) this.#notePlace(newClass, origins, i);
    }
    this.missing += missing;
    this.#whole += whole;
    this.#pointed += pointed;
    this.#negatives += negatives;
    this.#addSingles(singles);
  }

  #addSingles(singles: Int32Array): void {
    for (let digit = 0; digit < singles.length; digit++) {
      if (singles[digit] === 0) continue;
      this.#decimals.count(false, 0, digit, singles[digit]!);
      this.#whole += singles[digit]!;
    }
  }

  #notePlace(cellClass: CellClass, origins: RecordOrigins, index: number): void {
    const place = { file: origins.file, line: origins.lines[index]! };
    if (cellClass === STRING) this.firstString ??= place;
    if (cellClass === BOOLEAN) this.firstBoolean ??= place;
  }

  /** The finite numbers. */
  rankValues(): RankMap {
    return rankCounted([...this.#decimals.values(), countNumbers(this.#others)]);
  }

  /** Number of cells of one text. */
  countOf(text: Uint8Array): number {
    const decimal = readPlainDecimal(text, 0, text.length);
    if (decimal === undefined) return this.#others.countOf(text);
    return this.#decimals.countOf(decimal.isNegative, decimal.scale, decimal.digits);
  }

  /** All but the numbers. Counts are listed of up to 1,024 texts, else of pinned ones alone. */
  summarise(pinned: readonly string[] = []): CountedSummary {
    const { distinct, missing, firstString, firstBoolean } = this;
    const classes = this.#others.classes.map((_, cellClass) => this.countOfClass(cellClass));
    let uncastable = 0;
    let nonFinite = 0;
    for (const { cellClass, value, count } of this.#others) {
      if (cellClass > FRACTIONAL || Number.isFinite(value)) continue;
      if (Number.isNaN(value)) uncastable += count;
      else nonFinite += count;
    }
    const present = classes.reduce((sum, count) => sum + count);
    const counts = this.#counts(distinct, new Set(pinned));
    const other = [...counts.values()].reduce((rest, count) => rest - count, present);
    const rest = { missing, firstString, firstBoolean, distinct, counts, other };
    return { classes, uncastable, nonFinite, ...rest };
  }

  #counts(distinct: number, pinned: ReadonlySet<string>): Map<string, number> {
    if (distinct > TEXTS_MAX && pinned.size === 0) return new Map();
    const counts = this.#list();
    const listed = counts.filter(([text]) => pinned.has(text));
    const isComplete = distinct - listed.length <= TEXTS_MAX;
    return new Map((isComplete ? counts : listed).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  merge(other: CountedCells): void {
    invariant(other !== this, "CountedCells merged with itself");
    other.forEachText((bytes, start, end, count) => {
      this.#countText(bytes, start, end, count);
    });
    this.missing += other.missing;
    this.firstString ??= other.firstString;
    this.firstBoolean ??= other.firstBoolean;
  }

  save(): CountedCellsState {
    const { missing, firstString, firstBoolean } = this;
    return { texts: this.#list(), missing, firstString, firstBoolean };
  }

  load(state: CountedCellsState): this {
    for (const [text, count] of state.texts) {
      const bytes = encoder.encode(text);
      this.#countText(bytes, 0, bytes.length, count);
    }
    this.missing = state.missing;
    this.firstString = state.firstString;
    this.firstBoolean = state.firstBoolean;
    return this;
  }

  /** Gives its memory back; it must not be used any more. */
  release(): void {
    this.#decimals.release();
  }

  forEachText(visit: TextVisitor): void {
    const reader = this.#reader;
    const spelled = new Uint8Array(DECIMAL_DIGITS_MAX + 2);
    const end = spelled.length;
    this.#decimals.forEach((isNegative, scale, digits, count) => {
      const start = spell(spelled, isNegative, scale, digits);
      const cellClass = reader.read(spelled, start, end);
      visit(spelled, start, end, count, cellClass, reader.value);
    });
    for (const { bytes, count, cellClass, value } of this.#others) {
      visit(bytes, 0, bytes.length, count, cellClass, value);
    }
  }

  #list(): [text: string, count: number][] {
    const list: [string, number][] = [];
    this.forEachText((bytes, start, end, count) => {
      list.push([decoder.decode(bytes.subarray(start, end)), count]);
    });
    return list;
  }

  /** Counts a text of any kind; returns the class of a new one that is no plain decimal. */
  #countText(bytes: Uint8Array, start: number, end: number, cells: number): CellClass | undefined {
    const decimal = readPlainDecimal(bytes, start, end);
    if (decimal === undefined) return this.#others.count(bytes, start, end, cells);
    const { isNegative, scale, digits } = decimal;
    this.#decimals.count(isNegative, scale, digits, cells);
    if (scale === 0) this.#whole += cells;
    else this.#pointed += cells;
    if (isNegative && digits > 0) this.#negatives += cells;
    return undefined;
  }
}

/** Writes a decimal up to the end of `bytes` and returns where it starts. */
function spell(bytes: Uint8Array, isNegative: boolean, scale: number, digits: number): number {
  let at = bytes.length;
  let rest = digits;
  for (let written = 0; written <= scale || rest > 0; written++) {
    if (written === scale && scale > 0) bytes[--at] = POINT;
    bytes[--at] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  if (isNegative) bytes[--at] = MINUS;
  return at;
}
