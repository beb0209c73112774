import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { type ContainerSettings, readContainerEnvironment } from "./container-environment.ts";
import { containerPaths, type Environment } from "./container-paths.ts";

const roots = temporaryFolder();
let made = 0;

const REQUIRED = { dataset_source: "/opt/ml/processing/input/endpoint", output_path: "/out" };

/** A platform root with the given files in it. */
function rootWith(files: Readonly<Record<string, string>> = {}): string {
  const root = join(roots, String(made++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function read(env: Environment, root: string = rootWith()): Promise<ContainerSettings> {
  return readContainerEnvironment(env, containerPaths({ TIDEMARK_ML_ROOT: root }));
}

const readWith = (env: Environment): Promise<ContainerSettings> => read({ ...REQUIRED, ...env });

describe("the platform's paths", () => {
  test("are below /opt/ml by default, and others stay as they are", () => {
    const paths = containerPaths({});
    expect(paths).toMatchObject({
      message: "/opt/ml/output/message",
      metricsFolder: "/opt/ml/output/metrics/cloudwatch",
      jobDescriptions: [
        "/opt/ml/config/processingjobconfig.json",
        "/opt/ml/processing/processingjobconfig.json",
      ],
      hosts: "/opt/ml/config/resourceconfig.json",
    });
    expect(paths.locate("/opt/ml/processing/input")).toBe("/opt/ml/processing/input");
    expect(paths.locate("/opt/mlops")).toBe("/opt/mlops");
  });

  test("are mapped below another root", () => {
    const { locate, message } = containerPaths({ TIDEMARK_ML_ROOT: "/tmp/ml" });
    expect(message).toBe("/tmp/ml/output/message");
    expect(locate("/opt/ml/processing/output")).toBe("/tmp/ml/processing/output");
    expect(locate("/opt/ml")).toBe("/tmp/ml");
    expect(locate("/opt/mlops")).toBe("/opt/mlops");
    expect(locate("data")).toBe("data");
  });
});

describe("a job", () => {
  test("needs a source and an output; all else has its default", async () => {
    const root = rootWith();
    expect(await read(REQUIRED, root)).toEqual({
      job: {
        inputs: [`${root}/processing/input/endpoint`],
        output: "/out",
        semantics: "model-monitor",
        start: undefined,
        end: undefined,
        exclude: undefined,
      },
      constraints: undefined,
      statistics: undefined,
      monitoringConfig: {},
      failsOnViolation: false,
      delivery: { metricLabels: [] },
      metrics: {
        isPublished: false,
        isStrict: false,
        endpoint: undefined,
        schedule: undefined,
        time: undefined,
      },
      warnings: [],
    });
  });

  test("is all that a schedule says", async () => {
    const root = rootWith();
    const settings = await read(
      {
        ...REQUIRED,
        dataset_format: '{"sagemakerCaptureJson":{"captureIndexNames":["endpointInput"]}}',
        publish_cloudwatch_metrics: "Enabled",
        baseline_constraints: "/opt/ml/processing/baseline/constraints/constraints.json",
        baseline_statistics: "/opt/ml/processing/baseline/stats/statistics.json",
        start_time: "2021-05-06T22:00:00Z",
        end_time: "2021-05-06T23:00:00Z",
        metric_time: "2021-05-06T22:30:00Z",
        sagemaker_endpoint_name: "churn",
        sagemaker_monitoring_schedule_name: "hourly",
        sagemaker_endpoint_datacapture_prefix: "s3://bucket/capture",
        categorical_drift_method: "ChiSquared",
        analysis_type: "DATA_QUALITY",
        problem_type: "BinaryClassification",
        inference_attribute: "0",
        probability_attribute: "1",
        ground_truth_attribute: "label",
        probability_threshold_attribute: "0.5",
        user_variable: "of a hook",
      },
      root,
    );
    expect(settings).toEqual({
      job: {
        inputs: [`${root}/processing/input/endpoint`],
        output: "/out",
        semantics: "model-monitor",
        format: "capture",
        sides: "input",
        outputColumnsPosition: undefined,
        start: "2021-05-06T22:00:00Z",
        end: "2021-05-06T23:00:00Z",
        exclude: undefined,
      },
      constraints: `${root}/processing/baseline/constraints/constraints.json`,
      statistics: `${root}/processing/baseline/stats/statistics.json`,
      monitoringConfig: { categoricalDriftMethod: "ChiSquared" },
      failsOnViolation: false,
      delivery: { metricLabels: ["endpoint=churn", "schedule=hourly"] },
      metrics: {
        isPublished: true,
        isStrict: false,
        endpoint: "churn",
        schedule: "hourly",
        time: Date.UTC(2021, 4, 6, 22, 30),
      },
      warnings: [],
    });
  });

  test("takes options that win over the contract's", async () => {
    const { job, failsOnViolation, metrics, monitoringConfig, warnings } = await readWith({
      dataset_format: '{"csv":{"header":true}}',
      categorical_drift_method: "LInfinity",
      TIDEMARK_HEADER: "false",
      TIDEMARK_SEMANTICS: "tidemark",
      TIDEMARK_FAIL_ON_VIOLATION: "true",
      TIDEMARK_STRICT_METRICS: "true",
      TIDEMARK_CATEGORICAL_DRIFT_METHOD: "ChiSquared",
      TIDEMARK_TYPO: "1",
    });
    expect(job).toMatchObject({ format: "csv", header: false, semantics: "tidemark" });
    expect(job).not.toHaveProperty("strictMetrics");
    expect([failsOnViolation, metrics.isStrict, monitoringConfig]).toEqual([
      true,
      true,
      { categoricalDriftMethod: "ChiSquared" },
    ]);
    expect(warnings).toEqual(["TIDEMARK_TYPO is not a known option and is ignored."]);
  });
});

describe("times", () => {
  test.each([
    ["2019-12-01T16: 20: 00Z", "2019-12-01T16:20:00Z"],
    [" 2019-12-01T16:20:00Z\n", "2019-12-01T16:20:00Z"],
    ["2019-12-01T16:20Z", "2019-12-01T16:20:00Z"],
    ["2019-12-01T17:20:00+01:00", "2019-12-01T16:20:00Z"],
    ["2019-12-01T16:20:00.250Z", "2019-12-01T16:20:00.250Z"],
  ])("%j is %s", async (text, start) => {
    expect((await readWith({ start_time: text })).job.start).toBe(start);
  });

  test("of metrics are metric_time, else start_time", async () => {
    const time = async (env: Environment) => (await readWith(env)).metrics.time;
    expect(await time({ start_time: "2019-12-01T16: 20: 00Z" })).toBe(
      Date.UTC(2019, 11, 1, 16, 20),
    );
    expect(
      await time({ start_time: "2019-12-01T16:20:00Z", metric_time: "2019-12-01T17: 00:00Z" }),
    ).toBe(Date.UTC(2019, 11, 1, 17));
  });
});

describe("the platform's files", () => {
  const CONFIG = JSON.stringify({
    ProcessingJobArn: "arn:aws:sagemaker:eu-west-1:1:processing-job/a",
    Environment: {
      ...REQUIRED,
      sagemaker_endpoint_name: "churn",
      sagemaker_monitoring_schedule_name: "hourly",
      TIDEMARK_SCHEMA: "2021",
    },
    ProcessingInputs: [{ EndpointInput: { ExcludeFeaturesAttribute: "0,id" } }],
    StoppingCondition: null,
  });

  test.each(["config", "processing"])(
    "processingjobconfig.json in %s says what the environment does not",
    async (folder) => {
      const root = rootWith({ [`${folder}/processingjobconfig.json`]: CONFIG });
      const env = { output_path: "/elsewhere", sagemaker_endpoint_name: "" };
      const { job, metrics } = await read(env, root);
      expect(job).toMatchObject({ output: "/elsewhere", schema: "2021", exclude: ["0", "id"] });
      expect(metrics).toMatchObject({ endpoint: "churn", schedule: "hourly" });
    },
  );

  test("the option wins over the excluded features found there", async () => {
    const root = rootWith({ "config/processingjobconfig.json": CONFIG });
    const { job } = await read({ TIDEMARK_EXCLUDE_FEATURES: "2" }, root);
    expect(job.exclude).toEqual(["2"]);
  });

  test("resourceconfig.json with one host is as good as none", async () => {
    const hosts = JSON.stringify({ current_host: "algo-1", hosts: ["algo-1"] });
    const root = rootWith({ "config/resourceconfig.json": hosts });
    expect((await read(REQUIRED, root)).job.output).toBe("/out");
  });

  test.each([
    [
      "config/processingjobconfig.json",
      '{"Environment": {"a": 1}}',
      "1:23: Environment.a is 1; expected a text. Correct the file.",
    ],
    [
      "config/processingjobconfig.json",
      "{",
      "1:2: is not valid JSON; expected a closing brace. Correct the file.",
    ],
    [
      "config/resourceconfig.json",
      '{"current_host": "algo-1"}',
      "1:1: hosts is missing; expected a list of host names. Correct the file.",
    ],
  ])("a broken %s %s is refused", async (path, text, message) => {
    const root = rootWith({ [path]: text });
    await expect(read(REQUIRED, root)).rejects.toMatchObject({
      code: "configuration",
      message: `${join(root, path)}:${message}`,
    });
  });

  test("several hosts are refused", async () => {
    const hosts = JSON.stringify({ current_host: "algo-1", hosts: ["algo-1", "algo-2"] });
    const root = rootWith({ "config/resourceconfig.json": hosts });
    await expect(read(REQUIRED, root)).rejects.toMatchObject({
      code: "configuration",
      message:
        "the job has 2 hosts, and a run over several is not supported yet; expected one host, " +
        "which reads everything. Set the instance count to 1: a report of one host's part would " +
        "pass for the whole.",
    });
  });
});

test("scripts are found under the platform's root and take all variables of the job", async () => {
  const root = rootWith();
  const env = {
    ...REQUIRED,
    record_preprocessor_script: "/opt/ml/processing/code/preprocessor.py",
    post_analytics_processor_script: "/elsewhere/post.mjs",
    TIDEMARK_HOOK_TIMEOUT: "5",
    TIDEMARK_SEED: "7",
    mine: "kept",
  };
  const { hooks, seed } = (await read(env, root)).job;
  expect(seed).toBe(7);
  expect(hooks).toEqual({
    preprocessor: `${root}/processing/code/preprocessor.py`,
    postprocessor: "/elsewhere/post.mjs",
    environment: env,
    timeoutSeconds: 5,
  });
});

describe("what can not be done is refused", () => {
  const TIME = "expected an ISO 8601 time such as 2026-11-20T10:00:00Z.";

  test.each([
    [{ dataset_source: "" }, "dataset_source is missing; expected the folder of the records."],
    [{ output_path: undefined }, "output_path is missing; expected a folder to write to."],
    [
      { analysis_type: "MODEL_QUALITY" },
      'analysis_type is "MODEL_QUALITY", which is not supported; expected DATA_QUALITY.',
    ],
    [
      { analysis_type: "MODEL_BIAS" },
      'analysis_type is "MODEL_BIAS", which is not supported; expected DATA_QUALITY.',
    ],
    [
      { categorical_drift_method: "PSI" },
      "Invalid value for monitoring_config_override. " +
        'categorical_drift_method is "PSI": give LInfinity or ChiSquared.',
    ],
    [
      { publish_cloudwatch_metrics: "yes" },
      'publish_cloudwatch_metrics is "yes"; expected Enabled or Disabled.',
    ],
    [{ dataset_format: '{"avro":{}}' }, /^dataset_format asks for "avro"; /],
    [{ start_time: "yesterday" }, `start_time is "yesterday"; ${TIME}`],
    [{ end_time: "2021-02-30T00:00:00Z" }, `end_time is "2021-02-30T00:00:00Z"; ${TIME}`],
    [{ metric_time: "2021-05-06 22h" }, `metric_time is "2021-05-06 22h"; ${TIME}`],
    [
      { start_time: "2021-05-06T22:00:00Z", end_time: "2021-05-06T21:00:00Z" },
      'start_time is "2021-05-06T22:00:00Z"; expected a time before end_time, which is ' +
        '"2021-05-06T21:00:00Z".',
    ],
  ])("%j", async (env, message) => {
    await expect(readWith(env)).rejects.toMatchObject({
      exitCode: 2,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  test("publish_cloudwatch_metrics is a switch in any case", async () => {
    const isPublished = async (text: string) =>
      (await readWith({ publish_cloudwatch_metrics: text })).metrics.isPublished;
    expect([await isPublished("enabled"), await isPublished("DISABLED")]).toEqual([true, false]);
  });
});
