/** All results as Markdown: the text of RESULTS.md. */
import { DISTINCT_ERRORS_MAX, RELATIVE_ERROR_MAX } from "./agreement.ts";
import { type Goal, verdictOn } from "./goals.ts";
import type { Machine } from "./machine.ts";
import { markdownTable, ratioText, roundsText, UNKNOWN, whole } from "./markdown.ts";
import {
  type BenchResults,
  megabytesPerSecond,
  NOTHING_YET,
  type PartResults,
  peakOf,
  type Result,
  rateRatio,
  type Spread,
  spreadOf,
} from "./results.ts";

/** Renders everything that a run came to. */
export function renderResults(results: BenchResults): string {
  const { machine, isFull, rounds, compared, legend, parts, goals } = results;
  if (parts.length === 0) return `# Speed\n\n${NOTHING_YET}`;
  const command = isFull ? "npm run bench -- --full" : "npm run bench";
  return [
    `# Speed\n\nWritten by \`${command}\`. ${renderMachine(machine)}`,
    `Medians of ${roundsText(rounds)} with the fastest and the slowest, every contender a ` +
      "process of its own, its start included, files in the page cache. MB are 10^6 bytes of " +
      "input. Slow contenders read fewer rows of the same data: compare rates. Before any was " +
      `timed, ${whole(compared)} figures were compared: counts, mean, deviation, minimum and ` +
      `maximum within ${RELATIVE_ERROR_MAX} relative, estimates of distinct values within ` +
      `${DISTINCT_ERRORS_MAX} of their standard errors, captured rows by hash.\n`,
    `## Goals\n\n${renderGoals(goals)}`,
    ...parts.map(renderPart),
    `## What each computes\n\n${renderLegend(legend)}`,
  ].join("\n");
}

/** Renders what must be reached, what is aimed at, and what was reached. */
export function renderGoals(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => {
    const { measure, isCeiling, must, aim, observed, unit } = goal;
    const sign = isCeiling ? "≤" : "≥";
    return [
      measure,
      `${sign} ${amount(must, unit)}`,
      aim === undefined ? UNKNOWN : `${sign} ${amount(aim, unit)}`,
      observed === undefined ? UNKNOWN : spreadText(observed, (value) => amount(value, unit)),
      verdictOn(goal),
    ];
  });
  return markdownTable(["measure", "must", "aim", "observed (min–max)", ""], rows);
}

export function renderMachine({
  cpu,
  cores,
  memoryGib,
  platform,
  load,
  versions,
}: Machine): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return (
    `${cpu}, ${cores} cores, ${memoryGib} GiB, ${platform}, load average ` +
    `${load.join(" before, ")} after; ${packages.join(", ")}.\n`
  );
}

function renderLegend(legend: BenchResults["legend"]): string {
  const tools = new Map<string, string[]>();
  for (const [tool, computes] of Object.entries(legend)) {
    tools.set(computes, [...(tools.get(computes) ?? []), tool]);
  }
  const rows = [...tools].map(([computes, names]) => [names.join(", "), computes]);
  return markdownTable(["contenders", "computes"], rows);
}

function renderPart({ name, shape, rival, absent, results }: PartResults): string {
  const other = results.find(({ tool }) => tool === rival);
  const isTimed = other?.bytes === undefined;
  const header = [
    "contender",
    "rows",
    "MB",
    "seconds (min–max)",
    "MB/s",
    "rows/s",
    "peak MB",
    isTimed ? `time over ${rival}` : `rate over ${rival}`,
  ];
  const rows = results.map((result) => renderResult(result, other));
  const lacking = absent.length === 0 ? "" : `\nNot on this machine: ${absent.join(", ")}.\n`;
  return `## ${name}\n\n${shape}\n\n${markdownTable(header, rows)}${lacking}`;
}

function renderResult(result: Result, rival: Result | undefined): string[] {
  const { tool, rows, bytes, seconds } = result;
  const spread = spreadOf(seconds);
  const { median } = spread;
  const decimals = median < 1 ? 3 : 2;
  return [
    tool,
    whole(rows),
    whole(bytes === undefined ? undefined : bytes / 1e6),
    spreadText(spread, (value) => value.toFixed(decimals)),
    whole(megabytesPerSecond(result), 1),
    whole(rows === undefined ? undefined : rows / median),
    whole(peakOf(result)),
    rival === undefined ? UNKNOWN : ratioText(ratio(result, rival)),
  ];
}

/** Rate over rate, or time over time where nothing is read. */
function ratio(ours: Result, theirs: Result): number {
  if (theirs.bytes === undefined) return rateRatio(theirs, ours).median;
  return rateRatio(ours, theirs).median;
}

function spreadText({ median, min, max }: Spread, text: (value: number) => string): string {
  return `${text(median)} (${text(min)}–${text(max)})`;
}

function amount(value: number, unit: Goal["unit"]): string {
  if (unit === "MB") return `${value.toFixed(0)} MB`;
  return unit === "share" ? `${(value * 100).toFixed(1)} %` : ratioText(value);
}
