/**
 * Inspection: what captured records (or a CSV) hold and how their columns would meet a baseline's
 * features, before a check is made.
 */
import { TidemarkError } from "../base/tidemark-error.ts";
import { VERSION } from "../base/version.ts";
import { INSPECTION_VERSION, type Inspection } from "../monitor/inspection.ts";
import { inspectionVerdict } from "../monitor/inspection-verdict.ts";
import { inspectionWarnings } from "../monitor/inspection-warnings.ts";
import { type HourSelection, selectHours } from "../source/capture/capture-window.ts";
import { type DetectedInputs, detectFormat } from "../source/detect-format.ts";
import type { ByteInput } from "../source/record-source.ts";
import { abortable } from "./abortable.ts";
import type { LoadedBaseline } from "./baseline-folder.ts";
import { CaptureTally } from "./capture-tally.ts";
import { ColumnExamples } from "./column-examples.ts";
import { inputsOf, type Source } from "./inputs-of.ts";
import { inspectColumns } from "./inspect-columns.ts";
import type { ReadOptions } from "./job-options.ts";
import { windowOf } from "./open-records.ts";
import { type ProfiledInputs, profileInputs } from "./profile-inputs.ts";
import { DEFAULT_REJECTED_MAX, type RejectedHint, RejectionCount } from "./rejection-count.ts";
import { RejectionList } from "./rejection-list.ts";

const ABSENT_HOURS_SHOWN_MAX = 5;
const HOUR_MS = 3_600_000;
const HINT: RejectedHint = { see: "The first ones are listed", raise: "raise --max-rejected" };

export interface InspectOptions extends Omit<ReadOptions, "preprocessor"> {
  /** The baseline to match columns with, as `readBaseline` gives it. */
  readonly baseline?: LoadedBaseline | undefined;
  /** Shows cells themselves instead of their shapes. */
  readonly showValues?: boolean | undefined;
  /** Records read at most, from 1; all by default. */
  readonly recordsMax?: number | undefined;
}

/** What reading gave: the profile, or the fault that a check would end with. */
interface Outcome {
  readonly read: ProfiledInputs | undefined;
  readonly fault: string | undefined;
  readonly bytes: number;
}

/**
 * Reads a source once and tells what it holds. Records that can not be read, even all of them, do
 * not throw: `fault` then is the message that a check would end with. Throws a `TidemarkError` for
 * options that can not be met and paths that name nothing.
 *
 * @example
 * const baseline = await readBaseline("baseline/");
 * const { verdict, warnings } = await inspect("capture/", { baseline });
 */
export async function inspect(source: Source, options: InspectOptions = {}): Promise<Inspection> {
  const { baseline: loaded, showValues = false, semantics = "tidemark", start, end } = options;
  const detected = await openInputs(source, options);
  const { format, inputs } = detected;
  const baseline = loaded?.baseline;
  const featureNames = baseline?.constraints.features.map(({ name }) => name);
  const tally = format === "capture" ? new CaptureTally(options, featureNames) : undefined;
  const examples = new ColumnExamples(showValues);
  const rejections = new RejectionList();
  const { read, fault, bytes } = await readInputs(detected, options, {
    baseline,
    onReject: (rejection) => rejections.add(rejection),
    observer: {
      onRecord: tally && ((record, rows) => tally.add(record, rows)),
      onBatch: (batch) => examples.add(batch),
      recordsMax: options.recordsMax,
    },
    rejectedHint: HINT,
  });
  const columns = inspectColumns(read, options, baseline, { examples, tally });
  const hours =
    format === "capture" || format === "transform" ? hoursIn(inputs, options) : undefined;
  const rejected = rejections.finish(read?.tallies);
  const rows = read?.profile.itemCount ?? 0;
  const facts = {
    semantics,
    hours: hours && describeHours(hours),
    records: {
      read: tally?.records ?? rows,
      outside_window: tally?.outsideWindow ?? 0,
      rejected: rejected.reduce((sum, { count }) => sum + count, 0),
      rows,
    },
    capture: tally?.finish(),
  };
  const isBounded = start !== undefined || end !== undefined;
  return {
    version: INSPECTION_VERSION,
    engine: { name: "tidemark", version: VERSION },
    command: "inspect",
    format,
    inputs: {
      files: hours?.paths.length ?? inputs.length,
      files_outside_window: inputs.length - (hours?.paths.length ?? inputs.length),
      bytes,
    },
    window: isBounded ? { start, end } : undefined,
    ...facts,
    rejected,
    csv:
      read?.delimiter === undefined
        ? undefined
        : { delimiter: read.delimiter, header: options.header !== false },
    columns: columns.columns,
    matching: columns.matching,
    verdict:
      fault === undefined
        ? inspectionVerdict(columns.columns, columns.matching, columns.misalignments.length)
        : { status: "unread", text: "no row was read that could meet a feature" },
    warnings: [
      ...(loaded?.warnings ?? []),
      ...columns.misalignments,
      ...rejectedWarnings(rejected, rows),
      ...inspectionWarnings(facts),
      ...(read?.warnings ?? []),
    ],
    fault,
  };
}

async function openInputs(source: Source, options: InspectOptions): Promise<DetectedInputs> {
  const { stdin, signal, format } = options;
  const inputs = await inputsOf(source, stdin && signal ? abortable(stdin, signal) : stdin, {
    signal,
  });
  return "format" in inputs ? inputs : await detectFormat(inputs, format);
}

async function readInputs(
  detected: DetectedInputs,
  options: InspectOptions,
  context: Parameters<typeof profileInputs>[2],
): Promise<Outcome> {
  let bytes = 0;
  const onProgress: ReadOptions["onProgress"] = (progress) => {
    bytes = progress.bytesRead;
    options.onProgress?.(progress);
  };
  const { format, inputs, records } = detected;
  // What is said of the format of batch transforms is that of their files.
  const said = format === "transform" ? options.format : format;
  const reading = { ...options, format: said, onProgress, maxRejectedShare: { share: 1 } };
  try {
    const read = await profileInputs(records ? detected : inputs, reading, context);
    return { read, fault: undefined, bytes: sumOf(read.tallies.map((each) => each.bytes)) };
  } catch (error) {
    options.signal?.throwIfAborted();
    const isOfInput = error instanceof TidemarkError && error.exitCode === 3;
    if (!isOfInput) throw error;
    return { read: undefined, fault: error.message, bytes };
  }
}

function hoursIn(inputs: readonly ByteInput[], options: InspectOptions): HourSelection {
  const all = inputs.map(({ path }) => path);
  const { paths } = selectHours(all, windowOf(options));
  return selectHours(paths, {});
}

function describeHours({ hours }: HourSelection): Inspection["hours"] {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const present = new Set(hours.map((hour) => Date.parse(hour)));
  const absent: string[] = [];
  const lastTime = Date.parse(last);
  for (let time = Date.parse(first); time < lastTime; time += HOUR_MS) {
    if (absent.length === ABSENT_HOURS_SHOWN_MAX) break;
    if (!present.has(time)) absent.push(new Date(time).toISOString().replace(".000Z", "Z"));
  }
  const span = (lastTime - Date.parse(first)) / HOUR_MS + 1;
  const count = hours.length;
  return { first, last, count, absent: span - count, absent_first: absent };
}

/** What a check would say to the share of rejected records, where it would say something. */
function rejectedWarnings(rejected: Inspection["rejected"], rows: number): readonly string[] {
  if (rows === 0) return [];
  const counts = new RejectionCount();
  for (const { reason, count, first } of rejected) {
    const [place] = first;
    const rejection = place && { ...place, reason, text: "" };
    counts.addMany(reason, count, rejection);
  }
  try {
    counts.assertWithin(DEFAULT_REJECTED_MAX, rows, "", HINT);
    return [];
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    return [`a check would end: ${error.what}; expected ${error.expected}.`];
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
