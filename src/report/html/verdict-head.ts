/** The first screen: the verdict in a sentence, what was compared, four counters. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import { plural } from "../../base/plural.ts";
import { ADVISORY_CHECK_TYPES } from "../../checks/check.ts";
import type { Insights } from "../../monitor/insights.ts";
import { labelOf, UNJUDGED_WORDS } from "../check-words.ts";
import { bySeverity, isUnjudged, levelOf } from "./feature-level.ts";
import { type Html, html } from "./html.ts";
import { isolated, nameList } from "./shown-text.ts";
import { isMixed } from "./type-evidence.ts";

/** Renders the head of a check or of a baseline. */
export function verdictHead(insights: Insights): Html {
  const { verdict, command } = insights;
  const badge = BADGES[verdict.status];
  const title = command === "check" ? "Tidemark drift report" : "Tidemark baseline profile";
  return html`
    <header><p class=brand>${title}</p>
    <h1><span class="badge ${badge.style}">${badge.word}</span> ${sentence(insights)}</h1>
    <p class=lead>${lead(insights)}</p>${columnNames(insights.dataset)}
    <dl class=counters>${counters(insights).map(
      ({ name, value, note, isMarked }) => html`
        <div><dt>${name}<dd${isMarked ? html` class=r` : undefined}>${value}
        <small>${note}</small></div>`,
    )}</dl></header>`;
}

const BADGES = {
  violated: { word: "Fail", style: "v" },
  passed: { word: "Pass", style: "p" },
  profiled: { word: "Baseline", style: "p" },
  no_data: { word: "No data", style: "u" },
} as const;

function sentence(insights: Insights): Html {
  const { verdict, features, dataset } = insights;
  switch (verdict.status) {
    case "profiled":
      return html`${plural(dataset.columns, "feature")} of ${plural(dataset.rows, "record")}`;
    case "no_data":
      return html`There was nothing to check`;
    case "passed":
      return verdict.unjudged === 0
        ? html`${plural(features.length, "feature")}, and none breaks its constraints`
        : html`No constraint is broken, ${plural(verdict.unjudged, "check")} could not be judged`;
    case "violated":
      return violatedSentence(insights);
  }
}

function violatedSentence({ features, dataset }: Insights): Html {
  const violated = features.filter((feature) => levelOf(feature) === "violated");
  const columns = columnsPhrase(dataset);
  if (violated.length === 0) return html`${columns ?? "The columns are not the baseline's"}`;
  const [gravest] = bySeverity(violated);
  const verb = violated.length === 1 ? "breaks its" : "break their";
  const [few, most] = [formatCount(violated.length), isolated(gravest!.name, 40)];
  return html`${few} of ${plural(features.length, "feature")} ${verb} constraints, ${most}
    ${violated.length === 1 ? " alone" : " most of all"}
    ${columns === undefined ? "" : `; ${columns}`}`;
}

function columnsPhrase({ missing, extra, checks }: Insights["dataset"]): string | undefined {
  if (missing.length > 0) return `${plural(missing.length, "column")} of the baseline missing`;
  if (extra.length > 0) return `${plural(extra.length, "column")} that the baseline lacks`;
  const count = checks.find(({ status }) => status === "violated");
  return count && `${count.observed} columns came instead of ${count.expected}`;
}

/** Names the columns that came too few or too many, where that is a violation. */
function columnNames({ missing, extra, checks }: Insights["dataset"]): Html | undefined {
  if (!checks.some(({ status }) => status === "violated")) return undefined;
  return html`${
    missing.length > 0 ? html`<p class=r>Missing columns: ${nameList(missing, 20)}</p>` : undefined
  }${extra.length > 0 ? html`<p class=r>Extra columns: ${nameList(extra, 20)}</p>` : undefined}`;
}

/** What was read, when, and what it was compared with. */
function lead(insights: Insights): Html {
  const { emptiness, window, inputs, baseline, verdict, semantics } = insights;
  if (verdict.status === "no_data") return html`${emptiness?.message}`;
  const from = window?.start === undefined ? "" : ` from ${window.start}`;
  const to = window?.end === undefined ? "" : ` to ${window.end}`;
  const against =
    baseline === undefined
      ? undefined
      : html` against <code>${isolated(baseline.path, 120)}</code>`;
  const clearing = verdict.clearing ?? [];
  const toPass =
    clearing.length === 0
      ? undefined
      : html` It would pass without the violations of ${nameList(clearing, 3)}.`;
  const raised = advisoryPhrase(verdict);
  return html`${plural(inputs.length, "file")}${from}${to}
    ${against} under ${semantics} semantics.${toPass}${raised}`;
}

/** Advisories stand beside the verdict, or are violations of it where the run was told so. */
function advisoryPhrase(verdict: Insights["verdict"]): Html | undefined {
  const { advisories = 0, by_check: byCheck } = verdict;
  if (advisories === 0) return undefined;
  const violating = ADVISORY_CHECK_TYPES.reduce((sum, type) => sum + (byCheck[type] ?? 0), 0);
  if (violating === 0) {
    return html` ${plural(advisories, "advisory note")} beside the verdict.`;
  }
  const verb = violating === 1 ? "is" : "are";
  return html` ${plural(violating, "violation")} of it ${verb} by advisory rules.`;
}

interface Counter {
  readonly name: string;
  readonly value: string;
  readonly note: Html | string;
  readonly isMarked: boolean;
}

function counters(insights: Insights): readonly Counter[] {
  return insights.command === "baseline" ? profileCounters(insights) : checkCounters(insights);
}

function checkCounters(insights: Insights): readonly Counter[] {
  const { verdict, features } = insights;
  const levels = features.map(levelOf);
  const violated = levels.filter((level) => level === "violated").length;
  const drifted = verdict.by_check.baseline_drift_check ?? 0;
  const byCount = Object.entries(verdict.by_check).sort(([, a], [, b]) => b - a);
  const kinds = byCount.map(
    ([type, count]) => `${count} ${labelOf({ type: type as keyof typeof verdict.by_check })}`,
  );
  return [
    {
      name: "Violations",
      value: formatCount(verdict.violations),
      note: kinds.join(", ") || "every judged check passed",
      isMarked: verdict.violations > 0,
    },
    {
      name: "Features violated",
      value: formatCount(violated),
      note: `of ${formatCount(features.length)}, ${formatCount(drifted)} by drift`,
      isMarked: violated > 0,
    },
    recordCounter(insights),
    {
      name: "Checks not judged",
      value: formatCount(verdict.unjudged),
      note: unjudgedNote(insights),
      isMarked: false,
    },
  ];
}

/** Why checks were not judged, else the power of those that were. */
function unjudgedNote({ features }: Insights): string {
  const checks = features.flatMap((feature) => feature.checks);
  const words = [...new Set(checks.filter(isUnjudged).map(({ status }) => UNJUDGED_WORDS[status]))];
  if (words.length > 0) return words.join(", ");
  const least = checks
    .filter(({ type }) => type === "baseline_drift_check")
    .flatMap(({ detectable }) => (detectable === undefined ? [] : [detectable]));
  return least.length === 0
    ? "all were"
    : `a gap above ${formatNumber(Math.max(...least))} would have shown`;
}

function recordCounter({ inputs, dataset, features, command }: Insights): Counter {
  const rejected = inputs
    .flatMap((input) => Object.values(input.rejected))
    .reduce((all, count) => all + count, 0);
  const read = inputs.reduce((all, { records }) => all + records, 0);
  const share = rejected === 0 ? 0 : rejected / (read + rejected);
  const m = Math.max(0, ...features.map(({ baseline }) => baseline?.n ?? 0));
  const against = command === "check" && m > 0 ? `, baseline ${formatCount(m)}` : "";
  return {
    name: "Records read",
    value: formatCount(dataset.rows),
    note: `${formatCount(rejected)} rejected (${formatShare(share)})${against}`,
    isMarked: false,
  };
}

function profileCounters(insights: Insights): readonly Counter[] {
  const { features } = insights;
  const types = new Map<string, number>();
  for (const { type = "Unknown" } of features) types.set(type, (types.get(type) ?? 0) + 1);
  const incomplete = features.filter(({ counts }) => (counts?.missing ?? 0) > 0);
  const mixed = features.filter(isMixed);
  return [
    recordCounter(insights),
    {
      name: "Features",
      value: formatCount(features.length),
      note: [...types].map(([type, count]) => `${formatCount(count)} ${type}`).join(", "),
      isMarked: false,
    },
    {
      name: "With missing cells",
      value: formatCount(incomplete.length),
      note: incomplete.length === 0 ? "every cell is present" : nameList(names(incomplete), 3),
      isMarked: false,
    },
    {
      name: "Numbers and texts mixed",
      value: formatCount(mixed.length),
      note: mixed.length === 0 ? "no column is both" : nameList(names(mixed), 3),
      isMarked: mixed.length > 0,
    },
  ];
}

function names(features: Insights["features"]): readonly string[] {
  return features.map(({ name }) => name);
}
