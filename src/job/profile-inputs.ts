/**
 * From inputs to the profile of their records: opens the right reader, profiles, settles the width
 * and the names of the columns, and says what must not pass silently.
 */
import type { ProfiledRecords } from "../accumulate/profile-records.ts";
import type { ProfilerOptions } from "../accumulate/profiler.ts";
import type { Semantics } from "../base/semantics.ts";
import type { Baseline } from "../monitor/baseline.ts";
import { offenceRules } from "../monitor/offence-rules.ts";
import type { CollectedOffenders, OffenderSettings } from "../monitor/offender-finder.ts";
import type { Profile } from "../profile/profile.ts";
import type { GroundTruthIndex } from "../source/capture/ground-truth-index.ts";
import { UNIT_BYTES } from "../source/content/content-units.ts";
import type { FileHashes } from "../source/content/file-hashes.ts";
import { type DetectedInputs, detectFormat, type RecordFormat } from "../source/detect-format.ts";
import type { Preprocessor } from "../source/preprocess/preprocessor.ts";
import type { InputTally, RejectionListener } from "../source/record-source.ts";
import type { FoundSource } from "./inputs-of.ts";
import type { ReadOptions } from "./job-options.ts";
import { allRejected, NoRecordsError, noRecords } from "./no-records.ts";
import { openGroundTruth } from "./open-ground-truth.ts";
import { openHashes } from "./open-hashes.ts";
import { openRecords } from "./open-records.ts";
import { type ReadRecordsContext, readRecords } from "./read-records.ts";
import { DEFAULT_REJECTED_MAX, type RejectedHint, RejectionCount } from "./rejection-count.ts";

export interface ProfiledInputs {
  readonly profile: Profile;
  readonly format: RecordFormat;
  readonly tallies: readonly InputTally[];
  /** The labels, once joined; undefined when there are none. */
  readonly groundTruth: GroundTruthIndex | undefined;
  readonly warnings: readonly string[];
  /** What stands between CSV cells; undefined for capture records. */
  readonly delimiter: string | undefined;
  /** The columns' own names, where the records carry them; the profile may have the baseline's. */
  readonly ownNames: readonly string[] | undefined;
  /** Whether both semantics would have read the same rows. */
  readonly isSameUnderBoth: boolean;
  /** The records behind violations, where there is a baseline and they were asked for. */
  readonly offenders: CollectedOffenders | undefined;
}

export interface ProfileInputsContext extends Omit<ReadRecordsContext, "onReject" | "isWatched"> {
  /** Names the columns of records that carry none, and says which texts to count exactly. */
  readonly baseline?: Baseline | undefined;
  /** Collects the records that break the baseline's constraints. */
  readonly offenders?: OffenderSettings | undefined;
  readonly onReject?: RejectionListener | undefined;
  /** Takes the hashes that are made beside, to tell and to close; else they are waited for. */
  readonly takeHashes?: ((hashes: FileHashes) => void) | undefined;
  /** Opens the user's script for records of a format. */
  readonly openPreprocessor?:
    | ((format: RecordFormat) => Promise<Preprocessor | undefined>)
    | undefined;
  /** What to do when too much is rejected. */
  readonly rejectedHint: RejectedHint;
}

/** Reads the inputs to their end. Throws an input error when no record is left. */
export async function profileInputs(
  found: FoundSource,
  options: ReadOptions,
  context: ProfileInputsContext,
): Promise<ProfiledInputs> {
  const detected = "format" in found ? found : await detectFormat(found, options.format);
  const { observer, offenders, takeHashes } = context;
  const isWatched = observer !== undefined || offenders !== undefined;
  const watched = { ...context, isWatched };
  const readsAll = observer?.recordsMax === undefined;
  const hashes = readsAll ? await openHashes(detected, options, watched) : undefined;
  if (hashes === undefined) return await profileDetected(detected, options, watched);
  takeHashes?.(hashes);
  try {
    const inputs = detected.inputs.map((input) => ({ ...input, isUnhashed: true }));
    const profiled = await profileDetected({ ...detected, inputs }, options, watched);
    if (takeHashes === undefined) await hashes.tell(profiled.tallies);
    return profiled;
  } catch (error) {
    // It is told of, too.
    if (error instanceof NoRecordsError) await hashes.tell(error.tallies);
    throw error;
  } finally {
    if (takeHashes === undefined) await hashes.close();
  }
}

async function profileDetected(
  detected: DetectedInputs,
  options: ReadOptions,
  context: ProfileInputsContext & Pick<ReadRecordsContext, "isWatched">,
): Promise<ProfiledInputs> {
  const { semantics = "tidemark" } = options;
  const { baseline } = context;
  const rejected = new RejectionCount();
  const onReject: RejectionListener = (rejection) => {
    rejected.add(rejection);
    context.onReject?.(rejection);
  };
  const groundTruth = await openGroundTruth(options, onReject);
  const source = await openRecords(detected, options, {
    featureNames: baseline?.constraints.features.map(({ name }) => name),
    groundTruth,
    onReject,
    onRecord: context.observer?.onRecord,
    recordsMax: context.observer?.recordsMax,
    offersCounts: context.observer === undefined,
    looksAgain: context.offenders !== undefined,
    unitBytes: context.unitBytes ?? UNIT_BYTES,
    preprocessor: (await context.openPreprocessor?.(detected.format)) ?? options.preprocessor,
  });
  const header = source.names;
  // Without a header, names only repeat positions.
  const namesAhead = options.header === false ? undefined : header;
  const profilerOptions: ProfilerOptions = {
    semantics,
    lenientNumbers: semantics === "tidemark" && options.lenientNumbers,
    pinnedAt: pinnedTexts(baseline, namesAhead),
    hasTails: options.evidence,
    offenders: baseline &&
      context.offenders && {
        ...context.offenders,
        ruleAt: offenceRules(baseline, { semantics, names: namesAhead }),
      },
  };
  const records = await readRecords(source, detected, options, profilerOptions, {
    ...context,
    onReject,
  });
  rejectOtherWidths(records, source.tallies, rejected, onReject);
  const { profiler } = records;
  const paths = (detected.records === undefined ? detected.inputs : source.tallies).map(
    ({ path }) => path,
  );
  const label = labelOf(paths);
  if (profiler === undefined) {
    const { start, end } = options;
    const search = { label, paths, tallies: source.tallies, groundTruth, start, end };
    throw rejected.all === 0 || groundTruth?.isInVain === true
      ? noRecords(search)
      : allRejected(rejected.byReason, search, context.rejectedHint);
  }
  rejected.assertWithin(
    options.maxRejectedShare ?? DEFAULT_REJECTED_MAX,
    profiler.records,
    label,
    context.rejectedHint,
  );
  const names =
    profiler.names ??
    namesOf(profiler.width, header, namesAhead !== undefined, semantics, baseline);
  const keys = profiler.names === undefined ? undefined : source.names;
  const profile = profiler.finish(names);
  const columns = columnsMet(profile, keys);
  return {
    profile: { ...profile, features: columns.map((column) => profile.features[column]!) },
    format: detected.format,
    tallies: source.tallies,
    delimiter: source.delimiter,
    groundTruth,
    warnings: [...warningsOf(source.tallies), ...unmatchedWarning(groundTruth)],
    ownNames: namesAhead ?? keys,
    isSameUnderBoth: source.isSameUnderBoth?.() ?? true,
    offenders: profiler.offenders && {
      collector: profiler.offenders,
      settings: context.offenders!,
      columns,
    },
  };
}

/** The columns but for the baseline's features that no record had. */
function columnsMet({ features }: Profile, names: readonly string[] | undefined): number[] {
  const met = names && new Set(names);
  return [...features.keys()].filter((column) => met?.has(features[column]!.name) ?? true);
}

/** The one input, or where the inputs begin. */
function labelOf(paths: readonly string[]): string {
  const first = paths[0] ?? "";
  return paths.length > 1 ? `${first} and ${paths.length - 1} more` : first;
}

function unmatchedWarning(groundTruth: GroundTruthIndex | undefined): readonly string[] {
  if (groundTruth === undefined || groundTruth.unmatched === 0) return [];
  const { matched, unmatched } = groundTruth;
  return [`${unmatched} of ${matched + unmatched} records have no label and were left out.`];
}

/** Texts that the comparison will look up, by position and, where names are known, by name. */
function pinnedTexts(
  baseline: Baseline | undefined,
  names: readonly string[] | undefined,
): ((position: number) => readonly string[]) | undefined {
  if (baseline === undefined) return undefined;
  const { constraints, profile } = baseline;
  const categories = new Map(
    profile?.features.map((feature) => [feature.name, feature.categories]),
  );
  const textsOf = constraints.features.map(({ name, domains }) => [
    ...(domains ?? []),
    ...(categories.get(name) ?? []).map(({ value }) => value),
  ]);
  const byName = new Map(constraints.features.map(({ name }, at) => [name, textsOf[at]!]));
  return (position) => [
    ...new Set([
      ...(textsOf[position] ?? []),
      ...(names === undefined ? [] : (byName.get(names[position] ?? "") ?? [])),
    ]),
  ];
}

/** Moves the records that are not of the dataset's width from the read to the rejected. */
function rejectOtherWidths(
  { profiler, otherWidths }: ProfiledRecords,
  tallies: readonly InputTally[],
  rejected: RejectionCount,
  onReject: RejectionListener,
): void {
  for (const group of otherWidths) {
    const detail =
      group.width === profiler!.width
        ? `the record's cells have ${group.names === undefined ? "no names" : "names"}, unlike most`
        : `the record has ${group.width} cells; most have ${profiler!.width}`;
    for (const { file, line, eventId } of group.places) {
      onReject({ file, line, eventId, reason: "row_length", detail, text: "" });
    }
    rejected.addMany("row_length", group.records - group.places.length);
    for (const [file, count] of group.recordsByFile) moveToRejected(tallies, file, count);
  }
}

function moveToRejected(tallies: readonly InputTally[], file: string, count: number): void {
  const tally = tallies.find(({ path }) => path === file);
  if (tally === undefined) return;
  tally.records -= count;
  tally.rejected.row_length = (tally.rejected.row_length ?? 0) + count;
}

/**
 * The run's own names where they are known; the service lays the baseline's names over positions,
 * and so does everyone for records that carry none.
 */
function namesOf(
  width: number,
  own: readonly string[] | undefined,
  namesKnown: boolean,
  semantics: Semantics,
  baseline: Baseline | undefined,
): readonly string[] {
  const positional = own ?? positionNames(width);
  const isByName = namesKnown && semantics === "tidemark";
  if (isByName || baseline === undefined) return positional;
  const names = baseline.constraints.features.map(({ name }) => name);
  return (namesKnown ? positionNames(width) : positional).map((name, at) => names[at] ?? name);
}

function positionNames(width: number): readonly string[] {
  return Array.from({ length: width }, (_, position) => `_c${position}`);
}

function warningsOf(tallies: readonly InputTally[]): string[] {
  return tallies.flatMap(({ path, extraCells, invalidUtf8 }) => [
    ...(extraCells > 0 ? [`${path}: ${extraCells} cells beyond the header were dropped.`] : []),
    ...(invalidUtf8 > 0 ? [`${path}: ${invalidUtf8} invalid UTF-8 sequences were replaced.`] : []),
  ]);
}
