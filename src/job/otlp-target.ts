/**
 * Where OTLP metrics go: the environment variables of the OpenTelemetry specification ("OTLP
 * exporter configuration"), which the option comes before.
 */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Environment } from "./container-paths.ts";
import { parseAddress } from "./delivery-settings.ts";

export interface OtlpTarget {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Attributes of the resource. */
  readonly resource: Readonly<Record<string, string>>;
  readonly timeoutMs?: number | undefined;
}

/** Undefined where nothing says where to. Throws a usage error for what is no address. */
export function otlpTarget(given: string | undefined, env: Environment): OtlpTarget | undefined {
  const url = given === undefined ? addressOf(env) : metricsBelow(given, "--otlp-endpoint");
  if (url === undefined) return undefined;
  const timeout = Number(ofMetrics(env, "TIMEOUT") ?? "");
  const service = env["OTEL_SERVICE_NAME"];
  return {
    url,
    headers: headersOf(env),
    resource: {
      ...parsePairs(env["OTEL_RESOURCE_ATTRIBUTES"]),
      ...(service ? { "service.name": service } : {}),
    },
    timeoutMs: Number.isInteger(timeout) && timeout > 0 ? timeout : undefined,
  };
}

function headersOf(env: Environment): Record<string, string> {
  const headers = parsePairs(ofMetrics(env, "HEADERS"));
  try {
    new Headers(headers);
    return headers;
  } catch {
    throw new TidemarkError({
      code: "usage",
      what: "OTEL_EXPORTER_OTLP_HEADERS holds what no HTTP header can",
      expected: "name=value,name=value with values percent-encoded",
    });
  }
}

function addressOf(env: Environment): URL | undefined {
  const isOff =
    env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" || env["OTEL_METRICS_EXPORTER"] === "none";
  // A receiver of gRPC has an address of its own, which does not answer HTTP.
  if (isOff || ofMetrics(env, "PROTOCOL") === "grpc") return undefined;
  const own = env["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];
  if (own) return parseAddress(own, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
  const shared = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  return shared ? metricsBelow(shared, "OTEL_EXPORTER_OTLP_ENDPOINT") : undefined;
}

/** A variable of metrics alone comes before that of all signals. */
function ofMetrics(env: Environment, name: string): string | undefined {
  return env[`OTEL_EXPORTER_OTLP_METRICS_${name}`] || env[`OTEL_EXPORTER_OTLP_${name}`];
}

function metricsBelow(text: string, option: string): URL {
  const url = parseAddress(text, option);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/v1/metrics`;
  return url;
}

/** Reads `name=value,name=value`, values percent-encoded as in W3C baggage; leaves out the rest. */
function parsePairs(text: string = ""): Record<string, string> {
  const pairs = text.split(",").flatMap((pair) => {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    return name === undefined ? [] : [[name, decoded(value!)] as const];
  });
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
