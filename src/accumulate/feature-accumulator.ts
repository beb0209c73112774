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
import type { Mergeable, Numbers } from "../sketch/mergeable.ts";
import type { CellsWanted, Column, RecordOrigins } from "../source/batch/batch.ts";
import type { CellKernels } from "./cell-kernels.ts";
import { BOOLEAN, CellReader, FRACTIONAL, INTEGRAL, STRING } from "./cell-reader.ts";
import { closeHoles } from "./close-holes.ts";
import { countValues } from "./count-values.ts";
import type { CountedColumn } from "./counted-column.ts";
import type { NumericAccumulator } from "./ordered-numeric.ts";
import type { PlacedColumn } from "./placed-column.ts";
import { profileFeature } from "./profile-feature.ts";
import type { ReadCells, ReadKernel } from "./read-kernel.ts";

/** Row of no cell. */
const NONE = Number.POSITIVE_INFINITY;
const ZERO: Uint8Array = Uint8Array.of(48);

export interface FeatureOptions {
  readonly lenientNumbers?: boolean | undefined;
  /** Texts counted exactly whatever else the column holds: a baseline's categories. */
  readonly pinned?: readonly string[] | undefined;
  /** Reads cells of batches in its memory. */
  readonly kernels?: CellKernels | undefined;
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
  /** Present cells by class, indexed by the class constants. */
  #classes: number[] = [0, 0, 0, 0];
  #missing = 0;
  #uncastable = 0;
  #nonFinite = 0;
  #firstString: CellPlace | undefined;
  #firstBoolean: CellPlace | undefined;
  #distinct: HyperLogLog;
  #table: FrequencyTable;
  readonly #kernel: ReadKernel | undefined;

  constructor(
    kind: NumericKind<Numeric, State>,
    options: FeatureOptions = {},
    numeric: Numeric = new kind(options.hasTails),
  ) {
    this.numeric = numeric;
    this.#reader = new CellReader(options);
    this.#kernel = options.kernels?.read;
    const kernel = this.#kernel?.kernel;
    this.#distinct = new HyperLogLog(kernel);
    this.#table = new FrequencyTable({ pinned: options.pinned, kernel });
  }

  get isEmpty(): boolean {
    return this.#missing === 0 && this.#classes.every((cells) => cells === 0);
  }

  get present(): number {
    return this.#classes.reduce((sum, cells) => sum + cells);
  }

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

  /** How the reader may take cells of the next batch: zeros must not be what brings a new text. */
  get wanted(): CellsWanted {
    return this.#table.isSettled(ZERO) ? "sparse" : "dense";
  }

  counterOf(texts: readonly string[]): () => number {
    const places = this.#table.placesOf(texts);
    return () => this.#table.countAt(places);
  }

  add(column: PlacedColumn): void {
    const numbers = this.read(column);
    if (numbers.count > 0) this.numeric.add(numbers);
  }

  /**
   * Folds in all but the numbers, which it returns, to be folded into `numeric`. They are valid
   * until another feature of the same kernel reads into the same of its four areas.
   */
  read({ column, origins }: PlacedColumn, area = 0): Numbers {
    const read = this.#readInKernel(column, area);
    const { bytes, starts, ends, rows, zeros = 0 } = column;
    const records = column.count + zeros;
    const table = this.#table;
    const reader = this.#reader;
    const classes = this.#classes;
    const rest = read?.rest;
    const count = rest?.length ?? column.count;
    const values = read?.values ?? this.#room(records);
    if (zeros > 0) {
      if (!table.count(ZERO, 0, 1, zeros)) this.#distinct.addBytes(ZERO, 0, 1);
      classes[INTEGRAL]! += zeros;
    }
    const first = [0, 0, read?.firstBoolean ?? NONE, read?.firstString ?? NONE];
    let holes = 0;
    for (let k = 0; k < count; k++) {
      const i = rest === undefined ? k : rest[k]!;
      const row = rows === undefined ? i : rows[i]!;
      const place = rest === undefined ? row : read!.restPlaces[k]!;
      values[place] = Number.NaN;
      holes++;
      const start = starts[i]!;
      if (start === MISSING) {
        this.#missing++;
        continue;
      }
      const end = ends[i]!;
      if (!table.count(bytes, start, end)) this.#distinct.addBytes(bytes, start, end);
      const cellClass = reader.read(bytes, start, end);
      classes[cellClass]!++;
      if (cellClass > FRACTIONAL) {
        if (row < first[cellClass]!) first[cellClass] = row;
        continue;
      }
      const value = reader.value;
      if (Number.isNaN(value)) this.#uncastable++;
      else if (value - value !== 0) this.#nonFinite++;
      else {
        values[place] = value;
        holes--;
      }
    }
    this.#firstBoolean ??= placeOf(origins, first[BOOLEAN]!);
    this.#firstString ??= placeOf(origins, first[STRING]!);
    const valueCount = rest === undefined ? records : values.length;
    if (holes > 0) closeHoles(values, valueCount);
    return { values, count: valueCount - holes };
  }

  /** Reads with the kernel what that can read. */
  #readInKernel(column: Column, area: number): ReadCells | undefined {
    const registers = this.#distinct.kernelPlace;
    if (registers === undefined || column.kernel !== this.#kernel!.kernel) return undefined;
    const table = this.#table;
    const read = this.#kernel!.read(column, {
      texts: table.kernelPlace,
      isClosed: table.isClosedInKernel,
      registers,
      area,
    });
    table.countOther(read.others);
    this.#missing += read.missing;
    for (let each = 0; each < this.#classes.length; each++) {
      this.#classes[each]! += read.classes[each]!;
    }
    return read;
  }

  #room(count: number): Float64Array {
    if (this.#values.length < count) this.#values = new Float64Array(count);
    return this.#values.fill(0, 0, count);
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
    const kernel = options.kernels?.read.kernel;
    loaded.#distinct = HyperLogLog.load(state.distinct, kernel);
    loaded.#table = FrequencyTable.load(state.table, { pinned: options.pinned, kernel });
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
      frequencies: { counts, other },
      numeric: this.numeric.finish(lastBucket, values === undefined),
      values,
    });
  }
}

/** The place of a row; undefined for `NONE`. */
function placeOf({ file, lines }: RecordOrigins, row: number): CellPlace | undefined {
  return row === NONE ? undefined : { file, line: lines[row]! };
}
