/** What differs between two constraints files, in words. */

import { formatShare } from "../base/format-number.ts";
import type {
  ConfigOverrides,
  Constraints,
  FeatureConstraints,
  MonitoringConfig,
} from "../constraints/constraints.ts";
import { SETTINGS } from "../constraints/monitoring-config.ts";
import { cutToWidth } from "./display-width.ts";
import { listNames } from "./list-names.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

const NAME_WIDTH_MAX = 60;
const VALUES_SHOWN_MAX = 10;

/** Lists the differences; empty where the same is checked, however it is spelled. */
export function diffConstraints(before: Constraints, after: Constraints): string[] {
  const olds = new Map(before.features.map((feature) => [feature.name, feature]));
  const news = new Map(after.features.map((feature) => [feature.name, feature]));
  const removed = before.features.filter(({ name }) => !news.has(name));
  const added = after.features.filter(({ name }) => !olds.has(name));
  const kept = after.features.flatMap((feature) => {
    const old = olds.get(feature.name);
    return old === undefined ? [] : featureLines(old, feature);
  });
  return printable([
    ...configLines("every feature", before.config, after.config),
    ...removed.flatMap(({ name }) => [`removed  ${nameText(name)}`]),
    ...added.flatMap(({ name, inferredType }) => [`added    ${nameText(name)}, ${inferredType}`]),
    ...orderLines(before, after, added.length + removed.length),
    ...kept,
  ]);
}

function featureLines(before: FeatureConstraints, after: FeatureConstraints): string[] {
  const share = (value: number | undefined): string =>
    value === undefined ? "not checked" : `at least ${formatExactly(value)}`;
  const sign = (value: boolean | undefined): string => (value === true ? "checked" : "not checked");
  const lines = [
    ...changed("type", before.inferredType, after.inferredType),
    ...changed("completeness", share(before.completeness), share(after.completeness)),
    ...changed("non-negative", sign(before.isNonNegative), sign(after.isNonNegative)),
    ...domainLines(before.domains, after.domains),
    ...settingLines(before.overrides, after.overrides, "the file's"),
  ];
  return lines.length === 0 ? [] : [nameText(after.name), ...lines];
}

function domainLines(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): string[] {
  if (before === undefined && after === undefined) return [];
  const count = (texts: readonly string[] | undefined): string =>
    texts === undefined ? "not checked" : `${texts.length} texts`;
  if (before === undefined || after === undefined) {
    return changed("domains", count(before), count(after));
  }
  const olds = new Set(before);
  const news = new Set(after);
  const gained = [...news].filter((text) => !olds.has(text));
  const lost = [...olds].filter((text) => !news.has(text));
  const listed = (texts: readonly string[]): string =>
    listNames(
      texts.map((text) => JSON.stringify(cutToWidth(text, NAME_WIDTH_MAX))),
      VALUES_SHOWN_MAX,
    );
  return [
    ...(gained.length === 0 ? [] : wrap("  domains  + ", listed(gained))),
    ...(lost.length === 0 ? [] : wrap("  domains  - ", listed(lost))),
  ];
}

function orderLines(before: Constraints, after: Constraints, moved: number): string[] {
  if (moved > 0) return [];
  const isSame = before.features.every(({ name }, index) => after.features[index]?.name === name);
  return isSame ? [] : ["the features stand in another order"];
}

function configLines(title: string, before: MonitoringConfig, after: MonitoringConfig): string[] {
  const lines = settingLines(before, after, "comparison_threshold");
  return lines.length === 0 ? [] : [title, ...lines];
}

function settingLines(before: ConfigOverrides, after: ConfigOverrides, absent: string): string[] {
  return (Object.keys(SETTINGS) as (keyof MonitoringConfig)[]).flatMap((key) =>
    changed(
      SETTINGS[key].names[0],
      settingText(before[key], absent),
      settingText(after[key], absent),
    ),
  );
}

function settingText(value: string | number | boolean | undefined, absent: string): string {
  if (value === undefined) return absent;
  return typeof value === "boolean" ? (value ? "Enabled" : "Disabled") : String(value);
}

function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : wrap(`  ${what}  `, `${before} -> ${after}`);
}

/** Shares that differ must not look alike. */
function formatExactly(share: number): string {
  const text = formatShare(share);
  return Number(text.slice(0, -1)) / 100 === share ? text : String(share);
}

function nameText(name: string): string {
  return name.trim() === "" ? JSON.stringify(name) : cutToWidth(name, NAME_WIDTH_MAX);
}
