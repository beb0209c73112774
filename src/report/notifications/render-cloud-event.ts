/** A run's news as a CloudEvent 1.0 in structured JSON. */
import { wellFormed } from "../../base/well-formed.ts";
import type { RunNews } from "./run-news.ts";

export const CLOUD_EVENT_CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

/**
 * Renders the event as one line of JSON. Its type is `tidemark.check.violated` and alike, its
 * source `/tidemark` with the values of the labels, its subject the window. `time` is in
 * milliseconds since 1970.
 */
export function renderCloudEvent(news: RunNews, time: number): string {
  const { id, ...data } = news;
  const { start, end } = news.window ?? {};
  const places = Object.values(news.labels).map((text) => encodeURIComponent(wellFormed(text)));
  return JSON.stringify({
    specversion: "1.0",
    id,
    source: ["/tidemark", ...places].join("/"),
    type: `tidemark.${news.command}.${news.status}`,
    ...(news.window === undefined ? {} : { subject: `${start ?? ".."}/${end ?? ".."}` }),
    time: new Date(time).toISOString(),
    datacontenttype: "application/json",
    data,
  });
}
