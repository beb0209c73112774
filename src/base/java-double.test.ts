import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/java-double.json" with { type: "json" };
import { formatJavaDouble, joinJavaDoubles } from "./java-double.ts";
import { writeServiceJson } from "./service-json.ts";

const { vectors } = vectorFile;
const isFiniteCase = ({ bits }: { bits: string }): boolean => Number.isFinite(doubleOfBits(bits));

function doubleOfBits(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

describe("formatJavaDouble", () => {
  it.each(vectors.filter(isFiniteCase))("writes $bits as $text", ({ bits, text }) => {
    expect(formatJavaDouble(doubleOfBits(bits))).toBe(text);
  });

  it("leaves what is not finite to the JSON writer, which quotes it", () => {
    const others = vectors.filter((vector) => !isFiniteCase(vector));
    expect(others).toHaveLength(3);
    for (const { bits, text } of others) {
      expect(writeServiceJson(doubleOfBits(bits))).toBe(`"${text}"`);
    }
  });

  it("writes shortest digits where older JVMs write longer ones for the same double", () => {
    const marked = vectors.filter((vector) => vector.jdk17_text !== undefined);
    expect(marked).toHaveLength(8);
    for (const { bits, jdk17_text } of marked) {
      expect(Number(jdk17_text)).toBe(doubleOfBits(bits));
      expect(formatJavaDouble(doubleOfBits(bits)).length).toBeLessThan(jdk17_text?.length ?? 0);
    }
  });

  it("chooses the layout by value at the two limits", () => {
    expect(formatJavaDouble(9999999.999999998)).toBe("9999999.999999998");
    expect(formatJavaDouble(1e7)).toBe("1.0E7");
    expect(formatJavaDouble(0.001)).toBe("0.001");
    expect(formatJavaDouble(0.0009999999999999998)).toBe("9.999999999999998E-4");
    expect(formatJavaDouble(-5e-324)).toBe("-4.9E-324");
  });

  it("reads back as the same double, in one of the two layouts", () => {
    const decimal = /^-?(?:0|[1-9]\d{0,6})\.\d+$/;
    const scientific = /^-?[1-9]\.(?:0|\d*[1-9])E-?[1-9]\d{0,2}$/;
    const doubles = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1e8, max: 1e8, noNaN: true }),
      fc.integer().map((i) => i / 100),
    );
    fc.assert(
      fc.property(doubles, (x) => {
        const text = formatJavaDouble(x);
        const magnitude = Math.abs(x);
        const isDecimal = x === 0 || (magnitude >= 1e-3 && magnitude < 1e7);
        expect(text).toMatch(isDecimal ? decimal : scientific);
        expect(Number(text)).toBe(x);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe("joinJavaDoubles", () => {
  const decimal = fc.oneof(
    fc.integer({ min: -9_999_999, max: 9_999_999 }),
    fc.double({ min: 1e-3, max: 9_999_999, noNaN: true }),
    fc.double({ min: -9_999_999, max: -1e-3, noNaN: true }),
  );

  it("joins decimals as each is written alone", () => {
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 1 }), (values) => {
        const text = joinJavaDoubles(Float64Array.from(values), ", ");
        expect(text).toBe(values.map((x) => formatJavaDouble(x + 0)).join(", "));
      }),
    );
  });

  it.each([-0, 1e7, -1e7, 9e-4, 5e-324, Number.NaN, Number.POSITIVE_INFINITY])(
    "leaves a list with %s to the writer of single doubles",
    (x) => {
      expect(joinJavaDoubles(Float64Array.of(1, x), ", ")).toBeUndefined();
    },
  );
});
