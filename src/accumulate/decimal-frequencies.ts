/** Counts of plain decimals by their texts. */
import type { Frequencies } from "../profile/profile.ts";
import { type PlacedValues, SCALES } from "../sketch/decimal-values.ts";

/**
 * The counts of all of a column's cells, by text in ascending order. They are spelled when they are
 * first asked for, as nobody asks for those of a column of numbers in a baseline.
 */
export function decimalFrequencies(decimals: readonly PlacedValues[]): Frequencies {
  let counts: ReadonlyMap<string, number> | undefined;
  return {
    get counts() {
      counts ??= spell(decimals);
      return counts;
    },
    other: 0,
  };
}

/** A double has more digits than a decimal, so that rounding it to its scale gives those back. */
function spell(decimals: readonly PlacedValues[]): ReadonlyMap<string, number> {
  const list: [text: string, count: number][] = [];
  for (const { place, items, counts } of decimals) {
    const sign = place < SCALES ? "" : "-";
    for (let i = 0; i < items.length; i++) {
      list.push([sign + Math.abs(items[i]!).toFixed(place % SCALES), counts[i]!]);
    }
  }
  return new Map(list.sort(([a], [b]) => (a < b ? -1 : 1)));
}
