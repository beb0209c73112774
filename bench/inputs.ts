/**
 * The bench's data: invented churn customers, made once and kept in the system's temporary folder
 * under a name that changes with the generators.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dataLines, mixedChurn, oneHotChurn, type TableOptions } from "../fixtures/churn.ts";
import { captureRecords } from "../fixtures/churn-capture.ts";

export interface Input {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

const TABLES: Record<TableName, (options: TableOptions) => Iterable<string>> = {
  "one-hot": oneHotChurn,
  mixed: mixedChurn,
};
const SEED = 1;
const CAPTURE_SEED = 2;
const CAPTURE_STEP_MS = 360;
const CAPTURE_FILE_RECORDS = 1000;

export type TableName = "one-hot" | "mixed";

/** Where data and outputs of this bench lie. */
export const folder: string = join(tmpdir(), `tidemark-bench-${generatorHash()}`);

/** Makes a CSV file of the first `rows` customers, or finds it made. */
export function tableOf(name: TableName, rows: number): Input {
  const path = join(folder, `${name}-${rows}.csv`);
  make(path, (temporary) => {
    const file = openSync(temporary, "w");
    for (const piece of TABLES[name]({ rows, seed: SEED })) writeSync(file, piece);
    closeSync(file);
  });
  return { path, rows, bytes: statSync(path).size };
}

/** Makes a folder of capture files from one-hot customers that the tables do not hold. */
export function captureOf(records: number): Input {
  const path = join(folder, `capture-${records}`);
  make(path, (temporary) => {
    const files = captureRecords({
      rows: dataLines(oneHotChurn({ rows: records, seed: CAPTURE_SEED })),
      seed: CAPTURE_SEED,
      start: Date.UTC(2026, 10, 20, 10),
      step: CAPTURE_STEP_MS,
      output: "label",
      recordsPerFile: CAPTURE_FILE_RECORDS,
    });
    for (const file of files) {
      mkdirSync(dirname(join(temporary, file.path)), { recursive: true });
      writeFileSync(join(temporary, file.path), file.text);
    }
  });
  const files = readdirSync(path, { recursive: true, encoding: "utf8" });
  const sizes = files.filter((file) => file.endsWith(".jsonl")).map((file) => join(path, file));
  return { path, rows: records, bytes: sizes.reduce((sum, file) => sum + statSync(file).size, 0) };
}

/** Writes under another name first, so that what has the name is whole. */
function make(path: string, write: (temporary: string) => void): void {
  if (existsSync(path)) return;
  process.stderr.write(`Making ${path}\n`);
  const temporary = `${path}.part`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  write(temporary);
  renameSync(temporary, path);
}

function generatorHash(): string {
  const hash = createHash("sha256");
  for (const name of ["churn.js", "churn-capture.js"]) {
    hash.update(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
  }
  return hash.digest("hex").slice(0, 8);
}
