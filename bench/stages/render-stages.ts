/** The page docs/stages.md. */
import type { Machine } from "../machine.ts";
import { markdownTable, UNKNOWN, whole } from "../markdown.ts";
import { STAGES, type StageName, type StageTimes } from "./measure-stages.ts";

export interface MeasuredTable {
  readonly name: string;
  readonly shape: string;
  readonly bytes: number;
  readonly times: StageTimes;
}

export function renderStages(
  tables: readonly MeasuredTable[],
  rounds: number,
  { cpu, versions }: Pick<Machine, "cpu" | "versions">,
): string {
  const names = Object.keys(STAGES) as StageName[];
  const rates = names.map((stage) => [
    stage,
    ...tables.map(({ bytes, times }) => rate(bytes, times[stage])),
  ]);
  return `# Stages of a CSV file

MB/s of each stage by itself, in one warm thread: what a run takes that ends behind the stage, less
one that ends before it; medians of ${rounds} interleaved rounds. Rates of one machine: compare those of
a column. Written by \`npm run bench:stages\`: ${cpu}, node ${versions["node"]}.

${markdownTable(["stage", ...tables.map(({ name }) => name)], rates)}
${tables.map(({ name, shape }) => `- ${name}: ${shape}`).join("\n")}

Masks are the first stage of counting, and measured on text that lies in the cache. Each stage's
invariant stands at the head of its file.

${markdownTable(
  ["stage", "where, and what it does"],
  names.map((stage) => [stage, STAGES[stage]]),
)}`;
}

function rate(bytes: number, seconds: number): string {
  // A stage may be too short to be told from its neighbours.
  return seconds > 0 ? whole(bytes / 1e6 / seconds) : UNKNOWN;
}
