import { describe, expect, it } from "vitest";
import { judgeGoals, verdictOn } from "./goals.ts";
import type { PartResults, Result } from "./results.ts";
import {
  CHECK,
  CHECK_WITHOUT_EVIDENCE,
  DUCKDB,
  EMBEDDED,
  EMPTY_SCRIPT,
  MAIN,
  MAKING,
  onShorterInput,
  TINY,
} from "./tool-names.ts";

function partOf(name: string, ...results: readonly Result[]): PartResults {
  return { name, shape: "", rival: "", absent: [], results };
}

function observedOf(parts: readonly PartResults[], measure: string, isFull = true): unknown {
  return judgeGoals(parts, isFull).find((goal) => goal.measure.includes(measure))!.observed;
}

const goal = { measure: "rate", unit: "times", isCeiling: false, must: 2, aim: 3 } as const;
const at = (median: number) => ({ median, min: median, max: median });

describe("verdictOn", () => {
  it("tells what must be from what is aimed at", () => {
    expect(verdictOn({ ...goal, observed: at(1.9) })).toBe("FAIL");
    expect(verdictOn({ ...goal, observed: at(2) })).toBe("pass");
    expect(verdictOn({ ...goal, observed: at(3) })).toBe("aim reached");
    expect(verdictOn({ ...goal, aim: undefined, observed: at(9) })).toBe("pass");
    expect(verdictOn(goal)).toBe("not measured");
  });

  it("turns about where less is better", () => {
    const ceiling = { ...goal, isCeiling: true, must: 160, aim: 110 };
    const verdicts = [161, 160, 110].map((each) => verdictOn({ ...ceiling, observed: at(each) }));
    expect(verdicts).toEqual(["FAIL", "pass", "aim reached"]);
  });
});

describe("judgeGoals", () => {
  it("observes a rate over a rival's, and nothing where either is absent", () => {
    const ours = { tool: MAIN, bytes: 100, seconds: [1] };
    const theirs = { tool: DUCKDB.aggregate(1), bytes: 100, seconds: [20] };
    const measure = `one-hot, rate: ${MAIN} over ${DUCKDB.aggregate(1)}`;
    expect(observedOf([partOf("one-hot", ours, theirs)], measure)).toEqual(at(20));
    expect(observedOf([partOf("one-hot", ours)], measure)).toBeUndefined();
    expect(observedOf([partOf("mixed", ours, theirs)], measure)).toBeUndefined();
  });

  it("observes the library's rate without what it takes to make what it is given", () => {
    const main = { tool: MAIN, bytes: 100, seconds: [2, 2] };
    const ours = { tool: EMBEDDED.objects, bytes: 100, seconds: [6, 5] };
    const making = { tool: MAKING.objects, bytes: 100, seconds: [3, 4] };
    const start = { tool: MAKING.path, bytes: 100, seconds: [1, 1] };
    const embedding = [partOf("embedding", main, ours, making, start)];
    expect(observedOf(embedding, EMBEDDED.objects)).toEqual({ median: 2 / 3, min: 0.5, max: 1 });
    expect(observedOf([partOf("embedding", main, ours, making)], EMBEDDED.objects)).toBeUndefined();
  });

  it("observes the most memory and the most growth of all large tables, in a full run", () => {
    const parts = [
      ["one-hot", 100, 90],
      ["mixed", 120, 120],
      ["hostile", 90, 60],
      ["strings", 80, 80],
    ].map(([name, large, shorter]) =>
      partOf(
        String(name),
        { tool: MAIN, seconds: [1], peakMegabytes: [Number(large)] },
        { tool: onShorterInput(MAIN), seconds: [1], peakMegabytes: [Number(shorter)] },
      ),
    );
    expect(observedOf(parts, "peak memory")).toEqual(at(120));
    expect(observedOf(parts, "growth")).toEqual(at(0.5));
    expect(observedOf(parts, "peak memory", false)).toBeUndefined();
    expect(observedOf(parts.slice(1), "growth")).toBeUndefined();
  });

  it("observes what evidence and a start cost, the spread round by round", () => {
    const named = { tool: CHECK, seconds: [2, 3, 4], peakMegabytes: [110, 130, 120] };
    const without = {
      tool: CHECK_WITHOUT_EVIDENCE,
      seconds: [2, 2, 2],
      peakMegabytes: [100, 100, 90],
    };
    const evidence = [partOf("evidence", named, without)];
    expect(observedOf(evidence, ", time")).toEqual({ median: 0.5, min: 0, max: 1 });
    expect(observedOf(evidence, ", peak memory")).toEqual({ median: 20, min: 10, max: 30 });
    const start = { tool: EMPTY_SCRIPT, seconds: [1, 2, 2] };
    const startUp = [partOf("start-up", { tool: TINY, seconds: [3, 3, 4] }, start)];
    expect(observedOf(startUp, `${TINY} over`)).toEqual({ median: 1.5, min: 1.5, max: 3 });
  });
});
