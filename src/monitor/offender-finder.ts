/**
 * The records behind each violation. Of a rule that single cells break, those are all records whose
 * cell breaks it, of which a sample is named. Of a drift no record is to blame: named are sampled
 * records whose value lies where the share grew most. Unequal numbers of columns are found in every
 * record alike; where a header names the columns it is no record's fault, and none is named.
 */
import type { Offence, OffendingRecord } from "../accumulate/feature-offences.ts";
import type { OffenderCollector } from "../accumulate/offender-collector.ts";
import { compareRecords, type SampledRecord } from "../accumulate/sampled-record.ts";
import { textOfCell } from "../accumulate/sampled-rows.ts";
import type { CheckResult, CheckType, FeatureCheckInput } from "../checks/check.ts";
import { countMatching } from "../checks/data-type.ts";
import type { FeatureProfile, Profile } from "../profile/profile.ts";
import type { Comparison } from "./compare.ts";
import { findDrifted } from "./drifted-cells.ts";
import type { Offender, Offenders } from "./insights-evidence.ts";

export interface OffenderSettings {
  readonly seed: number;
  /** Records named per violation, from 1. */
  readonly recordsMax: number;
  readonly keepsValues: boolean;
  /** Tell no bound that may be the value of a single record. */
  readonly isRedacted: boolean;
}

/** What a run collected. */
export interface CollectedOffenders {
  readonly collector: OffenderCollector;
  readonly settings: OffenderSettings;
  /** Position in the collector of each feature of the profile. */
  readonly columns: readonly number[];
}

const OFFENCES: { readonly [type in CheckType]?: Offence } = {
  data_type_check: "mistyped",
  completeness_check: "missing",
  categorical_values_check: "outside",
  non_negative_check: "negative",
};

/** Tells the offenders of a result of this comparison; undefined where it has none. */
export type OffendersOf = (result: CheckResult) => Offenders | undefined;

/** Takes the profile that was compared. */
export function offenderFinder(
  { collector, settings, columns }: CollectedOffenders,
  profile: Profile,
  { matched, matching }: Comparison,
): OffendersOf {
  const inputs = new Map(matched.map((input) => [input.constraint.name, input]));
  const positions = new Map(profile.features.map((feature, at) => [feature, columns[at]!]));
  return (result) => {
    if (result.status !== "violated") return undefined;
    if (result.type === "missing_column_check" || result.type === "extra_column_check") {
      if (matching === "name") return undefined;
      return name(collector.rows.records.map(alone), profile.itemCount, "all", settings);
    }
    const input = inputs.get(result.featureName);
    const position = input && positions.get(input.current);
    if (input === undefined || position === undefined) return undefined;
    const offence = OFFENCES[result.type];
    if (offence === undefined) return drifted(input, collector, position, settings);
    const offences = collector.offencesAt(position);
    // A column left out may have moved others to other features.
    if (offences?.name !== input.constraint.name) return undefined;
    const count = countOffending(offence, input);
    return name(offences.sampleOf(offence), count, "all", settings);
  };
}

function countOffending(
  offence: Offence,
  { constraint, current, semantics }: FeatureCheckInput,
): number {
  const { cells } = current.measured!;
  if (offence === "missing") return current.missing;
  if (offence === "negative") return cells.negative;
  if (offence === "outside") return current.present - countAllowed(constraint.domains, current);
  const expected = constraint.inferredType;
  if (expected === "Unknown") return 0;
  return current.present - countMatching(cells, expected, semantics);
}

function countAllowed(domain: readonly string[] = [], { measured }: FeatureProfile): number {
  const { counts } = measured!.frequencies;
  return [...new Set(domain)].reduce((sum, text) => sum + (counts.get(text) ?? 0), 0);
}

function drifted(
  input: FeatureCheckInput,
  { rows }: OffenderCollector,
  position: number,
  settings: OffenderSettings,
): Offenders | undefined {
  const found = findDrifted(input, rows.cellsOf(position));
  if (found === undefined) return undefined;
  const { cells, region, isNameable } = found;
  const records = cells.map((cell) => ({
    record: cell.record,
    value: settings.keepsValues ? textOfCell(cell) : undefined,
  }));
  const { sample, ...counted } = name(records, records.length, "sample", settings);
  return {
    ...counted,
    sampled: rows.records.length,
    region: isNameable && !settings.isRedacted ? region : undefined,
    sample,
  };
}

function alone(record: SampledRecord): OffendingRecord {
  return { record, value: undefined };
}

/** Takes records of ascending priority. */
function name(
  records: readonly OffendingRecord[],
  count: number,
  of: Offenders["of"],
  { recordsMax }: OffenderSettings,
): Offenders {
  const sample = records
    .slice(0, recordsMax)
    .sort((a, b) => compareRecords(a.record, b.record))
    .map(offenderOf);
  return { count, of, sample };
}

function offenderOf({ record, value }: OffendingRecord): Offender {
  const { file, line, eventId, inferenceId, inferenceTime } = record;
  return {
    file,
    line,
    event_id: eventId,
    inference_id: inferenceId,
    inference_time: inferenceTime,
    value,
  };
}
