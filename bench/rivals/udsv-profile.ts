/**
 * uDSV to typed values: the file streams as text, every cell becomes a number, a boolean or a
 * string as the schema says that uDSV infers from the first records; a column's present cells are counted
 * and its numbers summed.
 *
 * Usage: udsv-profile.js <csv file> <json file to write>
 */
import { createReadStream, writeFileSync } from "node:fs";
import { inferSchema, initParser, type Parser } from "udsv";
import type { FoundProfile } from "./found-profile.ts";

const CHUNK_BYTES = 65_536;

const [csv, json] = process.argv.slice(2);
if (csv === undefined || json === undefined) throw new Error("a CSV file and a JSON file expected");

let parser: Parser | undefined;
let rows = 0;
let present: number[] = [];
let sums: number[] = [];

function addRow(cells: readonly unknown[]): void {
  rows++;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell === null || cell === "") continue;
    present[i]!++;
    if (typeof cell === "number") sums[i]! += cell;
  }
}

for await (const text of createReadStream(csv, { encoding: "utf8", highWaterMark: CHUNK_BYTES })) {
  if (parser === undefined) {
    parser = initParser(inferSchema(text));
    present = parser.schema.cols.map(() => 0);
    sums = [...present];
  }
  parser.chunk(text, parser.typedArrs<unknown[]>, addRow);
}
parser?.end();

const columns = (parser?.schema.cols ?? []).map(({ name, type }, i) => ({
  name,
  present: present[i]!,
  missing: rows - present[i]!,
  ...(type === "n" ? { mean: sums[i]! / present[i]! } : {}),
}));
const found: FoundProfile = { rows, distinctError: 0, columns };
writeFileSync(json, JSON.stringify(found));
