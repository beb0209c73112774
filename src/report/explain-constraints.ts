/** Constraints in words: what must hold for each feature, and when it drifts. */

import { formatShare } from "../base/format-number.ts";
import {
  type Constraints,
  configOf,
  type FeatureConfig,
  type FeatureConstraints,
} from "../constraints/constraints.ts";
import type { InferredType } from "../profile/profile.ts";
import { cutToWidth } from "./display-width.ts";
import { listNames } from "./list-names.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

const NAME_WIDTH_MAX = 60;
const VALUE_WIDTH_MAX = 30;
const VALUES_SHOWN_MAX = 8;

const CELLS: Readonly<Record<InferredType, string>> = {
  Integral: "whole numbers",
  Fractional: "numbers",
  String: "texts",
  Unknown: "",
};

/** Tells every feature, or those given of them; ends in a newline. */
export function explainConstraints(
  { features, config }: Constraints,
  shown: readonly FeatureConstraints[] = features,
): string {
  const blocks = shown.map((feature) => featureLines(feature, configOf(config, feature)));
  const off = config.evaluateConstraints
    ? []
    : [["evaluate_constraints is Disabled: nothing is checked."]];
  const lines = [...off, ...blocks].map((block) => block.join("\n"));
  return `${lines.join("\n\n")}\n`;
}

function featureLines(feature: FeatureConstraints, config: FeatureConfig): string[] {
  const { name, inferredType: type, overrides } = printable(feature);
  const title = name.trim() === "" ? JSON.stringify(name) : cutToWidth(name, NAME_WIDTH_MAX);
  const sentences = [
    ...presenceOf(feature),
    ...typeOf(feature, config),
    ...domainOf(printable(feature), config),
    ...(feature.isNonNegative === true && (type === "Integral" || type === "Fractional")
      ? ["no value may be below 0 (under tidemark)"]
      : []),
    driftOf(feature, config),
    ...(Object.keys(overrides).length === 0 ? [] : ["some of this by overrides of its own"]),
  ];
  return [`${title}  ${type}`, ...sentences.flatMap((sentence) => wrap("  ", sentence))];
}

function presenceOf({ completeness }: FeatureConstraints): string[] {
  if (completeness === undefined) return ["may be missing in any record"];
  if (completeness === 0) return ["may be missing in every record"];
  return completeness === 1
    ? ["must be present in every record"]
    : [`must be present in at least ${formatShare(completeness)} of the records`];
}

function typeOf({ inferredType }: FeatureConstraints, config: FeatureConfig): string[] {
  const cells = CELLS[inferredType];
  if (cells === "") return ["its cells may be of any type"];
  return [`${leastOf(config.datatypeCheckThreshold)} of its cells must be ${cells}`];
}

function domainOf({ inferredType, domains }: FeatureConstraints, config: FeatureConfig): string[] {
  if (inferredType !== "String" || domains === undefined) return [];
  const texts = domains.map((text) => JSON.stringify(cutToWidth(text, VALUE_WIDTH_MAX)));
  const least = leastOf(config.domainContentThreshold);
  if (texts.length === 0) return [`${least} of its cells must hold one of no texts at all`];
  return [`${least} of its cells must hold ${listed(texts)}`];
}

function listed(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0]!;
  return `one of ${texts.length} texts: ${listNames(texts, VALUES_SHOWN_MAX)}`;
}

function leastOf(share: number): string {
  return share === 1 ? "all" : `at least ${formatShare(share)}`;
}

function driftOf({ inferredType }: FeatureConstraints, config: FeatureConfig): string {
  if (inferredType === "Unknown") return "drift is not checked: the type is Unknown";
  if (!config.performComparison) return "drift is not checked: perform_comparison is Disabled";
  const method = config.comparisonMethod.toLowerCase();
  if (inferredType !== "String") {
    return `drift: ${method} L-infinity distance above ${config.comparisonThreshold}`;
  }
  const threshold = config.categoricalComparisonThreshold;
  if (config.categoricalDriftMethod === "LInfinity") {
    return `drift: ${method} L-infinity distance of the categories above ${threshold}`;
  }
  return config.comparisonMethod === "Robust"
    ? `drift: p-value of a chi-squared test of the categories below ${threshold}`
    : `drift: chi-squared statistic of the categories above ${threshold}`;
}
