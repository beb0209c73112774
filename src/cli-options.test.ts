/** Options of the command line reach the run. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cliFolder, TRAFFIC, TRAIN } from "../fixtures/cli-folder.ts";

const { read, readJson, tidemark, write } = cliFolder();

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
