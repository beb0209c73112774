/**
 * Metrics before a real OpenTelemetry Collector, which is started on loopback: what it took is what
 * it writes to a file. It is built from its Go modules where there is a toolchain.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mixedChurn } from "../fixtures/churn.ts";
import { HOSTILE_TEXTS } from "../fixtures/hostile-insights.ts";
import { driftResult, ENDED_AT, metricRun } from "../fixtures/metric-run.ts";
import { metricsOf, otlpSamples, textsOf } from "../fixtures/otlp-samples.ts";
import { type ReadSample, readExposition } from "../fixtures/read-exposition.ts";
import { spawnCli } from "../fixtures/run-cli.ts";
import { type Collector, startCollector } from "../fixtures/start-collector.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { VERSION } from "../src/base/version.ts";
import { Deliveries } from "../src/job/deliveries.ts";
import { METRIC_FAMILIES } from "../src/report/metrics/metric-families.ts";
import { renderOtlp } from "../src/report/metrics/render-otlp.ts";
import { type MetricSource, runMetrics } from "../src/report/metrics/run-metrics.ts";
import { installCollector } from "./install-servers.ts";

const folder = temporaryFolder();
const installed = await installCollector();

/** What the collector took while `body` ran. */
async function takenWithin(program: string, body: (it: Collector) => Promise<void>) {
  const collector = await startCollector(program, folder);
  try {
    await body(collector);
  } catch (error) {
    await collector.stop();
    throw error;
  }
  return await collector.stop();
}

/** In an order that depends on neither format. */
function sorted(samples: readonly ReadSample[]): readonly (readonly [string, number])[] {
  return samples
    .map(({ name, labels, value }) => {
      const texts = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
      return [JSON.stringify([name, texts]), value] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

if ("lack" in installed) {
  it(`a collector is built: ${installed.lack}`, ({ skip }) => skip(installed.lack));
} else {
  const { program } = installed;

  describe("the OpenTelemetry Collector", () => {
    it("takes from a check what its file of metrics has", async () => {
      const [train, traffic] = [
        mixedChurn({ rows: 10_000, seed: 1 }),
        mixedChurn({ rows: 2_000, seed: 2, drift: true }),
      ];
      writeFileSync(join(folder, "train.csv"), [...train].join(""));
      writeFileSync(join(folder, "traffic.csv"), [...traffic].join(""));
      const baseline = await spawnCli(["baseline", "train.csv", "-o", "baseline"], { cwd: folder });
      expect(baseline.code).toBe(0);
      const [request, ...others] = await takenWithin(program, async ({ endpoint }) => {
        const args = ["check", "traffic.csv", "-b", "baseline", "-o", "report", "--quiet"];
        const sent = ["--otlp-endpoint", endpoint, "--metric-labels", 'model=größe,"env=a,b"'];
        const outcome = await spawnCli([...args, ...sent, "--metrics-file", "churn.prom"], {
          cwd: folder,
          env: { OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=prod" },
        });
        expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
      });
      expect(others).toEqual([]);

      const written = readExposition(readFileSync(join(folder, "churn.prom"), "utf8"));
      const taken = otlpSamples(request!);
      expect(sorted(taken)).toEqual(sorted(written));
      expect(taken.length).toBeGreaterThan(100);

      const ended = written.find(({ name }) => name === "tidemark_last_run_timestamp_seconds");
      const nanoseconds = `${Math.round(ended!.value * 1_000)}000000`;
      expect(new Set(taken.map(({ timeUnixNano }) => timeUnixNano))).toEqual(
        new Set([nanoseconds]),
      );
      const families = metricsOf(request!).map(({ name, description, unit, summary }) => {
        return [name, { kind: summary ? "summary" : "gauge", help: description, unit }];
      });
      expect(Object.fromEntries(families)).toEqual(METRIC_FAMILIES);

      const origins = request!.resourceMetrics.map(({ resource, scopeMetrics }) => {
        return [textsOf(resource.attributes), ...scopeMetrics.map(({ scope }) => scope)];
      });
      const resource = {
        "service.name": "tidemark",
        "service.version": VERSION,
        "deployment.environment.name": "prod",
      };
      expect(origins).toEqual([[resource, { name: "tidemark", version: VERSION }]]);
    });

    it("takes any name of a feature, and zeros", async () => {
      const run = metricRun();
      const results = HOSTILE_TEXTS.map((name, i) => driftResult(name, i / 8));
      const hostile: MetricSource = { ...run, comparison: { ...run.comparison!, results } };
      const warnings: string[] = [];
      const taken = await takenWithin(program, async ({ endpoint }) => {
        const deliveries = new Deliveries(
          { otlpEndpoint: endpoint, metricLabels: ["model=a/b"] },
          { command: "check", output: "report" },
          { now: () => ENDED_AT, log: (line) => warnings.push(line) },
        );
        await deliveries.finish({ ...hostile, insights: hostile.insights! });
      });
      expect(warnings).toEqual([]);
      const labels = { model: "a/b" };
      const body = renderOtlp(runMetrics(hostile, ENDED_AT), { time: ENDED_AT, labels });
      expect(taken.map(otlpSamples)).toEqual([otlpSamples(JSON.parse(body))]);
    });

    it("takes nothing that the protocol does not define", async () => {
      const body = renderOtlp(runMetrics(metricRun(), ENDED_AT), { time: ENDED_AT });
      const wrong = [
        body.replaceAll(/"timeUnixNano":"\d+"/g, '"timeUnixNano":"now"'),
        body.replaceAll(/"asDouble":[\d.]+/g, '"asDouble":"much"'),
        body.slice(0, -1),
      ];
      const statuses: number[] = [];
      const taken = await takenWithin(program, async ({ endpoint }) => {
        for (const each of [...wrong, body]) {
          const headers = { "content-type": "application/json" };
          const request = { method: "POST", headers, body: each };
          statuses.push((await fetch(`${endpoint}/v1/metrics`, request)).status);
        }
      });
      expect(statuses).toEqual([400, 400, 400, 200]);
      expect(taken.map(otlpSamples)).toEqual([otlpSamples(JSON.parse(body))]);
    });
  });
}
