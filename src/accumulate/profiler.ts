/**
 * Folds batches into a profile: those of one width, or those with names, whose columns may grow: a
 * column is missing from the records before it.
 */
import type { Semantics } from "../base/semantics.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Profile } from "../profile/profile.ts";
import { MemoryBudget, TABLE_BYTES_MAX } from "../sketch/memory-budget.ts";
import type { Batch } from "../source/batch/batch.ts";
import { type CellKernels, openCellKernels } from "./cell-kernels.ts";
import type { ExactFeatureState } from "./exact-feature.ts";
import {
  FeatureAccumulator,
  type FeatureOptions,
  type FeatureState,
} from "./feature-accumulator.ts";
import { type CollectorOptions, OffenderCollector } from "./offender-collector.ts";
import { OrderedNumeric, type OrderedNumericState } from "./ordered-numeric.ts";
import { AREAS } from "./read-kernel.ts";
import { UnitedFeature } from "./united-feature.ts";

/** Places kept per width, so that memory stays bounded; counts are exact beyond. */
const PLACES_MAX = 10_000;
/** What count tables may use for each column beside what all may use together. */
const COLUMN_BYTES: number = 32 * 1024;

export interface ProfilerOptions {
  /** Whose arithmetic; `tidemark` by default. */
  readonly semantics?: Semantics | undefined;
  readonly lenientNumbers?: boolean | undefined;
  /** Texts to count exactly in the column at a position: the baseline's categories. */
  readonly pinnedAt?: ((position: number, width: number) => readonly string[]) | undefined;
  /** Columns, by position, that are not counted in the first unit either. */
  readonly folded?: readonly number[] | undefined;
  /** The columns that are folded here, where others fold the rest; only under `model-monitor`. */
  readonly share?: ColumnShare | undefined;
  /** Whether the outermost quantiles are kept; true by default. */
  readonly hasTails?: boolean | undefined;
  /** Collects the records behind violations. */
  readonly offenders?: CollectorOptions | undefined;
}

/** Every `step`th column from the position `first` on. */
export interface ColumnShare {
  readonly first: number;
  readonly step: number;
}

export interface RecordPlace {
  readonly file: string;
  readonly line: number;
  readonly eventId: string | undefined;
}

/** All records of one width, or those with names. */
export interface WidthGroup {
  readonly width: number;
  /** Names of the columns so far; undefined when batches have none. */
  readonly names: readonly string[] | undefined;
  readonly records: number;
  readonly recordsByFile: ReadonlyMap<string, number>;
  /** The first 10,000 records' places. */
  readonly places: readonly RecordPlace[];
}

/** What a unit of content came to. */
export interface UnitState {
  readonly records: number;
  readonly recordsByFile: readonly (readonly [file: string, records: number])[];
  readonly features: readonly ExactFeatureState[];
}

type OrderedFeature = FeatureAccumulator<OrderedNumeric, OrderedNumericState>;
export type OrderedFeatureState = FeatureState<OrderedNumericState>;

const ALL: ColumnShare = { first: 0, step: 1 };

/** Folds the batches of one width, or those with names. */
export class Profiler implements WidthGroup {
  names: readonly string[] | undefined;
  readonly offenders: OffenderCollector | undefined;
  readonly #options: ProfilerOptions;
  readonly #semantics: Semantics;
  readonly #kernels: CellKernels | undefined;
  /** Of the unit under way. */
  #budget = new MemoryBudget(TABLE_BYTES_MAX);
  /** The features, of the one kind or the other. */
  readonly #exact: UnitedFeature[] = [];
  readonly #ordered: OrderedFeature[] = [];
  /** The positions of the ordered ones that are folded here. */
  readonly #own: number[] = [];
  /** Whether a part of the batch under way has been folded. */
  #hasPart = false;
  #records = 0;
  readonly #recordsByFile = new Map<string, number>();
  readonly #places: RecordPlace[] = [];

  /** Takes the kernel, if any, in whose memory batches lie. */
  constructor(width: number, options: ProfilerOptions = {}, kernel?: Kernel | undefined) {
    const { offenders, lenientNumbers = false } = options;
    this.#options = options;
    this.#kernels = openCellKernels(kernel);
    this.#semantics = options.semantics ?? "tidemark";
    this.offenders = offenders && new OffenderCollector(offenders, lenientNumbers, kernel);
    this.#widen(width);
  }

  get width(): number {
    return this.#features.length;
  }

  get #features(): readonly (UnitedFeature | OrderedFeature)[] {
    return this.#semantics === "tidemark" ? this.#exact : this.#ordered;
  }

  get records(): number {
    return this.#records;
  }

  get recordsByFile(): ReadonlyMap<string, number> {
    return this.#recordsByFile;
  }

  get places(): readonly RecordPlace[] {
    return this.#places;
  }

  /** Folds a batch of the run's file of this number, from 0. */
  add(batch: Batch, file = 0): void {
    const { records, columns, origins, names, counters, unitEnd } = batch;
    this.names = names;
    this.#widen(columns.length);
    if (this.#semantics === "tidemark") this.#addExact(batch);
    else this.#addOrdered(batch);
    this.offenders?.add(batch, file, this.#features);
    if (unitEnd !== undefined) {
      this.endUnit();
      this.#exact.forEach((feature, position) => {
        counters?.set(position, feature.wanted);
      });
    }
    this.#count(origins.file, records);
    const kept = Math.min(records, PLACES_MAX - this.#places.length);
    for (let i = 0; i < kept; i++) {
      const eventId = origins.eventIds?.at(i);
      this.#places.push({ file: origins.file, line: origins.lines[i]!, eventId });
    }
  }

  /** Ends a unit of content; what follows is folded by itself until the next end. */
  endUnit(): void {
    this.#budget = new MemoryBudget(TABLE_BYTES_MAX + COLUMN_BYTES * this.width);
    for (const feature of this.#exact) feature.endUnit(this.#budget);
  }

  /** The columns that are not counted after the first unit, by position. */
  get folded(): readonly number[] {
    return [...this.#exact.keys()].filter((position) => this.#exact[position]!.isFolded);
  }

  /** The units that have ended, at least one, as one; only under `tidemark`. */
  saveUnit(): UnitState {
    const features = this.#exact.map((feature) => feature.save());
    return { records: this.#records, recordsByFile: [...this.#recordsByFile], features };
  }

  /** Takes the unit that follows the one that has just ended. */
  mergeUnit({ recordsByFile, features }: UnitState): void {
    for (const [file, records] of recordsByFile) this.#count(file, records);
    features.forEach((state, position) => {
      this.#exact[position]!.mergeUnit(state);
    });
  }

  /** The features of the share, in order; only under `model-monitor`. */
  saveShare(): readonly OrderedFeatureState[] {
    return this.#own.map((position) => this.#ordered[position]!.save());
  }

  /** Takes the features that were folded elsewhere, from the same records. */
  loadShare({ first, step }: ColumnShare, states: readonly OrderedFeatureState[]): void {
    states.forEach((state, at) => {
      const position = first + at * step;
      this.#ordered[position] = FeatureAccumulator.load(
        OrderedNumeric,
        state,
        this.#optionsAt(position, this.width),
      );
    });
  }

  #count(file: string, records: number): void {
    this.#records += records;
    this.#recordsByFile.set(file, (this.#recordsByFile.get(file) ?? 0) + records);
  }

  /**
   * Folds columns, and says how their next cells are wanted. Most columns of most batches have been
   * counted to the last cell: nothing of them has changed but the number of their cells. Where a
   * part was shown, the end of the batch concerns all columns.
   */
  #addExact({ columns, origins, counters, isPart }: Batch): void {
    const isWhole = isPart !== true && !this.#hasPart;
    this.#hasPart = isPart === true;
    for (let position = 0; position < columns.length; position++) {
      const column = columns[position]!;
      const feature = this.#exact[position]!;
      if (isWhole && column.counted !== undefined && column.count === 0) {
        feature.addCounted(column.counted);
      } else {
        feature.add({ column, origins, isPart });
        counters?.set(position, feature.wanted);
      }
    }
  }

  /** Folds several columns of numbers at a time, which is faster. */
  #addOrdered({ columns, origins, counters }: Batch): void {
    for (let from = 0; from < this.#own.length; from += AREAS) {
      const group = this.#own.slice(from, from + AREAS);
      OrderedNumeric.addAll(
        group.map((position) => this.#ordered[position]!.numeric),
        group.map((position, area) =>
          this.#ordered[position]!.read({ column: columns[position]!, origins }, area),
        ),
      );
    }
    this.#ordered.forEach((feature, position) => {
      counters?.set(position, this.#isOwn(position) ? feature.wanted : "sparse");
    });
  }

  /** The profile so far; `names` gives one name per column. */
  finish(names: readonly string[]): Profile {
    return {
      itemCount: this.#records,
      features: this.#features.map((accumulator, position) => {
        const feature = accumulator.finish(names[position]!, this.#semantics);
        return { ...feature, missing: this.#records - feature.present };
      }),
    };
  }

  #isOwn(position: number): boolean {
    const { first, step } = this.#options.share ?? ALL;
    return position % step === first;
  }

  #optionsAt(position: number, width: number): FeatureOptions {
    const { lenientNumbers, pinnedAt, hasTails } = this.#options;
    const pinned = pinnedAt?.(position, width);
    return { lenientNumbers, hasTails, pinned, kernels: this.#kernels };
  }

  #widen(width: number): void {
    const { folded } = this.#options;
    for (let position = this.width; position < width; position++) {
      const options = this.#optionsAt(position, width);
      this.#budget.use(-COLUMN_BYTES);
      if (this.#semantics === "tidemark") {
        const isFolded = folded?.includes(position);
        this.#exact.push(new UnitedFeature({ ...options, budget: this.#budget, isFolded }));
      } else {
        this.#ordered.push(new FeatureAccumulator(OrderedNumeric, options));
        if (this.#isOwn(position)) this.#own.push(position);
      }
    }
  }
}
