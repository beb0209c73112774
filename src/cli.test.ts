import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import {
  CLI,
  type Outcome,
  outcomeOf,
  type RunOptions,
  runCli,
  spawnCli,
  startCli,
} from "../fixtures/run-cli.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const folder = temporaryFolder();
const TRAIN = "age,plan,gone\n31,basic,\n42,pro,\n27,basic,\n55,pro,\n";

function write(path: string, content: string | Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), "utf8");
}

// biome-ignore lint/suspicious/noExplicitAny: files of any shape are looked into
function readJson(...path: string[]): any {
  return JSON.parse(read(...path));
}

function tidemark(
  command: string | readonly string[],
  options: Omit<RunOptions, "cwd"> = {},
): Promise<Outcome> {
  const args = typeof command === "string" ? command.split(" ") : command;
  return runCli(args, { cwd: folder, ...options });
}

/** Capture lines whose request and reply make up one row each: the reply's cell comes first. */
function captured(rows: readonly (readonly [reply: string, request: string])[]): string {
  const line = ([reply, request]: readonly [string, string]): string => {
    const side = { observedContentType: "text/csv", encoding: "CSV" };
    const endpointInput = { ...side, mode: "INPUT", data: request };
    const endpointOutput = { ...side, mode: "OUTPUT", data: reply };
    const captureData = { endpointInput, endpointOutput };
    return `${JSON.stringify({ captureData, eventMetadata: {}, eventVersion: "0" })}\n`;
  };
  return rows.map(line).join("");
}

const TRAFFIC = captured([
  ["31", "basic,"],
  ["42", "pro,"],
  ["x", "gold,"],
]);

beforeAll(async () => {
  write("train.csv", TRAIN);
  write("traffic.jsonl", TRAFFIC);
  await tidemark("baseline train.csv -o baseline");
});

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

describe.concurrent("the summary", () => {
  it("of a baseline is this text", async () => {
    expect(await tidemark("baseline train.csv -o summary")).toEqual({
      code: 0,
      stderr: "",
      stdout: `BASELINE 4 records · 3 features · 1 file

Types    1 Integral, 1 String, 1 Unknown
Missing  gone 100%

Wrote statistics.json, report.html, insights.json, constraints.json in summary
`,
    });
  });

  it("of a check is this text", async () => {
    const rows = Array.from({ length: 200 }, (_, at) => at);
    const training = rows.map((at) => `${at},${at % 2 ? "basic" : "pro"},${at / 4}\n`);
    const drifted = rows.map((at) => `${at % 10 ? "basic" : "gold"},${at % 4 ? at + 100 : ""},N\n`);
    write("rows.csv", `age,plan,balance\n${training.join("")}`);
    write("drifted.csv", `plan,age,region\n${drifted.join("")}`);
    await tidemark("baseline rows.csv -o rows");
    expect(await tidemark("check drifted.csv -b rows -o drifted")).toEqual({
      code: 0,
      stderr: "",
      stdout: `FAIL 6 violations · 200 records · 3 features · 1 file · tidemark

feature          check            observed  limit          baseline   current
Missing columns  missing columns         1  0 columns
Extra columns    extra columns           1  0 columns
age              completeness          75%  >= 100%        ▂▂▂▂▂▂▂▂▂▂      ▂▂▂▂█
plan             drift                0.32  <= 0.1         ▅▅          █▁
age              drift              0.3106  <= 0.1
plan             categories            90%  >= 100% known

what moved (1 of 2; all with --verbose)
age   25% of the cells are missing where none were; values moved up: the median
      went from 99 to 199 (+1.3 spreads), and 82% instead of 31% lie above 136.
      completeness: 50 records, first drifted.csv:6
      drift: 90 sampled records, first drifted.csv:88

Missing  balance
Extra  region
… and 1 section more with --verbose

Wrote statistics.json, constraints.json, report.html, insights.json,
      constraint_violations.json in drifted
`,
    });
  });

  it("of captured traffic is this text", async () => {
    expect(await tidemark("check traffic.jsonl -b baseline -o report")).toEqual({
      code: 0,
      stderr: "",
      stdout: `FAIL 2 violations · 3 records · 3 features · 1 file · tidemark

feature  check       observed  limit             baseline   current
age      data type     66.67%  >= 100% Integral  ▄▄   ▄   ▄  █   █
plan     categories    66.67%  >= 100% known      ██        ▆▆▆

what moved
age   33% of the cells are not Integral.
      data type: 1 record, first traffic.jsonl:3
plan  33% of the cells have categories the baseline lacks ('gold').
      categories: 1 record, first traffic.jsonl:3

Not judged  too few records to show drift: age, plan
Warning  The baseline's records are too few to show drift in any feature. Make
         one of more records.

Wrote statistics.json, constraints.json, report.html, insights.json,
      constraint_violations.json in report
`,
    });
  });

  it("gives way to insights.json itself", async () => {
    const { code, stdout, stderr } = await tidemark("baseline train.csv -o json --json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(read("json/insights.json"));
    expect(JSON.parse(stdout).verdict.status).toBe("profiled");
  });

  it("gives way to silence, in which violations still have their code", async () => {
    const silent = { stdout: "", stderr: "" };
    const check = "check traffic.jsonl -b baseline -o quiet --quiet";
    expect(await tidemark(check)).toEqual({ code: 0, ...silent });
    expect(await tidemark(`${check} --fail-on-violation`)).toEqual({ code: 4, ...silent });
    expect(await tidemark(`${check} --json`)).toEqual({ code: 0, ...silent });
    expect(readJson("quiet/insights.json").verdict.status).toBe("violated");
  });

  it("of a check without violations does not fail it", async () => {
    const check = "check train.csv -b baseline -o passed --fail-on-violation";
    const { code, stdout } = await tidemark(check);
    expect([code, stdout.slice(0, 18)]).toEqual([0, "PASS no violations"]);
  });

  it("is broken off quietly by a reader that has seen enough", async () => {
    const args = "check traffic.jsonl -b baseline -o destroyed --json --fail-on-violation".split(
      " ",
    );
    const child = startCli(args, { cwd: folder });
    child.stdout.destroy();
    expect(await outcomeOf(child)).toEqual({ code: 4, stdout: "", stderr: "" });
  });

  it("is broken off quietly in a shell's pipe", () => {
    const run = `node "${CLI}" baseline train.csv -o pipe --json`;
    const command = `${run} | head -1; echo \${PIPESTATUS[0]}`;
    const output = execFileSync("bash", ["-c", `${command} 2>&1`], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(output).toBe("{\n0\n");
  });
});

const hasScript = (() => {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

describe.skipIf(!hasScript)("on a terminal", () => {
  /** Runs a shell command on a pseudo-terminal and returns what it shows. */
  function onTerminal(command: string, env: Readonly<Record<string, string>>): string {
    const { NO_COLOR: _, ...inherited } = process.env;
    return execFileSync("script", ["-qec", command, "/dev/null"], {
      cwd: folder,
      env: { ...inherited, TERM: "xterm", ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
  const baseline = `node "${CLI}" baseline train.csv -o tty`;

  it("the verdict has a colour", () => {
    expect(onTerminal(baseline, {})).toContain("\u001b[32mBASELINE");
  });

  it("it has none where NO_COLOR is set", () => {
    const shown = onTerminal(baseline, { NO_COLOR: "1" });
    expect(shown).toContain("BASELINE 4 records");
    expect(shown).not.toContain("\u001b");
  });

  it("a long run shows how far it is, and clears that away", () => {
    // The output folder tells that the run is under way; the bar is drawn half a second later.
    const slow = "(echo age; until [ -d bar ]; do sleep 0.05; done; sleep 0.7; seq 20000)";
    const command = `${slow} | node "${CLI}" baseline - --format csv -o bar`;
    const [drawn, summary] = onTerminal(command, { NO_COLOR: "1" }).split("\r\u001b[K");
    expect(drawn).toMatch(/^(?:\r0\.[01] MB read)+$/);
    expect(summary).toContain("BASELINE 20,000 records");
  });
});

describe.concurrent("options reach the run:", () => {
  it("a CSV on standard input, compressed, in another dialect", async () => {
    const csv = "id;a;b;c;d\n1;'x;y';NA;.5;\n2;'z';?;1.;\n3;'it''s\n";
    const args =
      "baseline - -o dialect --delimiter ; --quote ' --null-values NA,? --exclude 0 " +
      "--lenient-numbers --unknown-as String --max-rejected 1 --show-values --redact-sketch " +
      "--schema 2023";
    const { code, stderr } = await tidemark(args, { stdin: gzipSync(csv) });
    expect([code, stderr]).toEqual([0, ""]);
    const { features } = readJson("dialect/statistics.json");
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const told = features.map((feature: any) => [feature.name, feature.inferred_type]);
    expect(told).toEqual([
      ["a", "String"],
      ["b", "String"],
      ["c", "Fractional"],
      ["d", "String"],
    ]);
    expect(features[2].numerical_statistics.distribution.kll.sketch.data).toEqual([[]]);
    expect(features[2].numerical_statistics).not.toHaveProperty("completeness");
    expect(JSON.parse(read("dialect/rejected.jsonl"))).toEqual({
      file: "-",
      line: 4,
      column: 3,
      reason: "csv",
      detail: "quote is never closed",
      text: "3;'it''s",
    });
  });

  it("tabs, backslashes and columns", async () => {
    write("tabs.txt", 'a\tb\tc\n"the \\"1\\""\t2\t\n');
    const args = "baseline tabs.txt -o tabs --delimiter \\t --csv-escape backslash --columns b,0";
    expect((await tidemark(args)).code).toBe(0);
    const { features } = readJson("tabs/statistics.json");
    expect(features.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    const [{ value }] = features[0].string_statistics.distribution.categorical.buckets;
    expect(value).toBe('the "1"');
  });

  it("captured records on standard input, one side of them", async () => {
    const args = "check - -b baseline -o side --sides output --omit-empty-violations --json";
    const { code, stdout } = await tidemark(args, { stdin: TRAFFIC });
    expect([code, JSON.parse(stdout).dataset.columns]).toEqual([0, 1]);
  });

  it("a quoted glob, a folder and a file together", async () => {
    write("many/x/1.csv", TRAIN);
    write("many/y/2.csv", TRAIN);
    write("many/_skipped.csv", "other\n");
    const { stdout } = await tidemark("baseline many/x many/*/2.csv train.csv -o many-out --json");
    const { inputs, dataset } = JSON.parse(stdout);
    expect(inputs.map(({ path }: { path: string }) => path)).toEqual([
      "many/x/1.csv",
      "many/y/2.csv",
      "train.csv",
    ]);
    expect(dataset.rows).toBe(12);
  });

  it("a header of numbers, and none", async () => {
    write("numbers.csv", "1,2\n3,4\n");
    const names = async (option: string) => {
      await tidemark(`baseline numbers.csv -o numbers ${option} --quiet`);
      const { features } = readJson("numbers/statistics.json");
      return features.map(({ name }: { name: string }) => name);
    };
    expect(await names("--header")).toEqual(["1", "2"]);
    expect(await names("--no-header")).toEqual(["_c0", "_c1"]);
  });

  it("thresholds by flag over thresholds by file", async () => {
    write(
      "config.json",
      JSON.stringify({
        exclude: ["gone"],
        monitoring_config: {
          datatype_check_threshold: 0.9,
          distribution_constraints: { comparison_threshold: 0.3, comparison_method: "Simple" },
        },
      }),
    );
    const flags =
      "--comparison-threshold 0.4 --evaluate-constraints Disabled --emit-metrics Disabled " +
      "--domain-content-threshold 0.8 --perform-comparison Enabled " +
      "--categorical-comparison-threshold 3.84 --categorical-drift-method ChiSquared";
    await tidemark(`baseline train.csv -o thresholds --config config.json ${flags}`);
    const { features, monitoring_config: config } = readJson("thresholds/constraints.json");
    expect(features).toHaveLength(2);
    expect(config).toEqual({
      evaluate_constraints: "Disabled",
      emit_metrics: "Disabled",
      datatype_check_threshold: 0.9,
      domain_content_threshold: 0.8,
      distribution_constraints: {
        perform_comparison: "Enabled",
        comparison_threshold: 0.4,
        comparison_method: "Simple",
        categorical_comparison_threshold: 3.84,
        categorical_drift_method: "ChiSquared",
      },
    });
  });
});
