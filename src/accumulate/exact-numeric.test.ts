import { describe, expect, it } from "vitest";
import { seededRandom } from "../base/seeded-random.ts";
import { rankCounted, sortCounts } from "../sketch/counted-values.ts";
import { rankError } from "../sketch/rank-error.ts";
import type { RankMap } from "../sketch/rank-map.ts";
import { ExactNumeric } from "./exact-numeric.ts";
import { OrderedNumeric } from "./ordered-numeric.ts";

/** Full-precision doubles, skewed. */
function draw(count: number, ordinal: number): Float64Array {
  const random = seededRandom(3, ordinal);
  return Float64Array.from({ length: count }, () => Math.exp(4 * random() * random()) - 2);
}

function count(values: Float64Array): RankMap {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return rankCounted([sortCounts(counts)]);
}

/** Known values first, then a stream. */
function fold(known: Float64Array, streamed: Float64Array): ExactNumeric {
  const numeric = new ExactNumeric();
  numeric.addCounted(count(known));
  for (let from = 0; from < streamed.length; from += 4096) {
    const values = streamed.subarray(from, from + 4096);
    numeric.add({ values, count: values.length });
  }
  numeric.checkInvariants();
  return numeric;
}

const sumsOf = (numeric: ExactNumeric | OrderedNumeric) => {
  const { sum, mean, stdDev, min, max } = numeric.finish("exhaustive")!;
  return { sum, mean, stdDev, min, max };
};

describe("ExactNumeric", () => {
  it("knows all values until others come one by one", () => {
    const numeric = fold(draw(100, 1), new Float64Array(0));
    expect(numeric.values).toEqual(count(draw(100, 1)));
    expect(numeric.finish()!.tails).toBeUndefined();
    numeric.add({ values: Float64Array.of(1), count: 1 });
    expect(numeric.values).toBeUndefined();
    expect(numeric.finish()!.distribution!.sketch.n).toBe(101);
  });

  it.each([
    [0, 30_000],
    [20_000, 30_000],
    [60_000, 100_000],
  ])(
    "has the same sums whichever of %d known and %d streamed values come first",
    (known, streamed) => {
      const all = draw(known + streamed, known);
      const expected = sumsOf(fold(all.subarray(0, known), all.subarray(known)));
      const reversed = all.toReversed();
      expect(sumsOf(fold(reversed.subarray(0, known), reversed.subarray(known)))).toEqual(expected);
      const left = fold(all.subarray(0, known), all.subarray(known, known + 5000));
      const right = fold(all.subarray(known + 5000, known + 7000), all.subarray(known + 7000));
      left.merge(right);
      expect(sumsOf(left)).toEqual(expected);
      expect(left.finish()!.distribution!.sketch.n).toBe(all.length);
    },
  );

  it("agrees with the service's arithmetic within its rounding", () => {
    const values = draw(50_000, 5);
    const ordered = new OrderedNumeric();
    ordered.add({ values, count: values.length });
    const exact = sumsOf(fold(new Float64Array(0), values));
    const service = sumsOf(ordered);
    for (const name of ["sum", "mean", "stdDev"] as const) {
      expect(Math.abs(exact[name]! / service[name]! - 1)).toBeLessThan(1e-11);
    }
    expect([exact.min, exact.max]).toEqual([service.min, service.max]);
    const sketches = [fold(new Float64Array(0), values), ordered].map(
      (numeric) => numeric.finish("exhaustive")!.distribution!,
    );
    expect(sketches[0]).toEqual(sketches[1]);
  });

  it.each([
    [60_000, 1_000],
    [5_000, 200_000],
  ])(
    "keeps ranks and tails within their bounds over %d known and %d streamed",
    (known, streamed) => {
      const all = draw(known + streamed, streamed);
      const { distribution, tails } = fold(all.subarray(0, known), all.subarray(known)).finish()!;
      const sorted = all.slice().sort();
      const { sketch } = distribution!;
      for (let i = 0; i < sorted.length; i += 199) {
        const error = Math.abs(sketch.rank(sorted[i]!) - (i + 1)) / sorted.length;
        expect(error).toBeLessThan(rankError(sketch));
      }
      expect([...tails!.keys()]).toEqual([1, 10, 990, 999]);
      for (const [place, value] of tails!) {
        const rank = sorted.findLastIndex((x) => x <= value) + 1;
        const bound = place === 1 || place === 999 ? 1 / 20_000 : 1 / 2500;
        expect(Math.abs(rank / sorted.length - place / 1000)).toBeLessThan(2 * bound);
      }
    },
  );

  it("continues from a saved state as it would have gone on", () => {
    const original = fold(draw(3000, 1), draw(9000, 2));
    const restored = ExactNumeric.load(JSON.parse(JSON.stringify(original.save())));
    for (const each of [original, restored]) {
      each.add({ values: draw(5000, 3), count: 5000 });
      each.merge(fold(draw(10, 4), new Float64Array(0)));
    }
    expect(restored.save()).toEqual(original.save());
    expect(restored.finish()).toEqual(original.finish());
    const known = fold(draw(30, 1), new Float64Array(0));
    expect(ExactNumeric.load(JSON.parse(JSON.stringify(known.save()))).values).toEqual(
      known.values,
    );
  });
});
