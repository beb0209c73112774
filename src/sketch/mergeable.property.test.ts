import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { type Cells, MISSING } from "../base/cells.ts";
import { ExactMoments } from "./exact-moments.ts";
import { FrequencyTable, type FrequencyTableState } from "./frequency-table.ts";
import { HyperLogLog } from "./hyper-log-log.ts";
import { KllSketch } from "./kll-sketch.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
import { Moments } from "./moments.ts";
import { RecordSample, type RecordSampleState, type Sampled } from "./record-sample.ts";
import { TailDigest } from "./tail-digest.ts";

/** One row of the table of laws; `Value` is what a column of inputs is made of. */
interface Subject<Self extends Mergeable<Self, Input, State>, Input, State, Value> {
  readonly name: string;
  readonly fresh: () => Self;
  readonly load: (state: State) => Self;
  readonly values: fc.Arbitrary<Value[]>;
  readonly inputOf: (values: readonly Value[]) => Input;
  /** Fails when two folds of `values` (in any cut and merge) differ by more than the bound. */
  readonly expectAlike: (actual: Self, expected: Self, values: readonly Value[]) => void;
  readonly selfMerge: string;
}

function cellsOf(texts: readonly (string | undefined)[]): Cells {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(texts.map((text) => text ?? "").join(""));
  const starts = new Uint32Array(texts.length + 1);
  const ends = new Uint32Array(texts.length + 1);
  let at = 0;
  texts.forEach((text, i) => {
    const length = encoder.encode(text ?? "").length;
    starts[i] = text === undefined ? MISSING : at;
    at += length;
    ends[i] = at;
  });
  return { bytes, starts, ends, count: texts.length };
}

function numbersOf(values: readonly number[]): Numbers {
  return { values: Float64Array.from([...values, 1e9]), count: values.length };
}

function expectClose(
  actual: number | undefined,
  expected: number | undefined,
  scale: number,
): void {
  if (actual === undefined || expected === undefined) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * scale);
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "é", "0"), maxLength: 12 });
const cells = fc.array(fc.option(word, { nil: undefined, freq: 8 }), { maxLength: 60 });
const numbers = fc.array(
  fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  { maxLength: 80 },
);
/** Long columns from few draws: KLL compacts only past its raw level. */
const longNumbers = fc
  .tuple(fc.nat({ max: 9000 }), fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e5 }))
  .map(([length, step, modulus]) => Array.from({ length }, (_, i) => (i * step) % modulus));

function tableSubject(
  name: string,
  options: { textsMax: number; pinned?: readonly string[] },
  expectAlike: (actual: FrequencyTable, expected: FrequencyTable) => void,
): Subject<FrequencyTable, Cells, FrequencyTableState, string | undefined> {
  return {
    name,
    fresh: () => new FrequencyTable(options),
    load: (state) => FrequencyTable.load(state, options),
    values: cells,
    inputOf: cellsOf,
    expectAlike,
    selfMerge: "FrequencyTable merged with itself",
  };
}

function expectSameReport(actual: FrequencyTable, expected: FrequencyTable): void {
  expect(actual.counts()).toEqual(expected.counts());
  expect([actual.other, actual.isOverflown]).toEqual([expected.other, expected.isOverflown]);
}

function totalOf(table: FrequencyTable): number {
  return [...table.counts().values()].reduce((sum, count) => sum + count, table.other);
}

/** Past the cap the first texts stay, so only the rest of the report is free of order. */
function expectSamePinned(actual: FrequencyTable, expected: FrequencyTable): void {
  expect(actual.isOverflown).toBe(expected.isOverflown);
  if (!actual.isOverflown) expectSameReport(actual, expected);
  expect(totalOf(actual)).toBe(totalOf(expected));
  const mine = actual.counts();
  const theirs = expected.counts();
  for (const text of ["a", "ab", "éé", "never"]) expect(mine.get(text)).toBe(theirs.get(text));
  for (const [text, count] of mine) {
    if (theirs.has(text)) expect([text, count]).toEqual([text, theirs.get(text)]);
  }
}

/** `share` bounds the rank error, as a share of n, of any tree of merges drawn here. */
function kllSubject(
  k: number,
  share: number,
  values: fc.Arbitrary<number[]>,
): Subject<KllSketch, Numbers, ReturnType<KllSketch["save"]>, number> {
  return {
    name: `KllSketch of k = ${k}`,
    fresh: () => new KllSketch({ k }),
    load: KllSketch.load,
    values,
    inputOf: numbersOf,
    expectAlike: (actual, expected, all) => {
      const sorted = Float64Array.from(all).sort();
      const bound = share * all.length;
      expect([actual.n, expected.n]).toEqual([all.length, all.length]);
      for (let i = 0; i < sorted.length; i += Math.ceil(sorted.length / 50)) {
        const x = sorted[i]!;
        const below = sorted.indexOf(x);
        const upTo = sorted.lastIndexOf(x) + 1;
        for (const sketch of [actual, expected]) {
          expect(Math.abs(sketch.rankExclusive(x) - below)).toBeLessThanOrEqual(bound);
          expect(Math.abs(sketch.rank(x) - upTo)).toBeLessThanOrEqual(bound);
        }
      }
    },
    selfMerge: "KllSketch merged with itself",
  };
}

function obeysLaws<Self extends Mergeable<Self, Input, State>, Input, State, Value>(
  subject: Subject<Self, Input, State, Value>,
): void {
  const { fresh, load, values, inputOf, expectAlike } = subject;
  const parameters = { seed: 1, numRuns: casesOf(15, 100) };
  const fold = (column: readonly Value[]): Self => {
    const state = fresh();
    state.add(inputOf(column));
    return state;
  };
  const merged = (a: Self, b: Self): Self => {
    a.merge(b);
    a.checkInvariants();
    return a;
  };

  describe(subject.name, () => {
    it("is empty when fresh, and stays so over no input and no merge", () => {
      const state = merged(fold([]), fresh());
      expect(state.isEmpty).toBe(true);
      expect(state.save()).toEqual(fresh().save());
    });

    it("is unchanged by a fresh state on either side", () => {
      fc.assert(
        fc.property(values, (column) => {
          expectAlike(merged(fold(column), fresh()), fold(column), column);
          expectAlike(merged(fresh(), fold(column)), fold(column), column);
        }),
        parameters,
      );
    });

    it("merges associatively", () => {
      fc.assert(
        fc.property(values, values, values, (a, b, c) => {
          const leftFirst = merged(merged(fold(a), fold(b)), fold(c));
          const rightFirst = merged(fold(a), merged(fold(b), fold(c)));
          expectAlike(leftFirst, rightFirst, [...a, ...b, ...c]);
        }),
        parameters,
      );
    });

    it("folds a concatenation to the merge of the folds", () => {
      fc.assert(
        fc.property(values, values, (a, b) => {
          const all = [...a, ...b];
          expectAlike(merged(fold(a), fold(b)), fold(all), all);
        }),
        parameters,
      );
    });

    it("leaves the argument of a merge unchanged, then and later", () => {
      fc.assert(
        fc.property(values, values, (a, b) => {
          const argument = fold(b);
          const before = argument.save();
          const state = merged(fold(a), argument);
          expect(argument.save()).toEqual(before);
          state.add(inputOf(a));
          expect(argument.save()).toEqual(before);
        }),
        parameters,
      );
    });

    it("refuses to merge with itself", () => {
      const state = fresh();
      const hint = "Please report this with the command you ran.";
      expect(() => state.merge(state)).toThrow(`internal: ${subject.selfMerge}. ${hint}`);
    });

    it("continues from a saved state exactly as it would have gone on", () => {
      fc.assert(
        fc.property(values, values, values, (a, b, c) => {
          const original = merged(fold(a), fold(b));
          const restored = load(JSON.parse(JSON.stringify(original.save())) as State);
          restored.checkInvariants();
          expect(restored.save()).toEqual(original.save());
          for (const state of [original, restored]) {
            state.add(inputOf(c));
            state.merge(fold(a));
          }
          expect(restored.isEmpty).toBe(original.isEmpty);
          expect(restored.save()).toEqual(original.save());
        }),
        parameters,
      );
    });
  });
}

obeysLaws({
  name: "HyperLogLog",
  fresh: () => new HyperLogLog(),
  load: HyperLogLog.load,
  values: cells,
  inputOf: cellsOf,
  expectAlike: (actual, expected) => expect(actual.save()).toEqual(expected.save()),
  selfMerge: "HyperLogLog merged with itself",
});

obeysLaws(tableSubject("FrequencyTable", { textsMax: 1024 }, expectSameReport));
obeysLaws(tableSubject("FrequencyTable of a small cap", { textsMax: 25 }, expectSameReport));
obeysLaws(
  tableSubject(
    "FrequencyTable with pinned texts",
    { textsMax: 25, pinned: ["a", "ab", "éé", "never"] },
    expectSamePinned,
  ),
);

obeysLaws({
  name: "Moments",
  fresh: () => new Moments(),
  load: Moments.load,
  values: numbers,
  inputOf: numbersOf,
  expectAlike: (actual, expected, values) => {
    const exact = ({ n, min, max, negatives, zeros }: Moments): unknown => [
      n,
      min,
      max,
      negatives,
      zeros,
    ];
    expect(exact(actual)).toEqual(exact(expected));
    // Terms of both signs may cancel: the bound is relative to what was summed.
    const size = values.reduce((sum, x) => sum + Math.abs(x), 0);
    const squares = values.reduce((sum, x) => sum + x * x, 0);
    expectClose(actual.sum, expected.sum, size);
    expectClose(actual.save().avg ?? 0, expected.save().avg ?? 0, size);
    expectClose(actual.save().m2 ?? 0, expected.save().m2 ?? 0, squares);
  },
  selfMerge: "Moments merged with itself",
});

/** Records told by their priorities. */
function sampledOf(values: readonly number[]): Sampled<number>[] {
  return values.map((value) => ({ priority: value, cost: value % 5, kept: value }));
}

const SAMPLE_LIMITS = { recordsMax: 20, costMax: 50 };

obeysLaws<RecordSample<number>, readonly Sampled<number>[], RecordSampleState<number>, number>({
  name: "RecordSample",
  fresh: () => new RecordSample(SAMPLE_LIMITS),
  load: (state) => RecordSample.load(state, SAMPLE_LIMITS),
  values: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 80 }),
  inputOf: sampledOf,
  expectAlike: (actual, expected) => expect(actual.save()).toEqual(expected.save()),
  selfMerge: "RecordSample merged with itself",
});

obeysLaws({
  name: "ExactMoments",
  fresh: () => new ExactMoments(),
  load: ExactMoments.load,
  values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)),
  inputOf: numbersOf,
  expectAlike: (actual, expected) => {
    expect(actual.save()).toEqual(expected.save());
    expect(actual.rounded()).toEqual(expected.rounded());
  },
  selfMerge: "ExactMoments merged with itself",
});

obeysLaws(kllSubject(2048, 0.01, longNumbers));
obeysLaws(kllSubject(64, 0.15, numbers));

obeysLaws({
  name: "TailDigest",
  fresh: () => new TailDigest(),
  load: TailDigest.load,
  values: fc.oneof(numbers, longNumbers),
  inputOf: (values) => numbersOf([...values].sort((a, b) => a - b)),
  expectAlike: (actual, expected, values) => {
    const sorted = Float64Array.from(values).sort();
    const bound = 0.01 * sorted.length + 1;
    for (const share of [0.001, 0.01, 0.99, 0.999]) {
      for (const digest of [actual, expected]) {
        const [value] = digest.quantiles([share], sorted.length);
        if (value === undefined) continue;
        const below = sorted.filter((x) => x < value).length;
        const upTo = sorted.filter((x) => x <= value).length;
        const wanted = share * sorted.length;
        expect(Math.max(below - wanted, wanted - upTo)).toBeLessThanOrEqual(bound);
      }
    }
  },
  selfMerge: "TailDigest merged with itself",
});
