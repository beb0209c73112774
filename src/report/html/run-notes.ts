/** What belongs to the run as a whole: columns, the other semantics, warnings, files. */

import { formatCount } from "../../base/format-number.ts";
import { plural } from "../../base/plural.ts";
import type { Insights } from "../../monitor/insights.ts";
import { type Html, html } from "./html.ts";
import { cut, isolated } from "./shown-text.ts";

const ITEMS_MAX = 20;
const WARNING_LENGTH_MAX = 600;

/** Renders what there is to tell below the table. */
export function runNotes(insights: Insights): Html {
  const { dataset, emptiness, verdict, warnings } = insights;
  const told = emptiness === undefined || verdict.status === "no_data" ? [] : [emptiness.message];
  return html`<aside>${section("Missing columns", dataset.missing, isolated)}${section(
    "Extra columns",
    dataset.extra,
    isolated,
  )}${section("Warnings", [...told, ...warnings], warning)}
  ${otherVerdict(verdict.other)}${rejections(emptiness)}${files(insights)}</aside>`;
}

function section(
  title: string,
  texts: readonly string[],
  item: (text: string) => Html,
): Html | undefined {
  if (texts.length === 0) return undefined;
  const rest = texts.length - ITEMS_MAX;
  return html`<section><h2>${title}</h2><ul>${texts
    .slice(0, ITEMS_MAX)
    .map(
      (text) => html`<li>${item(text)}`,
    )}${rest > 0 ? html`<li>${more(rest)}` : undefined}</ul></section>`;
}

function warning(text: string): Html {
  return html`${cut(text, WARNING_LENGTH_MAX)}`;
}

function more(count: number): string {
  return `and ${formatCount(count)} more in insights.json`;
}

function otherVerdict(other: Insights["verdict"]["other"]): Html | undefined {
  if (other === undefined) return undefined;
  const title = html`<h2>Under ${other.semantics}</h2>`;
  if (other.status === "not_comparable") {
    return html`<section>${title}<p>The records would have been read differently.</section>`;
  }
  const { violations = 0, only_here: here = [], only_there: there = [] } = other;
  const difference =
    here.length + there.length === 0
      ? html`<p>${plural(violations, "violation")}, the same.`
      : html`<p>${plural(violations, "violation")}.`;
  return html`<section>${title}${difference}${list("Not seen there", here)}
    ${list("Only there", there)}</section>`;
}

function list(title: string, names: readonly string[]): Html | undefined {
  if (names.length === 0) return undefined;
  const rest = names.length - ITEMS_MAX;
  return html`<h3>${title}</h3><ul>${names
    .slice(0, ITEMS_MAX)
    .map(
      (name) => html`<li>${isolated(name, 120)}`,
    )}${rest > 0 ? html`<li>${more(rest)}` : undefined}</ul>`;
}

function rejections(emptiness: Insights["emptiness"]): Html | undefined {
  const { rejected = [], hours } = emptiness ?? {};
  const listed = rejected.map(({ reason, count, detail, file, line }) => {
    const place =
      file === undefined ? "" : `, first at ${file}${line === undefined ? "" : `:${line}`}`;
    const why = detail === undefined ? "" : `: ${detail}`;
    return `${formatCount(count)} ${reason.replaceAll("_", " ")}${place}${why}`;
  });
  const span =
    hours === undefined
      ? []
      : [
          `Files are there for ${plural(hours.count, "hour")}, ` +
            `from ${hours.first} to ${hours.last}.`,
        ];
  return section("What was there", [...span, ...listed], (text) =>
    isolated(text, WARNING_LENGTH_MAX),
  );
}

/** Input files, those with rejected records first. */
function files({ inputs }: Insights): Html | undefined {
  if (inputs.length === 0) return undefined;
  const rejectedIn = (input: (typeof inputs)[number]): number =>
    Object.values(input.rejected).reduce((all, count) => all + count, 0);
  const sorted = inputs.toSorted((a, b) => rejectedIn(b) - rejectedIn(a));
  const rows = sorted.slice(0, ITEMS_MAX).map(
    (input) =>
      html`<tr><td>${isolated(input.path, 160)}<td class=n>${formatCount(input.records)}
          <td class=n>${formatCount(rejectedIn(input))}<td class=n>${formatCount(input.bytes)}`,
  );
  const rest = inputs.length - ITEMS_MAX;
  return html`<section class=w><details><summary>Files read (${formatCount(inputs.length)})
    </summary><div class=h tabindex=0 role=region aria-label="Files read"><table><thead><tr>
    <th>Path<th>Records<th>Rejected<th>Bytes<tbody>${rows}</table></div>${
      rest > 0 ? html`<p>${more(rest)}` : undefined
    }</details></section>`;
}
