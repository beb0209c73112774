/**
 * The least that a reader of capture files does when it parses each line: every file read whole as
 * text, cut at its line feeds, and `JSON.parse` of every line. Nothing is done with what that
 * gives: no cell is found, no number read, no file hashed.
 *
 * Usage: node json-parse-lines.js <folder> [<rows.json>]; with a second argument the rows are
 * counted and hashed as well, and that is written there (`capture-rows.ts`).
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CaptureRows } from "./capture-rows.ts";

interface Captured {
  readonly captureData: Record<"endpointInput" | "endpointOutput", { readonly data: string }>;
}

const [folder, output] = process.argv.slice(2);
if (folder === undefined) throw new Error("wants a folder");

const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".jsonl"))
  .sort()
  .map((name) => join(folder, name));

function parseLines(path: string): void {
  for (const line of readFileSync(path, "utf8").split("\n")) if (line !== "") JSON.parse(line);
}

function addLines(path: string, rows: CaptureRows): void {
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    const { endpointInput, endpointOutput }: Captured["captureData"] = JSON.parse(line).captureData;
    rows.add(`${endpointOutput.data},${endpointInput.data}`);
  }
}

if (output === undefined) {
  for (const path of paths) parseLines(path);
} else {
  const rows = new CaptureRows();
  for (const path of paths) addLines(path, rows);
  writeFileSync(output, rows.finish());
}
