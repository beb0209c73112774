import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberSpeller, type NumberText } from "./number-text.ts";

const speller = new NumberSpeller();
const text = ({ bytes, from, to }: NumberText): string =>
  Buffer.from(bytes.subarray(from, to)).toString("latin1");
const double = (value: number): string => text(speller.spellDouble(value));
const single = (value: number): string => text(speller.spellSingle(Math.fround(value)));

/** Deequ's Fractional pattern. */
const FRACTIONAL = /^(-|\+)? ?\d+(\.\d+|(\.\d+)?[Ee][-+]?\d+)$/;

describe("numbers as cells", () => {
  it("have a point where their type has one", () => {
    const spelled = [10, -0.5, 0.1, 1.25, 0, -0, 1e15, 2 ** 53, 1e20, 1e21, 1e-7, 123456.789];
    expect(spelled.map(double)).toEqual(
      "10.0 -0.5 0.1 1.25 0.0 0.0 1000000000000000.0 9007199254740992.0 100000000000000000000.0 1e+21 1e-7 123456.789".split(
        " ",
      ),
    );
    expect([0.1, 16_777_217, 3.4e38, 1e-45, 0.3].map(single)).toEqual(
      "0.1 16777216.0 3.4e+38 1e-45 0.3".split(" "),
    );
  });

  it("say what is beyond the doubles, and what is no number", () => {
    expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map(double)).toEqual([
      "1e999",
      "-1e999",
      "- 1e999",
    ]);
  });

  it("are exact where they are integers or decimals", () => {
    expect(text(speller.spellInteger(-(2n ** 63n)))).toBe("-9223372036854775808");
    expect(text(speller.spellInteger(0))).toBe("0");
    expect(text(speller.spellDecimal(-5n, 2))).toBe("-0.05");
    expect(text(speller.spellDecimal(150n, 2))).toBe("1.50");
    expect(text(speller.spellDecimal(15n, -2))).toBe("1500");
    expect(text(speller.spellDecimal(0n, -2))).toBe("0");
  });

  it("read back as the same double, in no more digits than JavaScript's", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.tuple(fc.integer(), fc.nat(6)).map(([whole, decimals]) => whole / 10 ** decimals),
    );
    fc.assert(
      fc.property(value, (number) => {
        const spelled = double(number);
        expect(Number(spelled) + 0).toBe(number + 0);
        expect(spelled).toMatch(FRACTIONAL);
        expect(spelled.replace(/\.0$/, "")).toBe(String(number));
      }),
    );
  });

  it("read back as the same single", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(Math.fround(Number(single(number))) + 0).toBe(number + 0);
        expect(single(number)).toMatch(FRACTIONAL);
      }),
    );
  });

  it("spell whole numbers as BigInt does", () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 64n), 2n ** 64n), (whole) => {
        expect(text(speller.spellInteger(whole))).toBe(whole.toString());
      }),
    );
  });
});
