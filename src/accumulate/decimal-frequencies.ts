/** Counts of plain decimals by their texts. */
import type { Frequencies } from "../profile/profile.ts";
import { DECIMAL_DIGITS_MAX } from "../sketch/decimal-table.ts";
import { forEachDecimal, type SavedDecimals } from "../sketch/saved-decimals.ts";
import { spellPlainDecimal } from "./plain-decimal.ts";

const decoder = new TextDecoder();

/**
 * The counts of all of a column's cells, by text in ascending order. They are spelled when they are
 * first asked for, as nobody asks for those of a column of numbers in a baseline.
 */
export function decimalFrequencies(decimals: SavedDecimals): Frequencies {
  let counts: ReadonlyMap<string, number> | undefined;
  return {
    get counts() {
      counts ??= spell(decimals);
      return counts;
    },
    other: 0,
  };
}

function spell(decimals: SavedDecimals): ReadonlyMap<string, number> {
  const spelled = new Uint8Array(DECIMAL_DIGITS_MAX + 2);
  const list: [text: string, count: number][] = [];
  forEachDecimal(decimals, (isNegative, scale, digits, count) => {
    const start = spellPlainDecimal(spelled, isNegative, scale, digits);
    list.push([decoder.decode(spelled.subarray(start)), count]);
  });
  return new Map(list.sort(([a], [b]) => (a < b ? -1 : 1)));
}
