import { describe, expect, it } from "vitest";
import { RecordPriorities } from "./record-priorities.ts";

/** Records of the given lines. */
function batchOf(lines: readonly number[]) {
  const origins = { file: "a.jsonl", lines: Uint32Array.from(lines), eventIds: undefined };
  return { records: lines.length, columns: [], origins };
}

/** Priorities of the lines of one file, taken in batches that end at `cuts`. */
function prioritiesOf(lines: readonly number[], seed: number, file = 0, cuts: number[] = []) {
  const priorities = new RecordPriorities(seed);
  const found: number[] = [];
  [...cuts, lines.length].reduce((from, to) => {
    const part = lines.slice(from, to);
    priorities.take(batchOf(part), file);
    found.push(...priorities.values.subarray(0, part.length));
    return to;
  }, 0);
  return found;
}

const LINES = Array.from({ length: 4000 }, (_, i) => i + 1);

describe("RecordPriorities", () => {
  it("are the same wherever batches end, within a line of several rows too", () => {
    const lines = [1, 2, 2, 2, 5, 6, 6];
    const whole = prioritiesOf(lines, 7);
    for (let cut = 0; cut <= lines.length; cut++) {
      expect(prioritiesOf(lines, 7, 0, [cut])).toEqual(whole);
    }
    expect(new Set(whole).size).toBe(lines.length);
    expect(prioritiesOf([5, 6, 6], 7)).toEqual(whole.slice(4));
  });

  it("are others for another seed, above 32 bits too, and in another file", () => {
    const of = (seed: number, file = 0): number => prioritiesOf([3], seed, file)[0]!;
    expect(new Set([of(0), of(1), of(2 ** 32), of(2 ** 32 + 1), of(0, 1), of(0, 2)]).size).toBe(6);
  });

  it("are spread evenly below 2^53, and no two are the same", () => {
    const all = [0, 1, 2, 3].flatMap((file) => prioritiesOf(LINES, 1, file));
    expect(new Set(all).size).toBe(all.length);
    const cells = new Array(64).fill(0);
    for (const priority of all) {
      expect(Number.isSafeInteger(priority) && priority >= 0).toBe(true);
      cells[Math.floor(priority / 2 ** 47)] += 1;
    }
    const mean = all.length / cells.length;
    const chiSquared = cells.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    // The 99.9 % point with 63 degrees of freedom.
    expect(chiSquared).toBeLessThan(103.4);
  });

  it("tell the records below a ceiling, whose priorities are the same", () => {
    const lines = LINES.flatMap((line) => (line % 9 === 0 ? [line, line] : [line]));
    const whole = prioritiesOf(lines.slice(0, 4000), 3);
    const sorted = whole.toSorted((a, b) => a - b);
    for (const ceiling of [0, sorted[0]!, sorted[0]! + 1, sorted[40]!, sorted[2500]!, 2 ** 53]) {
      const priorities = new RecordPriorities(3);
      const early = priorities.take(batchOf(lines.slice(0, 4000)), 0, ceiling);
      expect(early).toEqual([...whole.keys()].filter((i) => whole[i]! < ceiling));
      expect(early.map((i) => priorities.values[i])).toEqual(early.map((i) => whole[i]));
      const rows = early.map((i) => (lines[i] === lines[i - 1] ? 1 : 0));
      expect(early.map((i) => priorities.rows[i])).toEqual(rows);
    }
  });

  it("begin the rows of a line anew in another file", () => {
    const priorities = new RecordPriorities(1);
    priorities.take(batchOf([1, 1]), 0);
    expect([...priorities.rows.subarray(0, 2)]).toEqual([0, 1]);
    priorities.take(batchOf([1]), 1);
    expect(priorities.rows[0]).toBe(0);
  });
});
