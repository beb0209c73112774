/**
 * Measures Tidemark beside the alternatives, after checking that they agree.
 *
 * Every contender is a process of its own; the rounds of a part's contenders are interleaved. A run
 * prints everything as Markdown; a run of all parts writes bench/results.json as well, and from it
 * bench/RESULTS.md and the README's table. `--full` reads inputs of about 1 GB. The inputs stay in
 * the system's temporary folder, 1 GB of them, after a full run 7 GB.
 *
 * Parts: one-hot, mixed, hostile, strings, wide, parquet, arrow, gzip, embedding, capture, evidence,
 * evidence-baseline, hooks, start-up.
 * Usage: npm run bench [-- --full] [--runs <rounds, default 3, of a full run 5>] [--only <part>]...
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Part } from "./contender.ts";
import { FORMATS } from "./format-inputs.ts";
import { judgeGoals } from "./goals.ts";
import { describeMachine, load } from "./machine.ts";
import { measure } from "./measure.ts";
import { capturePart } from "./parts/capture-part.ts";
import { embeddingPart } from "./parts/embedding-part.ts";
import { evidenceBaselinePart } from "./parts/evidence-baseline-part.ts";
import { evidencePart } from "./parts/evidence-part.ts";
import { formatPart } from "./parts/format-part.ts";
import { hooksPart } from "./parts/hooks-part.ts";
import { startUpPart } from "./parts/start-up-part.ts";
import { tablePart } from "./parts/table-part.ts";
import { renderResults } from "./render.ts";
import type { BenchResults, PartResults } from "./results.ts";
import { tableTools } from "./table-tools.ts";
import { TABLE_NAMES } from "./tables.ts";

const RESULTS = new URL("../../bench/results.json", import.meta.url);

const PARTS: Readonly<Record<string, (isFull: boolean) => Part | Promise<Part>>> = {
  ...Object.fromEntries(
    TABLE_NAMES.map((table) => [table, (isFull: boolean) => tablePart(table, isFull)]),
  ),
  ...Object.fromEntries(
    FORMATS.map((format) => [format, (isFull: boolean) => formatPart(format, isFull)]),
  ),
  embedding: embeddingPart,
  capture: capturePart,
  evidence: evidencePart,
  "evidence-baseline": evidenceBaselinePart,
  hooks: hooksPart,
  "start-up": startUpPart,
};

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    runs: { type: "string" },
    only: { type: "string", multiple: true, default: Object.keys(PARTS) },
  },
});
const isFull = values.full;
const rounds = Number(values.runs ?? (isFull ? 5 : 3));
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error("--runs wants a whole number");
const unknown = values.only.filter((name) => PARTS[name] === undefined);
if (unknown.length > 0) throw new Error(`--only wants one of ${Object.keys(PARTS).join(", ")}`);

const loadAtBegin = load();
const opened: Part[] = [];
let compared = 0;
for (const name of values.only) {
  const part = await PARTS[name]!(isFull);
  opened.push(part);
  for (const tool of part.absent) {
    process.stderr.write(`${name}: ${tool} is not on this machine and left out\n`);
  }
  compared += await part.compareAll();
}
const parts: PartResults[] = [];
for (const part of opened) parts.push(await measure(part, rounds));

const isWhole = values.only.length === Object.keys(PARTS).length;
const goals = judgeGoals(parts, isFull);
const versions = tableTools().flatMap(({ needs = {} }) => Object.entries(needs));
const contenders = opened.flatMap((part) => part.contenders);
const results: BenchResults = {
  machine: describeMachine(
    loadAtBegin,
    Object.fromEntries(versions.flatMap(([name, version]) => (version ? [[name, version]] : []))),
  ),
  isFull,
  rounds,
  compared,
  legend: Object.fromEntries(contenders.map(({ tool, computes }) => [tool, computes])),
  parts,
  goals: isWhole ? goals : goals.filter(({ observed }) => observed !== undefined),
};
process.stdout.write(renderResults(results));
if (isWhole) {
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  await import("./write-tables.ts");
}
