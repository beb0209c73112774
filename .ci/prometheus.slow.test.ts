/**
 * Metrics and boards before a real Prometheus and a real Pushgateway, which are started on loopback.
 * They come from Debian; where they are not to be had the tests are skipped.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { debianTool } from "../fixtures/debian-tool.ts";
import { freePort } from "../fixtures/free-port.ts";
import { HOSTILE_TEXTS } from "../fixtures/hostile-insights.ts";
import { driftResult, metricRun } from "../fixtures/metric-run.ts";
import { type Answer, Receiver } from "../fixtures/receiver.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { Deliveries } from "../src/job/deliveries.ts";
import { renderPrometheus } from "../src/report/metrics/render-prometheus.ts";
import { type MetricSource, runMetrics } from "../src/report/metrics/run-metrics.ts";

const folder = temporaryFolder();
const boards = new URL("../boards/", import.meta.url).pathname;
const tools = temporaryFolder();
const prometheus = debianTool("prometheus", "prometheus", tools);
const promtool = prometheus?.replace(/prometheus$/, "promtool");
const pushgateway = debianTool("prometheus-pushgateway", "prometheus-pushgateway", tools);
const NONE = "neither installed nor to be had from Debian";

type Labels = Readonly<Record<string, string>>;

interface Queried {
  readonly status: string;
  readonly data: {
    readonly result: readonly { readonly metric: Labels; readonly value: [number, string] }[];
  };
}

interface Alerts {
  readonly data: {
    readonly alerts: readonly { readonly labels: Labels; readonly state: string }[];
  };
}

interface Groups {
  readonly data: readonly {
    readonly labels: Labels;
    readonly feature_baseline_drift: { readonly metrics: readonly { readonly labels: Labels }[] };
  }[];
}

const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) {
    child.kill();
    if (child.exitCode === null) await once(child, "exit");
  }
});

/** Names as a receiver gives them back: what UTF-8 has no bytes for is replaced. */
const NAMES = HOSTILE_TEXTS.map((name) => Buffer.from(`${name}`).toString()).filter(Boolean);

/** A run in which every hostile name drifts. */
function hostileRun(): MetricSource {
  const run = metricRun();
  const results = NAMES.map((name) => driftResult(name, 0.5));
  return { ...run, comparison: { ...run.comparison!, results } };
}

async function start(program: string, args: readonly string[], origin: string): Promise<void> {
  children.push(spawn(program, args, { cwd: folder, stdio: "ignore" }));
  await eventually(async () => (await fetch(`${origin}/-/ready`)).ok || undefined);
}

/** Asks until there is an answer, for a minute. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 300; i++) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await setTimeout(200);
  }
  throw new Error("no answer in a minute");
}

describe("promtool", () => {
  it("finds nothing amiss in the text", ({ skip }) => {
    skip(promtool === undefined, NONE);
    const input = renderPrometheus(runMetrics(hostileRun(), Date.now()), { model: "churn" });
    expect(execFileSync(promtool!, ["check", "metrics"], { input, encoding: "utf8" })).toBe("");
  });

  it("takes the rules, which fire when they should", ({ skip }) => {
    skip(promtool === undefined, NONE);
    const path = join(folder, "rules.test.yaml");
    writeFileSync(path, readFileSync(new URL("alerts.test.yaml", import.meta.url)));
    writeFileSync(join(folder, "alerts.yaml"), readFileSync(join(boards, "alerts.yaml")));
    const told = execFileSync(promtool!, ["check", "rules", "alerts.yaml"], { cwd: folder });
    expect(String(told)).toContain("SUCCESS: 7 rules found");
    const tested = execFileSync(promtool!, ["test", "rules", path], { cwd: folder });
    expect(String(tested)).toContain("SUCCESS");
  });
});

describe("Prometheus", () => {
  it.for([
    ["text", "text/plain; version=0.0.4; charset=utf-8"],
    ["OpenMetrics", "application/openmetrics-text; version=1.0.0; charset=utf-8"],
  ])("reads every name as %s, and every query of the boards", async ([, type], { skip }) => {
    skip(prometheus === undefined, NONE);
    const text = renderPrometheus(runMetrics(hostileRun(), Date.now()), { model: "churn" });
    const answer: Answer = (response) =>
      response.writeHead(200, { "content-type": type! }).end(text);
    await Receiver.within(answer, async ({ origin: target }) => {
      const port = await freePort();
      const origin = `http://127.0.0.1:${port}`;
      const config = join(folder, `${port}.json`);
      const scrape = {
        job_name: "tidemark",
        scrape_interval: "1s",
        static_configs: [{ targets: [target.slice(7)] }],
      };
      const rule_files = [join(boards, "alerts.yaml")];
      const global = { evaluation_interval: "1s" };
      writeFileSync(config, JSON.stringify({ global, scrape_configs: [scrape], rule_files }));
      const storage = [`--storage.tsdb.path=${join(folder, String(port))}`];
      const listening = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`];
      await start(prometheus!, [...listening, ...storage], origin);

      const query = async (expression: string) => {
        const response = await fetch(
          `${origin}/api/v1/query?query=${encodeURIComponent(expression)}`,
        );
        const { status, data } = (await response.json()) as Queried;
        expect(status, expression).toBe("success");
        return data.result;
      };
      const drift = await eventually(async () => {
        const series = await query("feature_baseline_drift");
        return series.length > 0 ? series : undefined;
      });
      const names = drift.map(({ metric }) => metric["feature"]);
      expect(names.sort()).toEqual([...new Set(NAMES)].sort());
      for (const { value } of drift) expect(value[1]).toBe("0.5");
      const [sum] = await query('feature_data_sum{model="churn"}');
      expect(sum!.value[1]).toBe("6");

      const { panels } = JSON.parse(readFileSync(join(boards, "grafana.json"), "utf8"));
      for (const { title, targets } of panels) {
        for (const { expr } of targets) {
          const found = await query(expr.replaceAll("$feature", ".*"));
          expect(found.length, `${title}: ${expr}`).toBeGreaterThan(0);
        }
      }
      const firing = await eventually(async () => {
        const { data } = (await (await fetch(`${origin}/api/v1/alerts`)).json()) as Alerts;
        const { alerts } = data;
        return alerts.some(({ state }) => state === "firing") ? alerts : undefined;
      });
      const drifting = firing.filter(
        ({ labels }) => labels["alertname"] === "TidemarkFeatureDrift",
      );
      expect(drifting).toHaveLength(names.length);
    });
  });
});

describe("the Pushgateway", () => {
  it("keeps a group per run, which the next replaces", async ({ skip }) => {
    skip(pushgateway === undefined, NONE);
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    await start(pushgateway!, [`--web.listen-address=127.0.0.1:${port}`], origin);
    const warnings: string[] = [];
    const push = async (run: MetricSource, model: string): Promise<void> => {
      const deliveries = new Deliveries(
        { pushgateway: origin, metricLabels: [`model=${model}`, "env=prod"] },
        { command: "check", output: "report" },
        { log: (line) => warnings.push(line) },
      );
      await deliveries.finish({ ...run, insights: run.insights! });
    };
    await push(hostileRun(), "a/b");
    await push(metricRun("before"), "größe");
    await push(metricRun("after"), "größe");
    expect(warnings).toEqual([]);
    const { data } = (await (await fetch(`${origin}/api/v1/metrics`)).json()) as Groups;
    const groups = data.map(({ labels, ...families }) => [
      labels,
      families.feature_baseline_drift.metrics.map(({ labels: own }) => own["feature"]).sort(),
    ]);
    expect(groups.sort(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
      [{ env: "prod", job: "tidemark", model: "a/b" }, [...new Set(NAMES)].sort()],
      [{ env: "prod", job: "tidemark", model: "größe" }, ["after", "plan"]],
    ]);
  });
});
