/** Opens the reader that the inputs' format asks for, with progress and abortion on their bytes. */
import { TidemarkError } from "../base/tidemark-error.ts";
import { openCapture, type RecordListener } from "../source/capture-reader.ts";
import { parseWindow, type Window, type WindowBound } from "../source/capture-window.ts";
import { openCsv } from "../source/csv-reader.ts";
import type { DetectedInputs } from "../source/detect-format.ts";
import { firstRecords } from "../source/first-records.ts";
import { preprocessCsv } from "../source/preprocess-csv.ts";
import type { Preprocessor } from "../source/preprocessor.ts";
import type { ByteInput, RecordSource, RejectionListener } from "../source/record-source.ts";
import type { ReadOptions } from "./job-options.ts";

export interface OpenContext {
  /** Features of the baseline: rows are laid over them, and an absent capture side is missing. */
  readonly featureNames: readonly string[] | undefined;
  readonly onReject: RejectionListener;
  /** Takes each capture record; see the reader's option. */
  readonly onRecord?: RecordListener | undefined;
  /** Records that are read at most. */
  readonly recordsMax?: number | undefined;
  /** The user's script between records and rows. */
  readonly preprocessor?: Preprocessor | undefined;
}

export async function openRecords(
  { format, inputs }: DetectedInputs,
  options: ReadOptions,
  { featureNames, onReject, onRecord, recordsMax, preprocessor }: OpenContext,
): Promise<RecordSource> {
  const { semantics = "tidemark", nullTokens, emptyIsMissing, columns, exclude } = options;
  const watched = watch(inputs, options);
  const cells = { nullTokens, emptyIsMissing, columns, exclude, onReject };
  if (format === "csv") {
    refuseWindow(options);
    const source = await openCsv(watched, {
      ...(preprocessor === undefined ? cells : { onReject }),
      header: options.header === undefined ? "auto" : options.header ? "yes" : "no",
      delimiter: options.delimiter,
      sniffDelimiter: semantics === "tidemark",
      quote: options.quote,
      csvEscape: options.csvEscape,
    });
    const limited =
      recordsMax === undefined
        ? source
        : { ...source, batches: firstRecords(source.batches, recordsMax) };
    if (preprocessor === undefined) return limited;
    return preprocessCsv(limited, { ...cells, preprocessor, semantics, featureNames });
  }
  return openCapture(watched, {
    ...cells,
    semantics,
    sides: options.sides ?? "both",
    outputColumnsPosition: options.outputColumnsPosition ?? "START",
    window: windowOf(options),
    featureNames,
    onRecord,
    recordsMax,
    preprocessor,
  });
}

/** The window that the options ask for; throws a usage error for one that can not be. */
export function windowOf({ start, end }: ReadOptions): Window {
  return parseWindow(bound("--start", start), bound("--end", end));
}

function bound(name: string, text: string | undefined): WindowBound | undefined {
  return text === undefined ? undefined : { name, text };
}

function refuseWindow({ start, end }: ReadOptions): void {
  if (start === undefined && end === undefined) return;
  throw new TidemarkError({
    code: "usage",
    what: `${start === undefined ? "--end" : "--start"} is given, but CSV records have no time`,
    expected: "capture records",
    hint: "Leave the window out, or pass --format capture.",
  });
}

/** Counts what is read over all inputs, and ends the run at a chunk when asked to. */
function watch(
  inputs: readonly ByteInput[],
  { signal, onProgress }: ReadOptions,
): readonly ByteInput[] {
  const sizes = inputs.map(({ size }) => size);
  const bytesAll = sizes.includes(undefined)
    ? undefined
    : sizes.reduce<number>((sum, size) => sum + size!, 0);
  let bytesRead = 0;
  return inputs.map((input) => ({
    ...input,
    async *chunks() {
      for await (const chunk of input.chunks()) {
        signal?.throwIfAborted();
        yield chunk;
        bytesRead += chunk.length;
        onProgress?.({ bytesRead, bytesAll });
      }
    },
  }));
}
