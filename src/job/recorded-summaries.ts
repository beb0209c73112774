/** What a baseline's own run recorded of its features beyond `statistics.json`. */
import { createHash } from "node:crypto";
import { TidemarkError } from "../base/tidemark-error.ts";
import { type SchemaOf, validate } from "../base/validate.ts";
import { sideSummarySchema } from "../monitor/evidence-schema.ts";
import type { SideSummary } from "../monitor/insights-evidence.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import { readIfThere } from "./read-if-there.ts";

/** What is read of `insights.json`: all of it takes a tenth of a small check to look at. */
interface Recorded {
  readonly command: string;
  readonly outputs: readonly { readonly sha256: string }[];
  readonly features: readonly {
    readonly name: string;
    readonly current?: SideSummary | undefined;
  }[];
}

const recordedSchema: SchemaOf<Recorded> = (z) => {
  const text = z.string();
  return z.object({
    command: text,
    outputs: z.array(z.object({ sha256: text })),
    features: z.array(z.object({ name: text, current: sideSummarySchema(z).optional() })),
  });
};

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
    const { command, outputs, features } = await validate(text, path, recordedSchema);
    if (command !== "baseline" || !outputs.some(({ sha256 }) => sha256 === hash)) return undefined;
    return new Map(
      features.flatMap(({ name, current }) => (current === undefined ? [] : [[name, current]])),
    );
  } catch (error) {
    if (error instanceof TidemarkError) return undefined;
    throw error;
  }
}
