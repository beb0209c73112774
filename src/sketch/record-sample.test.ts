import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecordSample, type RecordSampleOptions, type Sampled } from "./record-sample.ts";

interface Item {
  readonly priority: number;
  readonly cost: number;
  readonly isWanted: boolean;
}

const item: fc.Arbitrary<Item> = fc.record({
  priority: fc.integer({ min: 0, max: 40 }),
  cost: fc.integer({ min: 0, max: 9 }),
  isWanted: fc.boolean(),
});
const options: fc.Arbitrary<RecordSampleOptions> = fc.record({
  recordsMax: fc.integer({ min: 1, max: 8 }),
  costMax: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
});

function wantedOf(items: readonly Item[]): Sampled<number>[] {
  return items.flatMap(({ priority, cost, isWanted }, kept) =>
    isWanted ? [{ priority, cost, kept }] : [],
  );
}

/** The longest run of whole priorities, from the lowest on, that keeps to the limits. */
function expected(items: readonly Item[], { recordsMax, costMax = Infinity }: RecordSampleOptions) {
  const wanted = items.filter(({ isWanted }) => isWanted);
  const priorities = [...new Set(wanted.map(({ priority }) => priority))].sort((a, b) => a - b);
  let kept: Item[] = [];
  for (const limit of priorities) {
    const upTo = wanted.filter(({ priority }) => priority <= limit);
    const cost = upTo.reduce((sum, each) => sum + each.cost, 0);
    if (upTo.length > recordsMax || cost > costMax) break;
    kept = upTo;
  }
  return kept.map(({ priority, cost }) => [priority, cost]).sort();
}

describe("RecordSample", () => {
  it("holds the wanted records of the lowest priorities, however they are cut and merged", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), options, fc.nat(40), (items, limits, cut) => {
        const parts = [items.slice(0, cut), items.slice(cut)].map((part) => {
          const sample = new RecordSample<number>(limits);
          for (const each of part) sample.add(wantedOf([each]));
          sample.checkInvariants();
          return sample;
        });
        const whole = new RecordSample<number>(limits);
        whole.add(wantedOf(items));
        const merged = parts[1]!;
        merged.merge(parts[0]!);
        for (const sample of [whole, merged]) {
          sample.checkInvariants();
          const { sampled } = sample.save();
          expect(sampled.map(({ priority, cost }) => [priority, cost]).sort()).toEqual(
            expected(items, limits),
          );
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("tells the priority from which on no record is taken", () => {
    const sample = new RecordSample<number>({ recordsMax: 2 });
    const ceilings = [5, 1, 3, 5, 2].map((priority, kept) => {
      sample.addOne({ priority, cost: 1, kept });
      return sample.ceiling;
    });
    expect(ceilings).toEqual([Infinity, Infinity, 5, 5, 3]);
    expect(sample.kept).toEqual([1, 4]);
  });

  it("takes nothing when one record costs too much, and says that it saw some", () => {
    const sample = new RecordSample<number>({ recordsMax: 2, costMax: 5 });
    sample.add(wantedOf([{ priority: 0, cost: 6, isWanted: true }]));
    sample.add(wantedOf([{ priority: 1, cost: 1, isWanted: true }]));
    expect(sample.kept).toEqual([]);
    expect(sample.isEmpty).toBe(false);
  });

  it("refuses to merge with a sample of other limits", () => {
    const sample = new RecordSample<number>({ recordsMax: 2 });
    expect(() => sample.merge(new RecordSample<number>({ recordsMax: 3 }))).toThrow(
      "internal: RecordSample merged with one of other options. " +
        "Please report this with the command you ran.",
    );
  });
});
