/** What the bench must show, what it aims at, and what it showed. */
import { type PartResults, type Result, rateRatio, resultOf, type Spread } from "./results.ts";
import {
  CHECK,
  CHECK_WITHOUT_EVIDENCE,
  DUCKDB,
  EMPTY_SCRIPT,
  JSON_PARSE,
  MAIN,
  onShorterInput,
  PAPAPARSE,
  READ_CAPTURE,
  TINY,
  tidemarkName,
  VERSION,
  WC,
} from "./tool-names.ts";

export interface Goal {
  readonly measure: string;
  readonly unit: "times" | "MB" | "share";
  /** Whether less is better. */
  readonly isCeiling: boolean;
  readonly must: number;
  readonly aim?: number | undefined;
  /** Absent where this machine or this run can not tell. */
  readonly observed?: Spread | undefined;
}

export type Verdict = "aim reached" | "pass" | "FAIL" | "not measured";

/** Tables of up to 100 columns, whose full inputs have about 1 GB. */
const LARGE_TABLES = ["one-hot", "mixed", "hostile"] as const;

export function verdictOn({ isCeiling, must, aim, observed }: Goal): Verdict {
  if (observed === undefined) return "not measured";
  const reaches = (bound: number): boolean =>
    isCeiling ? observed.median <= bound : observed.median >= bound;
  if (aim !== undefined && reaches(aim)) return "aim reached";
  return reaches(must) ? "pass" : "FAIL";
}

/** Judges the results; peak memory only of a full run. */
export function judgeGoals(parts: readonly PartResults[], isFull: boolean): Goal[] {
  const over = (
    part: string,
    ours: string,
    theirs: string,
    must: number,
    aim?: number,
    measure = `${part}, rate: ${ours} over ${theirs}`,
  ): Goal => ({
    measure,
    unit: "times",
    isCeiling: false,
    must,
    aim,
    observed: ratio(parts, part, ours, theirs),
  });
  const parity = tidemarkName({ semantics: "model-monitor" });
  const two = tidemarkName({ semantics: "tidemark", threads: 2 });
  return [
    over("one-hot", MAIN, DUCKDB.aggregate(1), 15, 25),
    over("mixed", MAIN, DUCKDB.aggregate(1), 6, 10),
    over("hostile", MAIN, DUCKDB.aggregate(1), 1.2, 2),
    over("one-hot", MAIN, WC, 0.07, 0.12),
    over("mixed", MAIN, WC, 0.04, 0.06),
    over("one-hot", two, MAIN, 1.5, 1.7),
    over("mixed", two, MAIN, 1.5, 1.7),
    over("one-hot", parity, DUCKDB.aggregate(1), 3, 6),
    over("mixed", parity, DUCKDB.aggregate(1), 2, 4),
    over("one-hot", MAIN, PAPAPARSE, 25, 50),
    over("mixed", MAIN, PAPAPARSE, 15, 30),
    over("capture", CHECK, JSON_PARSE, 2, 3),
    over("capture", READ_CAPTURE, JSON_PARSE, 2, undefined),
    ...memoryGoals(isFull ? parts : []),
    ...evidenceGoals(parts),
    startUpGoal(parts, TINY, 2, 1.5),
    startUpGoal(parts, VERSION, 2, undefined),
  ];
}

/** The largest peak of the large inputs, and the most that any grew from its shorter input. */
function memoryGoals(parts: readonly PartResults[]): Goal[] {
  const pairs = LARGE_TABLES.flatMap((table) => {
    const large = resultOf(parts, table, MAIN)?.peakMegabytes;
    const shorter = resultOf(parts, table, onShorterInput(MAIN))?.peakMegabytes;
    return large === undefined || shorter === undefined ? [] : [{ large, shorter }];
  });
  const largest = (values: readonly number[]): Spread | undefined =>
    values.length < LARGE_TABLES.length
      ? undefined
      : { median: Math.max(...values), min: Math.min(...values), max: Math.max(...values) };
  return [
    {
      measure: `peak memory of ${MAIN}: the most of ${LARGE_TABLES.join(", ")} of 1 GB`,
      unit: "MB",
      isCeiling: true,
      must: 160,
      aim: 110,
      observed: largest(pairs.map(({ large }) => large)),
    },
    {
      measure: "its growth from an input of 160 MB to 1 GB: the most of these",
      unit: "share",
      isCeiling: true,
      must: 0.1,
      observed: largest(pairs.map(({ large, shorter }) => large / shorter - 1)),
    },
  ];
}

/** What naming the records behind violations costs. */
function evidenceGoals(parts: readonly PartResults[]): Goal[] {
  const [without, named] = [CHECK_WITHOUT_EVIDENCE, CHECK].map((tool) =>
    resultOf(parts, "evidence", tool),
  );
  const slowdown = timeRatio(named, without);
  const [more, less] = [named?.peakMegabytes, without?.peakMegabytes];
  const megabytes = more === undefined || less === undefined ? undefined : more - less;
  const measure = `evidence: ${CHECK} beyond ${CHECK_WITHOUT_EVIDENCE}`;
  return [
    {
      measure: `${measure}, time`,
      unit: "share",
      isCeiling: true,
      must: 0.1,
      observed: slowdown && {
        median: slowdown.median - 1,
        min: slowdown.min - 1,
        max: slowdown.max - 1,
      },
    },
    {
      measure: `${measure}, peak memory`,
      unit: "MB",
      isCeiling: true,
      must: 20,
      observed:
        megabytes === undefined ? undefined : { median: megabytes, min: megabytes, max: megabytes },
    },
  ];
}

function startUpGoal(
  parts: readonly PartResults[],
  tool: string,
  must: number,
  aim: number | undefined,
): Goal {
  const slowdown = timeRatio(
    resultOf(parts, "start-up", tool),
    resultOf(parts, "start-up", EMPTY_SCRIPT),
  );
  const measure = `start-up, time: ${tool} over ${EMPTY_SCRIPT}`;
  return { measure, unit: "times", isCeiling: true, must, aim, observed: slowdown };
}

function ratio(
  parts: readonly PartResults[],
  part: string,
  tool: string,
  rival: string,
): Spread | undefined {
  const [ours, theirs] = [resultOf(parts, part, tool), resultOf(parts, part, rival)];
  return ours === undefined || theirs === undefined ? undefined : rateRatio(ours, theirs);
}

/** Time over time is the rival's rate over ours. */
function timeRatio(ours: Result | undefined, theirs: Result | undefined): Spread | undefined {
  return ours === undefined || theirs === undefined ? undefined : rateRatio(theirs, ours);
}
