/**
 * The monitoring job: captured records against a baseline; the run's own `statistics.json` and
 * `constraints.json`, `insights.json` and `constraint_violations.json` out.
 */
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { TidemarkError } from "../base/tidemark-error.ts";
import { writeConstraints } from "../constraints/constraints-file.ts";
import type { Baseline } from "../monitor/baseline.ts";
import { buildInsights } from "../monitor/build-insights.ts";
import type { OffenderSettings } from "../monitor/offender-finder.ts";
import { suggestConstraints } from "../monitor/suggest.ts";
import { VIOLATIONS_FILE, writeViolations } from "../monitor/violations-file.ts";
import { writeStatistics } from "../profile/statistics-file.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import { assertEvidence } from "./assert-evidence.ts";
import { CONSTRAINTS_FILE, readBaseline, STATISTICS_FILE } from "./baseline-folder.ts";
import { compareInputs } from "./check.ts";
import type { CheckJobOptions, CheckJobResult, LoadedCheckJobOptions } from "./job-options.ts";
import { JobRun } from "./job-run.ts";
import { assertReadableTwice, readSegments } from "./second-pass.ts";

const OFFENDERS_DEFAULT = 20;

/**
 * Profiles the inputs, checks them against the baseline and writes the report files; violations do
 * not throw. Throws a `TidemarkError` for what a user can mend; the output folder then keeps its
 * previous files.
 */
export async function runCheck(
  options: CheckJobOptions | LoadedCheckJobOptions,
): Promise<CheckJobResult> {
  const { schema = "2024", redactSketch, unknownAs } = options;
  const { baseline, warnings, constraintsFile, folders } =
    typeof options.baseline === "string" ? await readBaseline(options.baseline) : options.baseline;
  await assertApart(options.output, folders);
  assertEvidence(options);
  assertReadableTwice(options);
  return JobRun.within("check", options, async (run) => {
    const read = await run.profile(baseline, offenderSettings(options));
    const checked = compareInputs(baseline, read, options);
    const { profile, comparison, other, advisories, misalignments, offendersOf } = checked;
    const segments = options.segments
      ? await readSegments(read, comparison, baseline, options)
      : undefined;
    const statistics = writeStatistics(profile, { schema, redactSketch, unknownAs });
    const constraints = writeConstraints(suggestConstraints(profile), schema);
    const violations = { name: VIOLATIONS_FILE, text: writeViolations(comparison.violations) };
    const isOmitted = (options.omitEmptyViolations ?? false) && comparison.violations.length === 0;
    const published = await run.publish({
      files: [
        { name: STATISTICS_FILE, text: statistics },
        { name: CONSTRAINTS_FILE, text: constraints },
        ...(isOmitted ? [] : [violations]),
      ],
      stale: isOmitted ? [VIOLATIONS_FILE] : [],
      insightsOf: (outputs) =>
        buildInsights({
          ...run.parts,
          tallies: read.tallies,
          groundTruth: read.groundTruth,
          outputs,
          constraintsFile,
          profile,
          comparison,
          baseline,
          offendersOf,
          other,
          advisories,
          segments,
          hasEvidence: options.evidence,
          isRedacted: redactSketch,
          warnings: [
            ...warnings,
            ...missingStatistics(baseline),
            ...misalignments.map(({ text }) => text),
            ...read.warnings,
          ],
        }),
    });
    return { ...published, constraints: baseline.constraints, profile, comparison };
  });
}

function offenderSettings({
  evidence = true,
  offenders = OFFENDERS_DEFAULT,
  seed = 0,
  showValues = false,
  redactSketch = false,
}: Partial<CheckJobOptions | LoadedCheckJobOptions>): OffenderSettings | undefined {
  if (!evidence || offenders === 0) return undefined;
  return { recordsMax: offenders, seed, keepsValues: showValues, isRedacted: redactSketch };
}

/** A report written over its baseline would destroy it. */
async function assertApart(output: string, baseline: readonly string[]): Promise<void> {
  const [written = "", ...read] = await Promise.all([output, ...baseline].map(placeOf));
  if (written === "" || !read.includes(written)) return;
  throw new TidemarkError({
    code: "configuration",
    location: { file: output },
    what: "the output folder is the baseline folder",
    expected: "two folders",
    hint: "Give another one with -o: the report would overwrite the baseline.",
  });
}

async function placeOf(path: string): Promise<string> {
  if (isObjectUrl(path)) return path.replace(/\/+$/, "");
  return await realpath(resolve(path)).catch(() => "");
}

/** Names the features whose drift can not be checked because the statistics lack them. */
function missingStatistics({ constraints, profile }: Baseline): string[] {
  if (profile === undefined) return [];
  const known = new Set(profile.features.map(({ name }) => name));
  const lacking = constraints.features.map(({ name }) => name).filter((name) => !known.has(name));
  if (lacking.length === 0) return [];
  return [
    `${lacking.length} of ${constraints.features.length} features have constraints but no ` +
      `statistics of that name (first: ${lacking[0]}); statistics of the same position serve.`,
  ];
}
