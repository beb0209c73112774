/** A feature by what a user typed. */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";

const SUGGESTIONS_MAX = 3;

/**
 * Finds a name: the very one, else the only one that differs in case, else the only one that begins
 * so in any case. Throws a usage error that tells near names otherwise.
 */
export function findFeature<T extends { readonly name: string }>(
  features: readonly T[],
  typed: string,
): T {
  const exact = features.find(({ name }) => name === typed);
  if (exact !== undefined) return exact;
  const key = typed.toLowerCase();
  const alike = features.filter(({ name }) => name.toLowerCase() === key);
  const begun = features.filter(({ name }) => name.toLowerCase().startsWith(key));
  const [first, ...others] = alike.length > 0 ? alike : begun;
  if (first !== undefined && others.length === 0) return first;
  const near = first === undefined ? nearest(features, key) : [first, ...others];
  throw new TidemarkError({
    code: "usage",
    what:
      first === undefined
        ? `no feature is named ${excerpt(typed)}`
        : `${excerpt(typed)} begins the names of ${1 + others.length} features`,
    expected: "the name of a feature",
    hint: suggestion(near.map(({ name }) => name)),
  });
}

function suggestion(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const quoted = names.slice(0, SUGGESTIONS_MAX).map((name) => excerpt(name));
  const last = quoted.pop()!;
  return `Did you mean ${quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`}?`;
}

/** Names of which at most two in five characters are others, nearest first. */
function nearest<T extends { readonly name: string }>(
  features: readonly T[],
  key: string,
): readonly T[] {
  return features
    .map((feature) => ({ feature, edits: editsBetween(feature.name.toLowerCase(), key) }))
    .filter(({ edits }) => edits <= Math.ceil(key.length * 0.4))
    .sort((a, b) => a.edits - b.edits)
    .map(({ feature }) => feature);
}

/** Counts the insertions, deletions and replacements between two texts (Levenshtein). */
function editsBetween(a: string, b: string): number {
  // Names that differ in length alone by more than can be near are not worth the table.
  if (Math.abs(a.length - b.length) > b.length) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}
