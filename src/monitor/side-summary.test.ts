import { describe, expect, it } from "vitest";
import { columnOf, range, times } from "../../fixtures/column-of.ts";
import { sideSummary } from "./side-summary.ts";

describe("sideSummary", () => {
  it("has exact quantiles while all values are counted", () => {
    const summary = sideSummary(
      columnOf(
        "f",
        range(10_000, (i) => i % 1000),
      ),
    );
    expect(summary).toMatchObject({ n: 10_000, missing_rate: 0, zero_rate: 0.001 });
    expect(summary.quantiles_from).toBe("exact");
    expect(summary.quantiles).toEqual({
      "p0.1": 0,
      p1: 9,
      p5: 49,
      p25: 249,
      p50: 499,
      p75: 749,
      p95: 949,
      p99: 989,
      "p99.9": 998,
    });
  });

  it("has the sketch's inner quantiles where only that is left", () => {
    const { measured, ...column } = columnOf(
      "f",
      range(20_000, (i) => i),
    );
    const { sketch } = column.numeric!.distribution!;
    const { quantiles, quantiles_from } = sideSummary({ ...column, measured: undefined });
    expect(quantiles_from).toBe("sketch");
    expect(Object.keys(quantiles!)).toEqual(["p5", "p25", "p50", "p75", "p95"]);
    expect(Math.abs(quantiles!["p50"]! - 10_000)).toBeLessThan(60);
    expect(sketch.isExact).toBe(false);
  });

  it("counts zeros that the sketch may have lost", () => {
    const column = columnOf("f", [...times(3, 0), ...range(20_000, (i) => i + 1)]);
    const measured = { ...column.measured!, values: undefined };
    expect(sideSummary({ ...column, measured }).zero_rate).toBe(3 / 20_003);
  });

  it("tells the most frequent value, never that of one record", () => {
    const { top } = sideSummary(columnOf("f", [...times(30, 2.5), ...range(70, (i) => i)]));
    expect(top).toEqual({ value: 2.5, share: 0.3 });
    expect(sideSummary(columnOf("f", [1, 2, 3])).top).toBeUndefined();
    const text = columnOf("f", [...times(3, "a"), "b", null]);
    expect(sideSummary(text)).toEqual({
      n: 4,
      missing_rate: 0.2,
      top: { value: "a", share: 0.75 },
    });
  });

  it("leaves quantiles and the top value out where values are redacted", () => {
    const summary = sideSummary(columnOf("f", times(50, 7)), { isRedacted: true });
    expect(summary).toEqual({
      n: 50,
      missing_rate: 0,
      mean: undefined,
      std_dev: undefined,
      min: 7,
      max: 7,
      zero_rate: 0,
    });
  });

  it("summarises nothing of no cell", () => {
    expect(sideSummary(columnOf("f", []))).toEqual({
      n: 0,
      missing_rate: 0,
      top: undefined,
    });
    expect(sideSummary(columnOf("f", [null]))).toMatchObject({ n: 0, missing_rate: 1 });
  });
});
