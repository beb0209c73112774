import type { CellPlace } from "../profile/profile.ts";
import type { RankMap } from "../sketch/rank-map.ts";
import type { SavedDecimals } from "../sketch/saved-decimals.ts";
import type { CellClass } from "./cell-reader.ts";
import type { FeatureCells } from "./profile-feature.ts";

/** Cells known by their distinct texts. */
export interface CountedColumn {
  readonly missing: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
  /** Visits each distinct text once, in no stated order. */
  forEachText(visit: TextVisitor): void;
}

/**
 * Takes the text bytes[start, end), valid until it returns, the number of its cells, and what a
 * `CellReader` makes of it.
 */
export type TextVisitor = (
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  cellClass: CellClass,
  value: number,
) => void;

export interface CountedSummary extends Omit<FeatureCells, "negative" | "zero" | "numeric"> {
  readonly values: RankMap;
}

export interface CountedCellsState {
  readonly decimals: SavedDecimals;
  /** The others. */
  readonly texts: readonly (readonly [text: string, count: number])[];
  readonly missing: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
}
