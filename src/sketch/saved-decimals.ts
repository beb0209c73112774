/**
 * The decimals of a table as plain numbers: by turns a key and its count. The key is digits times
 * 32 plus the scale, plus 16 below zero.
 */
import type { DecimalTable } from "./decimal-table.ts";
import { type DecimalVisitor, SCALES } from "./decimal-values.ts";

const PLACES: number = 2 * SCALES;

export type SavedDecimals = readonly number[];

export function saveDecimals(table: DecimalTable): SavedDecimals {
  const saved: number[] = [];
  table.forEach((isNegative, scale, digits, count) => {
    saved.push(digits * PLACES + (isNegative ? SCALES : 0) + scale, count);
  });
  return saved;
}

/** Counts saved decimals in a table; returns the number of their cells. */
export function loadDecimals(saved: SavedDecimals, table: DecimalTable): number {
  let cells = 0;
  forEachDecimal(saved, (isNegative, scale, digits, count) => {
    table.count(isNegative, scale, digits, count);
    cells += count;
  });
  return cells;
}

/** Visits saved decimals in their order. */
function forEachDecimal(saved: SavedDecimals, visit: DecimalVisitor): void {
  for (let i = 0; i < saved.length; i += 2) {
    const key = saved[i]!;
    const place = key % PLACES;
    visit(place >= SCALES, place % SCALES, Math.floor(key / PLACES), saved[i + 1]!);
  }
}
