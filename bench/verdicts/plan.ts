/** What is simulated: windows of 20 features, and single features beside the peers' rules. */
import { DISTRIBUTION_NAMES, type DistributionName, type DriftName } from "./draw-column.ts";
import type { FeaturesTask } from "./measure-features.ts";
import type { WindowsTask } from "./measure-windows.ts";

export type Task = WindowsTask | FeaturesTask;

const BASELINE = 10_000;
const CATEGORIES = [
  "5 uniform",
  "5 Zipf",
  "50 uniform",
  "50 Zipf",
  "100 Zipf",
  "500 Zipf",
] as const;

export const MIXES: Readonly<Record<string, readonly DistributionName[]>> = {
  normal: ["normal"],
  "heavy tails": ["t3", "lognormal"],
  "zeros and few values": ["60 % zeros", "7 values", "flag"],
  "partly missing": ["30 % missing"],
  categories: CATEGORIES,
  mixed: DISTRIBUTION_NAMES,
};

/** Windows per mix: enough at 100 rows, where chance is worst, for an interval below 1 %. */
const WINDOWS: readonly (readonly [n: number, windows: number])[] = [
  [50, 200],
  [100, 2000],
  [200, 200],
  [500, 200],
  [1000, 200],
  [10_000, 20],
];
/** In each window of the normal mix at 1,000 rows. */
const PLANTINGS = 10;
const LONG = { n: 100_000, windows: 5 };
const DECISIVE_DRIFTS: readonly DriftName[] = ["shift 0.25 sigma", "spread x 1.5"];
const OTHER_BASELINES = [1000, 100_000];
const OTHER_BASELINE_WINDOWS = 200;

const SIZES = [50, 100, 200, 500, 1000, 10_000, 100_000];
const NUMBERS = ["normal", "t3", "lognormal", "60 % zeros", "7 values"] as const;
const NUMBER_DRIFTS: readonly DriftName[] = [
  "shift 0.1 sigma",
  "shift 0.25 sigma",
  "shift 0.5 sigma",
  "spread x 1.5",
  "10 % zeros",
  "10 % one value",
  "10 % at 3 sigma",
  "0.5 % outliers at 50 sigma",
  "5 % missing",
];
const CATEGORY_DRIFTS: readonly DriftName[] = [
  "10 % one category",
  "3 % new category",
  "half the categories twice as frequent",
  "5 % missing",
];
const DRIFT_SIZES = [200, 1000, 10_000];

/** Lists all tasks, the longest first; `scale` multiplies the numbers of trials. */
export function planTasks(scale: number): Task[] {
  return [...planWindows(scale), ...planFeatures(scale)];
}

function planWindows(scale: number): WindowsTask[] {
  const ofMix = Object.entries(MIXES).flatMap(([mix, of]) => {
    const main = WINDOWS.map(([n, windows]): WindowsTask => {
      const planted = mix === "normal" && n === 1000 ? DECISIVE_DRIFTS : [];
      return { ...windowsTask(mix, of, n, BASELINE, windows * scale), planted };
    });
    if (mix !== "mixed") return main;
    const others = OTHER_BASELINES.flatMap((m) =>
      [100, 1000].map((n): WindowsTask => {
        return windowsTask(mix, of, n, m, OTHER_BASELINE_WINDOWS * scale);
      }),
    );
    const { n, windows } = LONG;
    return [...main, ...others, windowsTask(mix, of, n, BASELINE, windows * scale)];
  });
  return ofMix.sort((a, b) => b.windows * b.n - a.windows * a.n);
}

function windowsTask(
  mix: string,
  of: readonly DistributionName[],
  n: number,
  m: number,
  windows: number,
): WindowsTask {
  return { kind: "windows", mix, of, n, m, windows, planted: [], plantings: PLANTINGS };
}

function planFeatures(scale: number): FeaturesTask[] {
  const task = (
    of: DistributionName,
    drift: DriftName,
    n: number,
    m: number = BASELINE,
  ): FeaturesTask => {
    const trials = (n > 10_000 ? 10 : n > 1000 ? 40 : 100) * scale;
    return { kind: "features", of, drift, n, m, trials };
  };
  return [
    ...[...NUMBERS, ...CATEGORIES].flatMap((of) => SIZES.map((n) => task(of, "none", n))),
    ...NUMBER_DRIFTS.flatMap((drift) => DRIFT_SIZES.map((n) => task("normal", drift, n))),
    ...["t3", "lognormal", "60 % zeros"].flatMap((of) =>
      (["shift 0.25 sigma", "spread x 1.5"] as const).map((drift) =>
        task(of as DistributionName, drift, 1000),
      ),
    ),
    task("7 values", "10 % zeros", 1000),
    ...(["5 uniform", "50 Zipf", "500 Zipf"] as const).flatMap((of) =>
      CATEGORY_DRIFTS.flatMap((drift) => [200, 1000].map((n) => task(of, drift, n))),
    ),
    ...(["none", "shift 0.25 sigma"] as const).flatMap((drift) =>
      [200, 1000].map((n) => task("normal", drift, n, 1000)),
    ),
  ];
}
