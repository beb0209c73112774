/** The library within a process, beside the command line: the same rows as a file and in memory. */
import { fileURLToPath } from "node:url";
import type { Contender, Part } from "../contender.ts";
import { formatOf } from "../format-inputs.ts";
import { folder, tableOf } from "../inputs.ts";
import { readStatistics } from "../rivals/read-statistics.ts";
import { type TableTool, tableTools } from "../table-tools.ts";
import { TABLES } from "../tables.ts";
import { EMBEDDED, MAIN, MAKING } from "../tool-names.ts";
import { compareTools, run } from "./table-part.ts";

const TABLE = "mixed";
const SCRIPT = fileURLToPath(new URL("../rivals/embedded-profile.js", import.meta.url));
/** As many as the objects and arrays in memory are: of more rows these are repeated. */
const COMPARED_ROWS = 10_000;

type Kind = keyof typeof EMBEDDED;
type What = "profile" | "make";

export async function embeddingPart(isFull: boolean): Promise<Part> {
  const { rows, shape } = TABLES[TABLE];
  const count = isFull ? rows.medium : rows.small;
  const input = tableOf(TABLE, count);
  await formatOf("arrow", TABLE, count);
  await formatOf("arrow", TABLE, COMPARED_ROWS);
  const main = tableTools().find(({ name }) => name === MAIN)!;
  const kinds = Object.keys(EMBEDDED) as Kind[];
  const making = (kind: Kind): Contender => ({
    tool: MAKING[kind],
    computes: "nothing: what the library is given, and its start",
    program: process.execPath,
    args: argsOf(kind, "make", count, input.path, `${folder}/output`),
    input,
  });
  return {
    name: "embedding",
    shape: `${TABLE} (${shape}) as CSV, as objects, as arrays and as an arrow.Table; MB are of the CSV`,
    rival: MAIN,
    contenders: [
      run(main, input),
      ...kinds.map((kind) => run(embedded(kind, count), input)),
      ...kinds.map(making),
    ],
    absent: [],
    compareAll: () =>
      compareTools(
        "embedding",
        [main, ...kinds.map((kind) => embedded(kind, COMPARED_ROWS))],
        tableOf(TABLE, COMPARED_ROWS),
      ),
  };
}

function embedded(kind: Kind, rows: number): TableTool {
  return {
    name: EMBEDDED[kind],
    computes: "the same but constraints, and nothing is hashed but files",
    program: process.execPath,
    args: (csv, output) => argsOf(kind, "profile", rows, csv, output),
    read: (output) => readStatistics(`${output}.json`),
  };
}

function argsOf(kind: Kind, what: What, rows: number, csv: string, output: string): string[] {
  const arrow = kind === "table" ? csv : tableOf(TABLE, COMPARED_ROWS).path;
  const file = kind === "path" ? csv : arrow.replace(/\.csv$/, ".arrows");
  return [SCRIPT, kind, what, `${rows}`, file, `${output}.json`];
}
