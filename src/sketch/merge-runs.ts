/**
 * Ascending sort of doubles that already stand in ascending runs, as the items of a sketch's upper
 * levels do. Two runs are merged from both ends at once and without a branch on the values: the two
 * chains of loads and compares hide each other's latency. Where long stretches are equal, as in
 * columns of flags, they are moved whole.
 *
 * Memory: 64 KiB of scratch shared by all callers.
 */
import { countBelow, countUpTo } from "./search-sorted.ts";
import { sortDoubles } from "./sort-doubles.ts";

/** With more runs than this a sort is faster. */
const RUNS_MAX = 6;
const SCRATCH_SIZE = 8192;
/** Stretches are moved whole when three of four samples equal the item so many places behind. */
const STRETCH = 32;
const SAMPLES = 16;
const EQUAL_SAMPLES_MIN = 12;

const scratch = new Float64Array(SCRATCH_SIZE);

/** Sorts items[0, length) in place, whose runs start at `runs`; no item may be NaN or -0. */
export function mergeRuns(items: Float64Array, length: number, runs: readonly number[]): void {
  const starts = runs.filter((start) => start < length);
  if (starts.length < 2) return;
  if (starts.length > RUNS_MAX || length > SCRATCH_SIZE) {
    sortDoubles(items, length);
    return;
  }
  // A single first item is what an earlier compaction left: its way into place is a short one.
  const hasLeftover = starts[1] === 1;
  let bounds = [...(hasLeftover ? starts.slice(1) : starts), length];
  while (bounds.length > 2) {
    for (let run = 2; run < bounds.length; run += 2) {
      mergeTwo(items, bounds[run - 2]!, bounds[run - 1]!, bounds[run]!);
    }
    bounds = bounds.filter((bound, i) => i % 2 === 0 || bound === length);
  }
  if (hasLeftover) insertFirst(items, length);
}

/** Merges the ascending items[from, middle) and items[middle, end). */
function mergeTwo(items: Float64Array, from: number, middle: number, end: number): void {
  scratch.set(items.subarray(from, end));
  const into = items.subarray(from, end);
  if (hasStretches(end - from)) moveStretches(into, middle - from);
  else moveItems(into, middle - from);
}

function hasStretches(length: number): boolean {
  if (length < SAMPLES * STRETCH) return false;
  const step = Math.floor((length - STRETCH) / SAMPLES);
  let equal = 0;
  for (let i = 0; i < SAMPLES; i++) {
    if (scratch[i * step] === scratch[i * step + STRETCH]) equal += 1;
  }
  return equal >= EQUAL_SAMPLES_MIN;
}

/** Merges scratch[0, middle) and scratch[middle, …) into `into`, stretch by stretch. */
function moveStretches(into: Float64Array, middle: number): void {
  const end = into.length;
  let a = 0;
  let b = middle;
  while (a < middle && b < end) {
    const next = scratch[b]!;
    const aUntil = countUpTo(scratch, next, a, middle);
    into.set(scratch.subarray(a, aUntil), a + b - middle);
    a = aUntil;
    if (a === middle) break;
    const waiting = scratch[a]!;
    const bUntil = countBelow(scratch, waiting, b, end);
    into.set(scratch.subarray(b, bUntil), a + b - middle);
    b = bUntil;
  }
  into.set(scratch.subarray(a, middle), a + b - middle);
  into.set(scratch.subarray(b, end), b);
}

/** The same item by item. */
function moveItems(into: Float64Array, middle: number): void {
  let a = 0;
  let aEnd = middle;
  let b = middle;
  let bEnd = into.length;
  let front = 0;
  let back = bEnd;
  while (a < aEnd && b < bEnd) {
    // So many steps from either end exhaust neither run.
    for (let steps = Math.min(aEnd - a, bEnd - b); steps > 0; steps--) {
      const isFirst = Number(scratch[a]! <= scratch[b]!);
      into[front++] = scratch[b ^ ((a ^ b) & -isFirst)]!;
      a += isFirst;
      b += 1 - isFirst;
      const isLast = Number(scratch[aEnd - 1]! <= scratch[bEnd - 1]!);
      into[--back] = scratch[(aEnd ^ ((aEnd ^ bEnd) & -isLast)) - 1]!;
      bEnd -= isLast;
      aEnd -= 1 - isLast;
    }
  }
  into.set(scratch.subarray(a, aEnd), front);
  into.set(scratch.subarray(b, bEnd), front + aEnd - a);
}

/** Brings the first item into its place among the others, which ascend. */
function insertFirst(items: Float64Array, length: number): void {
  const first = items[0]!;
  const until = countBelow(items, first, 1, length);
  items.copyWithin(0, 1, until);
  items[until - 1] = first;
}
