/**
 * Reads capture files as every check does, from bytes to batches of cells, and drops the batches:
 * files found, hashed, validated as UTF-8, cut into lines, rows and columns.
 *
 * Usage: node read-capture.js <folder> [<totals.json>]; with a second argument, what was read
 * is added up and written there, so that it can be compared.
 */
import { writeFileSync } from "node:fs";
import { MISSING } from "../src/base/cells.ts";
import type { Batch } from "../src/source/batch.ts";
import { findInputs } from "../src/source/byte-inputs.ts";
import { openCapture } from "../src/source/capture-reader.ts";
import type { CaptureTotals } from "./capture-totals.ts";

const [folder, output] = process.argv.slice(2);
if (folder === undefined) throw new Error("wants a folder");

function addBatch({ records, columns }: Batch, totals: CaptureTotals): void {
  totals.records += records;
  for (const { starts, ends, count } of columns) {
    totals.cells += count;
    for (let i = 0; i < count; i++) {
      if (starts[i] !== MISSING) totals.cellBytes += ends[i]! - starts[i]!;
    }
  }
}

const source = await openCapture(await findInputs([folder]), {
  semantics: "tidemark",
  sides: "both",
  outputColumnsPosition: "START",
  window: {},
  onReject: ({ file, line, detail }) => {
    throw new Error(`${file}:${line}: ${detail}`);
  },
});
const totals: CaptureTotals = { records: 0, cells: 0, cellBytes: 0 };
for await (const batch of source.batches) if (output !== undefined) addBatch(batch, totals);
if (output !== undefined) writeFileSync(output, JSON.stringify(totals));
