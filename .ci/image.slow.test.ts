/**
 * The container image without a container engine: its Dockerfile is parsed and judged, then built
 * into a folder by its own commands, and run there with no variable but the image's own and the
 * contract's. Dependencies come from npm's cache or registry; where neither answers, the built half
 * is skipped.
 */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  createWriteStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { dataLines, mixedChurn } from "../fixtures/churn.ts";
import { captureRecords } from "../fixtures/churn-capture.ts";
import { type Outcome, outcomeOf } from "../fixtures/run-cli.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { VERSION } from "../src/base/version.ts";
import { listContext } from "./build-context.ts";
import { buildImage, commandOf, type Image } from "./build-image.ts";
import { lintDockerfile } from "./lint-dockerfile.ts";
import { parseDockerfile } from "./parse-dockerfile.ts";

const project = new URL("..", import.meta.url).pathname;
const dockerfile = readFileSync(join(project, "Dockerfile"), "utf8");
const monitor = join(project, "examples/custom-monitor");
const monitorDockerfile = readFileSync(join(monitor, "Dockerfile"), "utf8");
const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENOTCACHED/;
const OFFLINE = "neither npm's cache nor the registry has the dependencies";
const EPOCH = 1_000_000_000;

describe("the Dockerfiles", () => {
  it("keep the rules", () => {
    expect(lintDockerfile(dockerfile, listContext(project))).toEqual([]);
    expect(lintDockerfile(monitorDockerfile, listContext(monitor))).toEqual([]);
  });

  it("are sent nothing but what is built", () => {
    const files = listContext(project);
    const tops = new Set(files.map((file) => file.split("/")[0]));
    expect([...tops]).toEqual([
      ".npmrc",
      "LICENSE",
      "compile-chunks.ts",
      "package-lock.json",
      "package.json",
      "rolldown.config.ts",
      "schema",
      "src",
      "tsconfig.json",
    ]);
    expect(files).toContain("src/source/csv/csv-scanner.ts");
    expect(files.filter((file) => /\.test\./.test(file))).toEqual([]);
  });

  it("make the slim image when no target is named", () => {
    const { stages } = parseDockerfile(dockerfile);
    expect(stages.map(({ name, base }) => `${name} from ${base.replace(/[${}]/g, "")}`)).toEqual([
      "build from NODE_IMAGE",
      "runtime from NODE_IMAGE",
      "python from runtime",
      "tidemark from runtime",
    ]);
    const [, major] = /node:(\d+)\./.exec(dockerfile)!;
    expect(manifest.engines.node).toMatch(new RegExp(`^>=${major}\\.`));
  });

  it.each([
    ["FROM node", "1: node has no exact tag"],
    ["FROM node:latest", "1: node:latest has no exact tag"],
    ["FROM node:20-slim", "1: node:20-slim has no exact tag"],
    ["FROM $BASE", "1: $BASE has no value"],
    ["FROM a:1.2.3 AS a\nFROM a AS a", "2: a second stage a"],
    ["FROM a:1.2.3\nCMD tidemark", "2: CMD is not in exec form: a shell gets the signal"],
    ['FROM a:1.2.3\nCMD ["a"]\nCMD ["b"]', "3: a second CMD in one stage"],
    ["FROM a:1.2.3\nADD src src", "2: ADD is not used here"],
    ["FROM a:1.2.3\nCPOY src src", "2: CPOY is not used here"],
    ["FROM a:1.2.3\nWORKDIR app", "2: WORKDIR app is relative"],
    ["FROM a:1.2.3\nARG NPM_TOKEN", "2: NPM_TOKEN would be readable in the image"],
    ["FROM a:1.2.3\nRUN npm install x", "2: npm install may take other versions: use npm ci"],
    ["FROM a:1.2.3\nRUN cd a && ls", "2: cd is lost after the line: use WORKDIR"],
    ["FROM a:1.2.3\nRUN curl a", "2: only package clients fetch, and nobody else is asked"],
    ["FROM a:1.2.3\nCOPY src/none.ts .", "2: src/none.ts is not in the build context"],
    ["FROM a:1.2.3\nCOPY --from=none /a /b", "2: no stage none above"],
    [
      "FROM a:1.2.3\nRUN apt-get install python3",
      "2: apt-get install without a fresh list",
      "2: apt-get without -y",
      "2: apt-get without --no-install-recommends",
      "2: apt-get without /var/lib/apt/lists/*",
    ],
  ])("are refused for %j", (text, ...faults) => {
    expect(lintDockerfile(text, ["src/a.ts"])).toEqual(faults);
  });
});

describe("the image", () => {
  const folder = temporaryFolder();
  const ml = temporaryFolder();
  let image: Image;
  let isOffline = false;

  beforeAll(() => {
    try {
      image = buildImage({
        dockerfile,
        context: project,
        folder,
        args: { SOURCE_DATE_EPOCH: String(EPOCH) },
      });
    } catch (error) {
      if (!UNREACHABLE.test(String(error))) throw error;
      isOffline = true;
    }
  }, 120_000);

  type Env = Readonly<Record<string, string>>;

  function start(made: Image, env: Env, args?: readonly string[]): ChildProcessWithoutNullStreams {
    const [program, ...words] = commandOf(made, { TIDEMARK_ML_ROOT: ml, ...env }, args);
    return spawn(program!, words, { cwd: join(made.root, made.workdir) });
  }

  const run = (env: Env, args?: readonly string[]): Promise<Outcome> =>
    outcomeOf(start(image, env, args));

  const message = (): string => readFileSync(join(ml, "output/message"), "utf8");

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(ml, path)), { recursive: true });
    writeFileSync(join(ml, path), text);
  }

  const CAPTURE: Env = {
    dataset_source: "/opt/ml/processing/input/endpoint",
    dataset_format: '{"sagemakerCaptureJson":{}}',
    output_path: "/opt/ml/processing/output",
    baseline_constraints: "/opt/ml/processing/baseline/constraints.json",
    baseline_statistics: "/opt/ml/processing/baseline/statistics.json",
    start_time: "2026-11-20T10:00:00Z",
    end_time: "2026-11-20T11:00:00Z",
    publish_cloudwatch_metrics: "Enabled",
    sagemaker_endpoint_name: "churn",
    sagemaker_monitoring_schedule_name: "hourly",
  };

  it("starts by its name, without a shell, and says what it is", async ({ skip }) => {
    skip(isOffline, OFFLINE);
    expect(image).toMatchObject({
      entrypoint: ["tidemark"],
      command: ["container"],
      user: undefined,
      stopSignal: "SIGTERM",
      env: { NODE_ENV: "production" },
      labels: {
        "org.opencontainers.image.version": VERSION,
        "org.opencontainers.image.licenses": manifest.license,
      },
      skipped: [],
    });
    expect(await run({}, ["--version"])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
  });

  it("holds the built code, what it needs, and nothing else", ({ skip }) => {
    skip(isOffline, OFFLINE);
    const tree = join(image.root, "opt/tidemark");
    expect(readdirSync(tree).sort()).toEqual([
      "LICENSE",
      "dist",
      "node_modules",
      "package.json",
      "schema",
    ]);
    expect(readdirSync(join(image.root, "usr/local/bin")).sort()).toEqual(["node", "tidemark"]);
    const packages = readdirSync(join(tree, "node_modules")).filter((name) => !/^\./.test(name));
    expect(packages).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    for (const name of Object.keys(manifest.devDependencies)) {
      expect(existsSync(join(tree, "node_modules", name)), name).toBe(false);
    }
    const entries = readdirSync(tree, { recursive: true, encoding: "utf8" });
    const stats = entries.map((path) => [path, lstatSync(join(tree, path))] as const);
    const own = entries.filter((path) => !path.startsWith("node_modules"));
    expect(own.filter((path) => /test|fixture|\.map$/.test(path))).toEqual([]);
    for (const [path, { mode, mtimeMs }] of stats) {
      expect(mtimeMs, path).toBe(EPOCH * 1_000);
      if (!lstatSync(join(tree, path)).isSymbolicLink()) {
        expect([0o644, 0o755], path).toContain(mode & 0o7777);
      }
    }
    expect(lstatSync(join(tree, "dist/cli.cjs")).mode & 0o777).toBe(0o755);
    const bytes = stats.reduce((sum, [, { size }]) => sum + size, 0);
    // Two thirds are the decoders of Parquet and Arrow.
    expect(bytes).toBeLessThan(40_000_000);
  });

  it("adds Python by Debian's package in the other target, and nothing else", ({ skip }) => {
    skip(isOffline, OFFLINE);
    const { skipped, entrypoint, command } = buildImage({
      dockerfile,
      context: project,
      folder: temporaryFolder(),
      target: "python",
      images: { runtime: image },
    });
    expect(skipped).toHaveLength(1);
    expect(skipped[0]).toMatch(/ apt-get install -y --no-install-recommends python3 /);
    expect([entrypoint, command]).toEqual([["tidemark"], ["container"]]);
  });

  it("makes a baseline, then monitors with violations, as the platform starts it", async ({
    skip,
  }) => {
    skip(isOffline, OFFLINE);
    put("processing/input/train.csv", [...mixedChurn({ rows: 1_000, seed: 1 })].join(""));
    const rows = dataLines(mixedChurn({ rows: 1_000, seed: 2, drift: true }));
    const start = Date.UTC(2026, 10, 20, 10);
    for (const file of captureRecords({ rows, seed: 3, start, step: 3_000, output: "label" })) {
      put(`processing/input/endpoint/${file.path}`, file.text);
    }
    const trained = await run({
      dataset_source: "/opt/ml/processing/input/train.csv",
      dataset_format: '{"csv":{"header":true}}',
      output_path: "/opt/ml/processing/baseline",
    });
    expect([trained.code, trained.stdout, message()]).toEqual([
      0,
      "",
      "Completed: Job completed successfully with no violations.",
    ]);
    const checked = await run(CAPTURE);
    const { violations } = JSON.parse(
      readFileSync(join(ml, "processing/output/constraint_violations.json"), "utf8"),
    );
    expect(violations.length).toBeGreaterThan(3);
    expect([checked.code, message()]).toEqual([
      0,
      `CompletedWithViolations: Job completed successfully with ${violations.length} violations.`,
    ]);
  });

  it("is told by SIGTERM to stop, and says so", async ({ skip }) => {
    skip(isOffline, OFFLINE);
    const pipe = join(ml, "rows.csv");
    execFileSync("mkfifo", [pipe]);
    const child = start(image, {
      dataset_source: pipe,
      dataset_format: '{"csv":{"header":true}}',
      output_path: "/opt/ml/processing/stopped",
    });
    const ended = outcomeOf(child);
    const rows = createWriteStream(pipe).on("error", () => {});
    await once(rows, "open");
    rows.write("a\n");
    const writing = setInterval(() => rows.write("1\n"), 10);
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    clearInterval(writing);
    rows.destroy();
    expect([code, stderr, message()]).toEqual([143, "Stopped.\n", "Stopped."]);
    expect(readdirSync(join(ml, "processing/stopped"))).toEqual([]);
  });

  it("is the base of a monitor of one's own", async ({ skip }) => {
    skip(isOffline, OFFLINE);
    const own = buildImage({
      dockerfile: monitorDockerfile,
      context: monitor,
      folder: temporaryFolder(),
      images: { [`tidemark:${VERSION}`]: image },
    });
    const { code, stderr } = await outcomeOf(start(own, CAPTURE));
    expect([code, stderr.trimEnd()]).toEqual([0, message()]);
    expect(message()).toMatch(/^CompletedWithViolations: /);
    const metrics = join(ml, "output/metrics/cloudwatch/cloudwatch_metrics.jsonl");
    expect(readFileSync(metrics, "utf8")).toContain('"MetricName":"prediction_mean"');
  });
});
