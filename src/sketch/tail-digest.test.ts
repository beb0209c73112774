import { describe, expect, it, vi } from "vitest";
import { mulberry32 } from "../../fixtures/churn.ts";
import { OrderedNumeric } from "../accumulate/ordered-numeric.ts";
import { TailDigest } from "./tail-digest.ts";

const N = 300_000;

type Draw = (random: () => number, i: number) => number;

const exponential: Draw = (random) => -Math.log(1 - random());

const SAMPLES: Readonly<Record<string, Draw>> = {
  uniform: (random) => random(),
  exponential,
  "heavy-tailed": (random) =>
    Math.exp(2 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.28 * random())),
  "one decimal": (random) => Math.round(1000 * (random() + random() + random())) / 10,
  "zeros but for 3 %": (random) => (random() < 0.03 ? random() : 0),
  negative: (random) => -random() * 1e6,
  "in two halves": (random, i) => random() + (i < N / 2 ? 0 : 5),
  "in cycles": (random, i) => Math.sin(i / 500) + random(),
};

function profile(draw: Draw) {
  const random = mulberry32(7);
  const values = Float64Array.from({ length: N }, (_, i) => draw(random, i) || 0);
  const numeric = new OrderedNumeric();
  for (let i = 0; i < N; i += 4096) {
    const batch = values.slice(i, i + 4096);
    numeric.add({ values: batch, count: batch.length });
  }
  numeric.checkInvariants();
  return { values: values.sort(), tails: numeric.finish("exhaustive")!.tails! };
}

describe("TailDigest", () => {
  it.each(Object.entries(SAMPLES))("knows the tails of %s values", (name, draw) => {
    const { values, tails } = profile(draw);
    const errors = [...tails].map(([place, value]) => {
      const below = values.findIndex((x) => x >= value);
      const upTo = values.findLastIndex((x) => x <= value) + 1;
      const wanted = (place / 1000) * N;
      return [place, Math.max(0, below - wanted, wanted - upTo) / N] as const;
    });
    const unknown = name.startsWith("zeros") ? [1, 10] : [];
    const known = [1, 10, 990, 999].filter((place) => !unknown.includes(place));
    expect(errors.map(([place]) => place)).toEqual(known);
    for (const [place, error] of errors) {
      expect(error).toBeLessThan(place === 1 || place === 999 ? 1 / 20_000 : 1 / 2_500);
    }
  });

  it("stays within its bound whatever comes", () => {
    for (const draw of [
      (_: unknown, i: number) => i,
      (_: unknown, i: number) => (i % 2 ? i : -i),
    ]) {
      const digest = new TailDigest();
      for (let i = 0; i < 200; i++) {
        const values = Float64Array.from({ length: 2048 }, (_, j) => draw(0, i * 2048 + j)).sort();
        digest.add({ values, count: values.length });
        digest.checkInvariants();
      }
    }
  });

  it("asks for no chance", () => {
    const random = vi.spyOn(Math, "random");
    profile(exponential);
    expect(random).not.toHaveBeenCalled();
    random.mockRestore();
  });

  it("tells nothing of values that it may have left out", () => {
    expect([...profile((_, i) => i).tails]).toEqual([]);
  });
});
