/**
 * How fast records go through users' scripts: the same pre-processor in Python and in JavaScript,
 * given the same captured records, in rounds that alternate. Both must give the same rows.
 *
 * Usage: npm run build && tsc -p bench && node build/bench/hooks.js [--runs <rounds, default 3>]
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataLines, mixedChurn, oneHotChurn } from "../fixtures/churn.ts";
import { captureRecords } from "../fixtures/churn-capture.ts";
import type { HookRecord } from "../src/source/preprocessor.ts";
import { folder } from "./inputs.ts";
import { describeMachine } from "./machine.ts";
import { renderMachine } from "./render.ts";

const RECORDS = 100_000;
const SEED = 2;
/** What a reader hands over at a time. */
const PIECE = 4096;
const DIST = new URL("../../dist/hook/open-preprocessor.js", import.meta.url);
const TABLES = { mixed: mixedChurn, "one-hot": oneHotChurn };

const PYTHON = `def preprocess_handler(inference_record):
    reply = inference_record.endpoint_output.data.rstrip("\\n")
    cells = f"{reply},{inference_record.endpoint_input.data}".split(",")
    return {str(i).zfill(20): cell for i, cell in enumerate(cells)}
`;
const JAVASCRIPT = `export function preprocess({ input, output }) {
  const cells = \`\${output.data.trimEnd()},\${input.data}\`.split(",");
  return Object.fromEntries(cells.map((cell, i) => [String(i).padStart(20, "0"), cell]));
}
`;

interface Run {
  readonly seconds: number;
  readonly hash: string;
}

async function run(script: string, records: readonly HookRecord[]): Promise<Run> {
  const { openPreprocessor } = (await import(
    DIST.href
  )) as typeof import("../src/hook/open-preprocessor.ts");
  const startMs = performance.now();
  const preprocessor = await openPreprocessor({
    script,
    dataset: "capture",
    semantics: "model-monitor",
    environment: process.env,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const rows = [];
  for (let i = 0; i < records.length; i += PIECE) {
    rows.push(...(await preprocessor.preprocess(records.slice(i, i + PIECE))));
  }
  await preprocessor.close();
  const seconds = (performance.now() - startMs) / 1000;
  const hash = createHash("sha256");
  for (const row of rows) hash.update(JSON.stringify(row));
  return { seconds, hash: hash.digest("hex") };
}

function recordsOf(table: keyof typeof TABLES): readonly HookRecord[] {
  const files = captureRecords({
    rows: dataLines(TABLES[table]({ rows: RECORDS, seed: SEED })),
    seed: SEED,
    start: Date.UTC(2026, 10, 20, 10),
    step: 360,
    output: "label",
  });
  return [...files].flatMap(({ text }) => {
    const lines = text.split("\n").slice(0, -1);
    return lines.map((line) => ({ text: line }));
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "3" } } });
  mkdirSync(folder, { recursive: true });
  const scripts = { Python: join(folder, "hook.py"), JavaScript: join(folder, "hook.mjs") };
  writeFileSync(scripts.Python, PYTHON);
  writeFileSync(scripts.JavaScript, JAVASCRIPT);
  process.stdout.write(`${renderMachine(describeMachine())}\n`);
  for (const table of ["mixed", "one-hot"] as const) {
    const records = recordsOf(table);
    const length = records.reduce((sum, { text }) => sum + text.length, 0) / records.length;
    const seconds = { Python: [] as number[], JavaScript: [] as number[] };
    const hashes = new Set<string>();
    for (let round = 0; round < Number(values.runs); round++) {
      for (const language of ["Python", "JavaScript"] as const) {
        const result = await run(scripts[language], records);
        seconds[language].push(result.seconds);
        hashes.add(result.hash);
      }
    }
    if (hashes.size > 1) throw new Error(`${table}: the two scripts gave different rows`);
    for (const [language, all] of Object.entries(seconds)) {
      const median = all.sort((a, b) => a - b)[all.length >> 1]!;
      const rate = Math.round(RECORDS / median).toLocaleString("en-US");
      process.stdout.write(
        `${language} hook, ${table}, ${Math.round(length)} bytes a record: ` +
          `${median.toFixed(2)} s (${all[0]!.toFixed(2)} to ${all.at(-1)!.toFixed(2)}), ` +
          `${rate} records/s\n`,
      );
    }
  }
}

await main();
