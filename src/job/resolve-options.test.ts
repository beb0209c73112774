import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { resolveBaselineOptions, resolveCheckOptions } from "./resolve-options.ts";

const root = temporaryFolder();
let files = 0;

function configFile(config: unknown): string {
  const path = join(root, `${files++}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

describe("options", () => {
  it("are those of the flags, and no others", async () => {
    expect(await resolveBaselineOptions(["a.csv"], { output: "out" })).toEqual({
      inputs: ["a.csv"],
      output: "out",
      monitoringConfig: {},
    });
    expect(await resolveCheckOptions(["a.csv"], { output: "out", baseline: "base" })).toEqual({
      inputs: ["a.csv"],
      output: "out",
      baseline: "base",
    });
  });

  it("take every flag under its name", async () => {
    const same = {
      semantics: "model-monitor",
      format: "csv",
      header: false,
      delimiter: ";",
      quote: "'",
      csvEscape: "backslash",
      emptyIsMissing: true,
      columns: ["a"],
      exclude: ["b"],
      lenientNumbers: true,
      schema: "2021",
      redactSketch: true,
      unknownAs: "String",
      showValues: true,
      report: false,
      evidence: false,
      outputColumnsPosition: "END",
      sides: "input",
      start: "2026-11-20T10:00:00Z",
      end: "2026-11-20T11:00:00Z",
      map: ["s3://bucket/path=/folder"],
      groundTruth: "labels/",
      omitEmptyViolations: true,
      segments: true,
    };
    const flags = {
      ...same,
      nullValues: ["NA"],
      maxRejected: "7%",
      seed: "7",
      threads: "2",
      offenders: "0",
      output: "o",
      baseline: "b",
    };
    expect(await resolveCheckOptions([], flags)).toEqual({
      ...same,
      nullTokens: ["NA"],
      maxRejectedShare: { share: 0.07 },
      seed: 7,
      threads: 2,
      offenders: 0,
      inputs: [],
      output: "o",
      baseline: "b",
    });
  });

  it("take every threshold and method from its flag", async () => {
    const { monitoringConfig } = await resolveBaselineOptions([], {
      output: "o",
      evaluateConstraints: "disabled",
      emitMetrics: "Disabled",
      datatypeCheckThreshold: "0.9",
      domainContentThreshold: "0.8",
      performComparison: "Enabled",
      comparisonThreshold: "0.2",
      comparisonMethod: "simple",
      categoricalComparisonThreshold: "3.84",
      categoricalDriftMethod: "ChiSquared",
    });
    expect(monitoringConfig).toEqual({
      evaluateConstraints: false,
      emitMetrics: false,
      datatypeCheckThreshold: 0.9,
      domainContentThreshold: 0.8,
      performComparison: true,
      comparisonThreshold: 0.2,
      comparisonMethod: "Simple",
      categoricalComparisonThreshold: 3.84,
      categoricalDriftMethod: "ChiSquared",
    });
  });

  it("come from a file where there is no flag, and flags win", async () => {
    const config = configFile({
      header: true,
      quote: "'",
      maxRejectedShare: 3,
      nullTokens: ["?"],
      monitoring_config: {
        datatype_check_threshold: 0.9,
        distribution_constraints: { comparison_threshold: 0.3, comparison_method: "Simple" },
      },
    });
    expect(await resolveBaselineOptions([], { config, output: "o" })).toEqual({
      header: true,
      quote: "'",
      maxRejectedShare: { count: 3 },
      nullTokens: ["?"],
      monitoringConfig: {
        datatypeCheckThreshold: 0.9,
        comparisonThreshold: 0.3,
        comparisonMethod: "Simple",
      },
      inputs: [],
      output: "o",
    });
    const flags = {
      header: false,
      nullValues: ["NA"],
      maxRejected: "0.5",
      comparisonThreshold: "0.4",
    };
    expect(await resolveBaselineOptions([], { ...flags, config, output: "o" })).toEqual({
      header: false,
      quote: "'",
      maxRejectedShare: { share: 0.5 },
      nullTokens: ["NA"],
      monitoringConfig: {
        datatypeCheckThreshold: 0.9,
        comparisonThreshold: 0.4,
        comparisonMethod: "Simple",
      },
      inputs: [],
      output: "o",
    });
  });

  it("of deliveries stand apart from those of the job", async () => {
    const config = configFile({ notify: "http://file", metricLabels: ["a=b"], quote: "'" });
    const flags = { config, output: "o", notify: "http://flag", failOnUndelivered: true };
    expect(await resolveBaselineOptions([], flags)).toEqual({
      quote: "'",
      delivery: { notify: "http://flag", metricLabels: ["a=b"], failOnUndelivered: true },
      monitoringConfig: {},
      inputs: [],
      output: "o",
    });
  });

  it.each(["-1", "1.5", "many", "", "1e3", "0x10", "99999999999999999999"])(
    "refuse a number of records that is none: %j",
    async (offenders) => {
      const flags = { output: "o", baseline: "b", offenders };
      await expect(resolveCheckOptions([], flags)).rejects.toThrow(
        `--offenders is "${offenders}"; expected a whole number of at least 0.`,
      );
    },
  );

  it.each([-1, 1.5, "5"])("refuse it in a file too: %j", async (offenders) => {
    const config = configFile({ offenders });
    await expect(resolveCheckOptions([], { config, output: "o", baseline: "b" })).rejects.toThrow(
      `${config}:1:14: offenders is ${JSON.stringify(offenders)}; expected a whole number of at ` +
        "least 0. Correct the file.",
    );
  });

  it("take a number of records from a flag before that of the file", async () => {
    const config = configFile({ offenders: 5 });
    const flags = { config, output: "o", baseline: "b", offenders: "7" };
    expect((await resolveCheckOptions([], flags)).offenders).toBe(7);
  });

  it("of a check pass over thresholds in the file: its baseline holds them", async () => {
    const config = configFile({
      sides: "input",
      seed: 3,
      threads: 4,
      offenders: 5,
      monitoring_config: { emit_metrics: "Disabled" },
    });
    const flags = { config, output: "o", baseline: "b" };
    expect(await resolveCheckOptions([], flags)).toEqual({
      sides: "input",
      seed: 3,
      threads: 4,
      offenders: 5,
      inputs: [],
      output: "o",
      baseline: "b",
    });
  });
});
