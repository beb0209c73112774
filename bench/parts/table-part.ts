/** A table of the bench, profiled by every tool. */
import { rmSync } from "node:fs";
import { compareProfiles } from "../agreement.ts";
import type { Contender, Part } from "../contender.ts";
import { folder, type Input, tableOf } from "../inputs.ts";
import type { FoundProfile } from "../rivals/found-profile.ts";
import { runProcess } from "../run-process.ts";
import { isThere, type TableTool, tableTools } from "../table-tools.ts";
import { TABLES, type TableName } from "../tables.ts";
import { DUCKDB, MAIN, onShorterInput } from "../tool-names.ts";

const DIFFERENCES_SHOWN = 20;
const OUTPUT = `${folder}/output`;

export function tablePart(table: TableName, isFull: boolean): Part {
  const { shape, rows } = TABLES[table];
  const inputOf = (count: number): Input => tableOf(table, count);
  const input = inputOf(isFull ? rows.large : rows.medium);
  const shorter = inputOf(isFull ? rows.medium : rows.small);
  const tools = tableTools();
  const present = tools.filter(isThere);
  const contenders = present.map((tool) => run(tool, tool.isSlow ? shorter : input));
  const main = present.find(({ name }) => name === MAIN)!;
  if (isFull) contenders.push({ ...run(main, shorter), tool: onShorterInput(MAIN) });
  return {
    name: table,
    shape,
    rival: DUCKDB.aggregate(1),
    contenders,
    absent: tools.filter((tool) => !isThere(tool)).map(({ name }) => name),
    compareAll: () => compareTools(table, present, inputOf(rows.small)),
  };
}

export function run(tool: TableTool, input: Input): Contender {
  const { name, computes, program, env, repeats } = tool;
  return {
    tool: name,
    computes,
    program,
    args: tool.args(input.path, OUTPUT),
    env,
    input,
    repeats,
  };
}

/** Compares each of ours with each other tool, on the same input. */
export async function compareTools(
  part: string,
  tools: readonly TableTool[],
  { path }: Input,
): Promise<number> {
  const found: { readonly tool: TableTool; readonly profile: FoundProfile }[] = [];
  for (const tool of tools) {
    process.stderr.write(`${part}, compared before timing: ${tool.name}\n`);
    rmSync(OUTPUT, { recursive: true, force: true });
    rmSync(`${OUTPUT}.json`, { force: true });
    const { program, env } = tool;
    const { stdout } = await runProcess({ program, args: tool.args(path, OUTPUT), env });
    found.push({ tool, profile: tool.read(OUTPUT, stdout) });
  }
  let figures = 0;
  for (const ours of found.filter(({ tool }) => tool.isOurs)) {
    for (const theirs of found) {
      if (theirs === ours) continue;
      const { compared, differences } = compareProfiles(ours.profile, theirs.profile);
      figures += compared;
      if (differences.length === 0) continue;
      const shown = differences.slice(0, DIFFERENCES_SHOWN).join("\n");
      throw new Error(`${part}: ${ours.tool.name} and ${theirs.tool.name} differ.\n${shown}`);
    }
  }
  return figures;
}
