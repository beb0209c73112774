/**
 * The bench's data as files: invented, made once and kept in the system's temporary folder under a
 * name that changes with the generators.
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
import { dataLines, oneHotChurn } from "../fixtures/churn.ts";
import { captureRecords } from "../fixtures/churn-capture.ts";
import { TABLES, type TableName } from "./tables.ts";

export interface Input {
  /** A file of a table, or a folder of capture files. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

const GENERATORS = [
  "../fixtures/churn.js",
  "../fixtures/churn-capture.js",
  "./format-inputs.js",
  "./tables.js",
];
const SEED = 1;
const PIECE_LENGTH = 65_536;
const CAPTURE_SEED = 2;
const CAPTURE_STEP_MS = 360;
const CAPTURE_FILE_RECORDS = 1000;

/** Where data and outputs of this bench lie. */
export const folder: string = join(tmpdir(), `tidemark-bench-${generatorHash()}`);

/** Makes a CSV file of a table's first rows, or finds it made. */
export function tableOf(name: TableName, rows: number): Input {
  const path = join(folder, `${name}-${rows}.csv`);
  make(path, (temporary) => {
    const file = openSync(temporary, "w");
    let text = "";
    for (const piece of TABLES[name].pieces({ rows, seed: SEED })) {
      text += piece;
      if (text.length < PIECE_LENGTH) continue;
      writeSync(file, text);
      text = "";
    }
    writeSync(file, text);
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
  const bytes = captureFiles(path).reduce((sum, file) => sum + statSync(file).size, 0);
  return { path, rows: records, bytes };
}

/** Lists the files of a folder of capture files. */
export function captureFiles(path: string): string[] {
  const files = readdirSync(path, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".jsonl")).map((file) => join(path, file));
}

/** As `make` does, where writing takes its time. */
export async function makeLater(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  if (existsSync(path)) return;
  process.stderr.write(`Making ${path}\n`);
  const temporary = `${path}.part`;
  rmSync(temporary, { force: true });
  await write(temporary);
  renameSync(temporary, path);
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
  for (const name of GENERATORS) {
    hash.update(readFileSync(new URL(name, import.meta.url)));
  }
  return hash.digest("hex").slice(0, 8);
}
