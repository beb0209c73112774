/**
 * Texts of others in a page: names, categories, paths. Control characters are spelled out before
 * (`printable`); here they are cut and kept from turning the text around them.
 */
import { formatCount } from "../../base/format-number.ts";
import { type Html, html } from "./html.ts";

const LENGTH_MAX = 80;

/** Cuts a text to `max` characters; an ellipsis then stands for the rest. */
export function cut(text: string, max: number = LENGTH_MAX): string {
  if (text.length <= max) return text;
  // Half a surrogate pair is no character.
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** A text that runs in its own direction, whatever stands around it. */
export function isolated(text: string, max?: number): Html {
  return html`<bdi>${cut(text, max)}</bdi>`;
}

/** Names in a row, those beyond `max` counted. */
export function nameList(names: readonly string[], max: number = 5): Html {
  const shown = names.slice(0, max).map((name, at) => html`${at > 0 ? ", " : ""}${isolated(name)}`);
  const rest = names.length - max;
  return html`${shown}${rest > 0 ? ` and ${formatCount(rest)} more` : ""}`;
}
