/**
 * Everything one feature's statistics need, side by side in one pass: a column may turn out to be
 * String in its last record, so categories, the distinct estimate and the numeric state are kept
 * from the first cell on. Memory is bounded whatever the number of records: a sketch of at most
 * about 6,000 doubles, 512 registers, and 1,024 distinct texts.
 */
import { MISSING } from "../base/cells.ts";
import type { Semantics } from "../base/semantics.ts";
import type { CellPlace, FeatureProfile } from "../profile/profile.ts";
import { FrequencyTable, type FrequencyTableState } from "../sketch/frequency-table.ts";
import { HyperLogLog, type HyperLogLogState } from "../sketch/hyper-log-log.ts";
import type { Mergeable } from "../sketch/mergeable.ts";
import type { Column, RecordOrigins } from "../source/batch.ts";
import { BOOLEAN, CellReader, FRACTIONAL, INTEGRAL, STRING } from "./cell-reader.ts";
import { countValues } from "./count-values.ts";
import type { CountedColumn } from "./counted-column.ts";
import type { NumericAccumulator } from "./ordered-numeric.ts";
import { profileFeature } from "./profile-feature.ts";

const ZERO = 48;
const DIGITS: Uint8Array = new TextEncoder().encode("0123456789");
const NO_DIGIT = 10;

/** A column and where its cells came from. */
export interface PlacedColumn {
  readonly column: Column;
  readonly origins: RecordOrigins;
}

export interface FeatureOptions {
  readonly lenientNumbers?: boolean | undefined;
  /** Texts counted exactly whatever else the column holds: a baseline's categories. */
  readonly pinned?: readonly string[] | undefined;
  /** Whether the outermost quantiles are kept; true by default. No file of the service has them. */
  readonly hasTails?: boolean | undefined;
}

/** How a feature's numbers are folded: the class of a `NumericAccumulator`. */
export interface NumericKind<Numeric, State> {
  new (hasTails?: boolean): Numeric;
  load(state: State): Numeric;
}

export interface FeatureState<NumericState> {
  readonly classes: readonly number[];
  readonly missing: number;
  readonly uncastable: number;
  readonly nonFinite: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
  readonly numeric: NumericState;
  readonly distinct: HyperLogLogState;
  readonly table: FrequencyTableState;
}

export class FeatureAccumulator<Numeric extends NumericAccumulator<Numeric, State>, State>
  implements Mergeable<FeatureAccumulator<Numeric, State>, PlacedColumn, FeatureState<State>>
{
  /** The castable finite values. */
  readonly numeric: Numeric;
  readonly #reader: CellReader;
  #values = new Float64Array(256);
  /** Cells of one column that are a single digit, by digit. */
  readonly #digitCells = new Int32Array(NO_DIGIT + 1);
  /** Present cells by class, indexed by the class constants. */
  #classes: number[] = [0, 0, 0, 0];
  #missing = 0;
  #uncastable = 0;
  #nonFinite = 0;
  #firstString: CellPlace | undefined;
  #firstBoolean: CellPlace | undefined;
  #distinct = new HyperLogLog();
  #table: FrequencyTable;

  constructor(
    kind: NumericKind<Numeric, State>,
    options: FeatureOptions = {},
    numeric: Numeric = new kind(options.hasTails),
  ) {
    this.numeric = numeric;
    this.#reader = new CellReader(options);
    this.#table = new FrequencyTable({ pinned: options.pinned });
  }

  get isEmpty(): boolean {
    return this.#present === 0 && this.#missing === 0;
  }

  get #present(): number {
    return this.#classes.reduce((sum, cells) => sum + cells, 0);
  }

  /** Counts the present cells of a class, one of the class constants. */
  countOfClass(cellClass: number): number {
    return this.#classes[cellClass]!;
  }

  get missing(): number {
    return this.#missing;
  }

  /** Number of finite values below zero. */
  get negatives(): number {
    return this.numeric.negatives;
  }

  /** Counts the cells of pinned texts whenever it is asked. */
  counterOf(texts: readonly string[]): () => number {
    const places = this.#table.placesOf(texts);
    return () => this.#table.countAt(places);
  }

  add({ column, origins }: PlacedColumn): void {
    const { bytes, starts, ends, count } = column;
    if (this.#values.length < count) this.#values = new Float64Array(count);
    const values = this.#values;
    const classes = this.#classes;
    const reader = this.#reader;
    const table = this.#table;
    const distinct = this.#distinct;
    const digitCells = this.#digitCells.fill(0);
    let valueCount = 0;
    for (let i = 0; i < count; i++) {
      const start = starts[i]!;
      if (start === MISSING) {
        this.#missing++;
        continue;
      }
      const end = ends[i]!;
      if (end - start === 1) {
        const digits = readDigits(column, i, digitCells, values, valueCount);
        if (digits > 0) {
          valueCount += digits;
          i += digits - 1;
          continue;
        }
      }
      if (!table.count(bytes, start, end)) distinct.addBytes(bytes, start, end);
      const cellClass = reader.read(bytes, start, end);
      if (classes[cellClass]!++ === 0) this.#notePlace(cellClass, origins, i);
      if (cellClass > FRACTIONAL) continue;
      const value = reader.value;
      if (end - start === 1) digitCells[value] = 1;
      if (value - value === 0) values[valueCount++] = value;
      else if (Number.isNaN(value)) this.#uncastable++;
      else this.#nonFinite++;
    }
    this.#addDigits(digitCells);
    if (valueCount > 0) this.numeric.add({ values, count: valueCount });
  }

  /** Folds in the cells of each digit but its first, which has been counted like any cell. */
  #addDigits(digitCells: Int32Array): void {
    for (let digit = 0; digit < DIGITS.length; digit++) {
      const cells = digitCells[digit]! - 1;
      if (cells <= 0) continue;
      this.#classes[INTEGRAL]! += cells;
      this.#table.count(DIGITS, digit, digit + 1, cells);
    }
  }

  #notePlace(cellClass: number, origins: RecordOrigins, index: number): void {
    const place = { file: origins.file, line: origins.lines[index]! };
    if (cellClass === STRING) this.#firstString = place;
    if (cellClass === BOOLEAN) this.#firstBoolean = place;
  }

  /** Folds in what cells are known by: all but their numbers, which go to `numeric`. */
  addCounted(column: CountedColumn): void {
    const { missing, firstString, firstBoolean } = column;
    column.forEachText((bytes, start, end, count, cellClass, value) => {
      if (!this.#table.count(bytes, start, end, count)) {
        this.#distinct.addBytes(bytes, start, end);
      }
      this.#classes[cellClass]! += count;
      if (cellClass > FRACTIONAL) return;
      if (Number.isNaN(value)) this.#uncastable += count;
      else if (!Number.isFinite(value)) this.#nonFinite += count;
    });
    this.#missing += missing;
    this.#firstString ??= firstString;
    this.#firstBoolean ??= firstBoolean;
  }

  merge(other: FeatureAccumulator<Numeric, State>): void {
    this.#table.merge(other.#table);
    this.#distinct.merge(other.#distinct);
    this.numeric.merge(other.numeric);
    this.#classes = this.#classes.map((cells, index) => cells + other.#classes[index]!);
    this.#missing += other.#missing;
    this.#uncastable += other.#uncastable;
    this.#nonFinite += other.#nonFinite;
    this.#firstString ??= other.#firstString;
    this.#firstBoolean ??= other.#firstBoolean;
  }

  checkInvariants(): void {
    this.numeric.checkInvariants();
    this.#distinct.checkInvariants();
    this.#table.checkInvariants();
  }

  save(): FeatureState<State> {
    return {
      classes: [...this.#classes],
      missing: this.#missing,
      uncastable: this.#uncastable,
      nonFinite: this.#nonFinite,
      firstString: this.#firstString,
      firstBoolean: this.#firstBoolean,
      numeric: this.numeric.save(),
      distinct: this.#distinct.save(),
      table: this.#table.save(),
    };
  }

  static load<Numeric extends NumericAccumulator<Numeric, State>, State>(
    kind: NumericKind<Numeric, State>,
    state: FeatureState<State>,
    options: FeatureOptions = {},
  ): FeatureAccumulator<Numeric, State> {
    const loaded = new FeatureAccumulator(kind, options, kind.load(state.numeric));
    loaded.#classes = [...state.classes];
    loaded.#missing = state.missing;
    loaded.#uncastable = state.uncastable;
    loaded.#nonFinite = state.nonFinite;
    loaded.#firstString = state.firstString;
    loaded.#firstBoolean = state.firstBoolean;
    loaded.#distinct = HyperLogLog.load(state.distinct);
    loaded.#table = FrequencyTable.load(state.table, { pinned: options.pinned });
    return loaded;
  }

  /** The feature's profile under a semantics; may be called at any time, changes nothing. */
  finish(name: string, semantics: Semantics): FeatureProfile {
    const counts = this.#table.counts();
    const other = this.#table.other;
    const values = other > 0 ? undefined : countValues(counts, this.#reader);
    const lastBucket = semantics === "tidemark" ? "exhaustive" : "service";
    return profileFeature(name, {
      classes: this.#classes,
      missing: this.#missing,
      uncastable: this.#uncastable,
      nonFinite: this.#nonFinite,
      negative: this.numeric.negatives,
      zero: this.numeric.zeros,
      firstString: this.#firstString,
      firstBoolean: this.#firstBoolean,
      distinct: this.#distinct.estimate(),
      counts,
      other,
      numeric: this.numeric.finish(lastBucket, values === undefined),
      values,
    });
  }
}

/**
 * Reads cells from `from` on for as long as each is a single digit that was met before, and returns
 * their number. Columns of flags and short counts hold such cells throughout.
 */
function readDigits(
  { bytes, starts, ends, count }: Column,
  from: number,
  digitCells: Int32Array,
  values: Float64Array,
  valueCount: number,
): number {
  let run = from;
  let runDigit = NO_DIGIT;
  let i = from;
  for (; i < count; i++) {
    const start = starts[i]!;
    if (ends[i]! - start !== 1) break;
    const digit = (bytes[start]! - ZERO) >>> 0;
    if (digit > 9) break;
    if (digit !== runDigit) {
      if (digitCells[digit] === 0) break;
      // Counting runs instead of cells: as a rule one digit prevails.
      digitCells[runDigit]! += i - run;
      run = i;
      runDigit = digit;
    }
    values[valueCount + i - from] = digit;
  }
  digitCells[runDigit]! += i - run;
  return i - from;
}
