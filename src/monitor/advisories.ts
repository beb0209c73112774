/**
 * Beside the verdict: which features moved, by how much, and is that more than chance?
 *
 * A rule is raised for a feature when three things hold: the effect reaches what matters, it is
 * above what samples of these sizes exceed by chance in 3 of 1,000 cases, and the feature has moved
 * at all. The last is decided over all features together: the p-values of a feature's rules become
 * one (Simes), and those of all features are adjusted for their number (Benjamini-Hochberg), so
 * that a wide table alarms no more often than a narrow one. `docs/verdicts.md` shows what this
 * finds and how often it errs. The order of features does not matter.
 */
import { benjaminiHochberg } from "../checks/benjamini-hochberg.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { adviseCategories } from "./advise-categories.ts";
import { adviseMissing } from "./advise-missing.ts";
import { adviseNumbers } from "./advise-numbers.ts";
import { type AdvisoryFinding, formatFigure } from "./advisory-finding.ts";
import type { Comparison } from "./compare.ts";
import { ADVISORY_RULES, type Advisory } from "./insights-evidence.ts";

/** The largest expected share of false discoveries among the features said to have moved. */
const DISCOVERY_ALPHA = 0.002;
/** Fewer records or values than this on a side tell nothing. */
const SAMPLE_MIN = 50;
/** A bound of so many times what matters leaves what matters unseen. */
const BLIND_FACTOR = 2;

/** A feature of the baseline and the column it met. */
export interface FeaturePair {
  readonly baseline: FeatureProfile;
  readonly current: FeatureProfile;
}

/** Advisories by feature name. */
export type RunAdvisories = ReadonlyMap<string, readonly Advisory[]>;

/** Asks about every feature that met a column, has statistics and is not kept from comparison. */
export function adviseRun({ matched }: Comparison): RunAdvisories {
  const asked = matched.flatMap(({ constraint: { name }, config, baseline, current }) =>
    baseline !== undefined && config.performComparison ? [{ name, baseline, current }] : [],
  );
  const advisories = adviseFeatures(asked);
  return new Map(asked.map(({ name }, i) => [name, advisories[i]!]));
}

/** Asks every rule that applies to each pair; one list per pair, in the order of the rules. */
export function adviseFeatures(pairs: readonly FeaturePair[]): Advisory[][] {
  const byFeature = pairs.map(findAll);
  const judged = byFeature.map((findings) => {
    const pValues = findings.filter(isLargeEnough).flatMap(({ pValues }) => pValues);
    return pValues.length === 0 ? undefined : Math.min(...benjaminiHochberg(pValues));
  });
  const adjusted = benjaminiHochberg(judged.filter((p) => p !== undefined)).values();
  const ofFeature = judged.map((p) => (p === undefined ? undefined : adjusted.next().value));
  return byFeature.map((findings, i) => findings.map((finding) => adviseOf(finding, ofFeature[i])));
}

function findAll({ baseline, current }: FeaturePair): AdvisoryFinding[] {
  const findings = [
    ...adviseNumbers(baseline, current),
    ...(baseline.numeric === undefined ? adviseCategories(baseline, current) : []),
    ...[adviseMissing(baseline, current)].filter((finding) => finding !== undefined),
  ];
  return findings.sort((a, b) => ADVISORY_RULES.indexOf(a.rule) - ADVISORY_RULES.indexOf(b.rule));
}

function isLargeEnough({ n, m }: AdvisoryFinding): boolean {
  return Math.min(n, m) >= SAMPLE_MIN;
}

function adviseOf(finding: AdvisoryFinding, ofFeature: number | undefined): Advisory {
  const { rule, observed, threshold, bound, pValues, n, m } = finding;
  const isJudged = isLargeEnough(finding);
  const adjusted = isJudged ? ofFeature : undefined;
  const isMoved = adjusted !== undefined && adjusted <= DISCOVERY_ALPHA;
  const isBlind = !isJudged || bound > BLIND_FACTOR * threshold;
  const status =
    isMoved && observed >= threshold && observed > bound
      ? "raised"
      : isBlind
        ? "insufficient_sample"
        : "passed";
  return {
    rule,
    status,
    observed,
    threshold,
    bound,
    p_value: Math.min(...benjaminiHochberg(pValues)),
    adjusted_p_value: adjusted,
    n,
    m,
    sentence: sentenceOf(finding, status),
  };
}

function sentenceOf(
  { clause, observed, threshold, bound, n, m }: AdvisoryFinding,
  status: Advisory["status"],
): string {
  const chance = `samples of ${n} and ${m} reach ${formatFigure(bound)} by chance`;
  if (status === "raised") {
    return `${clause}: ${formatFigure(threshold)} matters, and ${chance}.`;
  }
  if (status === "insufficient_sample") return `${clause}: too few records to tell, ${chance}.`;
  return observed < threshold
    ? `${clause}: less than the ${formatFigure(threshold)} that matters.`
    : `${clause}: ${chance}.`;
}
