/**
 * The least that a reader of capture files can do without looking at bytes: every file read whole
 * as text, cut at the line feeds, and `JSON.parse` of every line. Nothing is done with what it
 * gives: no cell is found, no number read, no file hashed.
 *
 * Usage: node json-parse-lines.js <folder> [<totals.json>]; with a second argument, what was
 * read is added up and written there, so that it can be compared.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type CaptureTotals, captureFiles } from "./capture-totals.ts";

interface Side {
  readonly data: string;
}

const [folder, output] = process.argv.slice(2);
if (folder === undefined) throw new Error("wants a folder");

function parseLines(path: string): void {
  for (const line of readFileSync(path, "utf8").split("\n")) if (line !== "") JSON.parse(line);
}

function addLines(path: string, totals: CaptureTotals): void {
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    const sides: Record<string, Side> = JSON.parse(line).captureData;
    totals.records += 1;
    for (const { data } of Object.values(sides)) {
      const cells = data.split(",");
      totals.cells += cells.length;
      for (const cell of cells) totals.cellBytes += Buffer.byteLength(cell);
    }
  }
}

if (output === undefined) {
  for (const path of captureFiles(folder)) parseLines(path);
} else {
  const totals: CaptureTotals = { records: 0, cells: 0, cellBytes: 0 };
  for (const path of captureFiles(folder)) addLines(path, totals);
  writeFileSync(output, JSON.stringify(totals));
}
