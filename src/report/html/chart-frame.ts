/** What a chart of a feature stands in: its size, and its words for who does not see it. */
import { type Html, html } from "./html.ts";

/** Frames a chart 320 units wide. */
export function chartFrame(height: number, label: string, inside: Html): Html {
  const size = html`viewBox="0 0 320 ${height}" width=320 height=${height}`;
  return html`<svg class=c ${size} role=img aria-label="${label}">${inside}</svg>`;
}
