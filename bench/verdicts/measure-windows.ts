/** Windows of 20 features without drift, and the same with one feature replaced by a drifted one. */
import { adviseFeatures, type FeaturePair } from "../../src/monitor/advisories.ts";
import { baselinePool, type DrawnBaseline } from "./baseline-pool.ts";
import { type DistributionName, type DriftName, drawColumn } from "./draw-column.ts";
import { profileColumn } from "./profile-column.ts";

export const WINDOW_FEATURES = 20;
const SEED = 2;
const DRIFT_SEED = 3;

export interface WindowsTask {
  readonly kind: "windows";
  readonly mix: string;
  /** The distributions of the features, in turn. */
  readonly of: readonly DistributionName[];
  readonly n: number;
  readonly m: number;
  readonly windows: number;
  /** Drifts to plant in the first feature, each so many times in a copy of every window. */
  readonly planted: readonly DriftName[];
  readonly plantings: number;
}

export interface WindowsResult extends WindowsTask {
  /** Windows without drift in which any rule was raised for any feature. */
  readonly alarms: number;
  /** Raised advisories in them, by rule. */
  readonly byRule: Readonly<Record<string, number>>;
  readonly detections: readonly {
    readonly drift: DriftName;
    /** Plantings for which a rule was raised of the drifted feature, and of another one. */
    readonly detected: number;
    readonly others: number;
  }[];
}

export async function measureWindows(task: WindowsTask): Promise<WindowsResult> {
  const pools = await Promise.all(task.of.map((name) => baselinePool(name, task.m)));
  const byRule: Record<string, number> = {};
  const detections = task.planted.map((drift) => ({ drift, detected: 0, others: 0 }));
  let alarms = 0;
  for (let window = 0; window < task.windows; window++) {
    const baselineOf = (feature: number): DrawnBaseline => {
      const pool = pools[feature % pools.length]!;
      return pool[(window * 7 + feature) % pool.length]!;
    };
    const pairs = Array.from({ length: WINDOW_FEATURES }, (_, feature) =>
      drawPair(task, baselineOf(feature), feature, window * WINDOW_FEATURES + feature),
    );
    const raised = adviseFeatures(pairs).map((advisories) =>
      advisories.filter(({ status }) => status === "raised"),
    );
    for (const { rule } of raised.flat()) byRule[rule] = (byRule[rule] ?? 0) + 1;
    if (raised.flat().length > 0) alarms++;
    for (const detection of detections) {
      for (let planting = 0; planting < task.plantings; planting++) {
        const ordinal = window * task.plantings + planting;
        const drifted = drawPair(task, baselineOf(0), 0, ordinal, detection.drift);
        const answers = adviseFeatures([drifted, ...pairs.slice(1)]).map((advisories) =>
          advisories.some(({ status }) => status === "raised"),
        );
        if (answers[0]) detection.detected++;
        if (answers.slice(1).some(Boolean)) detection.others++;
      }
    }
  }
  return { ...task, alarms, byRule, detections };
}

function drawPair(
  { of, n }: WindowsTask,
  { profile }: DrawnBaseline,
  feature: number,
  ordinal: number,
  drift: DriftName = "none",
): FeaturePair {
  const seed = drift === "none" ? SEED : DRIFT_SEED;
  const drawn = drawColumn(of[feature % of.length]!, n, seed, ordinal, drift);
  return { baseline: profile, current: profileColumn(drawn, profile) };
}
