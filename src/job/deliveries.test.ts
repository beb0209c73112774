import { lstatSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ENDED_AT, metricRun } from "../../fixtures/metric-run.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { WHOLE_INSIGHTS } from "../../fixtures/whole-insights.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { Deliveries, type DeliveryRuntime, type FinishedRun } from "./deliveries.ts";
import type { DeliverySettings } from "./delivery-settings.ts";

const root = temporaryFolder();

const VIOLATED: FinishedRun = { ...metricRun(), insights: WHOLE_INSIGHTS };
const verdict = { ...WHOLE_INSIGHTS.verdict, status: "passed", violations: 0 } as const;
const PASSED: FinishedRun = { ...metricRun(), insights: { ...WHOLE_INSIGHTS, verdict } };

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Deliveries whose requests are answered with a status and kept, and whose log is. */
function observed(settings: DeliverySettings, runtime: DeliveryRuntime = {}, status = 200) {
  const [sent, log]: [Sent[], string[]] = [[], []];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { method = "", headers, body } = init!;
    sent.push({ method, url: String(url), headers: new Headers(headers), body: String(body) });
    return new Response(null, { status });
  };
  const deliveries = new Deliveries(
    settings,
    { command: "check", output: "report" },
    {
      fetch,
      sleep: async () => {},
      now: () => ENDED_AT,
      log: (line) => log.push(line),
      ...runtime,
    },
  );
  return { deliveries, sent, log };
}

describe("deliveries", () => {
  it("are none where nothing asks for them", async () => {
    const { deliveries, sent, log } = observed({});
    await deliveries.finish(VIOLATED);
    expect([sent, log]).toEqual([[], []]);
  });

  it("go to all that are named, in their forms", async () => {
    const { deliveries, sent } = observed(
      {
        pushgateway: "http://gateway",
        otlpEndpoint: "http://collector",
        notify: "http://hook/a",
        notifySlack: "http://slack/b",
        metricLabels: ["model=churn"],
      },
      {
        environment: { TIDEMARK_NOTIFY_SECRET: "x", OTEL_EXPORTER_OTLP_HEADERS: "api-key=7" },
      },
    );
    await deliveries.finish(VIOLATED);
    const told = sent.map(({ method, url, headers }) => [method, url, headers.get("content-type")]);
    expect(told).toEqual([
      [
        "PUT",
        "http://gateway/metrics/job/tidemark/model/churn",
        "text/plain; version=0.0.4; charset=utf-8",
      ],
      ["POST", "http://collector/v1/metrics", "application/json"],
      ["POST", "http://hook/a", "application/cloudevents+json; charset=utf-8"],
      ["POST", "http://slack/b", "application/json; charset=utf-8"],
    ]);
    const [gateway, collector, hook, slack] = sent as [Sent, Sent, Sent, Sent];
    expect(gateway.body).toContain('\nfeature_baseline_drift{model="churn",feature="age"} 0.25\n');
    expect(collector.headers.get("api-key")).toBe("7");
    expect(JSON.parse(collector.body).resourceMetrics).toHaveLength(1);
    const event = JSON.parse(hook.body);
    expect(event).toMatchObject({ type: "tidemark.check.violated", source: "/tidemark/churn" });
    expect(hook.headers.get("webhook-id")).toBe(event.id);
    expect(hook.headers.get("webhook-signature")).toMatch(/^v1,/);
    expect(JSON.parse(slack.body).text).toContain("FAIL: 7 violations");
  });

  it("are the same bytes for the same run", async () => {
    const settings = { notify: "http://hook", otlpEndpoint: "http://collector" };
    const bodies = await Promise.all(
      [1, 2].map(async () => {
        const { deliveries, sent } = observed(settings);
        await deliveries.finish(VIOLATED);
        return sent.map(({ body }) => body);
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
  });

  it.each<[FinishedRun, DeliverySettings["notifyOn"], number]>([
    [VIOLATED, undefined, 1],
    [VIOLATED, "violation", 1],
    [PASSED, undefined, 0],
    [PASSED, "always", 1],
  ])("notify of violations, or of every run", async (run, notifyOn, count) => {
    const { deliveries, sent } = observed({ notify: "http://hook", notifyOn });
    await deliveries.finish(run);
    expect(sent).toHaveLength(count);
  });

  it("replace the file of metrics whole, and add to that of embedded metrics", async () => {
    const folder = join(root, "metrics");
    const [metricsFile, embeddedMetrics] = [join(folder, "a/x.prom"), join(folder, "emf.log")];
    mkdirSync(folder);
    const { deliveries } = observed({ metricsFile, embeddedMetrics });
    await deliveries.finish(VIOLATED);
    const [text, lines] = [
      readFileSync(metricsFile, "utf8"),
      readFileSync(embeddedMetrics, "utf8"),
    ];
    await deliveries.finish(VIOLATED);
    expect(readdirSync(join(folder, "a"))).toEqual(["x.prom"]);
    expect(readFileSync(metricsFile, "utf8")).toBe(text);
    expect(text).toMatch(/^# HELP feature_data .*\n# EOF\n$/s);
    expect(readFileSync(embeddedMetrics, "utf8")).toBe(lines + lines);
  });

  it("write metrics to what is no file, and leave it as it is", async () => {
    const { deliveries, log } = observed({ metricsFile: "/dev/null" });
    await deliveries.finish(VIOLATED);
    expect(log).toEqual([]);
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
    const other = observed({ metricsFile: root });
    await other.deliveries.finish(VIOLATED);
    expect(other.log).toEqual([
      `Warning: ${root}: metrics can not be written (EISDIR); ` +
        "expected a file that can be written to.",
    ]);
  });

  it("log embedded metrics where asked to", async () => {
    const { deliveries, log } = observed({ embeddedMetrics: "-" });
    await deliveries.finish(VIOLATED);
    expect(log).toHaveLength(8);
    for (const line of log) expect(JSON.parse(line)._aws.Timestamp).toBe(ENDED_AT);
  });
});

describe("what can not be delivered", () => {
  const SETTINGS = { notify: "http://hook/s3cret", metricsFile: "/dev/null/metrics/x.prom" };
  const WRITTEN =
    "/dev/null/metrics/x.prom: metrics can not be written (ENOTDIR); " +
    "expected a file that can be written to.";
  const TOLD =
    "http://hook: the webhook answered 404; expected an answer of 200 to 299. " +
    "Check the address and what it asks for.";

  it("is a warning each, and the run goes well", async () => {
    const { deliveries, log } = observed(SETTINGS, {}, 404);
    await deliveries.finish(VIOLATED);
    expect(log).toEqual([`Warning: ${WRITTEN}`, `Warning: ${TOLD}`]);
  });

  it("fails the run where asked to, by the first of it", async () => {
    const { deliveries, log } = observed({ ...SETTINGS, failOnUndelivered: true }, {}, 404);
    const error = await deliveries.finish(VIOLATED).catch((fault) => fault);
    expect([error.message, error.code, error.exitCode]).toEqual([WRITTEN, "delivery", 5]);
    expect(log).toEqual([`Warning: ${TOLD}`]);
  });

  it("is told of points that an OTLP receiver leaves out", async () => {
    const fetch = async () => Response.json({ partialSuccess: { rejectedDataPoints: "3" } });
    const { deliveries, log } = observed({ otlpEndpoint: "http://collector" }, { fetch });
    await deliveries.finish(VIOLATED);
    expect(log).toEqual([
      "Warning: http://collector: the OTLP receiver rejected 3 data points; " +
        "expected all of them to be taken.",
    ]);
  });

  it("is known before the run where an address is none", () => {
    const expected = "expected one that begins with http:// or https://.";
    for (const [key, option] of [
      ["notify", "--notify"],
      ["notifySlack", "--notify-slack"],
      ["pushgateway", "--pushgateway"],
      ["otlpEndpoint", "--otlp-endpoint"],
    ] as const) {
      expect(() => observed({ [key]: "nowhere" })).toThrow(
        expect.objectContaining({ message: `${option} is no address to send to; ${expected}` }),
      );
    }
  });
});

describe("a run that ends early", () => {
  const fault = new TidemarkError({ code: "no_data", what: "no records" });

  it("is told, and ends as it would", async () => {
    const { deliveries, sent } = observed({ notify: "http://hook", pushgateway: "http://gateway" });
    const error = await deliveries.within(() => Promise.reject(fault)).catch((each) => each);
    expect(error).toBe(fault);
    expect(sent.map(({ url, body }) => [url, JSON.parse(body).type])).toEqual([
      ["http://hook/", "tidemark.check.no_data"],
    ]);
  });

  it("is not told where it was stopped, or is at fault itself", async () => {
    const stopped = observed({ notify: "http://hook" }, { signal: AbortSignal.abort("SIGTERM") });
    await stopped.deliveries.within(() => Promise.reject(fault)).catch(() => {});
    const internal = observed({ notify: "http://hook" });
    await internal.deliveries.within(() => Promise.reject(new Error("oops"))).catch(() => {});
    expect([stopped.sent, internal.sent]).toEqual([[], []]);
  });

  it("keeps its own fault where the news fail too", async () => {
    const settings = { notify: "http://hook", failOnUndelivered: true };
    const { deliveries, log } = observed(settings, {}, 410);
    const error = await deliveries.within(() => Promise.reject(fault)).catch((each) => each);
    expect(error).toBe(fault);
    expect(log).toEqual([
      "Warning: http://hook: the webhook answered 410; expected an answer of 200 to 299. " +
        "Check the address and what it asks for.",
    ]);
  });

  it("gives what it returns", async () => {
    expect(await observed({}).deliveries.within(async () => 7)).toBe(7);
  });
});
