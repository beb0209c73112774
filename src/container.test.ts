/** Every ending of a container: exit code, message, and what it leaves behind. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  BASELINE,
  BASELINE_FILES,
  CAPTURE,
  CLEAN,
  CSV,
  check,
  type Env,
  type Files,
  newRoot,
  REPORT_FILES,
  run,
  SCHEDULED,
  TRAINING,
  trainedRoot,
  VIOLATED,
} from "../fixtures/container-run.ts";

describe("a job that completes", () => {
  test("makes a baseline without the baseline's files", async () => {
    const { exitCode, message, files, metrics, log } = await run(CSV, { "data.csv": TRAINING });
    expect([exitCode, message, files, metrics]).toEqual([0, CLEAN, BASELINE_FILES, undefined]);
    expect(log.split("\n")[0]).toBe("BASELINE 100 records · 1 feature · 1 file");
    expect(log.endsWith(`\n${CLEAN}`)).toBe(true);
  });

  test("checks with them, and exits with 0 however it ends", async () => {
    const clean = await check({}, TRAINING);
    expect([clean.exitCode, clean.message, clean.files]).toEqual([0, CLEAN, REPORT_FILES]);
    const violated = await check({}, `${TRAINING}x\n`);
    expect([violated.exitCode, violated.message, violated.files]).toEqual([
      0,
      VIOLATED,
      REPORT_FILES,
    ]);
  });

  test("exits with 4 on violations when asked to", async () => {
    const env = { TIDEMARK_FAIL_ON_VIOLATION: "true" };
    const violated = await check(env, `${TRAINING}x\n`);
    expect([violated.exitCode, violated.message]).toEqual([4, VIOLATED]);
    expect((await check(env, TRAINING)).exitCode).toBe(0);
  });

  test("is read under model-monitor unless told otherwise", async () => {
    const ones = `a\n${"1\n".repeat(2_000)}`;
    const service = await check({}, ones);
    expect(service.message).toBe(CLEAN);
    const own = await check({ TIDEMARK_SEMANTICS: "tidemark" }, ones);
    expect(own.message).toBe(VIOLATED);
    expect(
      JSON.parse(readFileSync(join(own.root, "processing/output/insights.json"), "utf8")),
    ).toMatchObject({ semantics: "tidemark" });
  });

  test("has a constraints' setting replaced by categorical_drift_method", async () => {
    const texts = (share: number): string =>
      `a\n${Array.from({ length: 1_000 }, (_, i) => (i < share * 1_000 ? "x" : "y")).join("\n")}\n`;
    const root = await trainedRoot(texts(0.5));
    const method = async (env: Env): Promise<unknown> => {
      await run({ ...CSV, ...BASELINE, ...env }, { "data.csv": texts(0.55) }, { root });
      const insights = readFileSync(join(root, "processing/output/insights.json"), "utf8");
      const { checks } = JSON.parse(insights).features[0];
      return checks.find(({ type }: { type: string }) => type === "baseline_drift_check").method;
    };
    expect(await method({})).toBe("LInfinity");
    expect(await method({ categorical_drift_method: "ChiSquared" })).toBe("ChiSquared");
    const { root: trained } = await run(
      { ...CSV, categorical_drift_method: "ChiSquared" },
      { "data.csv": texts(0.5) },
    );
    const constraints = readFileSync(join(trained, "processing/output/constraints.json"), "utf8");
    expect(constraints).toContain('"categorical_drift_method" : "ChiSquared"');
  });

  test("only profiles with statistics alone, and says so", async () => {
    const { baseline_statistics } = BASELINE;
    const root = await trainedRoot();
    const ending = await run({ ...CSV, baseline_statistics }, { "data.csv": "a\nx\n" }, { root });
    expect([ending.exitCode, ending.message, ending.files]).toEqual([0, CLEAN, BASELINE_FILES]);
    expect(ending.log.split("\n")[0]).toBe(
      "Warning: baseline_statistics is given without baseline_constraints: nothing is checked.",
    );
  });

  test("checks all but drift with constraints alone, and says so", async () => {
    const { baseline_constraints } = BASELINE;
    const root = await trainedRoot();
    const ending = await run(
      { ...CSV, baseline_constraints },
      { "data.csv": `${TRAINING}x\n` },
      { root },
    );
    expect(ending.message).toBe(VIOLATED);
    expect(ending.log).toContain("The baseline's statistics are not given; drift is not checked.");
  });

  test("warns of an option it does not know", async () => {
    const { log } = await run({ ...CSV, TIDEMARK_SCHEME: "2021" }, { "data.csv": TRAINING });
    expect(log.split("\n")[0]).toBe(
      "Warning: TIDEMARK_SCHEME is not a known option and is ignored.",
    );
  });

  test("tells the format from the first file when the variable is absent", async () => {
    const { message } = await run({}, { "data.csv": TRAINING });
    expect(message).toBe(CLEAN);
  });
});

describe("a job that fails", () => {
  const side = (mode: string, data: string, encoding: string): unknown => ({
    observedContentType: "text/csv",
    mode,
    data,
    encoding,
  });
  const record = (input: unknown, output: unknown): string =>
    `${JSON.stringify({
      captureData: { endpointInput: input, endpointOutput: output },
      eventMetadata: { eventId: "e", inferenceTime: "2026-11-20T10:00:00Z" },
      eventVersion: "0",
    })}\n`;
  const RECORD = record(side("INPUT", "1", "CSV"), side("OUTPUT", "0", "CSV"));
  const HOUR = "churn/AllTraffic/2026/11/20/10/00-00-000-a.jsonl";

  test.each<[string, Env, Files, string]>([
    ["an empty folder", CSV, {}, "folder has no readable file"],
    ["a header alone", CSV, { "data.csv": "a\n" }, "has no record"],
    [
      "a window without records",
      { ...CAPTURE, start_time: "2026-11-20T11:00:00Z", end_time: "2026-11-20T12:00:00Z" },
      { [HOUR]: RECORD },
      "has no file in the window from 2026-11-20T11:00:00Z to 2026-11-20T12:00:00Z",
    ],
    ["nothing but rejected records", CAPTURE, { [HOUR]: "{}\n" }, "rejected 1 of 1 records"],
  ])("for %s has no data, and its log says more", async (_, env, inputs, detail) => {
    const { exitCode, message, log, files } = await run(env, inputs);
    expect([exitCode, message]).toEqual([3, "Job inputs had no data"]);
    expect(log).toContain(detail);
    const written = files.filter((name) => name !== "rejected.jsonl");
    expect(written).toEqual(["insights.json", "report.html"]);
  });

  test("for mixed encodings has the service's message", async () => {
    const mixed = record(side("INPUT", "1", "CSV"), side("OUTPUT", "{}", "JSON"));
    const { exitCode, message } = await run(CAPTURE, { [HOUR]: mixed });
    expect([exitCode, message]).toEqual([
      3,
      "Error: Encoding mismatch: Encoding is CSV for endpointInput, but Encoding is JSON for " +
        "endpointOutput. We currently only support the same type of input and output encoding at " +
        "the moment.",
    ]);
  });

  test("for too many rejected records names the largest reason", async () => {
    const { root, exitCode, message, files } = await run(CAPTURE, { [HOUR]: `${RECORD}{}\n` });
    const path = join(root, "processing/input", HOUR);
    expect([exitCode, message, files]).toEqual([
      3,
      `${path}: rejected 1 of 2 records for reason no_capture_data (at ${path}:2: the record ` +
        `has no object captureData); expected at most 5% rejected. See ${root}/processing/output/rejected.jsonl, or ` +
        "raise --max-rejected.",
      ["rejected.jsonl"],
    ]);
  });

  test("for a fault of its configuration says so", async () => {
    const { exitCode, message, files } = await run({ dataset_format: "csv" }, {});
    expect([exitCode, message, files]).toEqual([
      2,
      'ConfigurationError: dataset_format is "csv"; expected one format as JSON, such as ' +
        '{"csv":{"header":true}} or {"sagemakerCaptureJson":{}}.',
      [],
    ]);
  });

  test("for a baseline that is named and absent says so", async () => {
    const { root, exitCode, message, files } = await run(
      { ...CSV, ...BASELINE },
      {
        "data.csv": TRAINING,
      },
    );
    expect([exitCode, message, files]).toEqual([
      2,
      `ConfigurationError: ${root}/processing/baseline/constraints.json: no such file; expected a ` +
        "file of the baseline. Check the path, or leave it out to profile without checks.",
      [],
    ]);
  });

  test("for our own fault says so and logs the stack", async () => {
    const now = (): number => {
      throw new Error("the clock\nis broken");
    };
    const { exitCode, message, log } = await check(SCHEDULED, TRAINING, { now });
    expect(exitCode).toBe(1);
    expect(message).toMatch(/^AlgorithmError: the clock\\nis broken\nat .*container\.test\.ts:\d+/);
    expect(log).toContain("Error: the clock\nis broken\n    at now");
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("for %s is stopped and publishes nothing", async (name, exitCode) => {
    const ending = await check({}, TRAINING, { signal: AbortSignal.abort(name) });
    expect([ending.exitCode, ending.message, ending.files]).toEqual([exitCode, "Stopped.", []]);
  });

  test("tells its log alone where the message can not be written", async () => {
    const root = newRoot();
    writeFileSync(join(root, "output"), "");
    const { exitCode, message, log } = await run(CSV, { "data.csv": TRAINING }, { root });
    expect([exitCode, message]).toEqual([0, undefined]);
    expect(
      log.endsWith(`${CLEAN}\nWarning: ${root}/output/message can not be written (EEXIST).`),
    ).toBe(true);
  });
});
