/** A run's news as the body of a Slack incoming webhook: Block Kit, and a plain text beside it. */
import { plural } from "../../base/plural.ts";
import { wellFormed } from "../../base/well-formed.ts";
import { cutToWidth } from "../display-width.ts";
import { printable } from "../printable.ts";
import type { RunNews, ToldViolation } from "./run-news.ts";

/** Slack takes 3,000 characters per text, of which escaping makes up to five of one. */
const LENGTH_MAX = 2900;
const SUMMARY_WIDTH_MAX = 250;
const SENTENCE_WIDTH_MAX = 120;
const NAME_WIDTH_MAX = 40;
const VIOLATIONS_MAX = 10;
const LABELS_MAX = 5;

const SIGNS: Readonly<Record<RunNews["status"], string>> = {
  profiled: ":large_blue_circle:",
  passed: ":large_green_circle:",
  violated: ":red_circle:",
  no_data: ":white_circle:",
  failed: ":black_circle:",
};

/** Renders the message as one line of JSON. */
export function renderSlackMessage(news: RunNews): string {
  const summary = sentence(news.summary, SUMMARY_WIDTH_MAX);
  const violations = violationLines(news);
  return JSON.stringify({
    text: summary,
    blocks: [
      section(`${SIGNS[news.status]} *tidemark ${news.command}*  ${summary}`),
      ...(violations === "" ? [] : [section(violations)]),
      { type: "context", elements: [{ type: "mrkdwn", text: contextOf(news) }] },
    ],
  });
}

function section(text: string) {
  return { type: "section", text: { type: "mrkdwn", text } };
}

/** As many of the gravest as there is room for; empty where there is none. */
function violationLines({ violated = [], violations = 0 }: RunNews): string {
  const lines: string[] = [];
  let length = 0;
  for (const violation of violated.slice(0, VIOLATIONS_MAX)) {
    const line = lineOf(violation);
    length += line.length + 1;
    if (length > LENGTH_MAX) break;
    lines.push(line);
  }
  const rest = violations - lines.length;
  return [...lines, ...(rest > 0 ? [`… and ${rest} more`] : [])].join("\n");
}

function lineOf({ feature, sentence: told, record }: ToldViolation): string {
  const value = record?.value === undefined ? "" : ` First value: ${code(record.value)}.`;
  return `• ${code(feature)} ${sentence(told, SENTENCE_WIDTH_MAX)}${value}`;
}

function contextOf({ window, labels, output, records }: RunNews): string {
  const bound = (time: string | undefined): string => sentence(time ?? "…", NAME_WIDTH_MAX);
  const parts = [
    ...Object.entries(labels)
      .slice(0, LABELS_MAX)
      .map(([name, value]) => `${code(name)} ${code(value)}`),
    ...(window === undefined ? [] : [`${bound(window.start)} to ${bound(window.end)}`]),
    ...(records === undefined ? [] : [plural(records, "record")]),
    `report in ${code(output)}`,
  ];
  return parts.join(" · ");
}

/** A name in the letters of code, where Slack reads no markup. */
function code(text: string): string {
  const inner = cut(text, NAME_WIDTH_MAX).replaceAll("`", "'");
  return `\`${withoutControls(inner) || " "}\``;
}

/** A sentence of ours may hold names of others: what would be markup in them is broken. */
function sentence(text: string, width: number): string {
  return withoutControls(cut(text, width)).replace(/[*_~`@#]|:(?=[a-z+-][\w+-]*:)/gi, "$&\u200b");
}

/** Cut in code units too: marks that combine have no width. */
function cut(text: string, width: number): string {
  return cutToWidth(printable(wellFormed(text.slice(0, 2 * width))), width).slice(0, 2 * width);
}

/** Without these three there is no mention, link or channel in a text. */
function withoutControls(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
