import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { sha256Of } from "../base/sha256-of.ts";
import type { Insights } from "../monitor/insights.ts";
import type { BaselineJobOptions } from "./job-options.ts";
import { runBaseline } from "./run-baseline.ts";

const root = temporaryFolder();
let runs = 0;

type Options = Partial<Omit<BaselineJobOptions, "output" | "inputs">>;
type Files = Readonly<Record<string, string | Uint8Array>>;

interface Run {
  readonly output: string;
  readonly insights: Insights;
  readonly files: readonly string[];
}

/** Runs a baseline over files in a folder of their own; `inputs` are paths in it. */
async function baselineOf(
  content: Files,
  options: Options = {},
  inputs: readonly string[] = Object.keys(content),
): Promise<Run> {
  const folder = join(root, `${runs++}`);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const output = join(folder, "out");
  const paths = inputs.map((input) => (input === "-" ? input : join(folder, input)));
  return { output, ...(await runBaseline({ ...options, inputs: paths, output })) };
}

// biome-ignore lint/suspicious/noExplicitAny: files of any shape are looked into
function json({ output }: Run, file: string): any {
  return JSON.parse(readFileSync(join(output, file), "utf8"));
}

/** Names, types and missing cells of the features, and the number of rows. */
function shapeOf({ insights }: Run): unknown {
  const features = insights.features.map(({ name, type, counts }) => [name, type, counts!.missing]);
  return [insights.dataset.rows, ...features];
}

function rejectedOf({ output }: Run): unknown[] {
  const text = readFileSync(join(output, "rejected.jsonl"), "utf8");
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => ({ ...JSON.parse(line), file: undefined }));
}

const TABLE = "age,plan\n31,basic\n42,pro\n";
const TWO_COLUMNS = [2, ["age", "Integral", 0], ["plan", "String", 0]];

describe("runBaseline reads", () => {
  it("standard input", async () => {
    const stdin = Readable.from([Buffer.from(TABLE.slice(0, 10)), Buffer.from(TABLE.slice(10))]);
    const run = await baselineOf({}, { stdin }, ["-"]);
    expect(shapeOf(run)).toEqual(TWO_COLUMNS);
    expect(run.insights.inputs.map(({ path, bytes }) => [path, bytes])).toEqual([
      ["-", TABLE.length],
    ]);
  });

  it("gzip, told by its bytes", async () => {
    const run = await baselineOf({ "train.csv": gzipSync(TABLE) });
    expect(shapeOf(run)).toEqual(TWO_COLUMNS);
    expect(run.insights.inputs[0]!.bytes).toBe(gzipSync(TABLE).length);
  });

  it("files, folders and globs, each file once and in order of paths", async () => {
    const files = { "b.csv": TABLE, "a.csv": TABLE, "deep/er/c.csv": TABLE, "deep/.d.csv": "x" };
    const run = await baselineOf(files, {}, ["deep", "b.csv", "*.csv", "deep/**/c.csv"]);
    expect(run.insights.dataset.rows).toBe(6);
    const folder = `${dirname(run.output)}/`;
    expect(run.insights.inputs.map(({ path }) => path.replace(folder, ""))).toEqual([
      "a.csv",
      "b.csv",
      "deep/er/c.csv",
    ]);
  });

  it("a record of numbers as a header or as a record, as it is told", async () => {
    const numbers = { "n.csv": "1,2\n3,4\n" };
    expect(shapeOf(await baselineOf(numbers, { header: true }))).toEqual([
      1,
      ["1", "Integral", 0],
      ["2", "Integral", 0],
    ]);
    expect(shapeOf(await baselineOf(numbers, { header: false }))).toEqual([
      2,
      ["_c0", "Integral", 0],
      ["_c1", "Integral", 0],
    ]);
  });

  it("semicolons when told, and when they alone make columns", async () => {
    const semicolons = { "s.csv": TABLE.replaceAll(",", ";") };
    expect(shapeOf(await baselineOf(semicolons, { delimiter: ";" }))).toEqual(TWO_COLUMNS);
    expect(shapeOf(await baselineOf(semicolons))).toEqual(TWO_COLUMNS);
    const service = await baselineOf(semicolons, { semantics: "model-monitor" });
    expect(shapeOf(service)).toEqual([2, ["age;plan", "String", 0]]);
  });

  it("other quotes, and quotes escaped by a backslash", async () => {
    const quoted = await baselineOf({ "q.csv": "a,b\n'1,5',x\n" }, { quote: "'" });
    expect(shapeOf(quoted)).toEqual([1, ["a", "String", 0], ["b", "String", 0]]);
    const escaped = { "e.csv": 'a,b\n"the ""1""",x\n"the \\"2\\", here",y\n' };
    const backslash = await baselineOf(escaped, {
      csvEscape: "backslash",
      maxRejectedShare: { count: 1 },
    });
    expect(json(backslash, "statistics.json").features[0].string_statistics.common).toEqual({
      num_present: 1,
      num_missing: 0,
    });
  });

  it("columns kept and left out, by name and by position", async () => {
    const wide = { "w.csv": "a,b,c,d\n1,2,3,4\n" };
    const names = (run: Run) => run.insights.features.map(({ name }) => name);
    expect(names(await baselineOf(wide, { columns: ["c", "0"] }))).toEqual(["a", "c"]);
    expect(names(await baselineOf(wide, { exclude: ["b", "3"] }))).toEqual(["a", "c"]);
    const both = { columns: ["0", "1", "2"], exclude: ["_c1"] };
    expect(names(await baselineOf(wide, both))).toEqual(["a", "c"]);
  });

  it("texts as missing cells, quoted empty ones too when told", async () => {
    const gaps = { "g.csv": 'a,b\n1,NA\n?,""\n3,\n' };
    expect(shapeOf(await baselineOf(gaps))).toEqual([3, ["a", "String", 0], ["b", "String", 1]]);
    const told = { nullTokens: ["NA", "?"], emptyIsMissing: true };
    expect(shapeOf(await baselineOf(gaps, told))).toEqual([
      3,
      ["a", "Integral", 1],
      ["b", "Unknown", 3],
    ]);
  });

  it("numbers of looser form when told", async () => {
    const loose = { "l.csv": "a\n.5\n1.\n" };
    expect(shapeOf(await baselineOf(loose))).toEqual([2, ["a", "String", 0]]);
    const run = await baselineOf(loose, { lenientNumbers: true });
    expect(shapeOf(run)).toEqual([2, ["a", "Fractional", 0]]);
  });
});

describe("runBaseline writes", () => {
  it("its files in order, the last one last", async () => {
    const run = await baselineOf({ "t.csv": TABLE });
    expect(run.files).toEqual([
      "statistics.json",
      "report.html",
      "insights.json",
      "constraints.json",
    ]);
    expect(readdirSync(run.output).sort()).toEqual([
      "constraints.json",
      "insights.json",
      "report.html",
      "statistics.json",
    ]);
  });

  it("the hash of a file so large that a thread makes it", async () => {
    const text = `note,age\n${`${"x".repeat(4_000_000)},31\n`.repeat(26)}`;
    const { insights } = await baselineOf({ "t.csv": text }, { evidence: false });
    const [input] = insights.inputs;
    expect(input).toMatchObject({ bytes: text.length, sha256: sha256Of(text) });
  });

  it("no page when told, an earlier run's included", async () => {
    const { output } = await baselineOf({ "t.csv": TABLE });
    const input = join(output, "..", "t.csv");
    writeFileSync(input, TABLE);
    const { files } = await runBaseline({ inputs: [input], output, report: false });
    expect(files).toEqual(["statistics.json", "insights.json", "constraints.json"]);
    expect(readdirSync(output).sort()).toEqual([
      "constraints.json",
      "insights.json",
      "statistics.json",
    ]);
  });

  it("the files of each generation", async () => {
    const keys = async (schema: "2024" | "2023" | "2021") => {
      const run = await baselineOf({ "t.csv": TABLE }, { schema });
      const [age] = json(run, "statistics.json").features;
      const config = json(run, "constraints.json").monitoring_config;
      return [
        "completeness" in age.numerical_statistics,
        "categorical_drift_method" in config.distribution_constraints,
      ];
    };
    expect(await keys("2024")).toEqual([true, true]);
    expect(await keys("2023")).toEqual([false, true]);
    expect(await keys("2021")).toEqual([false, false]);
  });

  it("thresholds and methods where they are given, the service's defaults elsewhere", async () => {
    const monitoringConfig = { comparisonThreshold: 0.25, performComparison: false };
    const run = await baselineOf({ "t.csv": TABLE }, { monitoringConfig });
    expect(json(run, "constraints.json").monitoring_config).toEqual({
      evaluate_constraints: "Enabled",
      emit_metrics: "Enabled",
      datatype_check_threshold: 1,
      domain_content_threshold: 1,
      distribution_constraints: {
        perform_comparison: "Disabled",
        comparison_threshold: 0.25,
        comparison_method: "Robust",
        categorical_comparison_threshold: 0.1,
        categorical_drift_method: "LInfinity",
      },
    });
  });

  it("no sketch when values shall not leave the run", async () => {
    const sketch = async (redactSketch: boolean) => {
      const run = await baselineOf({ "t.csv": TABLE }, { redactSketch });
      const [age] = json(run, "statistics.json").features;
      return age.numerical_statistics.distribution.kll.sketch.data;
    };
    expect(await sketch(false)).toEqual([[31, 42]]);
    expect(await sketch(true)).toEqual([[]]);
  });

  it("an empty feature as what it is told", async () => {
    const type = async (unknownAs?: "Unknown" | "String") => {
      const run = await baselineOf({ "t.csv": "a,b\n1,\n" }, { unknownAs });
      return json(run, "statistics.json").features[1].inferred_type;
    };
    expect(await type()).toBe("Unknown");
    expect(await type("String")).toBe("String");
  });
});

describe("runBaseline keeps what it rejects", () => {
  const mixed = `age,plan\n${"31,basic\n".repeat(30)}42,"pro\n`;
  const place = { line: 32, column: 4, reason: "csv", detail: "quote is never closed" };

  it("with place and fault, and no value", async () => {
    const run = await baselineOf({ "m.csv": mixed });
    expect(run.files.at(-1)).toBe("rejected.jsonl");
    expect(rejectedOf(run)).toEqual([place]);
    expect(run.insights.inputs[0]!.rejected).toEqual({ csv: 1 });
    expect(run.insights.dataset.rows).toBe(30);
  });

  it("with its text when values may be shown", async () => {
    const run = await baselineOf({ "m.csv": mixed }, { showValues: true });
    expect(rejectedOf(run)).toEqual([{ ...place, text: '42,"pro' }]);
  });

  it("also when the run ends for it, beside the files of the run before", async () => {
    const first = await baselineOf({ "t.csv": TABLE });
    const before = readFileSync(join(first.output, "statistics.json"), "utf8");
    const input = join(root, "spoilt.csv");
    writeFileSync(input, mixed);
    const failed = runBaseline({
      inputs: [input],
      output: first.output,
      maxRejectedShare: { count: 0 },
    });
    await expect(failed).rejects.toHaveProperty("exitCode", 3);
    expect(rejectedOf(first)).toEqual([place]);
    expect(readFileSync(join(first.output, "statistics.json"), "utf8")).toBe(before);

    writeFileSync(input, TABLE);
    await runBaseline({ inputs: [input], output: first.output });
    expect(existsSync(join(first.output, "rejected.jsonl"))).toBe(false);
  });
});

describe("runBaseline stops", () => {
  /** A stream that gives its text and then neither more nor an end. */
  function stalled(text: string): Readable {
    const stream = new Readable({ read: () => {} });
    stream.push(text);
    return stream;
  }

  for (const format of ["csv", undefined] as const) {
    it(`while it waits for bytes, with its signal's reason (format ${format})`, async () => {
      const abort = new AbortController();
      const stdin = stalled("age\n1\n");
      setTimeout(() => abort.abort("SIGTERM"), 20);
      const output = join(root, `stalled-${format}`);
      const run = runBaseline({ inputs: ["-"], output, stdin, format, signal: abort.signal });
      await expect(run).rejects.toBe("SIGTERM");
      expect(stdin.destroyed).toBe(true);
      expect(readdirSync(output)).toEqual([]);
    });
  }

  it("before it begins when its signal came before it", async () => {
    const output = join(root, "early");
    const signal = AbortSignal.abort("SIGINT");
    const run = runBaseline({ inputs: ["-"], output, stdin: stalled(""), signal });
    await expect(run).rejects.toBe("SIGINT");
  });

  it("and throws away what it had rejected", async () => {
    const abort = new AbortController();
    const output = join(root, "rejecting");
    const stdin = stalled(`age\n${'"1"x\n'.repeat(20_000)}`);
    const run = runBaseline({ inputs: ["-"], output, stdin, format: "csv", signal: abort.signal });
    await expect.poll(() => readdirSync(output)).toEqual([`.rejected.jsonl.${process.pid}.tmp`]);
    abort.abort("SIGINT");
    await expect(run).rejects.toBe("SIGINT");
    expect(readdirSync(output)).toEqual([]);
  });
});
