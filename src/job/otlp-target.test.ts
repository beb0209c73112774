import { describe, expect, it } from "vitest";
import { otlpTarget } from "./otlp-target.ts";

const BASE = "http://collector:4318";

/** An error of exactly that message. */
const whole = (message: string) => expect.objectContaining({ code: "usage", message });

describe("where OTLP metrics go", () => {
  it.each<[option: string | undefined, env: Record<string, string>, url: string | undefined]>([
    [undefined, {}, undefined],
    [BASE, {}, `${BASE}/v1/metrics`],
    [`${BASE}/otlp/`, {}, `${BASE}/otlp/v1/metrics`],
    [undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: `${BASE}/` }, `${BASE}/v1/metrics`],
    [undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: "" }, undefined],
    [
      undefined,
      { OTEL_EXPORTER_OTLP_ENDPOINT: BASE, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://m/x" },
      "http://m/x",
    ],
    ["http://option", { OTEL_EXPORTER_OTLP_ENDPOINT: BASE }, "http://option/v1/metrics"],
    [undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: BASE, OTEL_SDK_DISABLED: "true" }, undefined],
    [undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: BASE, OTEL_METRICS_EXPORTER: "none" }, undefined],
    [
      undefined,
      { OTEL_EXPORTER_OTLP_ENDPOINT: BASE, OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
      undefined,
    ],
    [BASE, { OTEL_SDK_DISABLED: "true" }, `${BASE}/v1/metrics`],
  ])("by %j under %j is %s", (option, env, url) => {
    expect(otlpTarget(option, env)?.url.href).toBe(url);
  });

  it("has headers, attributes and a timeout of the environment", () => {
    const target = otlpTarget(BASE, {
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20a%3Db, x-scope = 1 ,broken,a=%zz",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=prod,service.name=other",
      OTEL_SERVICE_NAME: "churn",
      OTEL_EXPORTER_OTLP_TIMEOUT: "2500",
    });
    expect(target).toMatchObject({
      headers: { authorization: "Bearer a=b", "x-scope": "1", a: "%zz" },
      resource: { "deployment.environment": "prod", "service.name": "churn" },
      timeoutMs: 2500,
    });
    const own = { OTEL_EXPORTER_OTLP_HEADERS: "a=1", OTEL_EXPORTER_OTLP_METRICS_HEADERS: "b=2" };
    expect(otlpTarget(BASE, own)?.headers).toEqual({ b: "2" });
    expect(otlpTarget(BASE, { OTEL_EXPORTER_OTLP_TIMEOUT: "soon" })?.timeoutMs).toBeUndefined();
  });

  it("refuses what can not be sent", () => {
    expect(() => otlpTarget(BASE, { OTEL_EXPORTER_OTLP_HEADERS: "a=b%0As3cret" })).toThrow(
      whole(
        "OTEL_EXPORTER_OTLP_HEADERS holds what no HTTP header can; " +
          "expected name=value,name=value with values percent-encoded.",
      ),
    );
    expect(() => otlpTarget(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" })).toThrow(
      whole(
        "OTEL_EXPORTER_OTLP_ENDPOINT is no address to send to; " +
          "expected one that begins with http:// or https://.",
      ),
    );
  });
});
