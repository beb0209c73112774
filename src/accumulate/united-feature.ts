/**
 * One feature over the units of a run's content under the `tidemark` semantics: each unit is folded
 * by itself and merged into those before it, so that threads may share the units. See
 * `source/content-units.ts` for what a unit is.
 *
 * A column that the first unit has moved on to states of fixed size is not counted in later ones:
 * it would outgrow its table in each of them. Memory: that of two features, for a while.
 */
import { invariant } from "../base/tidemark-error.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import type { MemoryBudget } from "../sketch/memory-budget.ts";
import type { CellsWanted, CountedPart } from "../source/batch/batch.ts";
import { ExactFeature, type ExactFeatureOptions, type ExactFeatureState } from "./exact-feature.ts";
import type { WatchedCells } from "./feature-offences.ts";
import type { PlacedColumn } from "./placed-column.ts";

export class UnitedFeature implements WatchedCells {
  readonly #options: ExactFeatureOptions;
  /** The units that have ended. */
  #ended: ExactFeature | undefined;
  /** The unit under way, and what its tables may use; none before it is asked for. */
  #begun: ExactFeature | undefined;
  #budget: MemoryBudget | undefined;
  /** Cells that its reader has counted, of which the unit under way is to be told. */
  #counted = 0;
  #countedMissing = 0;
  #isFolded = false;

  /** Takes the budget of the first unit's tables, which are those of all ended ones later. */
  constructor(options: ExactFeatureOptions) {
    this.#options = options;
    this.#budget = options.budget;
  }

  get #unit(): ExactFeature {
    this.#begun ??= new ExactFeature({
      ...this.#options,
      budget: this.#budget,
      isFolded: this.#ended === undefined ? this.#options.isFolded : this.#isFolded,
    });
    if (this.#counted > 0) {
      this.#begun.addCounted({ cells: this.#counted, missing: this.#countedMissing });
      this.#counted = 0;
      this.#countedMissing = 0;
    }
    return this.#begun;
  }

  /** The unit under way, told of all its cells; undefined where it has none. */
  get #told(): ExactFeature | undefined {
    return this.#counted > 0 ? this.#unit : this.#begun;
  }

  /** Whether the first unit, which must have ended, has moved the column on. */
  get isFolded(): boolean {
    return this.#isFolded;
  }

  get wanted(): CellsWanted {
    return this.#unit.wanted;
  }

  get missing(): number {
    return (this.#ended?.missing ?? 0) + (this.#told?.missing ?? 0);
  }

  get present(): number {
    return (this.#ended?.present ?? 0) + (this.#told?.present ?? 0);
  }

  countOfClass(cellClass: number): number {
    return (this.#ended?.countOfClass(cellClass) ?? 0) + (this.#told?.countOfClass(cellClass) ?? 0);
  }

  get negatives(): number {
    return (this.#ended?.negatives ?? 0) + (this.#told?.negatives ?? 0);
  }

  counterOf(texts: readonly string[]): () => number {
    let unit: ExactFeature | undefined;
    let ofUnit = (): number => 0;
    let ofEnded = ofUnit;
    return () => {
      if (unit !== this.#unit) {
        unit = this.#unit;
        ofUnit = unit.counterOf(texts);
        ofEnded = this.#ended?.counterOf(texts) ?? ofEnded;
      }
      return ofEnded() + ofUnit();
    };
  }

  add(column: PlacedColumn): void {
    this.#unit.add(column);
  }

  /** Takes the cells of a batch of which the reader has laid none. */
  addCounted({ cells, missing }: CountedPart): void {
    this.#counted += cells;
    this.#countedMissing += missing;
  }

  /** Ends a unit; `budget` is that of the next one's tables. */
  endUnit(budget?: MemoryBudget | undefined): void {
    const unit = this.#told;
    if (this.#ended === undefined) {
      this.#ended = this.#unit;
      this.#isFolded = this.#unit.isFolded;
    } else if (unit !== undefined) {
      if (!unit.isEmpty) this.#ended.merge(unit);
      unit.release();
    }
    this.#begun = undefined;
    this.#budget = budget;
  }

  /** Takes the next unit, which was folded elsewhere; this one must be between two units. */
  mergeUnit(state: ExactFeatureState): void {
    const isBetween = this.#ended !== undefined && (this.#told?.isEmpty ?? true);
    invariant(isBetween, "a unit was merged within another");
    const { lenientNumbers, hasTails, pinned } = this.#options;
    const unit = ExactFeature.load(state, { lenientNumbers, hasTails, pinned });
    if (!unit.isEmpty) this.#ended!.merge(unit);
  }

  /** The state of all units that have ended, of which there must be one. */
  save(): ExactFeatureState {
    return this.#ended!.save();
  }

  /** Ends the unit under way; the feature's profile. */
  finish(name: string): FeatureProfile {
    this.endUnit();
    return this.#ended!.finish(name);
  }
}
