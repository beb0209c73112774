/**
 * A run against its baseline: which column meets which feature, which checks are evaluated, and in
 * which order their violations stand.
 *
 * Invariants:
 * 1. Every check that applies to a feature has one result, whether judged or skipped with a reason.
 * 2. Results and violations stand in check order, inside a check in the order of the constraints.
 * 3. Swapping baseline and current does not compile.
 */
import type { Semantics } from "../base/semantics.ts";
import { invariant } from "../base/tidemark-error.ts";
import { ALL_CHECKS } from "../checks/all.ts";
import type { CheckResult, FeatureCheckInput, Violation } from "../checks/check.ts";
import { evaluateColumnCount } from "../checks/column-count.ts";
import { configOf } from "../constraints/constraints.ts";
import type { CurrentProfile, FeatureProfile } from "../profile/profile.ts";
import type { Baseline } from "./baseline.ts";

export interface CompareOptions {
  readonly semantics: Semantics;
  /** The run's columns carry names of their own (a header, keys), not those of their positions. */
  readonly namesKnown: boolean;
  /** Columns of the run, where that is not the number of profiled features. */
  readonly columnCount?: number | undefined;
}

export interface Comparison {
  readonly results: readonly CheckResult[];
  readonly violations: readonly Violation[];
  /** What the checks of each feature that met a column were given, in order of the constraints. */
  readonly matched: readonly FeatureCheckInput[];
  /** Features of the constraints that are no column of the run; empty where names are unknown. */
  readonly missing: readonly string[];
  /** Columns of the run that are no feature of the constraints; empty where names are unknown. */
  readonly extra: readonly string[];
  readonly matching: "name" | "position";
  /** Why no feature was checked, where that is so. */
  readonly skipped: string | undefined;
}

/**
 * Evaluates every check. Columns meet features by name under `tidemark` where names are known, else
 * by position; by position, unequal counts leave nothing to compare. Zero rows are checks without
 * data, not an error.
 */
export function compare(
  baseline: Baseline,
  current: CurrentProfile,
  options: CompareOptions,
): Comparison {
  const { features, config } = baseline.constraints;
  const { semantics, namesKnown } = options;
  invariant(
    current.features.every(({ measured }) => measured !== undefined),
    "a current profile that was not made from records",
  );
  const missing = namesKnown ? absentNames(features, current.features) : [];
  const extra = namesKnown ? absentNames(current.features, features) : [];
  const matching = namesKnown && semantics === "tidemark" ? "name" : "position";
  const counts = {
    current: options.columnCount ?? current.features.length,
    baseline: features.length,
    namesDiffer: matching === "name" && missing.length + extra.length > 0,
  };
  const skipped = reasonToSkip(config.evaluateConstraints, matching, counts);
  const columnOf = matchColumns(current.features, matching);
  const statisticsOf = matchStatistics(baseline.profile?.features ?? [], features);
  const matched: FeatureCheckInput[] = [];
  const byFeature = features.map((constraint, position) => {
    const input = {
      constraint,
      config: configOf(config, constraint),
      baseline: statisticsOf(constraint.name, position),
      semantics,
      typeMatches: true,
    };
    const column = columnOf(constraint.name, position);
    if (skipped !== undefined) return skipFeature(input, skipped);
    if (!input.config.evaluateConstraints) return skipFeature(input, DISABLED);
    if (column === undefined) return skipFeature(input, "the run has no such column");
    matched.push({ ...input, current: column });
    return evaluateFeature({ ...input, current: column });
  });
  const columnResults = evaluateColumnCount(counts).map((result) =>
    config.evaluateConstraints ? result : skip(result, DISABLED),
  );
  const inOrder = ALL_CHECKS.flatMap(({ type }) =>
    byFeature.flatMap((results) => results.filter((result) => result.type === type)),
  );
  const results = [...columnResults, ...inOrder];
  const violations = results.flatMap(({ violation }) => violation ?? []);
  return { results, violations, matched, missing, extra, matching, skipped };
}

const DISABLED = "the evaluation of constraints is disabled";

function reasonToSkip(
  isEnabled: boolean,
  matching: "name" | "position",
  counts: { readonly current: number; readonly baseline: number },
): string | undefined {
  if (!isEnabled) return DISABLED;
  if (matching === "name" || counts.current === counts.baseline) return undefined;
  return `columns are matched by position, and the run has ${counts.current} of them where the \
constraints have ${counts.baseline}`;
}

interface Named {
  readonly name: string;
}

function absentNames(wanted: readonly Named[], present: readonly Named[]): string[] {
  const names = new Set(present.map(({ name }) => name));
  return wanted.map(({ name }) => name).filter((name) => !names.has(name));
}

function matchColumns(
  columns: readonly FeatureProfile[],
  matching: "name" | "position",
): (name: string, position: number) => FeatureProfile | undefined {
  if (matching === "position") return (_name, position) => columns[position];
  const byName = new Map(columns.map((column) => [column.name, column]));
  return (name) => byName.get(name);
}

/**
 * Finds baseline statistics by name. A feature whose name they lack has those at its position,
 * unless these are another feature's.
 */
function matchStatistics(
  statistics: readonly FeatureProfile[],
  constraints: readonly Named[],
): (name: string, position: number) => FeatureProfile | undefined {
  const byName = new Map(statistics.map((feature) => [feature.name, feature]));
  const constrained = new Set(constraints.map(({ name }) => name));
  return (name, position) => {
    const placed = statistics[position];
    const isFree = placed !== undefined && !constrained.has(placed.name);
    return byName.get(name) ?? (isFree ? placed : undefined);
  };
}

function evaluateFeature(input: FeatureCheckInput): CheckResult[] {
  let typeMatches = true;
  return ALL_CHECKS.flatMap((check) => {
    const result = check.evaluate({ ...input, typeMatches });
    if (check.type === "data_type_check") typeMatches = result?.status !== "violated";
    return result ?? [];
  });
}

/** Evaluated without cells, checks tell at no cost whether they apply. */
function skipFeature(input: Omit<FeatureCheckInput, "current">, reason: string): CheckResult[] {
  return evaluateFeature({ ...input, current: NO_CELLS }).map((result) => skip(result, reason));
}

function skip({ type, featureName }: CheckResult, reason: string): CheckResult {
  return { type, featureName, status: "skipped", reason };
}

const NO_CELLS: FeatureProfile = {
  name: "",
  inferredType: "Unknown",
  present: 0,
  missing: 0,
  distinct: 0,
  numeric: undefined,
  categories: undefined,
  measured: undefined,
};
