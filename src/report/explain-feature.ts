/**
 * Everything a run knows of one feature, in the terminal: its type and why, both sides in numbers
 * and in bars, what moved, every check with its numbers put in, records, segments, advisories. At
 * most 80 columns wide, save for paths.
 */

import { formatCount, formatNumber, formatShare } from "../base/format-number.ts";
import { plural } from "../base/plural.ts";
import type { InsightsFeature } from "../monitor/insights.ts";
import { labelOf, passSentence, valueText } from "./check-words.ts";
import { type Colors, createColors } from "./colors.ts";
import { constraintPlaceOf, placeText, type ReportSource } from "./constraint-place.ts";
import { cutToWidth } from "./display-width.ts";
import { explainCheck } from "./explain-check.ts";
import { explainMoved } from "./explain-moved.ts";
import { explainSides } from "./explain-sides.ts";
import { offenderCount, offenderFacts, placeOf } from "./offender-words.ts";
import { printable } from "./printable.ts";
import { bucketBars, categoryBars } from "./share-bars.ts";
import { wrap } from "./wrap.ts";

const NAME_WIDTH_MAX = 60;

/** Renders the feature, one of the run's, ending in a newline. */
export function explainFeature(
  source: ReportSource,
  feature: InsightsFeature,
  isColored: boolean,
): string {
  const colors = createColors(isColored);
  const shown = printable(feature);
  const sections = [
    headLines(shown, colors),
    titled("both sides", explainSides(shown), colors),
    titled("distribution: baseline, then current", shapeLines(shown), colors),
    titled("what moved", explainMoved(shown), colors),
    titled("checks", checkLines(source, feature, colors), colors),
    titled("segments", segmentLines(shown), colors),
    titled("advisories", advisoryLines(shown), colors),
  ];
  const lines = sections.filter((section) => section.length > 0);
  return `${lines.map((section) => section.join("\n")).join("\n\n")}\n`;
}

function titled(title: string, lines: readonly string[], colors: Colors): readonly string[] {
  return lines.length === 0 ? [] : [colors.dim(title), ...lines];
}

function headLines({ name, type, position, evidence, counts }: InsightsFeature, colors: Colors) {
  const facts = [
    type ?? "no column of the run",
    ...(position === undefined ? [] : [`column ${position}`]),
    ...(counts === undefined
      ? []
      : [`${formatCount(counts.present)} present`, `${formatCount(counts.missing)} missing`]),
    ...(counts?.distinct === undefined ? [] : [`about ${formatCount(counts.distinct)} distinct`]),
  ];
  const head = cutToWidth(name, NAME_WIDTH_MAX);
  const { first_string: first, ...classes } = evidence ?? {};
  const cells = Object.entries(classes)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${formatCount(count)} ${kind.replace("_", "-")}`);
  return [
    colors.bold(head),
    ...wrap("  ", facts.join(" · ")),
    ...(cells.length === 0 ? [] : wrap("  cells  ", cells.join(", "))),
    ...(first === undefined ? [] : wrap("  ", `first text at ${first.file}:${first.line}`)),
  ];
}

function shapeLines({ shape }: InsightsFeature): string[] {
  if (shape === undefined) return [];
  const bars = shape.kind === "numeric" ? bucketBars(shape.buckets) : categoryBars(shape);
  return bars.map((line) => `  ${line}`);
}

function checkLines(source: ReportSource, feature: InsightsFeature, colors: Colors): string[] {
  const { name } = feature;
  return feature.checks.flatMap((check) => {
    const isViolated = check.status === "violated";
    const place = isViolated ? constraintPlaceOf(source, { name, check }) : undefined;
    const words = check.status.replaceAll("_", " ");
    const status = isViolated ? colors.red(words) : words;
    const { offenders } = check;
    const passes = passSentence(check);
    const details = [
      ...explainCheck(printable(check), printable(feature)),
      ...(passes === undefined ? [] : [passes]),
    ];
    return [
      `  ${labelOf(check)}: ${status}`,
      ...details.flatMap((text) => wrap("    ", text)),
      ...(place === undefined ? [] : wrap("    constraint  ", printable(placeText(place)))),
      ...(offenders === undefined ? [] : wrap("    ", `behind it: ${offenderCount(offenders)}`)),
      ...(offenders?.sample ?? []).flatMap((offender) => {
        const facts = printable(offenderFacts(offender));
        const at = `      ${printable(placeOf(offender))}`;
        return [at, ...(facts === "" ? [] : wrap("        ", facts))];
      }),
    ];
  });
}

function segmentLines({ segments = [] }: InsightsFeature): string[] {
  return segments.flatMap((segment) => {
    const { feature, value, records, share } = segment;
    const within = formatNumber(segment.distance_within);
    const without = formatNumber(segment.distance_without);
    return wrap(
      "  ",
      `${cutToWidth(feature, NAME_WIDTH_MAX)} = ${valueText(value)}: ` +
        `${plural(records, "record")} (${formatShare(share)}), ` +
        `distance ${within} within and ${without} without it`,
    );
  });
}

function advisoryLines({ advisories = [] }: InsightsFeature): string[] {
  return advisories.flatMap((advisory) => {
    const { rule, status, observed, threshold, bound, p_value: p, n, m } = advisory;
    const numbers = [
      `observed ${formatNumber(observed)}`,
      `least that matters ${formatNumber(threshold)}`,
      ...(bound === undefined ? [] : [`chance reaches ${formatNumber(bound)}`]),
      ...(p === undefined ? [] : [`p = ${formatNumber(p)}`]),
      `n = ${formatCount(n)}, m = ${formatCount(m)}`,
    ];
    return [
      `  ${rule}: ${status.replace("_", " ")}`,
      ...wrap("    ", advisory.sentence),
      ...wrap("    ", numbers.join(", ")),
    ];
  });
}
