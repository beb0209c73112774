/**
 * Measures Tidemark beside the obvious alternatives, after checking that they agree.
 *
 * Every contender is a process of its own; rounds are interleaved; the table gives median and
 * spread of the wall time, start-up included. Writes bench/results.json, unless only a part is run.
 *
 * Parts: one-hot, mixed, capture, evidence, hooks, start-up.
 * Usage: npm run bench [-- --runs <rounds, default 3>] [--full] [--only <part>]
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { differences, RELATIVE_ERROR_MAX } from "./agreement.ts";
import {
  alternative,
  baseline,
  type Contender,
  check,
  emptyScript,
  parseLines,
  readCapture,
  readWithoutKernel,
  SEMANTICS,
  startUp,
} from "./contenders.ts";
import { judgeGoals } from "./goals.ts";
import { writeHookScripts } from "./hook-scripts.ts";
import { captureOf, folder, type TableName, tableOf } from "./inputs.ts";
import { describeMachine } from "./machine.ts";
import { measure, type Result } from "./measure.ts";
import { renderGoals, renderMachine, renderResults } from "./render.ts";
import { runNode } from "./run-process.ts";
import { writeFailing } from "./write-failing.ts";

const ROWS = 1_000_000;
const ROWS_LARGE = 10_000_000;
/** The alternative is slow, so it reads the first rows of the same file; rates are compared. */
const ROWS_ALTERNATIVE = 200_000;
const CAPTURE_RECORDS = 500_000;
const HOOK_RECORDS = 100_000;
const TABLES: readonly TableName[] = ["one-hot", "mixed"];
const RESULTS = new URL("../../bench/results.json", import.meta.url);

/** A part of the bench. */
interface Part {
  readonly contenders: readonly Contender[];
  /** Throws when contenders differ in what they find. */
  assertAgreement(): Promise<void>;
}

/** Profiles of a table: ours under each semantics, then the alternative's. */
function tablePart(table: TableName): Part {
  const input = tableOf(table, ROWS_ALTERNATIVE);
  const other = alternative(table, input);
  const ours = SEMANTICS.map((semantics) =>
    baseline(table, tableOf(table, ROWS), semantics, other),
  );
  return {
    contenders: [...ours, other],
    assertAgreement: async () => {
      await runNode(other.args);
      for (const semantics of SEMANTICS) {
        const { args, output } = baseline(table, input, semantics);
        await runNode(args);
        const found = differences(`${output}/statistics.json`, other.output);
        if (found.length === 0) continue;
        throw new Error(
          `${table}, ${semantics}: the two differ.\n${found.slice(0, 20).join("\n")}`,
        );
      }
    },
  };
}

/** Capture records: every line parsed, read into batches, and checked. */
function capturePart(): Part {
  const capture = captureOf(CAPTURE_RECORDS);
  const parsed = parseLines(capture);
  const read = readCapture(capture, parsed);
  const slow = readWithoutKernel(capture, parsed);
  const model = baseline("one-hot", tableOf("one-hot", ROWS_ALTERNATIVE), "tidemark");
  return {
    contenders: [parsed, read, slow, check(capture, model.output, { rival: parsed })],
    assertAgreement: async () => {
      await runNode(model.args);
      const rowsOf = async ({ args }: Contender, ...more: readonly string[]): Promise<string> => {
        const path = `${folder}/capture-rows.json`;
        await runNode([...args, path, ...more]);
        return readFileSync(path, "utf8");
      };
      const rows: string[] = [];
      for (const each of [parsed, read, slow]) rows.push(await rowsOf(each));
      rows.push(await rowsOf(read, "--parse-all"));
      if (new Set(rows).size > 1) throw new Error(`capture: rows differ.\n${rows.join("\n")}`);
    },
  };
}

/** Evidence: a check of which every feature fails, and a baseline, each beside one without it. */
function evidencePart(): Part {
  const capture = captureOf(CAPTURE_RECORDS);
  const model = baseline("one-hot", tableOf("one-hot", ROWS_ALTERNATIVE), "tidemark");
  const failing = `${model.output}-failing`;
  const without = check(capture, failing, { withoutEvidence: true });
  const table = tableOf("mixed", ROWS);
  const plain = baseline("mixed", table, "tidemark", undefined, true);
  const pairs = [
    [without, check(capture, failing, { rival: without })],
    [plain, baseline("mixed", table, "tidemark", plain)],
  ];
  const contenders = pairs.flat();
  return {
    contenders,
    assertAgreement: async () => {
      await runNode(model.args);
      writeFailing(model.output, failing);
      for (const pair of pairs) {
        const files: string[] = [];
        for (const { args, output } of pair) {
          await runNode(args);
          const names = ["constraint_violations.json", "statistics.json", "constraints.json"];
          const paths = names.map((name) => `${output}/${name}`).filter((path) => existsSync(path));
          files.push(paths.map((path) => readFileSync(path, "utf8")).join());
        }
        if (new Set(files).size > 1) throw new Error("evidence: the service's files differ");
      }
    },
  };
}

/** Capture records through a script of either language; both must give the files of none. */
function hooksPart(): Part {
  const capture = captureOf(HOOK_RECORDS);
  const model = baseline("one-hot", tableOf("one-hot", ROWS_ALTERNATIVE), "tidemark");
  const plain = check(capture, model.output);
  const hooked = Object.entries(writeHookScripts()).map(([language, path]) =>
    check(capture, model.output, { rival: plain, script: { language, path } }),
  );
  return {
    contenders: [plain, ...hooked],
    assertAgreement: async () => {
      await runNode(model.args);
      const files: string[] = [];
      for (const { args, output } of [plain, ...hooked]) {
        await runNode(args);
        files.push(readFileSync(`${output}/statistics.json`, "utf8"));
      }
      if (new Set(files).size > 1) throw new Error("hooks: the statistics differ");
    },
  };
}

const PARTS: Readonly<Record<string, () => Part>> = {
  "one-hot": () => tablePart("one-hot"),
  mixed: () => tablePart("mixed"),
  capture: capturePart,
  evidence: evidencePart,
  hooks: hooksPart,
  "start-up": () => ({ contenders: [startUp, emptyScript], assertAgreement: async () => {} }),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "3" },
      full: { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  const rounds = Number(values.runs);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error("--runs wants a whole number");
  const names = values.only === undefined ? Object.keys(PARTS) : [values.only];
  const parts = new Map<string, Part>();
  for (const name of names) {
    const open = PARTS[name];
    if (open === undefined) throw new Error(`--only wants one of ${Object.keys(PARTS).join(", ")}`);
    parts.set(name, open());
  }

  process.stderr.write("Comparing the results of all\n");
  for (const part of parts.values()) await part.assertAgreement();
  const contenders = [...parts.values()].flatMap((part) => part.contenders);
  const measured = await measure(contenders, rounds);
  let large: Result | undefined;
  if (values.full) {
    const contender = baseline("one-hot", tableOf("one-hot", ROWS_LARGE), "tidemark");
    large = (await measure([contender], 1)).get(contender);
  }

  const results = [...measured.values(), ...(large === undefined ? [] : [large])];
  const resultsOf = (name: string): readonly Result[] =>
    (parts.get(name)?.contenders ?? []).map((contender) => measured.get(contender)!);
  const goals = judgeGoals({
    oneHot: resultsOf("one-hot")[0],
    baselines: TABLES.flatMap((table) => resultsOf(table).slice(0, SEMANTICS.length)),
    capture: resultsOf("capture")[1],
    evidence: resultsOf("evidence"),
    startUp: resultsOf("start-up")[0],
    large,
  });
  const machine = describeMachine();
  if (values.only === undefined) {
    writeFileSync(RESULTS, `${JSON.stringify({ machine, results, goals }, undefined, 2)}\n`);
  }
  process.stdout.write(
    `${renderMachine(machine)}\n${renderResults(results)}\n` +
      "MB are 10^6 bytes of input. papaparse + tdigest reads the first " +
      `${ROWS_ALTERNATIVE.toLocaleString("en-US")} rows of the same data; rates are compared. ` +
      "Before timing, it gave the same counts, mean, std_dev, min, max and categories within " +
      `${RELATIVE_ERROR_MAX} relative, and all readers of captures the same cells.\n\n` +
      renderGoals(goals),
  );
}

await main();
