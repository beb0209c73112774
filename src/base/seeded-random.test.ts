/** Seeded chance: even, without ties between neighbours, and the same everywhere. */
import { describe, expect, it } from "vitest";
import { seededRandom } from "./seeded-random.ts";

function first(seed: number, ordinal: number): number {
  return seededRandom(seed, ordinal)();
}

describe("seededRandom", () => {
  it("repeats, and differs by seed, by ordinal and by draw", () => {
    const random = seededRandom(3, 4);
    const drawn = [random(), random(), random()];
    const again = seededRandom(3, 4);
    expect([again(), again(), again()]).toEqual(drawn);
    const others = [
      first(3, 5),
      first(4, 4),
      first(4, 3),
      first(3, 4 + 2 ** 32),
      first(2 ** 40, 4),
    ];
    expect(new Set([...drawn, ...others]).size).toBe(8);
  });

  it("keeps its numbers from one version to the next", () => {
    // Computed with Python's whole numbers, cut to 32 bits after each step.
    expect([first(0, 0), first(0, 1), first(1, 0), first(2 ** 40, 2 ** 33 + 5)]).toEqual([
      0.6962601090781391, 0.4999889514874667, 0.7536940481513739, 0.0458019757643342,
    ]);
  });

  it("draws evenly over the ordinals: a rate samples its share", () => {
    const ordinals = Array.from({ length: 100_000 }, (_, ordinal) => ordinal);
    for (const seed of [0, 1, 2 ** 31]) {
      const drawn = ordinals.map((ordinal) => first(seed, ordinal));
      expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
      // Six standard deviations of a binomial count of 100,000 at 0.1.
      expect(Math.abs(drawn.filter((number) => number < 0.1).length - 10_000)).toBeLessThan(570);
      const pairs = ordinals.filter((i) => i > 0 && drawn[i]! < 0.1 && drawn[i - 1]! < 0.1);
      expect(Math.abs(pairs.length - 1000)).toBeLessThan(190);
    }
  });
});
