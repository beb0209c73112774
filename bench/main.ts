/**
 * Measures Tidemark beside the obvious alternative, after checking that the two agree.
 *
 * Every contender is a process of its own; rounds are interleaved; the table gives median and
 * spread of the wall time, start-up included. Writes bench/results.json.
 *
 * Usage: npm run bench [-- --runs <rounds, default 3>] [--full]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { differences, RELATIVE_ERROR_MAX } from "./agreement.ts";
import {
  alternative,
  baseline,
  type Contender,
  check,
  emptyScript,
  SEMANTICS,
  startUp,
} from "./contenders.ts";
import { judgeGoals } from "./goals.ts";
import { captureOf, type TableName, tableOf } from "./inputs.ts";
import { describeMachine } from "./machine.ts";
import { measure, type Result } from "./measure.ts";
import { renderGoals, renderMachine, renderResults } from "./render.ts";
import { runNode } from "./run-process.ts";

const ROWS = 1_000_000;
const ROWS_LARGE = 10_000_000;
/** The alternative is slow, so it reads the first rows of the same file; rates are compared. */
const ROWS_ALTERNATIVE = 200_000;
const CAPTURE_RECORDS = 100_000;
const TABLES: readonly TableName[] = ["one-hot", "mixed"];
const RESULTS = new URL("../../bench/results.json", import.meta.url);

/** Runs both on the alternative's rows; throws when they differ. */
async function assertAgreement(table: TableName): Promise<void> {
  const input = tableOf(table, ROWS_ALTERNATIVE);
  const other = alternative(table, input);
  await runNode(other.args);
  for (const semantics of SEMANTICS) {
    const ours = baseline(table, input, semantics);
    await runNode(ours.args);
    const found = differences(`${ours.output}/statistics.json`, other.output);
    if (found.length === 0) continue;
    throw new Error(`${table}, ${semantics}: the two differ.\n${found.slice(0, 20).join("\n")}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "3" }, full: { type: "boolean", default: false } },
  });
  const rounds = Number(values.runs);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error("--runs wants a whole number");

  process.stderr.write("Comparing the results of both\n");
  for (const table of TABLES) await assertAgreement(table);

  const tables = TABLES.map((table) => {
    const rival = alternative(table, tableOf(table, ROWS_ALTERNATIVE));
    const input = tableOf(table, ROWS);
    return { rival, ours: SEMANTICS.map((semantics) => baseline(table, input, semantics, rival)) };
  });
  const baselines = tables.flatMap(({ ours }) => ours);
  const oneHot = baselines[0]!;
  const contenders: Contender[] = [
    ...tables.flatMap(({ ours, rival }) => [...ours, rival]),
    check(captureOf(CAPTURE_RECORDS), oneHot.output),
    startUp,
    emptyScript,
  ];
  const measured = await measure(contenders, rounds);
  let large: Result | undefined;
  if (values.full) {
    const contender = baseline("one-hot", tableOf("one-hot", ROWS_LARGE), "tidemark");
    large = (await measure([contender], 1)).get(contender);
  }

  const results = [...measured.values(), ...(large === undefined ? [] : [large])];
  const goals = judgeGoals({
    oneHot: measured.get(oneHot)!,
    baselines: baselines.map((each) => measured.get(each)!),
    startUp: measured.get(startUp)!,
    large,
  });
  const machine = describeMachine();
  writeFileSync(RESULTS, `${JSON.stringify({ machine, results, goals }, undefined, 2)}\n`);
  process.stdout.write(
    `${renderMachine(machine)}\n${renderResults(results)}\n` +
      "MB are 10^6 bytes of input. The alternative reads the first " +
      `${ROWS_ALTERNATIVE.toLocaleString("en-US")} rows of the same data; rates are compared. ` +
      "Before timing, both gave the same counts, mean, std_dev, min, max and categories within " +
      `${RELATIVE_ERROR_MAX} relative.\n\n${renderGoals(goals)}`,
  );
}

await main();
