/** One drift of one distribution: how often our rules and the peers' call the feature drifted. */
import { adviseFeatures, type FeaturePair } from "../../src/monitor/advisories.ts";
import { baselinePool, type DrawnBaseline } from "./baseline-pool.ts";
import { type DistributionName, type Drawn, type DriftName, drawColumn } from "./draw-column.ts";
import { WINDOW_FEATURES } from "./measure-windows.ts";
import { CATEGORY_RULES, NUMBER_RULES } from "./peer-rules.ts";
import { profileColumn } from "./profile-column.ts";

const SEED = 4;
const NULL_SEED = 5;

export interface FeaturesTask {
  readonly kind: "features";
  readonly of: DistributionName;
  readonly drift: DriftName;
  readonly n: number;
  readonly m: number;
  readonly trials: number;
}

export interface FeaturesResult extends FeaturesTask {
  /** Trials in which the feature was called drifted, by rule; `advisory` is any rule of ours. */
  readonly drifted: Readonly<Record<string, number>>;
}

/** Ours are asked as in a run: beside 19 features that did not move. */
export async function measureFeatures(task: FeaturesTask): Promise<FeaturesResult> {
  const pool = await baselinePool(task.of, task.m);
  const others = await quietPairs(task.n, task.m);
  const peersOf = new Map(pool.map((baseline) => [baseline, peerAnswers(baseline)]));
  const drifted: Record<string, number> = { advisory: 0 };
  const count = (rule: string, isDrift: boolean): void => {
    drifted[rule] = (drifted[rule] ?? 0) + (isDrift ? 1 : 0);
  };
  for (let trial = 0; trial < task.trials; trial++) {
    const baseline = pool[trial % pool.length]!;
    const drawn = drawColumn(task.of, task.n, SEED, trial, task.drift);
    const current = profileColumn(drawn, baseline.profile);
    const [advisories = []] = adviseFeatures([{ baseline: baseline.profile, current }, ...others]);
    for (const { rule, status } of advisories) count(`advisory ${rule}`, status === "raised");
    count(
      "advisory",
      advisories.some(({ status }) => status === "raised"),
    );
    for (const [rule, isDrift] of peersOf.get(baseline)!(drawn)) count(rule, isDrift);
  }
  return { ...task, drifted };
}

const quiet = new Map<string, Promise<readonly FeaturePair[]>>();

function quietPairs(n: number, m: number): Promise<readonly FeaturePair[]> {
  const key = `${n} ${m}`;
  const pairs = quiet.get(key) ?? drawQuiet(n, m);
  quiet.set(key, pairs);
  return pairs;
}

async function drawQuiet(n: number, m: number): Promise<readonly FeaturePair[]> {
  const pool = await baselinePool("normal", m);
  return Array.from({ length: WINDOW_FEATURES - 1 }, (_, i) => {
    const { profile } = pool[i % pool.length]!;
    return {
      baseline: profile,
      current: profileColumn(drawColumn("normal", n, NULL_SEED, i), profile),
    };
  });
}

type Answers = readonly (readonly [rule: string, isDrift: boolean])[];

/** The peers take raw values, missing ones left out. */
function peerAnswers({ drawn }: DrawnBaseline): (current: Drawn) => Answers {
  const reference = presentOf(drawn);
  if (drawn.kind === "numbers") {
    return (current) => {
      const values = presentOf(current);
      return NUMBER_RULES.map(({ name, isDrift }) => [name, isDrift(reference, values)]);
    };
  }
  return (current) => {
    const values = presentOf(current);
    const places = new Map([...new Set([...reference, ...values])].map((value, i) => [value, i]));
    const before = countsIn(reference, places);
    const after = countsIn(values, places);
    return CATEGORY_RULES.map(({ name, isDrift }) => [name, isDrift(before, after)]);
  };
}

function presentOf({ cells }: Drawn): Float64Array {
  return cells.filter((cell) => !Number.isNaN(cell)).sort();
}

function countsIn(values: Float64Array, places: ReadonlyMap<number, number>): number[] {
  const counts = new Array<number>(places.size).fill(0);
  for (const value of values) counts[places.get(value)!]! += 1;
  return counts;
}
