/** The sampled records behind a violation as a table to copy from. */
import type { Offender, Offenders } from "../../monitor/insights-evidence.ts";
import { offenderCount, offenderFacts, placeOf } from "../offender-words.ts";
import { type Html, html } from "./html.ts";
import { cut, isolated } from "./shown-text.ts";

const COLUMNS: readonly (readonly [string, (offender: Offender) => string | undefined])[] = [
  ["line", ({ line }) => String(line)],
  ["eventId", ({ event_id }) => event_id],
  ["inferenceId", ({ inference_id }) => inference_id],
  ["inferenceTime", ({ inference_time }) => inference_time],
  ["value", ({ value }) => value],
];

const PATH_LENGTH_MAX = 160;

/** Names one of the records, where there is no room for more. */
export function offenderLine(offenders: Offenders): Html {
  const [first] = offenders.sample;
  if (first === undefined) return html`<p>Records: ${offenderCount(offenders)}.`;
  return html`<p>Records: ${offenderCount(offenders)}, one at <code>${cut(
    placeOf(first),
    PATH_LENGTH_MAX,
  )}</code> ${cut(offenderFacts(first), PATH_LENGTH_MAX)}</p>`;
}

/** Shows up to `max` records; columns that none of them has are left out. */
export function offenderTable(offenders: Offenders, max: number): Html {
  const shown = offenders.sample.slice(0, max);
  if (shown.length === 0) return html`<p>Records: ${offenderCount(offenders)}.`;
  const folder = commonFolder(shown.map(({ file }) => file));
  const columns = COLUMNS.filter(([, read]) => shown.some((each) => read(each) !== undefined));
  const rows = shown.map(
    (offender) =>
      html`<tr><td>${cut(offender.file.slice(folder.length), PATH_LENGTH_MAX)}${columns.map(
        ([, read]) => html`<td>${cut(read(offender) ?? "")}`,
      )}`,
  );
  return html`<div class=o><p>Records: ${offenderCount(offenders)}${
    shown.length < offenders.count ? `, ${shown.length} of them here` : ""
  }${
    folder === ""
      ? ""
      : html`, below <code class=w>${isolated(folder, PATH_LENGTH_MAX)}
    </code>`
  }. <button type=button class=y data-p="${cut(
    folder,
    PATH_LENGTH_MAX,
  )}" hidden>Copy</button><div class=h tabindex=0 role=region aria-label="Records"><table><thead>
  <tr><th>file${columns.map(([name]) => html`<th>${name}`)}<tbody>${rows}</table></div></div>`;
}

/** The folder that all paths begin with, its slash included. */
function commonFolder(paths: readonly string[]): string {
  const [first = "", ...others] = paths;
  let length = first.lastIndexOf("/") + 1;
  for (const path of others) {
    while (!path.startsWith(first.slice(0, length))) {
      length = length < 2 ? 0 : first.lastIndexOf("/", length - 2) + 1;
    }
  }
  return first.slice(0, length);
}
