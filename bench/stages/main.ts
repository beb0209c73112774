/**
 * Measures the stages that a CSV file's bytes go through, in one warm thread, and writes
 * docs/stages.md.
 *
 * Usage: npm run bench:stages
 */
import { writeFileSync } from "node:fs";
import { tableOf } from "../inputs.ts";
import { describeMachine, load } from "../machine.ts";
import { TABLES, type TableName } from "../tables.ts";
import { measureStages } from "./measure-stages.ts";
import { type MeasuredTable, renderStages } from "./render-stages.ts";

const PAGE = new URL("../../../docs/stages.md", import.meta.url);
const MEASURED: readonly TableName[] = ["one-hot", "mixed", "hostile", "strings"];
const ROUNDS = 7;

const loadAtBegin = load();
const tables: MeasuredTable[] = [];
for (const name of MEASURED) {
  const { shape, rows } = TABLES[name];
  const { path, bytes } = tableOf(name, rows.medium);
  tables.push({ name, shape, bytes, times: await measureStages(path, ROUNDS) });
}
const page = renderStages(tables, ROUNDS, describeMachine(loadAtBegin, {}));
writeFileSync(PAGE, page);
process.stdout.write(page);
