/**
 * A run as one HTML file, drawn from `insights.json` alone: nothing is loaded, script and style are
 * allowed by their hashes only, and all but search, sorting and filters works without script.
 *
 * At most 300 KB up to 100 features and 1.5 MB up to any number of them: with many features less is
 * told of each, gravest last to be cut, and what is left out is said.
 */
import { createHash } from "node:crypto";
import { formatCount } from "../../base/format-number.ts";
import { plural } from "../../base/plural.ts";
import type { Insights, InsightsFeature } from "../../monitor/insights.ts";
import { printable } from "../printable.ts";
import { DETAIL_LEVELS } from "./detail-limits.ts";
import { featureDetail, SHORTENED } from "./feature-detail.ts";
import { bySeverity, LEVELS, levelOf } from "./feature-level.ts";
import { COLUMNS, featureRow, LEVEL_WORDS } from "./feature-row.ts";
import { fitToSize } from "./fit-to-size.ts";
import { Html, html } from "./html.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { PROFILE_COLUMNS, profileRow } from "./profile-row.ts";
import { runNotes } from "./run-notes.ts";
import { verdictHead } from "./verdict-head.ts";

const WHY = "to keep this file small. insights.json has all.";
const FEW_FEATURES = 100;
const MANY_FEATURES = 1_000;
const FEW_BYTES = 290_000;
const MANY_BYTES = 1_460_000;
const SCRIPT_ELEMENT = new Html(`<script>${PAGE_SCRIPT}</script>`);

/**
 * Renders the report of a check, or the profile of a baseline. The SHA-256 of the file stands at
 * its end where it is given, so that a page beside the insights of another run is recognised.
 */
export function renderHtml(insights: Insights, insightsHash?: string): string {
  const shown = printable(insights);
  const isCheck = shown.command === "check";
  const features = isCheck ? bySeverity(shown.features) : shown.features;
  const head = verdictHead(shown);
  const notes = runNotes(shown);
  const tools = toolbar(shown);
  const frame = page(shown, html`${head}${tools}${notes}`, insightsHash);
  const room = bytesFor(features.length) - Buffer.byteLength(frame);
  const order = new Map(shown.features.map((feature, at) => [feature, at]));
  const row = isCheck ? featureRow : profileRow;
  const { rows, left } = fitToSize(features.length, DETAIL_LEVELS.length, room, (at, level) => {
    const feature = features[at]!;
    const place = order.get(feature)!;
    const context = { limits: DETAIL_LEVELS[level]!, order: place, hasCurrent: isCheck };
    return row(feature, place, featureDetail(feature, context)).text;
  });
  const table = featureTable(shown.command, rows, left);
  const body = html`${head}${rows.length > 0 ? tools : undefined}${table}${notes}`;
  return page(shown, body, insightsHash);
}

/** The size of a whole file, a line between few features and many. */
function bytesFor(features: number): number {
  const share = (features - FEW_FEATURES) / (MANY_FEATURES - FEW_FEATURES);
  return FEW_BYTES + Math.min(1, Math.max(0, share)) * (MANY_BYTES - FEW_BYTES);
}

function page({ command, engine }: Insights, body: Html, hash: string | undefined): string {
  const title = command === "check" ? "Tidemark: drift report" : "Tidemark: baseline profile";
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hashOf(PAGE_STYLE)}'`,
    `script-src 'sha256-${hashOf(PAGE_SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta http-equiv=Content-Security-Policy content="${policy}">
<meta name=viewport content="width=device-width, initial-scale=1">
<meta name=color-scheme content="light dark">
<meta name=referrer content=no-referrer>
<title>${title}</title>
<style>${new Html(PAGE_STYLE)}</style>
<body>
${body}
<footer><p>Drawn by ${engine.name} ${engine.version} from insights.json. This file loads nothing.
${hash === undefined ? undefined : html`<p>SHA-256 of insights.json: <code>${hash}</code>`}</footer>
${SCRIPT_ELEMENT}
`.text;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function toolbar({ features, command }: Insights): Html {
  const types = [...new Set(features.map(({ type }) => type ?? "None"))].sort();
  const present = new Set(features.map(levelOf));
  const levels = command === "check" ? LEVELS.filter((level) => present.has(level)) : [];
  const sorts = command === "check" ? ["severity", "distance", "name", "order"] : ["order", "name"];
  return html`<form class=tools role=search hidden><label>Search 
    <input type=search id=search autocomplete=off></label>${
      levels.length > 1
        ? html`<fieldset><legend>Show</legend>${levels.map((level) => levelFilter(level, features))}
        </fieldset>`
        : undefined
    }<label>Type <select id=type><option value="">all</option>${types.map(
      (type) => html`<option value="${type}">${type === "None" ? "absent" : type}</option>`,
    )}</select></label><label>Sort by <select id=sort>${sorts.map(
      (sort) => html`<option>${sort}</option>`,
    )}</select></label><button type=button id=all>Open all</button>
    <output id=shown aria-live=polite></output></form>`;
}

function levelFilter(level: (typeof LEVELS)[number], features: readonly InsightsFeature[]): Html {
  const count = features.filter((feature) => levelOf(feature) === level).length;
  return html`<label><input type=checkbox value=${level[0]} checked><span class=${level[0]}>${
    LEVEL_WORDS[level]
  } ${formatCount(count)}</span></label>`;
}

function featureTable(command: Insights["command"], rows: readonly string[], left: number): Html {
  if (rows.length + left === 0) return html``;
  const [style, columns] = command === "check" ? ["check", COLUMNS] : ["profile", PROFILE_COLUMNS];
  const shortened = rows.filter((row) => row.includes(SHORTENED)).length;
  const shortNote =
    shortened > 0
      ? html`<p class=u>Of ${plural(shortened, "feature")} less is shown than of others, ${WHY}</p>`
      : undefined;
  const cut =
    left > 0
      ? html`<p class=u>${formatCount(left)} more features are left out ${WHY}</p>`
      : undefined;
  return html`<main><table id=features class=${style}><thead><tr>${columns.map(
    (name) => html`<th scope=col>${name}</th>`,
  )}</thead>${new Html(rows.join("\n"))}</table>${cut}${shortNote}
  <p id=none hidden>No feature is like that.</p></main>`;
}
