/**
 * Everything one feature's statistics need, side by side in one pass: a column may turn out to be
 * String in its last record, so categories, the distinct estimate and the numeric state are kept
 * from the first cell on. Memory is bounded whatever the number of records: a sketch of at most
 * about 6,000 doubles, 512 registers, and 1,024 distinct texts.
 */
import { MISSING } from "../base/cells.ts";
import { inServiceOrder } from "../base/scala-map-order.ts";
import type { Semantics } from "../base/semantics.ts";
import type { CellPlace, FeatureProfile } from "../profile/profile.ts";
import { FrequencyTable, type FrequencyTableState } from "../sketch/frequency-table.ts";
import { HyperLogLog, type HyperLogLogState } from "../sketch/hyper-log-log.ts";
import type { Mergeable } from "../sketch/mergeable.ts";
import type { Column, RecordOrigins } from "../source/batch.ts";
import { BOOLEAN, CellReader, FRACTIONAL, INTEGRAL, STRING } from "./cell-reader.ts";
import { countValues } from "./count-values.ts";
import { inferType } from "./infer-type.ts";
import { OrderedNumeric, type OrderedNumericState } from "./ordered-numeric.ts";

/** The service prints categories while the estimate of distinct texts is at most this. */
const CATEGORIES_MAX = 120;

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
}

export interface FeatureState {
  readonly classes: readonly number[];
  readonly missing: number;
  readonly uncastable: number;
  readonly nonFinite: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
  readonly numeric: OrderedNumericState;
  readonly distinct: HyperLogLogState;
  readonly table: FrequencyTableState;
}

export class FeatureAccumulator
  implements Mergeable<FeatureAccumulator, PlacedColumn, FeatureState>
{
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
  #numeric = new OrderedNumeric();
  #distinct = new HyperLogLog();
  #table: FrequencyTable;

  constructor(options: FeatureOptions = {}) {
    this.#reader = new CellReader(options);
    this.#table = new FrequencyTable({ pinned: options.pinned });
  }

  get isEmpty(): boolean {
    return this.#present === 0 && this.#missing === 0;
  }

  get #present(): number {
    return this.#classes.reduce((sum, cells) => sum + cells, 0);
  }

  /** Present cells by class, indexed by the class constants. */
  get classes(): readonly number[] {
    return this.#classes;
  }

  get missing(): number {
    return this.#missing;
  }

  /** Number of finite values below zero. */
  get negatives(): number {
    return this.#numeric.negatives;
  }

  get texts(): Pick<FrequencyTable, "placesOf" | "countAt"> {
    return this.#table;
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
    if (valueCount > 0) this.#numeric.add({ values, count: valueCount });
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

  merge(other: FeatureAccumulator): void {
    this.#table.merge(other.#table);
    this.#distinct.merge(other.#distinct);
    this.#numeric.merge(other.#numeric);
    this.#classes = this.#classes.map((cells, index) => cells + other.#classes[index]!);
    this.#missing += other.#missing;
    this.#uncastable += other.#uncastable;
    this.#nonFinite += other.#nonFinite;
    this.#firstString ??= other.#firstString;
    this.#firstBoolean ??= other.#firstBoolean;
  }

  checkInvariants(): void {
    this.#numeric.checkInvariants();
    this.#distinct.checkInvariants();
    this.#table.checkInvariants();
  }

  save(): FeatureState {
    return {
      classes: [...this.#classes],
      missing: this.#missing,
      uncastable: this.#uncastable,
      nonFinite: this.#nonFinite,
      firstString: this.#firstString,
      firstBoolean: this.#firstBoolean,
      numeric: this.#numeric.save(),
      distinct: this.#distinct.save(),
      table: this.#table.save(),
    };
  }

  static load(state: FeatureState, options: FeatureOptions = {}): FeatureAccumulator {
    const loaded = new FeatureAccumulator(options);
    loaded.#classes = [...state.classes];
    loaded.#missing = state.missing;
    loaded.#uncastable = state.uncastable;
    loaded.#nonFinite = state.nonFinite;
    loaded.#firstString = state.firstString;
    loaded.#firstBoolean = state.firstBoolean;
    loaded.#numeric = OrderedNumeric.load(state.numeric);
    loaded.#distinct = HyperLogLog.load(state.distinct);
    loaded.#table = FrequencyTable.load(state.table, { pinned: options.pinned });
    return loaded;
  }

  /** The feature's profile under a semantics; may be called at any time, changes nothing. */
  finish(name: string, semantics: Semantics): FeatureProfile {
    const [integral, fractional, boolean, string] = [
      this.#classes[INTEGRAL]!,
      this.#classes[FRACTIONAL]!,
      this.#classes[BOOLEAN]!,
      this.#classes[STRING]!,
    ];
    const inferredType = inferType({ integral, fractional, boolean, string });
    const isNumeric = inferredType === "Integral" || inferredType === "Fractional";
    const lastBucket = semantics === "tidemark" ? "exhaustive" : "service";
    const counts = this.#table.counts();
    const values = this.#table.other > 0 ? undefined : countValues(counts, this.#reader);
    const summary = this.#numeric.finish(lastBucket, values === undefined);
    const distinct = this.#distinct.estimate();
    // Few texts too long to keep close the table too; a partial list would be a wrong domain.
    const hasCategories =
      inferredType === "String" && distinct <= CATEGORIES_MAX && !this.#table.isOverflown;
    return {
      name,
      inferredType,
      present: this.#present,
      missing: this.#missing,
      distinct,
      numeric: isNumeric ? (summary ?? {}) : undefined,
      categories: hasCategories
        ? inServiceOrder(name, [...counts.keys()]).map((value) => ({
            value,
            count: counts.get(value)!,
          }))
        : undefined,
      measured: {
        cells: {
          integral,
          fractional,
          boolean,
          string,
          uncastable: this.#uncastable,
          nonFinite: this.#nonFinite,
          negative: this.#numeric.negatives,
          zero: this.#numeric.zeros,
        },
        numeric: summary,
        frequencies: { counts, other: this.#table.other },
        values,
        firstString:
          inferredType === "String" ? (this.#firstString ?? this.#firstBoolean) : undefined,
      },
    };
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
