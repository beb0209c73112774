/** Small jobs: what a process costs before it reads much. */
import type { Contender, Part } from "../contender.ts";
import { folder, tableOf } from "../inputs.ts";
import { CERTIFICATES } from "../run-process.ts";
import { CLI, isThere, tableTools } from "../table-tools.ts";
import { DUCKDB, EMPTY_SCRIPT, MAIN, TINY, VERSION, withCertificates } from "../tool-names.ts";

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
  const tools = tableTools().filter(isThere);
  const onTable = (name: string, tool: string): Contender[] => {
    const found = tools.find((each) => each.name === tool);
    if (found === undefined) return [];
    const { computes, program, env } = found;
    const args = found.args(input.path, output);
    return [{ tool: name, computes, program, args, env, repeats: REPEATS }];
  };
  const empty = node(EMPTY_SCRIPT, "nothing", "-e", "0");
  const tiny = onTable(TINY, MAIN);
  const certificates = process.env[CERTIFICATES];
  const reading = ({ tool, ...contender }: Contender): Contender => ({
    ...contender,
    tool: withCertificates(tool),
    env: { ...contender.env, [CERTIFICATES]: certificates! },
  });
  return {
    name: "start-up",
    shape: `no data, or the ${ROWS.toLocaleString("en-US")} rows of a one-hot training set`,
    rival: EMPTY_SCRIPT,
    contenders: [
      empty,
      node(VERSION, "nothing", CLI, "--version"),
      ...tiny,
      ...onTable(`${DUCKDB.aggregate(1)}, 2,333 rows`, DUCKDB.aggregate(1)),
      ...(certificates ? [empty, ...tiny].map(reading) : []),
    ],
    absent: [],
    compareAll: async () => 0,
  };
}
