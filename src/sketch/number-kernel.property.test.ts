import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Numbers } from "./mergeable.ts";
import type { RankMap } from "./rank-map.ts";

const value = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
  )
  .map((x) => x + 0);
const column = fc
  .tuple(fc.array(value, { maxLength: 40 }), fc.constantFrom(1, 1, 1, 300))
  .map(([values, times]): Numbers => {
    const all = Array.from({ length: times }, () => values).flat();
    return { values: Float64Array.from([...all, 9]), count: all.length };
  });
const batches = fc
  .integer({ min: 1, max: 9 })
  .chain((columns) =>
    fc.array(fc.array(column, { minLength: columns, maxLength: columns }), { maxLength: 3 }),
  );

async function expectAlike(): Promise<void> {
  const { Moments } = await import("./moments.ts");
  fc.assert(
    fc.property(batches, (all) => {
      const together = (all[0] ?? []).map(() => new Moments());
      const single = together.map(() => new Moments());
      for (const columns of all) {
        Moments.addAll(together, columns);
        single.forEach((moments, i) => {
          moments.add(columns[i]!);
        });
      }
      expect(together.map((moments) => moments.save())).toEqual(
        single.map((moments) => moments.save()),
      );
    }),
    { seed: 1, numRuns: 300 },
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const counted = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1000 })), {
    minLength: 1,
    maxLength: 300,
    size: "max",
  })
  .map((counts): RankMap => {
    let n = 0;
    const ranks = Float64Array.from(counts, (count) => (n += count));
    return { items: ranks.map((_, i) => i / 8 - 9), ranks, n };
  });

describe("shareOfLevel", () => {
  it("gives each level what TypeScript gives it, all counts together", async () => {
    const { shareOfLevel: byKernel, topFor } = await import("./share-of-level.ts");
    vi.stubGlobal("WebAssembly", undefined);
    vi.resetModules();
    const { shareOfLevel } = await import("./share-of-level.ts");
    fc.assert(
      fc.property(counted, (values) => {
        const top = topFor(values.n, 2050);
        let weight = 0;
        for (let h = 0; h <= top; h++) {
          const share = byKernel(h, top, values);
          expect(share).toEqual(shareOfLevel(h, top, values));
          weight += share.length * 2 ** h;
        }
        expect(weight).toBe(values.n);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("Moments.addAll", () => {
  it("gives the moments of columns folded one by one, bit for bit", async () => {
    const { openNumberKernel } = await import("./number-kernel.ts");
    expect(openNumberKernel()).toBeDefined();
    await expectAlike();
  });

  it("does the same where the machine has no WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    vi.resetModules();
    const { openNumberKernel } = await import("./number-kernel.ts");
    expect(openNumberKernel()).toBeUndefined();
    await expectAlike();
  });

  it("folds columns longer than the kernel's areas", async () => {
    const { Moments } = await import("./moments.ts");
    const columns = [1, 2, 3, 4].map((seed): Numbers => {
      const values = Float64Array.from({ length: 10_000 }, (_, i) => ((i * seed) % 97) / 7 - 5);
      return { values, count: values.length - seed };
    });
    const together = columns.map(() => new Moments());
    Moments.addAll(together, columns);
    together.forEach((moments, i) => {
      const single = new Moments();
      single.add(columns[i]!);
      expect(moments.save()).toEqual(single.save());
    });
  });
});
