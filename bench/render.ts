/** The results as Markdown. */
import type { Goal } from "./goals.ts";
import type { Machine } from "./machine.ts";
import type { Result, Spread } from "./measure.ts";

const UNKNOWN = "–";
const HEADER = [
  "contender",
  "rows",
  "MB",
  "runs",
  "seconds (min–max)",
  "MB/s",
  "rows/s",
  "peak MB",
  "ratio",
];

/** Renders the table of all contenders. */
export function renderResults(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    whole(result.rows),
    whole(result.bytes === undefined ? undefined : result.bytes / 1e6),
    String(result.runs),
    spread(result.seconds),
    whole(result.megabytesPerSecond, 1),
    whole(result.rowsPerSecond),
    whole(result.peakMegabytes),
    result.ratio === undefined ? UNKNOWN : `${result.ratio.toFixed(2)} × ${result.rival}`,
  ]);
  return table(HEADER, rows);
}

/** Renders the list of goals. */
export function renderGoals(goals: readonly Goal[]): string {
  const rows = goals.map(({ goal, observed, isMet }) => [
    goal,
    observed ?? "not measured",
    isMet === undefined ? UNKNOWN : isMet ? "pass" : "FAIL",
  ]);
  return table(["goal", "observed", ""], rows);
}

export function renderMachine({ cpu, cores, memoryGib, platform, versions }: Machine): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${cpu}, ${cores} cores, ${memoryGib} GiB, ${platform}; ${packages.join(", ")}.\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function whole(value: number | undefined, decimals = 0): string {
  if (value === undefined) return UNKNOWN;
  return value.toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

function spread({ median, min, max }: Spread): string {
  const decimals = median < 1 ? 3 : 2;
  return `${median.toFixed(decimals)} (${min.toFixed(decimals)}–${max.toFixed(decimals)})`;
}
