/** The options of the command line by which runs are told beside their own files. */
import { type Command, choice, Option } from "./argument-parser.ts";
import { NOTIFY_ON } from "./job/delivery-settings.ts";
import { splitList } from "./job/split-list.ts";

/** Adds them; all are variables too, so that no secret need be an argument. */
export function withDeliveryOptions(command: Command): Command {
  const options = [
    new Option("--metrics-file <file>", "write metrics as Prometheus and OpenMetrics text"),
    new Option("--embedded-metrics <file>", "add CloudWatch embedded metrics; - is stderr"),
    new Option("--pushgateway <url>", "replace the run's group of metrics there"),
    new Option("--otlp-endpoint <url>", "post OpenTelemetry metrics there, below /v1/metrics"),
    new Option("--metric-labels <name=value>", "of metrics and notifications").argParser(splitList),
    new Option("--notify <url>", "post a CloudEvent there, signed by TIDEMARK_NOTIFY_SECRET"),
    new Option("--notify-slack <url>", "post a message to a Slack incoming webhook"),
    choice("--notify-on <when>", "what is told: violation (and failed runs) or always", NOTIFY_ON),
  ];
  for (const option of options) command.addOption(option);
  return command.option(
    "--fail-on-undelivered",
    "exit with 5 when any of these can not be delivered",
  );
}
