/** Where a run is told beside its own files: metrics and notifications. */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { MetricLabels } from "../report/metrics/run-metrics.ts";

export const NOTIFY_ON: readonly ["violation", "always"] = ["violation", "always"];

export interface DeliverySettings {
  /** File of metrics as Prometheus and OpenMetrics text, replaced whole. */
  readonly metricsFile?: string | undefined;
  /** File that embedded metric format is added to; `-` is the log. */
  readonly embeddedMetrics?: string | undefined;
  /** Address of a Pushgateway, or of one of its groups (`…/metrics/job/…`). */
  readonly pushgateway?: string | undefined;
  /** Address of an OTLP/HTTP receiver, without `/v1/metrics`. */
  readonly otlpEndpoint?: string | undefined;
  /** `name=value`, of all metrics and notifications. */
  readonly metricLabels?: readonly string[] | undefined;
  /** Address that CloudEvents are posted to. */
  readonly notify?: string | undefined;
  /** Address of a Slack incoming webhook. */
  readonly notifySlack?: string | undefined;
  /** `violation`, the default: runs with violations and those that end early. */
  readonly notifyOn?: (typeof NOTIFY_ON)[number] | undefined;
  /** Whether the run fails, its files written, when something can not be delivered. */
  readonly failOnUndelivered?: boolean | undefined;
}

const KEYS: readonly (keyof DeliverySettings)[] = [
  "metricsFile",
  "embeddedMetrics",
  "pushgateway",
  "otlpEndpoint",
  "metricLabels",
  "notify",
  "notifySlack",
  "notifyOn",
  "failOnUndelivered",
];

/** Where a job's options say so. */
export interface Delivering {
  readonly delivery?: DeliverySettings | undefined;
}

/**
 * Takes the settings out of other options; `delivery` is absent where there are none. An empty
 * text, as of an empty variable, is none.
 */
export function takeDelivery<T extends DeliverySettings>(
  options: T,
): [delivering: Delivering, rest: Omit<T, keyof DeliverySettings>] {
  const isOurs = ([key]: [string, unknown]): boolean => KEYS.some((each) => each === key);
  const entries = Object.entries(options);
  const ours = entries.filter((entry) => isOurs(entry) && isGiven(entry[1]));
  const rest = Object.fromEntries(entries.filter((entry) => !isOurs(entry))) as typeof options;
  return [ours.length === 0 ? {} : { delivery: Object.fromEntries(ours) }, rest];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && String(value) !== "";
}

/** Names that samples and receivers need for themselves. */
const RESERVED = /^(__.*|feature|check|quantile|le|service_name)$/;

/** Reads `name=value` texts; a later one of a name replaces the earlier. Throws a usage error. */
export function parseMetricLabels(texts: readonly string[]): MetricLabels {
  const labels = texts.map((text) => {
    const [, name = "", value = ""] = /^([a-zA-Z_][a-zA-Z0-9_]*)=(.*)$/s.exec(text) ?? [];
    if (name !== "" && value !== "" && !RESERVED.test(name)) return [name, value] as const;
    throw new TidemarkError({
      code: "usage",
      what: `metric label ${JSON.stringify(text)} can not be used`,
      expected: "name=value, the name of letters, digits and _",
      hint: "Names that begin with __, feature, check, quantile, le and service_name are taken.",
    });
  });
  return Object.fromEntries(labels);
}

/** Parses an address; the error does not repeat it, since it may hold a secret. */
export function parseAddress(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && hasPlainCredentials(url)) return url;
  throw new TidemarkError({
    code: "usage",
    what: `${option} is no address to send to`,
    expected: "one that begins with http:// or https://",
  });
}

/** Whether user and password, which a header will hold, are what percent-encoding can make. */
function hasPlainCredentials({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
