/**
 * Reads capture files as every check does, from bytes to batches of cells, and drops the batches:
 * files found, hashed, validated as UTF-8, cut into lines, rows and columns.
 *
 * Usage: node read-capture.js <folder> [<rows.json>] [--parse-all] [--no-kernel]; with a second
 * argument the rows are counted and hashed as well, and that is written there (`capture-rows.ts`);
 * with --parse-all every line is parsed whole, with --no-kernel TypeScript reads alike lines.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { MISSING } from "../../src/base/cells.ts";
import type { Batch } from "../../src/source/batch/batch.ts";
import { openCapture } from "../../src/source/capture/capture-reader.ts";
import { findInputs } from "../../src/source/content/byte-inputs.ts";
import { CaptureRows } from "./capture-rows.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    "parse-all": { type: "boolean", default: false },
    "no-kernel": { type: "boolean", default: false },
  },
});
const [folder, output] = positionals;
if (folder === undefined) throw new Error("wants a folder");

function addBatch({ records, columns }: Batch, rows: CaptureRows): void {
  for (let record = 0; record < records; record++) {
    const cells = columns.map(({ bytes, starts, ends }) => {
      const start = starts[record]!;
      if (start === MISSING) return "";
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return text.toString("utf8", start, ends[record]);
    });
    rows.add(cells.join(","));
  }
}

const source = await openCapture(await findInputs([folder]), {
  semantics: "tidemark",
  sides: "both",
  outputColumnsPosition: "START",
  window: {},
  parsesAll: values["parse-all"],
  kernel: values["no-kernel"] ? "typescript" : "webassembly",
  onReject: ({ file, line, detail }) => {
    throw new Error(`${file}:${line}: ${detail}`);
  },
});
const rows = new CaptureRows();
for await (const batch of source.batches) if (output !== undefined) addBatch(batch, rows);
if (output !== undefined) writeFileSync(output, rows.finish());
