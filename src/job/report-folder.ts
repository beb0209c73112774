/** Reads what a run left, to tell of it again. */
import { stat } from "node:fs/promises";
import { sha256Of } from "../base/sha256-of.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { validate } from "../base/validate.ts";
import type { Insights } from "../monitor/insights.ts";
import { insightsSchema } from "../monitor/insights-schema.ts";
import type { ReportSource } from "../report/constraint-place.ts";
import { isObjectUrl, joinPath } from "../storage/object-url.ts";
import { INSIGHTS_FILE } from "./baseline-folder.ts";
import { readIfThere } from "./read-if-there.ts";

/**
 * Reads `insights.json` of a folder, or the file itself, and the constraints it was checked with if
 * they still stand where they did and have not changed: an edited file has other lines. Throws a
 * configuration error where there are no insights or they do not follow their schema.
 */
export async function readReport(folder: string): Promise<ReportSource> {
  const isObject = isObjectUrl(folder);
  const stats = isObject ? undefined : await stat(folder).catch(() => undefined);
  const isFolder = isObject ? !folder.endsWith(".json") : stats?.isDirectory();
  const path = isFolder ? joinPath(folder, INSIGHTS_FILE) : folder;
  const text = await readIfThere(path);
  if (text === undefined) {
    throw new TidemarkError({
      code: "configuration",
      location: { file: folder },
      what: stats === undefined && !isObject ? "no such folder" : `has no ${INSIGHTS_FILE}`,
      expected: "the output folder of a run",
      hint: "Make one with: tidemark check <traffic> -b <baseline> -o <folder>.",
    });
  }
  const insights = await validate(text, path, insightsSchema);
  return {
    insights,
    insightsHash: sha256Of(text),
    constraintsText: await sameConstraints(insights),
  };
}

async function sameConstraints({ baseline }: Insights): Promise<string | undefined> {
  if (baseline === undefined) return undefined;
  // A path that can not be read any more is no fault of the report.
  const text = await readIfThere(baseline.path).catch(() => undefined);
  return text !== undefined && sha256Of(text) === baseline.sha256 ? text : undefined;
}
