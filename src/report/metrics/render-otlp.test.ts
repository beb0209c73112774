/** The body is judged by code generated from the protocol's own definitions. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../fixtures/hostile-insights.ts";
import { ENDED_AT, metricRun } from "../../../fixtures/metric-run.ts";
import { VERSION } from "../../base/version.ts";
import { METRIC_FAMILIES } from "./metric-families.ts";
import { type OtlpOptions, renderOtlp } from "./render-otlp.ts";
import { runMetrics } from "./run-metrics.ts";

interface MessageType {
  verify(message: object): string | null;
  fromObject(object: object): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: object): object;
}

const require = createRequire(import.meta.url);
const transformer = dirname(require.resolve("@opentelemetry/otlp-transformer/package.json"));
const { opentelemetry } = require(join(transformer, "build/src/generated/root.js"));
const REQUEST: MessageType = opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;

/** The body through the wire format and back: what the protocol does not know is lost there. */
function overTheWire(body: object): object {
  const message = REQUEST.fromObject(body);
  expect(REQUEST.verify(message)).toBeNull();
  const read = REQUEST.decode(REQUEST.encode(message).finish());
  return REQUEST.toObject(read, { longs: String });
}

const body = (source = metricRun(), options: Partial<OtlpOptions> = {}) =>
  JSON.parse(renderOtlp(runMetrics(source, ENDED_AT), { time: ENDED_AT, ...options }));

describe("OTLP", () => {
  it("is what the protocol defines, and nothing else", () => {
    const labels = { model: "churn" };
    const told = body(metricRun(), { labels });
    expect(overTheWire(told)).toEqual(told);
    const { metrics } = told.resourceMetrics[0].scopeMetrics[0];
    expect(metrics.map(({ name }: { name: string }) => name)).toEqual(Object.keys(METRIC_FAMILIES));
    const time = { timeUnixNano: "1795172400250000000" };
    const attributes = (feature: string) =>
      Object.entries({ ...labels, feature }).map(([key, stringValue]) => {
        return { key, value: { stringValue } };
      });
    expect(metrics[0]).toEqual({
      name: "feature_data",
      description: METRIC_FAMILIES.feature_data.help,
      unit: "1",
      summary: {
        dataPoints: [
          {
            attributes: attributes("age"),
            ...time,
            count: "4",
            sum: 6,
            quantileValues: [
              { quantile: 0, value: -0.5 },
              { quantile: 1, value: 3.25 },
            ],
          },
        ],
      },
    });
    expect(metrics[1].gauge.dataPoints).toEqual([
      { attributes: attributes("age"), ...time, asDouble: 1 },
      { attributes: attributes("plan"), ...time, asDouble: 0.75 },
    ]);
  });

  it("names the service, unless it has another name", () => {
    const resourceOf = (resource: Readonly<Record<string, string>>) =>
      body(metricRun(), { resource }).resourceMetrics[0].resource.attributes.map(
        ({ key, value }: { key: string; value: { stringValue: string } }) =>
          `${key}=${value.stringValue}`,
      );
    expect(resourceOf({})).toEqual(["service.name=tidemark", `service.version=${VERSION}`]);
    expect(resourceOf({ "service.name": "churn", env: "prod" })).toEqual([
      "service.name=churn",
      `service.version=${VERSION}`,
      "env=prod",
    ]);
  });

  it("holds any name of a feature", () => {
    fc.assert(
      fc.property(anyText, anyText, (age, plan) => {
        const told = body(metricRun(age, plan), { labels: { model: plan } });
        expect(overTheWire(told)).toEqual(told);
      }),
    );
  });
});
