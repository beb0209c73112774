/** Drawn columns through the product: cells as bytes, the accumulator, the file of a baseline. */

import { ExactFeature } from "../../src/accumulate/exact-feature.ts";
import { MISSING } from "../../src/base/cells.ts";
import type { FeatureProfile } from "../../src/profile/profile.ts";
import { readStatistics, writeStatistics } from "../../src/profile/statistics-file.ts";
import type { Drawn } from "./draw-column.ts";

const NAME = "feature";
const CELL_BYTES_MAX = 24;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const LETTER = 99;

/** Profiles a column as a window's; a baseline's categories are counted exactly. */
export function profileColumn(drawn: Drawn, baseline?: FeatureProfile): FeatureProfile {
  const pinned = baseline?.categories?.map(({ value }) => value);
  const accumulator = new ExactFeature({ pinned });
  const count = drawn.cells.length;
  const lines = new Uint32Array(count);
  const column = { count, ...writeCells(drawn) };
  accumulator.add({ column, origins: { file: "drawn", lines, eventIds: undefined } });
  return accumulator.finish(NAME);
}

/** Profiles a column as a baseline that was written to `statistics.json` and read again. */
export async function profileBaseline(drawn: Drawn): Promise<FeatureProfile> {
  const feature = profileColumn(drawn);
  const text = writeStatistics({ itemCount: drawn.cells.length, features: [feature] });
  return (await readStatistics(text, "statistics.json")).features[0]!;
}

/** Numbers with four decimals, categories as `c` and a number. */
function writeCells({ kind, cells }: Drawn): {
  bytes: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
} {
  const bytes = new Uint8Array(cells.length * CELL_BYTES_MAX);
  const starts = new Uint32Array(cells.length);
  const ends = new Uint32Array(cells.length);
  let at = 0;
  cells.forEach((cell, i) => {
    starts[i] = Number.isNaN(cell) ? MISSING : at;
    if (Number.isNaN(cell)) return;
    if (kind === "categories") bytes[at++] = LETTER;
    const whole = kind === "categories" || Number.isInteger(cell);
    if (cell < 0) bytes[at++] = MINUS;
    const scaled = whole ? Math.abs(cell) : Math.round(Math.abs(cell) * 10_000);
    at = writeDigits(bytes, at, whole ? scaled : Math.floor(scaled / 10_000), 1);
    if (!whole) {
      bytes[at++] = POINT;
      at = writeDigits(bytes, at, scaled % 10_000, 4);
    }
    ends[i] = at;
  });
  return { bytes, starts, ends };
}

function writeDigits(bytes: Uint8Array, from: number, value: number, least: number): number {
  let digits = least;
  for (let limit = 10 ** least; value >= limit; limit *= 10) digits++;
  for (let i = from + digits - 1, rest = value; i >= from; i--) {
    bytes[i] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return from + digits;
}
