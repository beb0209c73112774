/** Doubles that the kernel counts are in the counters of their texts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { openKernel } from "../../kernel/kernel.ts";
import { RUN_CELLS_MAX } from "./batch.ts";
import { NumberCounter } from "./number-counter.ts";

const SCALES = 8;
/** Kinds of decimals that have counters here, and how many at most. */
const COUNTED_SCALES = 4;
const LENGTH_MAX = 65_536;

const decimal = fc
  .tuple(fc.integer({ min: -70_000, max: 70_000 }), fc.nat(4))
  .map(([digits, scale]) => digits / 10 ** scale);
const number = fc.oneof(
  { weight: 6, arbitrary: decimal },
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((x) => x / 8),
  fc.double(),
  fc.constantFrom(-0, 0.1 + 0.2, 1 / 3, 1e21, 1e-7, 65_535, 65_536, 6553.5, 65.5355, 5e-324),
  fc.constantFrom(2 ** 31, 2 ** 31 - 1, -(2 ** 31), 2_147_483.5, 50_000_020, 5_000_002.5),
);

/** The text that is counted of a number, with a point where it must have one. */
function textOf(number: number, hasPoint: boolean): string {
  const text = String(number);
  return hasPoint && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

describe("a number counter", () => {
  const kernel = openKernel()!;
  const counter = NumberCounter.open(kernel)!;
  const fields = new Uint32Array(kernel.buffer, kernel.allocate(2 * SCALES * 8)!, 4 * SCALES);
  const counters = Array.from(
    { length: 2 * COUNTED_SCALES },
    () => kernel.allocateDoubles(LENGTH_MAX)!,
  );
  const kindOf = (isNegative: boolean, scale: number): number =>
    isNegative ? SCALES + scale : scale;

  it("counts each by the digits and places of its text, or lists it", () => {
    const run = fc.array(number, { maxLength: RUN_CELLS_MAX });
    // Of one number more are alike: those of a column have as many decimals.
    const alike = fc
      .tuple(fc.array(fc.nat(4000), { maxLength: RUN_CELLS_MAX }), fc.nat(3))
      .map(([digits, scale]) => digits.map((each) => each / 10 ** scale));
    const lengths = fc.array(fc.constantFrom(0, 16, 1024, LENGTH_MAX), {
      minLength: counters.length,
      maxLength: counters.length,
    });
    const law = fc.property(
      fc.oneof(run, alike),
      lengths,
      fc.boolean(),
      (numbers, lengths, hasPoint) => {
        for (const [at, counts] of counters.entries()) {
          counts.fill(0);
          const kind = kindOf(at >= COUNTED_SCALES, at % COUNTED_SCALES);
          fields.set([counts.byteOffset, lengths[at]!], 2 * kind);
        }
        counter.values.set(numbers);
        const { values, rest } = counter;
        const placesMin = hasPoint ? 1 : 0;
        const bytes = counter.count(values, 0, numbers.length, fields.byteOffset, placesMin);
        const expected = counters.map(() => new Map<number, number>());
        const left: number[] = [];
        let expectedBytes = 0;
        for (const [at, number] of numbers.entries()) {
          const text = textOf(number, hasPoint);
          const [, sign, whole, , behind = ""] = /^(-?)(\d+)(\.(\d+))?$/.exec(text) ?? [];
          const digits = Number(`${whole}${behind}`);
          const kind = (sign === "-" ? COUNTED_SCALES : 0) + behind.length;
          const isCounted =
            whole !== undefined && behind.length < COUNTED_SCALES && digits < lengths[kind]!;
          if (isCounted) {
            expected[kind]!.set(digits, (expected[kind]!.get(digits) ?? 0) + 1);
            expectedBytes += text.length;
          } else {
            left.push(at);
          }
        }
        expect([...rest.subarray(1, 1 + rest[0]!)]).toEqual(left);
        expect(bytes).toBe(expectedBytes);
        for (const [kind, counts] of counters.entries()) {
          const found = new Map([...counts.entries()].filter(([, count]) => count > 0));
          expect(found).toEqual(new Map([...expected[kind]!].sort(([a], [b]) => a - b)));
        }
      },
    );
    fc.assert(law, { numRuns: casesOf(30, 300) });
  });

  it("lists all where there are no counters", () => {
    counter.values.set([1, 0.5, Number.NaN, -0, 2]);
    expect(counter.count(counter.values, 1, 4, 0, 0)).toBe(0);
    expect([...counter.rest.subarray(0, 5)]).toEqual([4, 0, 1, 2, 3]);
  });
});
