/** Lists of names within a sentence. */
const NAMES_SHOWN_MAX = 5;

/** Joins names with commas; beyond `max` of them the others are counted. */
export function listNames(names: readonly string[], max: number = NAMES_SHOWN_MAX): string {
  const shown = names.slice(0, max).join(", ");
  const rest = names.length - max;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
