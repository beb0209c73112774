import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DECIMAL_BYTES_MAX,
  NUMBER_BYTES_MAX,
  writeDecimal,
  writeDouble,
  writeInteger,
  writeNumber,
  writeSingle,
} from "./number-text.ts";

const AT = 3;

/** What a function writes, which must fit the bytes that it may write. */
function text(write: (bytes: Uint8Array, at: number) => number, bytesMax: number): string {
  const bytes = new Uint8Array(AT + bytesMax);
  const end = write(bytes, AT);
  expect(end).toBeLessThanOrEqual(bytes.length);
  return Buffer.from(bytes.subarray(AT, end)).toString("latin1");
}

const double = (value: number): string =>
  text((bytes, at) => writeDouble(bytes, at, value), NUMBER_BYTES_MAX);
const single = (value: number): string =>
  text((bytes, at) => writeSingle(bytes, at, Math.fround(value)), NUMBER_BYTES_MAX);
const integer = (value: number | bigint): string =>
  text((bytes, at) => writeInteger(bytes, at, value), NUMBER_BYTES_MAX);
const decimal = (unscaled: bigint, scale: number): string =>
  text((bytes, at) => writeDecimal(bytes, at, unscaled, scale), DECIMAL_BYTES_MAX);

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
    expect(integer(-(2n ** 63n))).toBe("-9223372036854775808");
    expect(integer(0)).toBe("0");
    expect(decimal(-5n, 2)).toBe("-0.05");
    expect(decimal(150n, 2)).toBe("1.50");
    expect(decimal(15n, -2)).toBe("1500");
    expect(decimal(0n, -2)).toBe("0");
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

  it("have the fewest digits that read back as the single", () => {
    const value = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.float({ min: Math.fround(-2e7), max: Math.fround(2e7), noNaN: true }),
      fc.tuple(fc.integer(), fc.nat(14)).map(([whole, decimals]) => whole / 10 ** decimals),
      // Halves of a digit: ties of what is rounded.
      fc.tuple(fc.nat(2 ** 24), fc.nat(24)).map(([whole, halvings]) => whole / 2 ** halvings),
    );
    fc.assert(
      fc.property(value.map(Math.fround), (number) => {
        const nearest = [1, 2, 3, 4, 5, 6, 7, 8, 9]
          .map((digits) => Number(number.toPrecision(digits)))
          .find((near) => Math.fround(near) === number)!;
        expect(single(number).replace(/\.0$/, "")).toBe(String(nearest));
      }),
      { numRuns: 2000 },
    );
  });

  it("are written as JavaScript does where their type says nothing", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
      fc.tuple(fc.integer(), fc.nat(9)).map(([whole, decimals]) => whole / 10 ** decimals),
    );
    fc.assert(
      fc.property(value, (number) => {
        const spelled = text((bytes, at) => writeNumber(bytes, at, number), NUMBER_BYTES_MAX);
        expect(spelled).toBe(String(number));
      }),
    );
  });

  it("spell whole numbers as BigInt does", () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 64n), 2n ** 64n), (whole) => {
        expect(integer(whole)).toBe(whole.toString());
      }),
    );
  });
});
