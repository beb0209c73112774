/**
 * The decimals of a table as plain numbers: by turns a key and its count. The key is digits times
 * 32 plus the scale, plus 16 below zero.
 */
import { type DecimalTable, SCALES } from "./decimal-table.ts";

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
  for (let i = 0; i < saved.length; i += 2) {
    const [key, count] = [saved[i]!, saved[i + 1]!];
    const place = key % PLACES;
    table.count(place >= SCALES, place % SCALES, Math.floor(key / PLACES), count);
    cells += count;
  }
  return cells;
}
