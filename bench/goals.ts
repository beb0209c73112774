/** What the bench must show, what it aims at, and what it showed. */
import {
  type PartResults,
  type Result,
  rateRatio,
  resultOf,
  type Spread,
  spreadOf,
  spreadOver,
} from "./results.ts";
import {
  BASELINE,
  BASELINE_WITHOUT_EVIDENCE,
  CHECK,
  CHECK_WITHOUT_EVIDENCE,
  DUCKDB,
  EMBEDDED,
  EMPTY_SCRIPT,
  JSON_PARSE,
  MAIN,
  MAKING,
  onShorterInput,
  PAPAPARSE,
  READ_CAPTURE,
  TINY,
  tidemarkName,
  VERSION,
  WC,
  withCertificates,
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
const LARGE_TABLES = ["one-hot", "mixed", "hostile", "strings"] as const;

export function verdictOn({ isCeiling, must, aim, observed }: Goal): Verdict {
  if (observed === undefined) return "not measured";
  const reaches = (bound: number): boolean =>
    isCeiling ? observed.median <= bound : observed.median >= bound;
  if (aim !== undefined && reaches(aim)) return "aim reached";
  return reaches(must) ? "pass" : "FAIL";
}

/** Judges the results; peak memory only of a full run. */
export function judgeGoals(parts: readonly PartResults[], isFull: boolean): Goal[] {
  const over = (part: string, ours: string, theirs: string, must: number, aim: number): Goal => ({
    measure: `${part}, rate: ${ours} over ${theirs}`,
    unit: "times",
    isCeiling: false,
    must,
    aim,
    observed: observe(parts, part, [ours, theirs], rateRatio),
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
    over("capture", READ_CAPTURE, JSON_PARSE, 2, 3),
    over("capture", CHECK, JSON_PARSE, 2, 3),
    ...(["path", "objects", "arrays", "table"] as const).map((kind) => embeddedGoal(parts, kind)),
    ...memoryGoals(isFull ? parts : []),
    ...evidenceGoals(parts, "evidence", [CHECK, CHECK_WITHOUT_EVIDENCE]),
    ...evidenceGoals(parts, "evidence-baseline", [BASELINE, BASELINE_WITHOUT_EVIDENCE]),
    startUpGoal(parts, TINY, 1.5),
    startUpGoal(parts, VERSION),
    startUpGoal(parts, withCertificates(TINY), 1.5, withCertificates(EMPTY_SCRIPT)),
  ];
}

/** The largest peak of the large inputs, and the most that any grew from its shorter input. */
function memoryGoals(parts: readonly PartResults[]): Goal[] {
  const mostOf = (figure: (large: readonly number[], shorter: readonly number[]) => Spread) => {
    const spreads = LARGE_TABLES.flatMap(
      (table) => observe(parts, table, [MAIN, onShorterInput(MAIN)], ofPeaks(figure)) ?? [],
    );
    if (spreads.length < LARGE_TABLES.length) return undefined;
    return spreads.reduce((most, each) => (each.median > most.median ? each : most));
  };
  return [
    {
      measure: `peak memory of ${MAIN}: the most of ${LARGE_TABLES.join(", ")} of 1 GB`,
      unit: "MB",
      isCeiling: true,
      must: 160,
      aim: 110,
      observed: mostOf(spreadOf),
    },
    {
      measure: "its growth from an input of 160 MB to 1 GB: the most of these",
      unit: "share",
      isCeiling: true,
      must: 0.1,
      observed: mostOf((large, shorter) =>
        spreadOver(large, shorter, (more, less) => more / less - 1),
      ),
    },
  ];
}

/** The library's rate over the command line's, where what it is given was made before. */
function embeddedGoal(parts: readonly PartResults[], kind: keyof typeof EMBEDDED): Goal {
  const making = resultOf(parts, "embedding", MAKING[kind]);
  const start = resultOf(parts, "embedding", MAKING.path);
  const isMade = making !== undefined && start !== undefined;
  const what = kind === "path" ? "" : ", its making not counted,";
  return {
    measure: `embedding, rate: ${EMBEDDED[kind]}${what} over ${MAIN}`,
    unit: "times",
    isCeiling: false,
    // As fast as the command line, within what its runs differ.
    must: 0.95,
    aim: 1,
    observed: observe(parts, "embedding", [EMBEDDED[kind], MAIN], (ours, main) => {
      if (!isMade) return undefined;
      const seconds = ours.seconds.map(
        (each, round) => each - (making.seconds[round]! - start.seconds[round]!),
      );
      return rateRatio({ ...ours, seconds }, main);
    }),
  };
}

/** What it costs to tell what stands behind verdicts. */
function evidenceGoals(
  parts: readonly PartResults[],
  part: string,
  tools: readonly [whole: string, without: string],
): Goal[] {
  const measure = `${part}: ${tools[0]} beyond ${tools[1]}`;
  return [
    {
      measure: `${measure}, time`,
      unit: "share",
      isCeiling: true,
      must: 0.1,
      observed: observe(parts, part, tools, (named, without) =>
        spreadOver(named.seconds, without.seconds, (more, less) => more / less - 1),
      ),
    },
    {
      measure: `${measure}, peak memory`,
      unit: "MB",
      isCeiling: true,
      must: 20,
      observed: observe(
        parts,
        part,
        tools,
        ofPeaks((named, without) => spreadOver(named, without, (more, less) => more - less)),
      ),
    },
  ];
}

function startUpGoal(
  parts: readonly PartResults[],
  tool: string,
  aim?: number,
  empty: string = EMPTY_SCRIPT,
): Goal {
  return {
    measure: `start-up, time: ${tool} over ${empty}`,
    unit: "times",
    isCeiling: true,
    must: 2,
    aim,
    observed: observe(parts, "start-up", [tool, empty], (ours, theirs) =>
      spreadOver(ours.seconds, theirs.seconds, (our, their) => our / their),
    ),
  };
}

/** A figure of two contenders of a part; undefined where either was not measured. */
function observe(
  parts: readonly PartResults[],
  part: string,
  [ours, theirs]: readonly [string, string],
  figure: (ours: Result, theirs: Result) => Spread | undefined,
): Spread | undefined {
  const [our, their] = [resultOf(parts, part, ours), resultOf(parts, part, theirs)];
  return our === undefined || their === undefined ? undefined : figure(our, their);
}

/** A figure of peaks, which not every system tells. */
function ofPeaks(figure: (ours: readonly number[], theirs: readonly number[]) => Spread) {
  return (
    { peakMegabytes: ours }: Result,
    { peakMegabytes: theirs }: Result,
  ): Spread | undefined =>
    ours === undefined || theirs === undefined ? undefined : figure(ours, theirs);
}
