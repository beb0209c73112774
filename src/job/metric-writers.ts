/** Where metrics go: each place that the settings name as a function of the samples. */
import { appendFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { TidemarkError } from "../base/tidemark-error.ts";
import { renderEmbeddedMetrics } from "../report/metrics/render-embedded-metrics.ts";
import { renderOtlp } from "../report/metrics/render-otlp.ts";
import { renderPrometheus } from "../report/metrics/render-prometheus.ts";
import type { MetricLabels, MetricSample } from "../report/metrics/run-metrics.ts";
import type { Environment } from "./container-paths.ts";
import { type DeliverySettings, parseAddress } from "./delivery-settings.ts";
import { otlpTarget } from "./otlp-target.ts";
import { OutputFolder } from "./output-folder.ts";
import { pushgatewayUrl } from "./pushgateway-url.ts";
import { type SendRuntime, sendRequest } from "./send-request.ts";

/** Delivers samples; rejects with a delivery error. `time` is in milliseconds since 1970. */
export type MetricWriter = (samples: readonly MetricSample[], time: number) => Promise<void>;

export interface MetricRuntime extends SendRuntime {
  readonly environment?: Environment | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** Opens them in no order that matters. Throws a usage error for what can not be sent to. */
export function openMetricWriters(
  { metricsFile, embeddedMetrics, pushgateway, otlpEndpoint }: DeliverySettings,
  labels: MetricLabels,
  runtime: MetricRuntime,
): readonly MetricWriter[] {
  const otlp = otlpTarget(otlpEndpoint, runtime.environment ?? {});
  return [
    ...(metricsFile ? [textFile(metricsFile, labels)] : []),
    ...(embeddedMetrics ? [embedded(embeddedMetrics, labels, runtime)] : []),
    ...(pushgateway ? [gateway(parseAddress(pushgateway, "--pushgateway"), labels, runtime)] : []),
    ...(otlp === undefined ? [] : [receiver(otlp, labels, runtime)]),
  ];
}

/** Read whole at any moment: written under another name that no collector reads, and renamed. */
function textFile(path: string, labels: MetricLabels): MetricWriter {
  return async (samples) => {
    const text = renderPrometheus(samples, labels);
    await written(path, async () => {
      // A device or a pipe is written to, not replaced.
      if (await isOther(path)) return writeFile(path, text);
      const folder = new OutputFolder(dirname(path), String(process.pid));
      await folder.open();
      await folder.publish([{ name: basename(path), content: text }]);
    });
  };
}

async function isOther(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => !it.isFile(),
    () => false,
  );
}

function embedded(path: string, labels: MetricLabels, { log }: MetricRuntime): MetricWriter {
  return async (samples, time) => {
    const text = renderEmbeddedMetrics(samples, { time, labels });
    if (path === "-") {
      for (const line of text.split("\n").slice(0, -1)) log?.(line);
    } else {
      await written(path, () => appendFile(path, text));
    }
  };
}

async function written(path: string, write: () => Promise<void>): Promise<void> {
  await write().catch((fault: NodeJS.ErrnoException) => {
    const { code } = (fault instanceof TidemarkError ? fault.cause : fault) as { code?: unknown };
    throw new TidemarkError({
      code: "delivery",
      location: { file: path },
      what: `metrics can not be written (${code})`,
      expected: "a file that can be written to",
      cause: fault,
    });
  });
}

function gateway(address: URL, labels: MetricLabels, runtime: MetricRuntime): MetricWriter {
  const url = pushgatewayUrl(address, labels);
  return async (samples) => {
    await sendRequest(
      {
        receiver: "the Pushgateway",
        url,
        // Replaces the group: features that are no more go with it.
        method: "PUT",
        headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
        body: renderPrometheus(samples, labels),
      },
      runtime,
    );
  };
}

function receiver(
  { url, headers, resource, timeoutMs }: NonNullable<ReturnType<typeof otlpTarget>>,
  labels: MetricLabels,
  runtime: MetricRuntime,
): MetricWriter {
  return async (samples, time) => {
    const answer = await sendRequest(
      {
        receiver: "the OTLP receiver",
        url,
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: renderOtlp(samples, { time, labels, resource }),
        timeoutMs,
      },
      runtime,
    );
    const rejected = rejectedPoints(answer);
    if (rejected === 0) return;
    throw new TidemarkError({
      code: "delivery",
      location: { file: url.origin },
      what: `the OTLP receiver rejected ${rejected} data points`,
      expected: "all of them to be taken",
    });
  };
}

/** What an `ExportMetricsServiceResponse` tells of a partial success. */
function rejectedPoints(answer: string): number {
  const [, count = "0"] = /"rejectedDataPoints"\s*:\s*"?(\d+)/.exec(answer) ?? [];
  return Number(count);
}
