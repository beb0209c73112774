/** What the command line refuses, its help, and what it does in a process of its own. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFolder, TRAIN } from "../fixtures/cli-folder.ts";
import { CLI, type RunOptions, spawnCli } from "../fixtures/run-cli.ts";

const { folder, readJson, tidemark } = cliFolder();

/** What the command line itself refuses; what jobs refuse stands in job/faults.test.ts. */
const FAULTS: Readonly<Record<string, readonly [command: string, message: string]>> = {
  "a misspelt option": [
    "baseline train.csv -o out --semantic tidemark",
    "unknown option --semantic. Did you mean --semantics?",
  ],
  "a misspelt required option": [
    "baseline train.csv --outputt out",
    "unknown option --outputt. Did you mean --output?",
  ],
  "an option like two others": [
    "baseline train.csv -o out --comparison-methods x",
    "unknown option --comparison-methods. Did you mean --comparison-method?",
  ],
  "an option of the other command": [
    "baseline train.csv -o out --sides input",
    "unknown option --sides. See tidemark baseline --help.",
  ],
  "an option without a command": [
    "--frobnicate",
    "unknown option --frobnicate. See tidemark --help.",
  ],
  "a misspelt command": [
    "basline train.csv",
    "unknown command basline; expected baseline, check, inspect, report, explain, constraints, export, config, completion or container. Did you mean baseline?",
  ],
  "a command like no other": [
    "frobnicate",
    "unknown command frobnicate; expected baseline, check, inspect, report, explain, constraints, export, config, completion or container. See tidemark --help.",
  ],
  "no input": [
    "check -b baseline -o out",
    "no input is given; expected files, folders, globs or - for standard input. See tidemark " +
      "check --help.",
  ],
  "no output folder": [
    "baseline train.csv",
    "--output is missing; expected a folder to write to, such as -o report/.",
  ],
  "no baseline folder": [
    "check traffic.jsonl -o out",
    "--baseline is missing; expected the folder of a baseline, such as -b baseline/.",
  ],
  "an option without its value": [
    "baseline train.csv -o",
    "--output has no value; expected --output <folder>. See tidemark baseline --help.",
  ],
  "an unknown format": [
    "baseline train.csv -o out --format xml",
    '--format is "xml"; expected csv or capture or jsonl or parquet or arrow.',
  ],
  "an unknown generation": [
    "baseline train.csv -o out --schema 2022",
    '--schema is "2022"; expected 2024 or 2023 or 2021.',
  ],
  "a threshold that is no number": [
    "baseline train.csv -o out --comparison-threshold high",
    '--comparison-threshold is "high"; expected a number of at least 0.',
  ],
};

describe.concurrent("the command line refuses", () => {
  for (const [title, [command, message]] of Object.entries(FAULTS)) {
    it(`${title} with 2 and one line`, async () => {
      expect(await tidemark(command)).toEqual({
        code: 2,
        stdout: "",
        stderr: `tidemark: ${message}\n`,
      });
      expect(existsSync(join(folder, "out"))).toBe(false);
    });
  }

  it("unknown semantics of the environment, and takes the option over it", async () => {
    const env = { TIDEMARK_SEMANTICS: "sagemaker" };
    expect(await tidemark("baseline train.csv -o env", { env })).toEqual({
      code: 2,
      stdout: "",
      stderr: 'tidemark: TIDEMARK_SEMANTICS is "sagemaker"; expected tidemark or model-monitor.\n',
    });
    await tidemark("baseline train.csv -o env --semantics tidemark", { env });
    expect(readJson("env/insights.json").semantics).toBe("tidemark");
    await tidemark("baseline train.csv -o env", { env: { TIDEMARK_SEMANTICS: "model-monitor" } });
    expect(readJson("env/insights.json").semantics).toBe("model-monitor");
  });

  it("an input that can not be used with 3", async () => {
    expect(await tidemark("baseline none.csv -o none")).toEqual({
      code: 3,
      stdout: "",
      stderr:
        "tidemark: none.csv: no such file; expected a CSV file, a folder or a glob. Check the " +
        "path.\n",
    });
  });

  it("names that would act on the terminal, spelled out", async () => {
    const { code, stderr } = await tidemark(["baseline", "no\u001b[31m\u202efile", "-o", "none"]);
    expect([code, stderr]).toEqual([
      3,
      "tidemark: no\\u001b[31m\\u202efile: the glob matches no readable file; expected at least " +
        'one file whose name does not begin with "." or "_". Empty files do not count. Check the ' +
        "pattern, and quote it so that the shell leaves it alone.\n",
    ]);
  });
});

describe.concurrent("help", () => {
  it("is shown with 2 on stderr when there is no command", async () => {
    const { code, stdout, stderr } = await tidemark([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe((await tidemark("--help")).stdout);
    expect(stderr.split("\n")[0]).toBe("Usage: tidemark [options] [command]");
  });

  it("is at most 80 columns wide and names every option", async () => {
    for (const command of ["baseline", "check"]) {
      const { code, stdout, stderr } = await tidemark([command, "--help"]);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("-o, --output <folder>");
      expect(stdout).toContain(`\nExamples:\n  $ tidemark ${command} `);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it("has a sister that prints the version alone", async () => {
    const { version } = JSON.parse(readFileSync(join(dirname(CLI), "../package.json"), "utf8"));
    const expected = { code: 0, stdout: `${version}\n`, stderr: "" };
    expect(await tidemark("--version")).toEqual(expected);
  });
});

/** All else runs the command within the tests' process. */
describe("in a process of its own", () => {
  const env = { TIDEMARK_SEMANTICS: "sagemaker" };
  it.each<[code: number, command: string, options?: Omit<RunOptions, "cwd">]>([
    [0, "--version"],
    [0, "check --help"],
    [0, "inspect traffic.jsonl -b baseline"],
    [0, "baseline - --format csv -o own-baseline", { stdin: TRAIN }],
    [0, "check traffic.jsonl -b baseline -o own-check --json"],
    [2, "frobnicate"],
    [2, "baseline train.csv -o own-baseline", { env }],
    [3, "check none.jsonl -b baseline -o own-check"],
    [3, "inspect none.jsonl"],
    [4, "check traffic.jsonl -b baseline -o own-check --fail-on-violation"],
  ])("ends with %i and the same words: %s", async (code, command, options) => {
    const outcome = await spawnCli(command.split(" "), { cwd: folder, ...options });
    expect(outcome.code).toBe(code);
    expect(outcome).toEqual(await tidemark(command, options));
  });
});
