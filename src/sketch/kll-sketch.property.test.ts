import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KllSketch } from "./kll-sketch.ts";
import { rankMapOf } from "./rank-map.ts";

const k = fc.constantFrom(2, 4, 8, 16);
const values = fc.array(
  fc
    .oneof(fc.integer({ min: -50, max: 50 }), fc.double({ noNaN: true }))
    .map((x) => (x === 0 ? 0 : x)),
  {
    maxLength: 600,
  },
);

function addAll(sketch: KllSketch, numbers: readonly number[]): KllSketch {
  // The array is longer than its count, as a column's is.
  sketch.add({ values: Float64Array.from([...numbers, 9e9]), count: numbers.length });
  return sketch;
}

/** The update rule value by value, with arrays and JavaScript's own sort. */
function updateOneByOne(numbers: readonly number[], size: number): number[][] {
  const capacityOf = (h: number): number => 2 * (Math.ceil((size * 0.64 ** h) / 2) + 1);
  const levels = [{ items: [] as number[], compactions: 0, offset: 0 }];
  for (const x of numbers) {
    levels[0]!.items.push(x);
    const total = levels.reduce((sum, _, h) => sum + capacityOf(h), 0);
    if (levels.reduce((sum, { items }) => sum + items.length, 0) <= total) continue;
    const h = levels.findIndex(({ items }, i) => items.length >= capacityOf(i));
    if (h === levels.length - 1) levels.push({ items: [], compactions: 0, offset: 0 });
    const level = levels[h]!;
    const even = level.items.length - (level.items.length % 2);
    if (level.compactions++ % 2 === 1) level.offset = 1 - level.offset;
    const sorted = level.items.splice(0, even).sort((a, b) => a - b);
    levels[h + 1]!.items.push(...sorted.filter((_, i) => i % 2 === level.offset));
  }
  return levels.map(({ items }) => items);
}

describe("KllSketch", () => {
  it("gives the levels of the update rule however the values are cut in runs", () => {
    fc.assert(
      fc.property(values, k, fc.array(fc.nat({ max: 90 })), (numbers, size, cuts) => {
        const sketch = new KllSketch({ k: size });
        let from = 0;
        for (const length of [...cuts, numbers.length]) {
          addAll(sketch, numbers.slice(from, from + length));
          from = Math.min(from + length, numbers.length);
        }
        const levels = sketch.levels().map((level) => [...level]);
        expect(levels).toEqual(updateOneByOne(numbers, size));
        sketch.checkInvariants();
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each([
    ["flags", (i: number) => Number((i * 7919) % 1009 < 140)],
    ["tenths", (i: number) => (((i * 7919) % 3803) - 100) / 10],
    ["doubles of both signs", (i: number) => Math.sin(i) * 2 ** ((i * 31) % 60)],
    ["ascending doubles", (i: number) => i / 7],
  ])("gives those levels of large sketches, of %s, also where it goes on from others", (_, of) => {
    const numbers = Array.from({ length: 30_000 }, (_, i) => of(i) + 0);
    const expected = updateOneByOne(numbers, 700);
    const whole = addAll(new KllSketch({ k: 700 }), numbers);
    expect(whole.levels().map((level) => [...level])).toEqual(expected);
    const half = addAll(new KllSketch({ k: 700 }), numbers.slice(0, 17_001));
    const restored = addAll(KllSketch.load(half.save()), numbers.slice(17_001));
    expect(restored.save()).toEqual(whole.save());
  });

  it("goes on from overfull levels of a file as one by one", () => {
    fc.assert(
      fc.property(values, values, (stored, numbers) => {
        const whole = addAll(KllSketch.fromLevels([stored], { k: 4 }), numbers);
        const single = KllSketch.fromLevels([stored], { k: 4 });
        for (const x of numbers) addAll(single, [x]);
        expect(whole.save()).toEqual(single.save());
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it("ranks by its weighted items, and maps ranks as it ranks", () => {
    fc.assert(
      fc.property(values, k, (numbers, size) => {
        const sketch = addAll(new KllSketch({ k: size }), numbers);
        const weighted = sketch
          .levels()
          .flatMap((level, h) => Array.from(level, (item) => ({ item, weight: 2 ** h })));
        const weigh = (accepts: (item: number) => boolean): number =>
          weighted.reduce((sum, { item, weight }) => sum + (accepts(item) ? weight : 0), 0);
        const correct = rankMapOf(sketch, "correct");
        expect(correct.n).toBe(numbers.length);
        expect([...correct.items]).toEqual(
          [...new Set(weighted.map(({ item }) => item))].sort((a, b) => a - b),
        );
        for (const [i, x] of correct.items.entries()) {
          expect(sketch.rank(x)).toBe(weigh((item) => item <= x));
          expect(sketch.rankExclusive(x)).toBe(weigh((item) => item < x));
          expect(correct.ranks[i]).toBe(sketch.rank(x));
        }
        const legacy = rankMapOf(sketch, "legacy");
        let rank = 0;
        expect(legacy.items).toEqual(correct.items);
        for (const [i, x] of legacy.items.entries()) {
          rank += Math.max(...weighted.map(({ item, weight }) => (item === x ? weight : 0)));
          expect(legacy.ranks[i]).toBe(rank);
        }
        expect(legacy.n).toBe(rank);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
