/**
 * Everything one feature's statistics need under the `tidemark` semantics. As long as its distinct
 * texts are few enough to be counted, they are all that is kept: the profile is made from them,
 * exact and free of order. A column that outgrows its table is moved on to a `FeatureAccumulator`,
 * whose memory is fixed: at the end of the batch, or of the merge, that made it too large.
 *
 * The unit of a column that was moved on is what was added between merges. Merging the units of a
 * stream from left to right gives the same bytes whoever folds which: sums, counts, extremes and
 * distinct estimate do not depend on the units at all, the sketch and what is read from it do.
 */
import { invariant } from "../base/tidemark-error.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { MemoryBudget, TABLE_BYTES_MAX } from "../sketch/memory-budget.ts";
import type { Mergeable } from "../sketch/mergeable.ts";
import type { CellsWanted, CountedPart } from "../source/batch/batch.ts";
import { CellReader } from "./cell-reader.ts";
import { CountedCells } from "./counted-cells.ts";
import type { CountedCellsState } from "./counted-column.ts";
import { ExactNumeric, type ExactNumericState, summariseCounted } from "./exact-numeric.ts";
import {
  FeatureAccumulator,
  type FeatureOptions,
  type FeatureState,
} from "./feature-accumulator.ts";
import type { WatchedCells } from "./feature-offences.ts";
import type { PlacedColumn } from "./placed-column.ts";
import { profileFeature } from "./profile-feature.ts";

export interface ExactFeatureOptions extends FeatureOptions {
  /** What the tables of all columns may use together; 16 MiB for this one alone by default. */
  readonly budget?: MemoryBudget | undefined;
  /** Whether the column is not counted at all, as if it had been moved on before its first cell. */
  readonly isFolded?: boolean | undefined;
}

/** Either the one or the other. */
export interface ExactFeatureState {
  readonly counted: CountedCellsState | null;
  readonly folded: FeatureState<ExactNumericState> | null;
}

type Folded = FeatureAccumulator<ExactNumeric, ExactNumericState>;

export class ExactFeature
  implements Mergeable<ExactFeature, PlacedColumn, ExactFeatureState>, WatchedCells
{
  readonly #options: ExactFeatureOptions;
  #counted: CountedCells | undefined;
  #folded: Folded | undefined;

  constructor(options: ExactFeatureOptions = {}) {
    const { budget = new MemoryBudget(TABLE_BYTES_MAX), kernels } = options;
    this.#options = options;
    if (options.isFolded) this.#folded = new FeatureAccumulator(ExactNumeric, options);
    else this.#counted = new CountedCells(new CellReader(options), budget, kernels?.count);
  }

  static load(state: ExactFeatureState, options: ExactFeatureOptions = {}): ExactFeature {
    const loaded = new ExactFeature(options);
    if (state.counted !== null) loaded.#counted!.load(state.counted);
    if (state.folded === null) return loaded;
    loaded.#counted = undefined;
    loaded.#folded = FeatureAccumulator.load(ExactNumeric, state.folded, options);
    return loaded;
  }

  /** How the reader may take cells of the next batch. */
  get wanted(): CellsWanted {
    return this.#counted === undefined ? this.#folded!.wanted : (this.#counted.places ?? "dense");
  }

  /** Whether the column was moved on. */
  get isFolded(): boolean {
    return this.#folded !== undefined;
  }

  get isEmpty(): boolean {
    return this.#folded?.isEmpty ?? this.#counted!.isEmpty;
  }

  get missing(): number {
    return (this.#counted ?? this.#folded!).missing;
  }

  get present(): number {
    return (this.#counted ?? this.#folded!).present;
  }

  countOfClass(cellClass: number): number {
    return (this.#counted ?? this.#folded!).countOfClass(cellClass);
  }

  get negatives(): number {
    return (this.#counted ?? this.#folded!).negatives;
  }

  counterOf(texts: readonly string[]): () => number {
    const encoder = new TextEncoder();
    const encoded = [...new Set(texts)].map((text) => encoder.encode(text));
    let ofFolded: (() => number) | undefined;
    return () => {
      const counted = this.#counted;
      if (counted !== undefined)
        return encoded.reduce((sum, text) => sum + counted.countOf(text), 0);
      ofFolded ??= this.#folded!.counterOf(texts);
      return ofFolded();
    };
  }

  add(column: PlacedColumn): void {
    if (this.#counted === undefined) {
      this.#folded!.add(column);
      return;
    }
    this.#counted.add(column);
    if (this.#counted.isTooLarge && !column.isPart) this.#fold();
  }

  /** Takes the cells of a column that is counted of which the reader has laid none. */
  addCounted(part: CountedPart): void {
    this.#counted!.addCounted(part);
  }

  merge(other: ExactFeature): void {
    invariant(other !== this, "ExactFeature merged with itself");
    if (this.#counted !== undefined && other.#counted !== undefined) {
      this.#counted.merge(other.#counted);
      if (this.#counted.isTooLarge) this.#fold();
      return;
    }
    if (this.#counted !== undefined) this.#fold();
    this.#folded!.merge(other.#folded ?? this.#foldOf(other.#counted!));
  }

  /** Gives the memory of its tables back; it must not be used any more. */
  release(): void {
    this.#counted?.release();
  }

  checkInvariants(): void {
    invariant(
      (this.#counted === undefined) !== (this.#folded === undefined),
      "ExactFeature is neither counted nor folded",
    );
    this.#folded?.checkInvariants();
  }

  save(): ExactFeatureState {
    return { counted: this.#counted?.save() ?? null, folded: this.#folded?.save() ?? null };
  }

  /** The feature's profile; may be called at any time, changes nothing. */
  finish(name: string): FeatureProfile {
    if (this.#counted === undefined) return this.#folded!.finish(name, "tidemark");
    const summary = this.#counted.summarise(this.#options.pinned);
    const { values } = summary;
    return profileFeature(name, {
      ...summary,
      ...summariseCounted(values),
      values: values.n === 0 ? undefined : values,
    });
  }

  #fold(): void {
    this.#folded = this.#foldOf(this.#counted!);
    this.#counted!.release();
    this.#counted = undefined;
  }

  #foldOf(counted: CountedCells): Folded {
    const folded: Folded = new FeatureAccumulator(ExactNumeric, this.#options);
    folded.addCounted(counted);
    folded.numeric.addCounted(counted.rankValues());
    return folded;
  }
}
