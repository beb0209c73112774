/**
 * Opens the reader that the inputs' format asks for, with progress and abortion on their bytes; no
 * other reader's code is loaded.
 */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { RecordListener } from "../source/capture/capture-reader.ts";
import { parseWindow, type Window, type WindowBound } from "../source/capture/capture-window.ts";
import type { GroundTruthIndex } from "../source/capture/ground-truth-index.ts";
import type { ArrowRecordBatch } from "../source/columnar/arrow-column.ts";
import type { TypedTablesOptions } from "../source/columnar/typed-tables.ts";
import { ContentUnits } from "../source/content/content-units.ts";
import type { FormatOptions } from "../source/csv/csv-format.ts";
import type { CsvOptions } from "../source/csv/csv-options.ts";
import { openCsv } from "../source/csv/csv-reader.ts";
import type { DetectedInputs, RecordFormat } from "../source/detect-format.ts";
import { firstRecords } from "../source/first-records.ts";
import type { Preprocessor } from "../source/preprocess/preprocessor.ts";
import {
  type ByteInput,
  type RecordSource,
  type RejectionListener,
  withBatches,
} from "../source/record-source.ts";
import type { RecordValues, RecordValuesOptions } from "../source/record-values.ts";
import type { ReadOptions } from "./job-options.ts";

const TABLES = { parquet: "Parquet", arrow: "Arrow" } as const;

export interface OpenContext {
  /** Features of the baseline: rows are laid over them, and an absent capture side is missing. */
  readonly featureNames: readonly string[] | undefined;
  /** Labels that captured records are joined with. */
  readonly groundTruth?: GroundTruthIndex | undefined;
  readonly onReject: RejectionListener;
  /** Takes each capture record; see the reader's option. */
  readonly onRecord?: RecordListener | undefined;
  /** Records that are read at most. */
  readonly recordsMax?: number | undefined;
  /** Whether nobody but the profiler sees batches, so that the reader may count. */
  readonly offersCounts?: boolean | undefined;
  /** Whether it looks at cells of some records again, which not all that count can lay. */
  readonly looksAgain?: boolean | undefined;
  /** Size of the units in which the records of CSV files are profiled. */
  readonly unitBytes?: number | undefined;
  /** The user's script between records and rows; not for batch transforms. */
  readonly preprocessor?: Preprocessor | undefined;
}

export async function openRecords(
  { format, inputs, records }: DetectedInputs,
  options: ReadOptions,
  context: OpenContext,
): Promise<RecordSource> {
  const { featureNames, groundTruth, onReject, onRecord, recordsMax, preprocessor } = context;
  const { semantics = "tidemark", header, sides = "both" } = options;
  const cells = { ...cellOptions(options), onReject };
  const offersCounts =
    context.offersCounts &&
    !context.looksAgain &&
    recordsMax === undefined &&
    preprocessor === undefined;
  // Of values, what is not counted is spelled: sums that depend on the order take all cells.
  const countsValues = offersCounts && semantics === "tidemark";
  const dialect = dialectOptions(options);
  if (records !== undefined) {
    refuseCaptureOptions("in-memory", options);
    if (preprocessor !== undefined) throw noScript("records in memory", "rows it has made");
    return limit(
      await openMemory(records, format, {
        ...cells,
        semantics,
        featureNames,
        offersCounts: countsValues,
      }),
      recordsMax,
    );
  }
  if (format === "csv") {
    refuseCaptureOptions("CSV", options);
    const source = await openCsv(watch(inputs, options), {
      ...(preprocessor === undefined ? cells : { onReject }),
      ...csvOptions(options),
      offersCounts,
      units: unitsOf(options, context),
    });
    const limited = limit(source, recordsMax);
    if (preprocessor === undefined) return limited;
    const { preprocessCsv } = await import("../source/preprocess/preprocess-csv.ts");
    return preprocessCsv(limited, { ...cells, preprocessor, semantics, featureNames });
  }
  if (format === "jsonl") {
    refuseCaptureOptions("JSON", options);
    const rows = { ...cells, semantics, featureNames, preprocessor, recordsMax };
    const { openJsonLines } = await import("../source/json/json-lines-reader.ts");
    return openJsonLines(watch(inputs, options), rows);
  }
  if (format === "parquet" || format === "arrow") {
    refuseCaptureOptions(TABLES[format], options);
    if (preprocessor !== undefined) throw noScript(`files of ${TABLES[format]}`, "CSV or JSON");
    const watched = watch(inputs, options);
    return limit(
      await openTables(format, watched, { ...cells, offersCounts: countsValues }),
      recordsMax,
    );
  }
  const { outputColumnsPosition = "START" } = options;
  const rows = { ...cells, semantics, sides, outputColumnsPosition, featureNames, groundTruth };
  if (format === "capture") {
    const window = windowOf(options);
    const { openCapture } = await import("../source/capture/capture-reader.ts");
    return openCapture(watch(inputs, options), {
      ...rows,
      window,
      offersCounts: context.offersCounts,
      onRecord,
      recordsMax,
      preprocessor,
    });
  }
  if (preprocessor !== undefined) {
    throw noScript("manifests of batch transforms", "the files of the transform themselves");
  }
  const { ObjectMap } = await import("../source/content/object-map.ts");
  const { findTransformPairs } = await import("../source/transform/transform-pairs.ts");
  const { openTransform } = await import("../source/transform/transform-reader.ts");
  const map = new ObjectMap(options.map ?? []);
  const pairs = await findTransformPairs(inputs, { map, window: windowOf(options), sides });
  const watched = watch(
    pairs.flatMap(({ input, output }) => [input, output]).filter((each) => each !== undefined),
    options,
  );
  let next = 0;
  const take = (input: ByteInput | undefined): ByteInput | undefined => input && watched[next++];
  const source = openTransform(
    pairs.map(({ input, output }) => ({ input: take(input), output: take(output) })),
    {
      ...rows,
      ...dialect,
      format: options.format === "csv" || options.format === "jsonl" ? options.format : undefined,
      hasHeader: header ?? false,
    },
  );
  return limit(source, recordsMax);
}

type CellOptions = Pick<CsvOptions, "nullTokens" | "emptyIsMissing" | "columns" | "exclude">;

/** How the records of CSV files are read, but for what their cells become. */
export function csvOptions(options: ReadOptions): CsvOptions {
  const { header, semantics = "tidemark" } = options;
  return {
    ...dialectOptions(options),
    header: header === undefined ? "auto" : header ? "yes" : "no",
    sniffDelimiter: semantics === "tidemark",
  };
}

/** What the cells of records become. */
export function cellOptions(options: ReadOptions): CellOptions {
  const { nullTokens, emptyIsMissing, columns, exclude } = options;
  return { nullTokens, emptyIsMissing, columns, exclude };
}

function dialectOptions({ delimiter, quote, csvEscape }: ReadOptions): FormatOptions {
  return { delimiter, quote, csvEscape };
}

/** Only a semantics without order can merge units. */
function unitsOf(
  { semantics = "tidemark" }: ReadOptions,
  { unitBytes, preprocessor }: OpenContext,
): ContentUnits | undefined {
  if (unitBytes === undefined || semantics !== "tidemark" || preprocessor !== undefined)
    return undefined;
  return new ContentUnits(unitBytes);
}

/** Opens Arrow record batches or rows that a program gives. */
async function openMemory(
  records: RecordValues,
  format: RecordFormat,
  options: RecordValuesOptions,
): Promise<RecordSource> {
  const { openRecordValues, RECORDS_PATH } = await import("../source/record-values.ts");
  if (format !== "arrow") return openRecordValues(records, options);
  const { openRecordBatches } = await import("../source/columnar/arrow-reader.ts");
  const batches = records as AsyncIterable<ArrowRecordBatch>;
  return await openRecordBatches(batches, RECORDS_PATH, options);
}

async function openTables(
  format: keyof typeof TABLES,
  inputs: readonly ByteInput[],
  options: TypedTablesOptions,
): Promise<RecordSource> {
  if (format === "arrow") {
    const { openArrow } = await import("../source/columnar/arrow-reader.ts");
    return await openArrow(inputs, options);
  }
  const { openParquet } = await import("../source/columnar/parquet-reader.ts");
  return await openParquet(inputs, options);
}

/** Ends a source after some records; its other members stay live. */
function limit(source: RecordSource, recordsMax: number | undefined): RecordSource {
  if (recordsMax === undefined) return source;
  return withBatches(source, firstRecords(source.batches, recordsMax));
}

function noScript(inputs: string, instead: string): TidemarkError {
  return new TidemarkError({
    code: "configuration",
    what: `a preprocessor is given, but the inputs are ${inputs}`,
    expected: "no preprocessor",
    hint: `Give ${instead} to run it on their records.`,
  });
}

/** The window that the options ask for; throws a usage error for one that can not be. */
export function windowOf({ start, end }: ReadOptions): Window {
  return parseWindow(bound("--start", start), bound("--end", end));
}

function bound(name: string, text: string | undefined): WindowBound | undefined {
  return text === undefined ? undefined : { name, text };
}

function refuseCaptureOptions(
  format: "CSV" | "JSON" | "Parquet" | "Arrow" | "in-memory",
  { start, end, groundTruth }: ReadOptions,
): void {
  if (start === undefined && end === undefined && groundTruth === undefined) return;
  const isOfWindow = start !== undefined || end !== undefined;
  const bound = start === undefined ? "--end" : "--start";
  throw new TidemarkError({
    code: "usage",
    what: isOfWindow
      ? `${bound} is given, but ${format} records have no time`
      : `--ground-truth is given, but ${format} records have no id`,
    expected: "capture records",
    hint: isOfWindow
      ? "Leave the window out, or pass --format capture."
      : "Leave it out, or pass --format capture.",
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
    async *chunks(room) {
      for await (const chunk of input.chunks(room)) {
        signal?.throwIfAborted();
        yield chunk;
        bytesRead += chunk.length;
        onProgress?.({ bytesRead, bytesAll });
      }
    },
  }));
}
