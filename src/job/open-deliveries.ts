/** The deliveries of a job, by its options. */
import type { Insights } from "../monitor/insights.ts";
import { Deliveries, type DeliveryRuntime } from "./deliveries.ts";
import type { Delivering } from "./delivery-settings.ts";
import type { JobOptions } from "./job-options.ts";

/** Opens them before the job runs. Throws a usage error for what can not be sent to. */
export function openDeliveries(
  command: Insights["command"],
  { delivery = {}, start, end, output, showValues }: JobOptions & Delivering,
  runtime: DeliveryRuntime = {},
): Deliveries {
  const window = start === undefined && end === undefined ? undefined : { start, end };
  return new Deliveries(delivery, { command, window, output, showsValues: showValues }, runtime);
}
