/** Puts what a run found together into its insights; pure. */
import { otherSemantics, type Semantics } from "../base/semantics.ts";
import { VERSION } from "../base/version.ts";
import type { CheckResult, CheckType } from "../checks/check.ts";
import type { FeatureProfile, Profile } from "../profile/profile.ts";
import type { GroundTruthIndex } from "../source/capture/ground-truth-index.ts";
import type { InputTally } from "../source/record-source.ts";
import type { RunAdvisories } from "./advisories.ts";
import type { Baseline } from "./baseline.ts";
import { checkPointers } from "./check-pointers.ts";
import type { Comparison } from "./compare.ts";
import { passesAt, passesWith } from "./counterfactual.ts";
import { type Emptiness, findTooFewRecords } from "./emptiness.ts";
import { type FeatureEvidence, featureEvidence } from "./feature-evidence.ts";
import {
  INSIGHTS_VERSION,
  type Insights,
  type InsightsCheck,
  type InsightsFeature,
  type OtherCheck,
} from "./insights.ts";
import type { Segment } from "./insights-evidence.ts";
import type { OffendersOf } from "./offender-finder.ts";
import { verdictOf } from "./verdict-of.ts";

/** What any run has, one that found nothing included. */
export interface RunParts {
  readonly command: "baseline" | "check";
  readonly semantics: Semantics;
  readonly tallies: readonly InputTally[];
  /** The labels that records were joined with. */
  readonly groundTruth?: GroundTruthIndex | undefined;
  readonly window?: Insights["window"];
}

export interface InsightsParts extends RunParts {
  readonly outputs: readonly { readonly name: string; readonly sha256: string }[];
  /** Where the constraints were read. */
  readonly constraintsFile?: Insights["baseline"];
  readonly profile: Profile;
  /** Absent for a baseline, as is what it was compared with. */
  readonly comparison?: Comparison | undefined;
  readonly baseline?: Baseline | undefined;
  readonly offendersOf?: OffendersOf | undefined;
  /** Where a second pass looked for them, by feature name. */
  readonly segments?: ReadonlyMap<string, readonly Segment[]> | undefined;
  /** The comparison of the same records under the other semantics. */
  readonly other?: Comparison | "not_comparable" | undefined;
  readonly advisories?: RunAdvisories | undefined;
  readonly warnings: readonly string[];
  /** Tell no number that may be the value of a single record, save the extremes. */
  readonly isRedacted?: boolean | undefined;
  /** Whether to tell what stands behind verdicts; true by default. */
  readonly hasEvidence?: boolean | undefined;
}

/** Puts a run's parts together; pure. */
export function buildInsights(given: InsightsParts): Insights {
  const { comparison, profile, hasEvidence = true } = given;
  const parts = hasEvidence ? given : { ...given, advisories: undefined };
  const other = typeof parts.other === "object" ? parts.other : undefined;
  const checksOf = indexChecks(parts, other?.results ?? []);
  const evidenceOf = hasEvidence ? featureEvidence(parts) : new Map<string, FeatureEvidence>();
  const datasetChecks = checksOf(undefined);
  const columnNames = new Set(profile.features.map(({ name }) => name));
  const checkedNames = (comparison?.results ?? [])
    .filter(({ type }) => !DATASET_CHECKS.includes(type))
    .map(({ featureName }) => featureName);
  const absent = new Set([...(comparison?.missing ?? []), ...checkedNames]);
  for (const name of columnNames) absent.delete(name);
  const told = (name: string, column?: FeatureProfile, position?: number): InsightsFeature =>
    describe({
      name,
      column,
      position,
      checks: checksOf(name),
      evidence: evidenceOf.get(name),
      advisories: parts.advisories?.get(name),
    });
  return {
    ...headOf(parts, parts.outputs),
    baseline: parts.constraintsFile,
    dataset: {
      rows: profile.itemCount,
      columns: profile.features.length,
      matching: comparison?.matching,
      missing: comparison?.missing ?? [],
      extra: comparison?.extra ?? [],
      checks: datasetChecks,
    },
    verdict: verdictOf(parts),
    emptiness: comparison && findTooFewRecords(comparison, profile.itemCount),
    features: [
      ...profile.features.map((feature, position) => told(feature.name, feature, position)),
      ...Array.from(absent, (name) => told(name)),
    ],
    warnings: parts.warnings,
  };
}

function inputToJson(tally: InputTally): Insights["inputs"][number] {
  return {
    path: tally.path,
    bytes: tally.bytes,
    sha256: tally.sha256,
    records: tally.records,
    rejected: tally.rejected,
    dropped: tally.dropped || undefined,
    extra_cells: tally.extraCells,
    invalid_utf8: tally.invalidUtf8,
  };
}

function groundTruthToJson(groundTruth: GroundTruthIndex): Insights["ground_truth"] {
  const { tallies, labels, duplicates, matched, unmatched, unused } = groundTruth;
  return { inputs: tallies.map(inputToJson), labels, duplicates, matched, unmatched, unused };
}

/** Tells of a run that found nothing to read and wrote nothing else. */
export function buildEmptyInsights(parts: RunParts, emptiness: Emptiness): Insights {
  return {
    ...headOf(parts, []),
    dataset: { rows: 0, columns: 0, missing: [], extra: [], checks: [] },
    verdict: { status: "no_data", violations: 0, by_check: {}, unjudged: 0 },
    emptiness,
    features: [],
    warnings: [],
  };
}

function headOf(
  { command, semantics, tallies, groundTruth, window }: RunParts,
  outputs: Insights["outputs"],
): Pick<
  Insights,
  "version" | "engine" | "command" | "semantics" | "inputs" | "ground_truth" | "outputs" | "window"
> {
  return {
    version: INSIGHTS_VERSION,
    engine: { name: "tidemark", version: VERSION },
    command,
    semantics,
    inputs: tallies.map(inputToJson),
    ground_truth: groundTruth && groundTruthToJson(groundTruth),
    outputs,
    window,
  };
}

interface FeatureParts
  extends Pick<InsightsFeature, "name" | "position" | "checks" | "advisories"> {
  /** Absent when the run lacks the feature. */
  readonly column: FeatureProfile | undefined;
  readonly evidence: FeatureEvidence | undefined;
}

/** Member by member, so that all features are objects alike: who reads many is faster then. */
function describe(parts: FeatureParts): InsightsFeature {
  const { name, position, column, checks, evidence, advisories } = parts;
  return {
    name,
    position,
    type: column?.inferredType,
    evidence: column?.measured && cellsOf(column.measured),
    counts: column && {
      present: column.present,
      missing: column.missing,
      distinct: column.distinct,
    },
    checks,
    baseline: evidence?.baseline,
    current: evidence?.current,
    shape: evidence?.shape,
    moved: evidence?.moved,
    segments: evidence?.segments,
    advisories,
  };
}

function cellsOf({
  cells,
  firstString,
}: NonNullable<FeatureProfile["measured"]>): InsightsFeature["evidence"] {
  return {
    integral: cells.integral,
    fractional: cells.fractional,
    boolean: cells.boolean,
    string: cells.string,
    uncastable: cells.uncastable,
    non_finite: cells.nonFinite,
    negative: cells.negative,
    first_string: firstString,
  };
}

const DATASET_CHECKS: readonly CheckType[] = ["missing_column_check", "extra_column_check"];

/** Looks checks up by feature name, or those of the whole dataset by undefined. */
function indexChecks(
  { semantics, comparison, baseline, offendersOf, isRedacted }: InsightsParts,
  others: readonly CheckResult[],
): (name: string | undefined) => InsightsCheck[] {
  const keyOf = (result: CheckResult): string =>
    DATASET_CHECKS.includes(result.type) ? "" : `\u0000${result.featureName}`;
  const otherByKey = new Map(others.map((other) => [`${keyOf(other)}\u0000${other.type}`, other]));
  const pointerOf = baseline && comparison && checkPointers(baseline, comparison);
  const byKey = new Map<string, InsightsCheck[]>();
  for (const result of comparison?.results ?? []) {
    const key = keyOf(result);
    const other = otherByKey.get(`${key}\u0000${result.type}`);
    const check = {
      ...checkToJson(isRedacted ? withoutValue(result) : result),
      passes_at: passesAt(result),
      passes_with: passesWith(result),
      pointer: pointerOf?.(result),
      offenders: offendersOf?.(result),
      other: otherToJson(semantics, result, other),
    };
    byKey.set(key, [...(byKey.get(key) ?? []), check]);
  }
  return (name) => byKey.get(name === undefined ? "" : `\u0000${name}`) ?? [];
}

/** The place of a gap between numbers is a value of a record. */
function withoutValue(result: CheckResult): CheckResult {
  const { drift } = result;
  if (typeof drift?.at !== "number") return result;
  return { ...result, drift: { ...drift, at: undefined } };
}

function checkToJson({ type, status, observed, expected, threshold, reason, drift }: CheckResult) {
  return {
    type,
    status,
    observed,
    expected,
    threshold,
    reason,
    method: drift?.method,
    kind: drift?.kind,
    direction: drift?.direction,
    n: drift?.n,
    m: drift?.m,
    margin: drift?.margin,
    simple: drift?.simple,
    robust: drift?.robust,
    at: drift?.at,
    detectable: drift?.detectable,
    power: drift?.detectable === undefined ? undefined : drift.power,
    statistic: drift?.statistic,
    degrees_of_freedom: drift?.degreesOfFreedom,
    p_value: drift?.pValue,
    critical_value: drift?.criticalValue,
  };
}

function otherToJson(
  semantics: Semantics,
  result: CheckResult,
  other: CheckResult | undefined,
): OtherCheck | undefined {
  if (other === undefined) return undefined;
  const isSame =
    other.status === result.status &&
    other.observed === result.observed &&
    other.drift?.simple === result.drift?.simple;
  if (isSame && result.type !== "baseline_drift_check") return undefined;
  return {
    semantics: otherSemantics(semantics),
    status: other.status,
    observed: other.observed,
    n: other.drift?.n,
    m: other.drift?.m,
    simple: other.drift?.simple,
    robust: other.drift?.robust,
  };
}
