/** Why a column has its type: cells by class, and the first cell that made it String. */

import { formatCount } from "../../base/format-number.ts";
import type { InsightsFeature } from "../../monitor/insights.ts";
import { type Html, html } from "./html.ts";
import { isolated } from "./shown-text.ts";

type Evidence = NonNullable<InsightsFeature["evidence"]>;

interface CellClass {
  readonly key: Exclude<keyof Evidence, "first_string">;
  readonly name: string;
}

const CLASSES: readonly CellClass[] = [
  { key: "integral", name: "whole numbers" },
  { key: "fractional", name: "fractions" },
  { key: "boolean", name: "true or false" },
  { key: "string", name: "texts" },
  { key: "uncastable", name: "almost numbers" },
  { key: "non_finite", name: "numbers too large" },
];

/** Whether numbers and texts met in the column. */
export function isMixed({ evidence }: InsightsFeature): boolean {
  if (evidence === undefined) return false;
  return evidence.string + evidence.boolean > 0 && evidence.integral + evidence.fractional > 0;
}

/** Tells it of a column whose cells are of more than one class; nothing of others. */
export function typeEvidence({ type, evidence }: InsightsFeature): Html | undefined {
  if (evidence === undefined) return undefined;
  const counted = CLASSES.filter(({ key }) => evidence[key] > 0);
  if (counted.length < 2 && evidence.negative === 0) return undefined;
  const first = evidence.first_string;
  const items = counted.map(({ key, name }) => html`<dt>${name}<dd>${formatCount(evidence[key])}`);
  const negative =
    evidence.negative > 0 ? html`<dt>negative<dd>${formatCount(evidence.negative)}` : undefined;
  const because =
    first === undefined
      ? undefined
      : html`<p>${type === "String" ? "String because of" : "The first text is"} <code>${isolated(
          first.file,
          160,
        )}:${first.line}</code></p>`;
  return html`<section><h3>Cells</h3><dl>${items}${negative}</dl>${because}</section>`;
}
