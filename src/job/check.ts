/** Checking as a library call: a baseline and records in, every check's result out. */
import { otherSemantics } from "../base/semantics.ts";
import { adviseRun, type RunAdvisories } from "../monitor/advisories.ts";
import { withAdvisories } from "../monitor/advisory-violations.ts";
import type { Baseline } from "../monitor/baseline.ts";
import { type Comparison, compare } from "../monitor/compare.ts";
import { findMisalignments, type Misalignment } from "../monitor/misalignment.ts";
import { type OffendersOf, offenderFinder } from "../monitor/offender-finder.ts";
import { asCurrent, type CurrentProfile, type Profile } from "../profile/profile.ts";
import { assertEvidence } from "./assert-evidence.ts";
import { hoursOf } from "./hours-of.ts";
import { inputsOf, type Source } from "./inputs-of.ts";
import type { ReadOptions, VerdictOptions } from "./job-options.ts";
import { type ProfileOptions, REJECTED_HINT } from "./profile.ts";
import { type ProfiledInputs, profileInputs } from "./profile-inputs.ts";

export interface Checked {
  readonly profile: CurrentProfile;
  readonly comparison: Comparison;
  /** The same records under the other semantics, unless it would have read other rows. */
  readonly other: Comparison | "not_comparable";
  /**
   * What the rules beside the checks say, by feature; the same under both semantics. Empty where no
   * evidence is gathered.
   */
  readonly advisories: RunAdvisories;
  /** How captured columns seem to stand, where not as the comparison by position took them. */
  readonly misalignments: readonly Misalignment[];
  /** The records behind violations, where they were collected. */
  readonly offendersOf: OffendersOf | undefined;
}

/**
 * Checks a source against a baseline in one streaming pass; violations do not throw. Throws a
 * `TidemarkError` when no record can be read or too many are rejected.
 *
 * @example
 * const { baseline } = await readBaseline("baseline/");
 * const { comparison } = await check(baseline, "capture/");
 * console.log(comparison.violations);
 */
export async function check(
  baseline: Baseline,
  source: Source,
  options: ProfileOptions & VerdictOptions = {},
): Promise<Checked> {
  assertEvidence(options);
  const { onReject, signal } = options;
  const inputs = await inputsOf(source, undefined, { signal, hours: hoursOf(options) });
  const context = { baseline, onReject, rejectedHint: REJECTED_HINT };
  return compareInputs(baseline, await profileInputs(inputs, options, context), options);
}

/** Compares what was read with the baseline, under the chosen semantics and under the other. */
export function compareInputs(
  baseline: Baseline,
  { ownNames, isSameUnderBoth, ...read }: ProfiledInputs,
  options: ReadOptions & VerdictOptions,
): Checked {
  const { semantics = "tidemark", sides = "both", outputColumnsPosition = "START" } = options;
  const { evidence: hasEvidence = true } = options;
  const profile = asCurrent(read.profile);
  const named = asCurrent(rename(read.profile, ownNames));
  const namesKnown = ownNames !== undefined;
  const isCaptured = read.format === "capture" || read.format === "transform";
  const isByPosition = isCaptured && !namesKnown;
  const comparison = compare(baseline, named, { semantics, namesKnown });
  const advisories: RunAdvisories = hasEvidence ? adviseRun(comparison) : new Map();
  const judged = (checked: Comparison): Comparison =>
    options.advisoriesAsViolations ? withAdvisories(checked, advisories) : checked;
  return {
    profile,
    comparison: judged(comparison),
    other: isSameUnderBoth
      ? judged(compare(baseline, named, { semantics: otherSemantics(semantics), namesKnown }))
      : "not_comparable",
    advisories,
    misalignments: isByPosition
      ? findMisalignments(baseline, named, { sides, outputColumnsPosition })
      : [],
    offendersOf: read.offenders && offenderFinder(read.offenders, named, comparison),
  };
}

/** Under `model-monitor` a profile has the baseline's names; comparisons match by the run's own. */
function rename(profile: Profile, names: readonly string[] | undefined): Profile {
  if (names === undefined) return profile;
  const features = profile.features.map((feature, at) => ({ ...feature, name: names[at]! }));
  return { ...profile, features };
}
