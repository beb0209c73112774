/**
 * What a container leaves in `/opt/ml/output/message`: the platform takes it as the job's exit
 * message, from which schedules read whether there were violations.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { TidemarkError } from "../base/tidemark-error.ts";
import { printable } from "../report/printable.ts";

/** How much of it the platform keeps. */
const BYTES_MAX = 1024;

export const STOPPED_MESSAGE = "Stopped.";

/** In the service's words, which end in `violations` for a single one too. */
export function completionMessage(violations: number): string {
  return violations === 0
    ? "Completed: Job completed successfully with no violations."
    : `CompletedWithViolations: Job completed successfully with ${violations} violations.`;
}

/** Tells whose fault it is by its first word; a fault of ours has a second line, its place. */
export function failureMessage(error: unknown): string {
  if (error instanceof TidemarkError && error.code !== "internal") {
    if (error.code === "no_data") return "Job inputs had no data";
    const message = printable(error.message);
    const isPlain = error.code === "input" || error.code === "delivery";
    return isPlain ? message : `ConfigurationError: ${message}`;
  }
  if (!(error instanceof Error)) return `AlgorithmError: ${printable(String(error))}`;
  const place = /^\s+at .*$/m.exec(error.stack ?? "")?.[0].trim();
  const message = `AlgorithmError: ${printable(error.message)}`;
  return place === undefined ? message : `${message}\n${printable(place)}`;
}

/** Writes as much of the message as is kept, cut between characters. Throws a system error. */
export function writeExitMessage(path: string, message: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, cut(Buffer.from(message)));
}

function cut(bytes: Buffer): Buffer {
  if (bytes.length <= BYTES_MAX) return bytes;
  let end = BYTES_MAX;
  while ((bytes[end]! & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}
