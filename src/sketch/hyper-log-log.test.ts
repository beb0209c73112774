import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/hll.json" with { type: "json" };
import { distinctEstimate, HyperLogLog } from "./hyper-log-log.ts";
import { biasOf } from "./hyper-log-log-bias.ts";

const encoder = new TextEncoder();

function countTexts(texts: Iterable<string>): HyperLogLog {
  const counter = new HyperLogLog();
  for (const text of texts) {
    const bytes = encoder.encode(text);
    counter.addBytes(bytes, 0, bytes.length);
  }
  return counter;
}

function linearCount(zeroRegisters: number): number {
  return 512 * Math.log(512 / zeroRegisters);
}

/** The way by which an estimate is made, by the definition. */
function branchOf(zeroRegisters: number, rawEstimate: number): string {
  if (zeroRegisters > 0 && linearCount(zeroRegisters) <= vectorFile.linear_threshold) {
    return "linear";
  }
  return rawEstimate < vectorFile.raw_limit ? "bias" : "raw";
}

interface Expected {
  readonly true_distinct: number;
  readonly estimate: number;
  readonly zero_registers: number;
  readonly raw_estimate_E: number;
  readonly linear_count_H: number | null;
  readonly branch: string;
}

function expectCount(texts: readonly string[], expected: Expected): void {
  expect(new Set(texts).size).toBe(expected.true_distinct);
  const counter = countTexts(texts);
  expect(counter.estimate()).toBe(expected.estimate);
  expect(counter.zeroRegisters).toBe(expected.zero_registers);
  expect(counter.rawEstimate).toBe(expected.raw_estimate_E);
  expectBranch(expected);
}

function expectBranch(expected: Omit<Expected, "true_distinct" | "estimate">): void {
  const { zero_registers, raw_estimate_E, linear_count_H, branch } = expected;
  if (zero_registers === 0) expect(linear_count_H).toBeNull();
  else expect(Math.abs(linearCount(zero_registers) - linear_count_H!)).toBeLessThan(1e-12);
  expect(branchOf(zero_registers, raw_estimate_E)).toBe(branch);
}

describe("HyperLogLog", () => {
  it("has the parameters of the vectors", () => {
    expect(2 ** vectorFile.precision).toBe(vectorFile.registers);
    expect(new HyperLogLog().zeroRegisters).toBe(vectorFile.registers);
  });

  it.each(vectorFile.xxh64.filter(({ register }) => register !== undefined))(
    "puts '$text' into register $register with rank $rho",
    ({ text, register, rho }) => {
      const expected = new Array<number>(512).fill(0);
      expected[register!] = rho!;
      expect(countTexts([text]).save().registers).toEqual(expected);
    },
  );

  it.each(vectorFile.sequences)("estimates $estimate for $values ($branch)", (vector) => {
    const texts = Array.from({ length: vector.true_distinct }, (_, i) => `v${i}`);
    expect(vector.values).toBe(`v0..${texts.at(-1)}`);
    expectCount(texts, vector);
  });

  it.each(vectorFile.lists)("estimates $estimate for $name", (vector) => {
    expectCount(vector.values, vector);
  });

  it.each(vectorFile.published_columns.rows)(
    "repeats the published estimate of $feature",
    (row) => {
      expect(distinctEstimate(row.zero_registers, row.raw_estimate_E)).toBe(row.reported);
      expectBranch(row);
    },
  );

  it("has no linear count that the last digit of a logarithm could round the other way", () => {
    for (let zeros = 1; zeros <= 512; zeros++) {
      const count = linearCount(zeros);
      expect(Math.abs((count % 1) - 0.5)).toBeGreaterThan(1e-6);
      expect(Math.abs(count - vectorFile.linear_threshold)).toBeGreaterThan(1e-6);
    }
  });

  it("estimates 0 when empty", () => {
    const counter = new HyperLogLog();
    expect(counter.isEmpty).toBe(true);
    expect(counter.estimate()).toBe(0);
    expect(countTexts([""]).isEmpty).toBe(false);
  });

  it("tells short texts apart that the cache packs alike but for their length", () => {
    for (let code = 0; code < 128; code++) {
      const texts = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => String.fromCharCode(code).repeat(n));
      const alone = texts.map((text) => countTexts([text]));
      for (const [i, a] of texts.entries()) {
        for (const [j, b] of texts.entries()) {
          const expected = new HyperLogLog();
          expected.merge(alone[i]!);
          expected.merge(alone[j]!);
          expect(countTexts([a, b]).zeroRegisters).toBe(expected.zeroRegisters);
        }
      }
    }
  });

  it("refuses states that no counter can have", () => {
    const hint = "Please report this with the command you ran.";
    expect(() => HyperLogLog.load({ registers: [1] })).toThrow(
      `internal: HyperLogLog does not have 512 registers. ${hint}`,
    );
    expect(() => HyperLogLog.load({ registers: new Array(512).fill(57) })).toThrow(
      `internal: HyperLogLog register above 56. ${hint}`,
    );
  });
});

describe("biasOf", () => {
  it.each(vectorFile.bias_probe)("is $bias at $e", ({ e, bias }) => {
    expect(biasOf(e)).toBe(bias);
  });

  it("averages six neighbours of the published tables at every entry", () => {
    const { raw_estimate: raw, bias, neighbours } = vectorFile;
    const reach = (at: number, i: number): number => Math.abs(raw[i]! - raw[at]!);
    for (let at = 10; at < raw.length - 10; at++) {
      const nearest = Array.from(raw.keys())
        .sort((i, j) => reach(at, i) - reach(at, j))
        .slice(0, neighbours)
        .sort((i, j) => i - j);
      const mean = nearest.reduce((sum, i) => sum + bias[i]!, 0) / neighbours;
      expect(biasOf(raw[at]!)).toBe(mean);
    }
  });
});
