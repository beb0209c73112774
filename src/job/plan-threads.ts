/** Whether the inputs of a run can be shared by threads, and how. */
import type { ProfilerOptions } from "../accumulate/profiler.ts";
import { isPacked, PACKED_MAGIC_BYTES } from "../source/content/input-content.ts";
import { bytesOf, resolveDialect } from "../source/csv/csv-format.ts";
import type { CsvSource } from "../source/csv/csv-reader.ts";
import type { DetectedInputs } from "../source/detect-format.ts";
import type { RecordSource } from "../source/record-source.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import type { ReadOptions } from "./job-options.ts";
import { cellOptions, csvOptions } from "./open-records.ts";
import { readingThreads } from "./reading-threads.ts";
import type { ThreadSetup } from "./thread-setup.ts";

export interface ThreadPlan {
  readonly threads: number;
  readonly setup: ThreadSetup;
}

/**
 * Plans how threads share CSV files; undefined where one thread reads all: what can not be read
 * from the middle or again (streams, objects, packed content, exotic dialects), and what is small.
 */
export async function planThreads(
  { format, inputs }: DetectedInputs,
  source: RecordSource,
  options: ReadOptions,
  { unitBytes, profiler }: { readonly unitBytes: number; readonly profiler: ProfilerOptions },
): Promise<ThreadPlan | undefined> {
  if (format !== "csv") return undefined;
  const { header } = source as Partial<CsvSource>;
  const files = inputs.flatMap(({ path, size }) => (size === undefined ? [] : [{ path, size }]));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const threads = readingThreads(bytes, options);
  if (threads === 1 || bytes <= unitBytes || files.length < inputs.length) return undefined;
  const csv = {
    ...csvOptions(options),
    ...cellOptions(options),
    delimiter: source.delimiter,
    sniffDelimiter: false,
  };
  if (header === undefined || bytesOf(resolveDialect(csv)) === undefined) return undefined;
  if (files.some(({ path }) => isObjectUrl(path))) return undefined;
  for (const { read } of inputs) {
    if (isPacked(await read!(0, PACKED_MAGIC_BYTES))) return undefined;
  }
  const { lenientNumbers, hasTails, pinnedAt } = profiler;
  const pinned = header.names.map((_, position) => pinnedAt?.(position, header.names.length) ?? []);
  const setup = {
    inputs: files,
    unitBytes,
    csv: { ...csv, offersCounts: true },
    header,
    profiler: { lenientNumbers, hasTails },
    pinned,
  };
  return { threads, setup };
}
