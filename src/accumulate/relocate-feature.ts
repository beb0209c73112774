import type { CellPlace } from "../profile/profile.ts";
import type { ExactFeatureState } from "./exact-feature.ts";

interface Places {
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
}

/** The state of a feature whose cells in one file stand so many lines further down. */
export function relocateFeature(
  { counted, folded }: ExactFeatureState,
  file: string,
  lines: number,
): ExactFeatureState {
  const move = (place: CellPlace | undefined): CellPlace | undefined =>
    place?.file === file ? { ...place, line: place.line + lines } : place;
  const moved = <T extends Places>(part: T | null): T | null =>
    part && {
      ...part,
      firstString: move(part.firstString),
      firstBoolean: move(part.firstBoolean),
    };
  return { counted: moved(counted), folded: moved(folded) };
}
