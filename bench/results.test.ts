import { describe, expect, it } from "vitest";
import { rateRatio, resultOf, spreadOf } from "./results.ts";

describe("spreadOf", () => {
  it("gives the middle of odd many, and half way between the two middle ones of even many", () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([4, 1, 2, 10])).toEqual({ median: 3, min: 1, max: 10 });
    expect(spreadOf([5])).toEqual({ median: 5, min: 5, max: 5 });
  });
});

describe("rateRatio", () => {
  it("compares bytes per second, the spread round by round", () => {
    const ours = { tool: "ours", bytes: 100, seconds: [1, 2, 5] };
    const theirs = { tool: "theirs", bytes: 10, seconds: [4, 2, 1] };
    expect(rateRatio(ours, theirs)).toEqual({ median: 10, min: 2, max: 40 });
  });

  it("compares starts per second where nothing is read", () => {
    const ours = { tool: "ours", seconds: [2] };
    expect(rateRatio(ours, { tool: "theirs", seconds: [3] }).median).toBe(1.5);
  });
});

describe("resultOf", () => {
  it("finds a contender in its part alone", () => {
    const result = { tool: "ours", seconds: [1] };
    const part = { name: "wide", shape: "", rival: "ours", absent: [], results: [result] };
    expect(resultOf([part], "wide", "ours")).toBe(result);
    expect(resultOf([part], "mixed", "ours")).toBeUndefined();
    expect(resultOf([part], "wide", "theirs")).toBeUndefined();
  });
});
