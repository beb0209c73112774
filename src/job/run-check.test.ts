import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import type { CheckJobOptions, JobResult } from "./job-options.ts";
import { runBaseline } from "./run-baseline.ts";
import { runCheck } from "./run-check.ts";

const root = temporaryFolder();
const baseline = join(root, "baseline");
const REPORT_FILES = [
  "constraint_violations.json",
  "constraints.json",
  "insights.json",
  "report.html",
  "statistics.json",
];

beforeAll(async () => {
  const input = join(root, "train.csv");
  writeFileSync(input, "age,plan\n31,basic\n42,pro\n27,basic\n55,pro\n");
  await runBaseline({ inputs: [input], output: baseline });
});

function checked(
  name: string,
  csv: string,
  options: Partial<CheckJobOptions> = {},
): Promise<JobResult> {
  const input = join(root, `${name}.csv`);
  writeFileSync(input, csv);
  return runCheck({ inputs: [input], baseline, output: join(root, name), ...options });
}

function captured(reply: string, request: string): string {
  const side = { observedContentType: "text/csv", encoding: "CSV" };
  const endpointInput = { ...side, mode: "INPUT", data: request };
  const endpointOutput = { ...side, mode: "OUTPUT", data: reply };
  const record = {
    captureData: { endpointInput, endpointOutput },
    eventMetadata: { eventId: "e" },
  };
  return `${JSON.stringify(record)}\n`;
}

describe("runCheck", () => {
  it("writes the report's files, the violations last", async () => {
    const { files, insights } = await checked("whole", "age,plan\n31,gold\n");
    expect(files).toEqual([
      "statistics.json",
      "constraints.json",
      "report.html",
      "insights.json",
      "constraint_violations.json",
    ]);
    expect(readdirSync(join(root, "whole")).sort()).toEqual(REPORT_FILES);
    expect(insights.verdict).toMatchObject({ status: "violated", violations: 1 });
  });

  it("takes captured records from standard input and tells them by their first byte", async () => {
    const stdin = Readable.from(
      [Buffer.from(captured("31", "basic")), captured("x", "pro")].map((text) => Buffer.from(text)),
    );
    const output = join(root, "stdin");
    const { insights } = await runCheck({ inputs: ["-"], stdin, baseline, output });
    expect(insights.dataset).toMatchObject({ rows: 2, matching: "position" });
    const types = insights.features.map(({ name, type }) => [name, type]);
    expect(types).toEqual([
      ["age", "String"],
      ["plan", "String"],
    ]);
  });

  it("warns of a baseline without statistics and checks what it can without drift", async () => {
    const bare = join(root, "bare");
    cpSync(baseline, bare, { recursive: true });
    rmSync(join(bare, "statistics.json"));
    const { insights } = await checked("without", "age,plan\n31,gold\n", { baseline: bare });
    expect(insights.warnings).toEqual([`${bare}: has no statistics.json; drift is not checked.`]);
    const drift = insights.features.flatMap(({ checks }) =>
      checks.filter(({ type }) => type === "baseline_drift_check"),
    );
    expect(drift.filter(({ status }) => status === "passed" || status === "violated")).toEqual([]);
    expect(insights.verdict.by_check).toEqual({ categorical_values_check: 1 });
  });

  it("leaves an empty list of violations out when told, an earlier run's file included", async () => {
    const violations = join(root, "omitted", "constraint_violations.json");
    await checked("omitted", "age,plan\n31,gold\n", { omitEmptyViolations: true });
    expect(existsSync(violations)).toBe(true);
    const { files } = await checked("omitted", "age,plan\n31,pro\n", { omitEmptyViolations: true });
    expect(existsSync(violations)).toBe(false);
    expect(files).toEqual(["statistics.json", "report.html", "insights.json", "constraints.json"]);
    await checked("omitted", "age,plan\n31,pro\n");
    expect(readFileSync(violations, "utf8")).toBe('{\n  "violations" : [ ]\n}');
  });

  it("leaves the previous files alone when it can not make new ones, but for what tells", async () => {
    await checked("kept", "age,plan\n31,pro\n");
    const read = () => REPORT_FILES.map((name) => readFileSync(join(root, "kept", name), "utf8"));
    const before = read();
    await expect(checked("kept", "age,plan\n")).rejects.toHaveProperty("exitCode", 3);
    await expect(checked("kept", "1,2\n3,4\n")).rejects.toHaveProperty("exitCode", 3);
    const at = (name: string): number => REPORT_FILES.indexOf(name);
    // They tell that the latest run read nothing, and that none of the others is of that run.
    const { verdict, emptiness, outputs } = JSON.parse(read()[at("insights.json")]!);
    expect([verdict.status, emptiness.reason, outputs]).toEqual(["no_data", "no_records", []]);
    expect(read()[at("report.html")]).toContain("There was nothing to check");
    const isKept = (_: string, i: number): boolean => /^(cons|stat)/.test(REPORT_FILES[i]!);
    expect(read().filter(isKept)).toEqual(before.filter(isKept));
    expect(before.filter(isKept)).toHaveLength(3);
    expect(readdirSync(join(root, "kept")).sort()).toEqual(REPORT_FILES);
  });

  it("reads only the hours of its window and says which it was", async () => {
    const folder = join(root, "hours");
    for (const [hour, age] of [
      ["10", "31"],
      ["11", "42"],
    ]) {
      mkdirSync(join(folder, "2026/11/20", hour!), { recursive: true });
      writeFileSync(join(folder, "2026/11/20", hour!, "a.jsonl"), captured(age!, "pro"));
    }
    const start = "2026-11-20T11:00:00Z";
    const output = join(root, "window");
    const { insights } = await runCheck({ inputs: [folder], baseline, output, start });
    expect(insights.window).toEqual({ start });
    expect(insights.inputs.map(({ path }) => path)).toEqual([
      join(folder, "2026/11/20/11/a.jsonl"),
    ]);
    expect(insights.dataset.rows).toBe(1);
  });

  it("writes a rejected record's event but no value of it", async () => {
    const input = join(root, "some.jsonl");
    const broken = captured("31", "secret").replace('"CSV"', '"XML"');
    writeFileSync(input, captured("31", "basic") + broken);
    const output = join(root, "events");
    const { files } = await runCheck({
      inputs: [input],
      baseline,
      output,
      maxRejectedShare: { count: 1 },
    });
    expect(files.at(-1)).toBe("rejected.jsonl");
    expect(JSON.parse(readFileSync(join(output, "rejected.jsonl"), "utf8"))).toEqual({
      file: input,
      line: 2,
      eventId: "e",
      reason: "encoding",
      detail: "the input is not encoded as CSV, JSON or BASE64",
    });
  });
});
