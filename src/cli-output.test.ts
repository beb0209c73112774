/** What the command line shows: in a pipe, on a terminal, and when nobody listens. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { cliFolder } from "../fixtures/cli-folder.ts";
import { CLI, outcomeOf, startCli } from "../fixtures/run-cli.ts";

const { folder, read, readJson, tidemark, write } = cliFolder();

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

  it("reaches a slow reader whole through a pipe that does not wait", () => {
    // As the end of a pipe is that another program has made so. It holds 64 KiB.
    const slowReader = [
      "import os, subprocess, sys, time",
      "end, start = os.pipe()",
      "os.set_blocking(start, False)",
      "child = subprocess.Popen(sys.argv[1:], stdout=start)",
      "os.close(start)",
      "time.sleep(0.3)",
      "text = open(end, 'rb').read()",
      "sys.exit(child.wait() or text != open('wide/insights.json', 'rb').read())",
    ].join("\n");
    const header = Array.from({ length: 60 }, (_, column) => `column_${column}`);
    const rows = Array.from({ length: 300 }, (_, row) => header.map((_, at) => row * (at + 1)));
    const csv = [header, ...rows].join("\n");
    write("wide.csv", csv);
    const run = ["node", CLI, "baseline", "wide.csv", "-o", "wide", "--json"];
    execFileSync("python3", ["-c", slowReader, ...run], { cwd: folder });
    expect(read("wide/insights.json").length).toBeGreaterThan(2 ** 16);
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
