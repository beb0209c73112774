/** The columns of inspected records: where they come from, and which features they would meet. */
import type { Baseline } from "../monitor/baseline.ts";
import { ColumnFit } from "../monitor/column-fit.ts";
import type { InspectedColumn, Inspection } from "../monitor/inspection.ts";
import { asCurrent, completenessOf } from "../profile/profile.ts";
import type { RecordFormat } from "../source/detect-format.ts";
import type { CaptureTally } from "./capture-tally.ts";
import { compareInputs } from "./check.ts";
import type { ColumnExamples } from "./column-examples.ts";
import { columnKey } from "./column-key.ts";
import type { ReadOptions } from "./job-options.ts";
import type { ProfiledInputs } from "./profile-inputs.ts";

/** Where the cells of a format come from, unless a record tells. */
const FROM: Readonly<Record<RecordFormat, "csv" | "both" | "json" | "table">> = {
  csv: "csv",
  capture: "both",
  transform: "both",
  jsonl: "json",
  parquet: "table",
  arrow: "table",
};

export interface InspectedColumns {
  readonly columns: readonly InspectedColumn[];
  readonly matching: Inspection["matching"];
  /** Layouts that explain the columns better, in words. */
  readonly misalignments: readonly string[];
}

/** What was seen of the columns beside their profile. */
interface Seen {
  readonly examples: ColumnExamples;
  readonly tally: CaptureTally | undefined;
}

/** Describes the columns as a check with these options would take them; none without records. */
export function inspectColumns(
  read: ProfiledInputs | undefined,
  options: ReadOptions,
  baseline: Baseline | undefined,
  seen: Seen,
): InspectedColumns {
  if (read === undefined) return { columns: [], matching: undefined, misalignments: [] };
  const described = describeColumns(read, baseline, seen);
  if (baseline === undefined) {
    return { columns: described, matching: undefined, misalignments: [] };
  }
  const { comparison, misalignments } = compareInputs(baseline, read, options);
  const features = baseline.constraints.features;
  const isByName = comparison.matching === "name";
  const featureAt = new Map(features.map(({ name }, at) => [name, at]));
  const statistics = new Map(baseline.profile?.features.map((each) => [each.name, each]));
  const fit = new ColumnFit(
    features.map(({ name }) => statistics.get(name)),
    asCurrent(read.profile).features,
  );
  const columns = described.map((column): InspectedColumn => {
    const { position } = column;
    const own = read.ownNames?.[position] ?? "";
    const at = isByName ? featureAt.get(own) : position;
    const feature = at === undefined ? undefined : features[at];
    if (at === undefined || feature === undefined) return column;
    const { name, inferredType } = feature;
    return { ...column, feature: name, feature_type: inferredType, fit: fit.of(at, position) };
  });
  const names = features.map(({ name }) => name);
  const matching = {
    by: comparison.matching,
    features: features.length,
    missing: isByName ? comparison.missing : names.slice(columns.length),
    extra: isByName
      ? comparison.extra
      : columns.slice(names.length).map(({ name, position }) => name ?? `_c${position}`),
  };
  return { columns, matching, misalignments: misalignments.map(({ text }) => text) };
}

function describeColumns(
  { profile, format, ownNames }: ProfiledInputs,
  baseline: Baseline | undefined,
  { examples, tally }: Seen,
): readonly InspectedColumn[] {
  const width = profile.features.length;
  const names = baseline?.constraints.features.map(({ name }) => name) ?? [];
  // Rows by position that are as wide as the baseline share batches with those by name.
  const isLaid =
    FROM[format] !== "csv" &&
    FROM[format] !== "table" &&
    (ownNames !== undefined || width === names.length);
  return profile.features.map((feature, position) => {
    const { inferredType } = feature;
    const name = isLaid ? (ownNames?.[position] ?? feature.name) : undefined;
    const at = name === undefined ? position : names.indexOf(name);
    const origin =
      tally?.originOf(columnKey(width, position, name)) ??
      tally?.originOf(columnKey(isLaid ? names.length : width, at, undefined));
    return {
      position,
      from: origin?.from ?? FROM[format],
      name: tally === undefined ? ownNames?.[position] : origin?.name,
      type: inferredType,
      present: completenessOf(feature),
      examples: examples.of(columnKey(width, position, name)),
    };
  });
}
