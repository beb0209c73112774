/**
 * Tells what a run found to those who watch: metrics in files and to receivers, notifications to
 * webhooks. Whatever can not be delivered is a line of the log; the run's files stand all the same.
 */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Insights } from "../monitor/insights.ts";
import { type MetricSource, runMetrics } from "../report/metrics/run-metrics.ts";
import {
  newsOf,
  newsOfFault,
  type RunNews,
  type RunPlan,
} from "../report/notifications/run-news.ts";
import type { Environment } from "./container-paths.ts";
import { type DeliverySettings, parseMetricLabels } from "./delivery-settings.ts";
import { type MetricWriter, openMetricWriters } from "./metric-writers.ts";
import { type Notifier, openNotifiers } from "./notifiers.ts";
import type { SendRuntime } from "./send-request.ts";

export interface DeliveryRuntime extends Omit<SendRuntime, "showsValues"> {
  /** Variables of OTLP, and `TIDEMARK_NOTIFY_SECRET`. */
  readonly environment?: Environment | undefined;
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: (() => number) | undefined;
  /** Takes lines of the log; by default there is none. */
  readonly log?: ((line: string) => void) | undefined;
}

/** A run that wrote its files, as the jobs return it. */
export interface FinishedRun extends Omit<MetricSource, "insights" | "comparison"> {
  readonly insights: Insights;
  readonly comparison?: MetricSource["comparison"];
}

export class Deliveries {
  readonly #plan: RunPlan;
  readonly #metrics: readonly MetricWriter[];
  readonly #notifiers: readonly Notifier[];
  readonly #settings: DeliverySettings;
  readonly #runtime: DeliveryRuntime;

  /** Throws a usage error for what can not be sent to, before the run. */
  constructor(
    settings: DeliverySettings,
    plan: Omit<RunPlan, "labels">,
    runtime: DeliveryRuntime = {},
  ) {
    const labels = parseMetricLabels(settings.metricLabels ?? []);
    const sending = { ...runtime, showsValues: plan.showsValues };
    this.#plan = { ...plan, labels };
    this.#metrics = openMetricWriters(settings, labels, sending);
    this.#notifiers = openNotifiers(settings, sending);
    this.#settings = settings;
    this.#runtime = runtime;
  }

  /** Runs the job, and tells when it ends early; what it throws is thrown. */
  async within<T>(job: () => Promise<T>): Promise<T> {
    try {
      return await job();
    } catch (error) {
      if (error instanceof TidemarkError && !this.#runtime.signal?.aborted) {
        await this.#warn(this.#notify(() => newsOfFault(error, this.#plan)));
      }
      throw error;
    }
  }

  /**
   * Delivers what a run found, everything at the same time. Throws a delivery error only where the
   * settings ask for it, and the signal's reason when that aborts.
   */
  async finish(run: FinishedRun): Promise<void> {
    const { insights } = run;
    const isTold = this.#settings.notifyOn === "always" || insights.verdict.violations > 0;
    const sent = [
      ...this.#write(run),
      ...(isTold ? this.#notify(() => newsOf(insights, this.#plan)) : []),
    ];
    await this.#warn(sent, this.#settings.failOnUndelivered ?? false);
  }

  #write({ profile, constraints, comparison, insights }: FinishedRun): Promise<void>[] {
    if (this.#metrics.length === 0) return [];
    const { now = Date.now } = this.#runtime;
    const time = now();
    const samples = runMetrics({ profile, constraints, comparison, insights }, time);
    return this.#metrics.map((write) => write(samples, time));
  }

  #notify(newsOfRun: () => RunNews): Promise<void>[] {
    if (this.#notifiers.length === 0) return [];
    const { now = Date.now } = this.#runtime;
    const news = newsOfRun();
    const time = now();
    return this.#notifiers.map((notify) => notify(news, time));
  }

  /** Waits for all; what failed is logged, or the first of it thrown. */
  async #warn(sent: readonly Promise<void>[], isThrown: boolean = false): Promise<void> {
    const { log = () => {}, signal } = this.#runtime;
    const outcomes = await Promise.allSettled(sent);
    signal?.throwIfAborted();
    const faults = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    const unknown = faults.find((fault) => !(fault instanceof TidemarkError));
    if (unknown !== undefined) throw unknown;
    const logged = isThrown ? faults.slice(1) : faults;
    for (const { message } of logged) log(`Warning: ${message}`);
    if (isThrown && faults.length > 0) throw faults[0];
  }
}
