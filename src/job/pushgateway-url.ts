/** The group of a Pushgateway that a run replaces. */
import { wellFormed } from "../base/well-formed.ts";
import type { MetricLabels } from "../report/metrics/run-metrics.ts";

/**
 * Puts the labels of a run below the gateway's address as the key of its group; the job is
 * `tidemark` unless a label `job` names it. An address that names a group stays as it is.
 */
export function pushgatewayUrl(address: URL, labels: MetricLabels): URL {
  if (address.pathname.includes("/metrics/job")) return address;
  const { job = "tidemark", ...others } = labels;
  const group = Object.entries({ job, ...others }).map(([name, value]) => segmentOf(name, value));
  const url = new URL(address);
  url.pathname = [url.pathname.replace(/\/+$/, ""), "metrics", ...group].join("/");
  return url;
}

/** What could be read as a path is in base64, as the gateway asks for. */
function segmentOf(name: string, value: string): string {
  if (/^[\w-]+$/.test(value)) return `${name}/${value}`;
  return `${name}@base64/${Buffer.from(wellFormed(value)).toString("base64url")}`;
}
