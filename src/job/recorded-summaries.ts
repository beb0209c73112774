/** What a baseline's own run recorded of its features beyond `statistics.json`. */
import { createHash } from "node:crypto";
import { TidemarkError } from "../base/tidemark-error.ts";
import { validate } from "../base/validate.ts";
import type { SideSummary } from "../monitor/insights-evidence.ts";
import { insightsSchema } from "../monitor/insights-schema.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import { readIfThere } from "./read-if-there.ts";

/**
 * Reads the `insights.json` beside a baseline's statistics, by feature name. Undefined where there
 * is none, where it is of another run than the statistics, or where it can not be read: nothing
 * stands or falls with it.
 */
export async function readRecordedSummaries(
  path: string,
  statistics: string,
): Promise<ReadonlyMap<string, SideSummary> | undefined> {
  const text = await readIfThere(path).catch((fault: unknown) => {
    // Where listing is not allowed, an object that is not there is told as one that is refused.
    if (isObjectUrl(path)) return undefined;
    throw fault;
  });
  const hash = createHash("sha256").update(statistics).digest("hex");
  if (text === undefined || !text.includes(hash)) return undefined;
  try {
    const { command, outputs, features } = await validate(text, path, insightsSchema);
    if (command !== "baseline" || !outputs.some(({ sha256 }) => sha256 === hash)) return undefined;
    return new Map(
      features.flatMap(({ name, current }) => (current === undefined ? [] : [[name, current]])),
    );
  } catch (error) {
    if (error instanceof TidemarkError) return undefined;
    throw error;
  }
}
