/** The results as the tables of docs/verdicts.md. */
import { judgeGoals } from "./goals.ts";
import type { FeaturesResult } from "./measure-features.ts";
import { WINDOW_FEATURES, type WindowsResult } from "./measure-windows.ts";
import { CATEGORY_RULES, NUMBER_RULES, type PeerRule } from "./peer-rules.ts";
import type { Results } from "./results.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const BASELINE = 10_000;

/** Renders every table, each under a heading. */
export function renderVerdicts(results: Results): string {
  return [
    "### What must hold\n",
    renderGoals(results),
    `### False alarms per window of ${WINDOW_FEATURES} features\n`,
    renderWindows(results.windows),
    "### Numbers: the peers' defaults beside the advisories\n",
    renderRules(results.features, "normal", NUMBER_RULES, NUMBER_COLUMNS),
    "### Numbers of other distributions\n",
    renderRules(results.features, "t3", NUMBER_RULES, OTHER_NUMBER_COLUMNS),
    "### Categories\n",
    renderRules(results.features, "5 uniform", CATEGORY_RULES, CATEGORY_COLUMNS),
  ].join("\n");
}

function renderGoals(results: Results): string {
  const rows = judgeGoals(results).map(({ goal, count, of, isMet }) => {
    const [low, high] = wilsonInterval(count, of).map((share) => percent(share, 2));
    return [goal, `${percent(count / of, 2)} (${low} to ${high})`, String(of), pass(isMet)];
  });
  return table(["goal", "observed (95 % interval)", "trials", ""], rows);
}

function pass(isMet: boolean): string {
  return isMet ? "pass" : "FAIL";
}

function renderWindows(windows: readonly WindowsResult[]): string {
  const kinds = [...new Set(windows.map(kindOf))];
  const sizes = [...new Set(windows.map(({ n }) => n))].sort((a, b) => a - b);
  const rows = kinds.map((kind) => [
    kind,
    ...sizes.map((n) => {
      const row = windows.find((each) => kindOf(each) === kind && each.n === n);
      return row === undefined ? "" : `${row.alarms} of ${row.windows}`;
    }),
  ]);
  return table(["features", ...sizes.map((n) => `${format(n)} rows`)], rows);
}

function kindOf({ mix, m }: WindowsResult): string {
  return m === BASELINE ? mix : `${mix}, baseline of ${format(m)}`;
}

/** A column: title, and which result it shows; the distribution is the table's unless named. */
interface Column {
  readonly drift: string;
  readonly n: number;
  readonly of?: string;
  readonly m?: number;
}

const NUMBER_COLUMNS: readonly Column[] = [
  { drift: "none", n: 50 },
  { drift: "none", n: 100 },
  { drift: "none", n: 200 },
  { drift: "none", n: 1000 },
  { drift: "none", n: 10_000 },
  { drift: "none", n: 1000, m: 1000 },
  { drift: "shift 0.1 sigma", n: 10_000 },
  { drift: "shift 0.25 sigma", n: 200 },
  { drift: "shift 0.25 sigma", n: 1000 },
  { drift: "shift 0.25 sigma", n: 10_000 },
  { drift: "spread x 1.5", n: 200 },
  { drift: "spread x 1.5", n: 1000 },
  { drift: "10 % zeros", n: 1000 },
  { drift: "10 % one value", n: 1000 },
  { drift: "10 % at 3 sigma", n: 1000 },
  { drift: "0.5 % outliers at 50 sigma", n: 1000 },
  { drift: "5 % missing", n: 1000 },
];

const OTHER_NUMBER_COLUMNS: readonly Column[] = [
  ...["t3", "lognormal", "60 % zeros", "7 values"].flatMap((of) =>
    [200, 1000].map((n) => ({ of, drift: "none", n })),
  ),
  ...["t3", "lognormal", "60 % zeros"].flatMap((of) =>
    ["shift 0.25 sigma", "spread x 1.5"].map((drift) => ({ of, drift, n: 1000 })),
  ),
  { of: "7 values", drift: "10 % zeros", n: 1000 },
];

const CATEGORY_COLUMNS: readonly Column[] = [
  ...["5 uniform", "50 Zipf", "100 Zipf", "500 Zipf"].flatMap((of) =>
    [200, 1000].map((n) => ({ of, drift: "none", n })),
  ),
  { of: "50 Zipf", drift: "none", n: 100_000 },
  ...["5 uniform", "50 Zipf", "500 Zipf"].flatMap((of) =>
    ["10 % one category", "3 % new category", "half the categories twice as frequent"].map(
      (drift) => ({ of, drift, n: 1000 }),
    ),
  ),
  { of: "50 Zipf", drift: "5 % missing", n: 1000 },
];

/** One row per rule, one column per scenario, in percent of trials called drifted. */
function renderRules(
  features: readonly FeaturesResult[],
  distribution: string,
  peers: readonly PeerRule[],
  columns: readonly Column[],
): string {
  const found = columns.map((column) => {
    const { drift, n, m = BASELINE, of = distribution } = column;
    const same = (each: FeaturesResult): boolean =>
      each.of === of && each.drift === drift && each.n === n && each.m === m;
    return { column, result: features.find(same)! };
  });
  const ours = [...new Set(found.flatMap(({ result }) => Object.keys(result.drifted)))].filter(
    (rule) => rule.startsWith("advisory"),
  );
  const rules = [...ours, ...peers.map(({ name }) => name)];
  const titles = columns.map(({ of, drift, n, m }) => {
    const against = m === undefined ? "" : `, against ${format(m)}`;
    return `${of === undefined ? "" : `${of}: `}${drift}, ${format(n)}${against}`;
  });
  const rows = rules.map((rule) => [
    rule === "advisory" ? "**advisory, any rule**" : rule,
    ...found.map(({ result }) => {
      const count = result.drifted[rule];
      return count === undefined ? "" : percent(count / result.trials, 0);
    }),
  ]);
  return table(["% called drifted", ...titles], rows);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function percent(share: number, decimals: number): string {
  const number = (share * 100).toFixed(decimals);
  return decimals === 0 ? number : `${number} %`;
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}
