/** Which features a run could not judge, and why. */
import type { Insights } from "../monitor/insights.ts";
import { UNJUDGED_WORDS } from "./check-words.ts";

export interface UnjudgedFeatures {
  readonly words: string;
  /** Each once, in the order of the features. */
  readonly names: readonly string[];
}

/** Groups the features by why a check of theirs has no verdict; one may stand under several. */
export function unjudgedFeatures({ features }: Insights): readonly UnjudgedFeatures[] {
  const byWords = new Map<string, Set<string>>();
  for (const { name, checks } of features) {
    for (const { status } of checks) {
      const words = UNJUDGED_WORDS[status];
      if (words !== undefined) byWords.set(words, (byWords.get(words) ?? new Set()).add(name));
    }
  }
  return [...byWords].map(([words, names]) => ({ words, names: [...names] }));
}
