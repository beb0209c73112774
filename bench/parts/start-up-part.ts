/** Small jobs: what a process costs before it reads much. */
import type { Contender, Part } from "../contender.ts";
import { folder, tableOf } from "../inputs.ts";
import { CLI, isThere, tableTools } from "../table-tools.ts";
import { DUCKDB, EMPTY_SCRIPT, MAIN, TINY, VERSION } from "../tool-names.ts";

const REPEATS = 5;
/** The rows of the public churn training set; the generator gives its columns. */
const ROWS = 2333;

export function startUpPart(): Part {
  const input = tableOf("one-hot", ROWS);
  const output = `${folder}/output`;
  const node = (tool: string, computes: string, ...args: string[]): Contender => ({
    tool,
    computes,
    program: process.execPath,
    args,
    repeats: REPEATS,
  });
  const rival = tableTools()
    .filter(isThere)
    .find(({ name }) => name === DUCKDB.aggregate(1));
  const tiny = tableTools().find(({ name }) => name === MAIN)!;
  return {
    name: "start-up",
    shape: `no data, or the ${ROWS.toLocaleString("en-US")} rows of a one-hot training set`,
    rival: EMPTY_SCRIPT,
    contenders: [
      node(EMPTY_SCRIPT, "nothing", "-e", "0"),
      node(VERSION, "nothing", CLI, "--version"),
      node(TINY, tiny.computes, ...tiny.args(input.path, output)),
      ...(rival === undefined
        ? []
        : [node(`${rival.name}, 2,333 rows`, rival.computes, ...rival.args(input.path, output))]),
    ],
    absent: [],
    compareAll: async () => 0,
  };
}
