import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DecimalTable } from "./decimal-table.ts";
import { MemoryBudget } from "./memory-budget.ts";

const decimal = fc.record({
  isNegative: fc.boolean(),
  // Few places, so that some hold more than one decimal, a zero of either sign among them.
  scale: fc.oneof(fc.nat({ max: 1 }), fc.nat({ max: 14 })),
  digits: fc.oneof(
    fc.constant(0),
    fc.nat({ max: 20 }),
    fc.nat({ max: 70_000 }),
    fc.nat({ max: 1e14 - 1 }),
  ),
});

const tableOf = (budget = new MemoryBudget(1e9)): DecimalTable => new DecimalTable(budget);

describe("DecimalTable", () => {
  it("counts what a map of keys counts", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(decimal, fc.integer({ min: 1, max: 9 }))), (cells) => {
        const table = tableOf();
        const expected = new Map<string, number>();
        const values = new Map<number, number>();
        for (const [{ isNegative, scale, digits }, count] of cells) {
          table.count(isNegative, scale, digits, count);
          const key = JSON.stringify([isNegative, scale, digits]);
          expected.set(key, (expected.get(key) ?? 0) + count);
          const value = Number(`${isNegative ? "-" : ""}${digits}e-${scale}`) + 0;
          values.set(value, (values.get(value) ?? 0) + count);
        }
        const actual: [string, number][] = [];
        table.forEach((isNegative, scale, digits, count) => {
          actual.push([JSON.stringify([isNegative, scale, digits]), count]);
        });
        expect(new Map(actual)).toEqual(expected);
        expect(actual.length).toBe(expected.size);
        const cellsOf = (isWanted: (each: (typeof cells)[number][0]) => boolean): number =>
          cells.reduce((sum, [each, count]) => sum + (isWanted(each) ? count : 0), 0);
        expect(table.pointed).toBe(cellsOf(({ scale }) => scale > 0));
        expect(table.negatives).toBe(cellsOf((each) => each.isNegative && each.digits > 0));
        for (const [{ isNegative, scale, digits }] of cells) {
          const key = JSON.stringify([isNegative, scale, digits]);
          expect(table.countOf(isNegative, scale, digits)).toBe(expected.get(key));
        }
        const summed = new Map<number, number>();
        for (const { items, counts } of table.values()) {
          expect(items).toEqual(items.slice().sort());
          items.forEach((item, i) => {
            expect(item).not.toBe(-0);
            summed.set(item, (summed.get(item) ?? 0) + counts[i]!);
          });
        }
        expect(summed).toEqual(values);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("has none of what it has not met", () => {
    const table = tableOf();
    table.count(false, 0, 5, 1);
    expect(table.countOf(true, 0, 5)).toBe(0);
    expect(table.countOf(false, 1, 5)).toBe(0);
    expect(table.countOf(false, 0, 6)).toBe(0);
    expect(table.countOf(false, 0, 99_999)).toBe(0);
  });

  it("says when it holds more than 32,768 hashed keys, and counts on", () => {
    const table = tableOf();
    let counted = 0;
    while (!table.isTooLarge) table.count(false, 0, 100_000 + counted++, 2);
    expect(counted).toBe(32_769);
  });

  it("uses a budget that tables share, by keys alone, and gives it back", () => {
    const keys = [3, 70_000, 12_345, 80_000, 90_000];
    const bytes = 16_384 * 8 + 16 * 16;
    for (const order of [keys, keys.toReversed()]) {
      const [enough, less] = [bytes, bytes - 1].map((each) => tableOf(new MemoryBudget(each)));
      for (const table of [enough!, less!]) {
        for (const digits of order) table.count(false, 0, digits, 1);
      }
      expect([enough!.isTooLarge, less!.isTooLarge]).toEqual([false, true]);
    }
    const budget = new MemoryBudget(bytes);
    const [first, second] = [tableOf(budget), tableOf(budget)];
    for (const digits of keys) first.count(false, 0, digits, 1);
    second.count(false, 0, 1, 1);
    expect(second.isTooLarge).toBe(true);
    first.release();
    expect(second.isTooLarge).toBe(false);
  });
});

describe("few cells of many digits", () => {
  it("are counted as they are once there are more of them, and in the budget from the first", () => {
    const spelled = (table: DecimalTable) => {
      const counts: string[] = [];
      table.forEach((isNegative, scale, digits, count) => {
        counts.push(`${isNegative ? "-" : ""}${digits}e-${scale}: ${count}`);
      });
      return counts.sort();
    };
    const budget = new MemoryBudget(64 * 1024 * 1024);
    const few = new DecimalTable(budget);
    const many = new DecimalTable(new MemoryBudget(64 * 1024 * 1024));
    for (let i = 0; i < 1000; i++) {
      for (const table of [few, many]) table.count(i % 3 === 0, i % 2, 2000 + 60 * (i % 900), 1);
    }
    // A thousand cells more make the array.
    for (const isNegative of [true, false]) {
      for (const scale of [0, 1]) many.count(isNegative, scale, 60_000, 5000);
    }
    const added = spelled(many).filter((text) => !text.includes("60000e"));
    expect(added).toEqual(spelled(few));
    expect(few.cells).toBe(1000);
    expect(few.countOf(false, 1, 2060)).toBe(2);
    expect([few.pointed, few.negatives]).toEqual([500, 334]);
    const values = few.values().flatMap(({ items, counts }) => {
      expect([...items]).toEqual([...items].sort((a, b) => a - b));
      return [...counts];
    });
    expect(values.reduce((sum, count) => sum + count)).toBe(1000);
  });
});
