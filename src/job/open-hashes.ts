/** Whether files are hashed by a thread beside whoever reads their records. */
import { availableParallelism } from "node:os";
import { selectHours } from "../source/capture/capture-window.ts";
import type { FileHashes } from "../source/content/file-hashes.ts";
import { flagShare } from "../source/csv/flag-share.ts";
import type { DetectedInputs } from "../source/detect-format.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import type { ReadOptions } from "./job-options.ts";
import { windowOf } from "./open-records.ts";
import { readingThreads } from "./reading-threads.ts";

/** Below so many bytes a thread takes longer to start than it saves. */
const HASHED_BYTES_MIN = 100_000_000;
/** From this share of flags on, records are read about as fast as they are hashed. */
const FLAG_SHARE_MIN = 0.7;
const HEAD_BYTES = 16 * 1024;

/**
 * Starts to hash inputs that are read to their ends; undefined where whoever reads them does it
 * sooner. Where threads may share the records, one of these hashes, which takes less time unless
 * nearly all is flags that need not be folded in order. Only files can be read once more, no object
 * and no pipe.
 */
export async function openHashes(
  { format, inputs }: DetectedInputs,
  options: ReadOptions,
  { isWatched }: { readonly isWatched: boolean },
): Promise<FileHashes | undefined> {
  if (format !== "csv" && format !== "jsonl" && format !== "capture") return undefined;
  if (inputs.some(({ path, size }) => size === undefined || isObjectUrl(path))) return undefined;
  const all = inputs.map(({ path }) => path);
  const paths = new Set(format === "capture" ? selectHours(all, windowOf(options)).paths : all);
  const bytes = inputs.reduce((sum, { path, size }) => sum + (paths.has(path) ? size! : 0), 0);
  if (bytes < HASHED_BYTES_MIN) return undefined;
  if ((options.threads ?? availableParallelism()) === 1) return undefined;
  if (format === "csv" && !isWatched && readingThreads(bytes, options) > 1) {
    if (options.semantics === "model-monitor") return undefined;
    const head = await inputs[0]!.read!(0, HEAD_BYTES);
    if (flagShare(head) < FLAG_SHARE_MIN) return undefined;
  }
  const { FileHashes } = await import("../source/content/file-hashes.ts");
  return new FileHashes([...paths], options.signal);
}
