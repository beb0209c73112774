/** What reports are drawn from: the insights, and the constraints that their pointers lead into. */
import { locate, type TextPlace } from "../base/located-json.ts";
import type { Insights, InsightsCheck } from "../monitor/insights.ts";

export interface ReportSource {
  readonly insights: Insights;
  /** SHA-256 of their file. */
  readonly insightsHash?: string | undefined;
  /** The baseline's `constraints.json` as it was when the check was made; absent if it is not. */
  readonly constraintsText?: string | undefined;
}

/** Where whoever wants to change a verdict has to edit. */
export interface ConstraintPlace extends Partial<TextPlace> {
  readonly file: string;
  /** A JSON pointer into that file, when known. */
  readonly pointer?: string | undefined;
}

/**
 * Finds where the constraint of a check stands. Line and column are absent when the file is not at
 * hand; all is, for a baseline or a run that did not say where its constraints came from.
 */
export function constraintPlaceOf(
  { insights, constraintsText }: ReportSource,
  { name, check }: { readonly name: string; readonly check: InsightsCheck },
): ConstraintPlace | undefined {
  const file = insights.baseline?.path;
  if (file === undefined) return undefined;
  const { pointer } = check;
  if (constraintsText === undefined) return { file, pointer };
  const path = pointer === undefined ? featurePath(constraintsText, name) : stepsOf(pointer);
  return { file, pointer, ...locate(constraintsText, path) };
}

/** Writes `file:line:column pointer` without what is unknown. */
export function placeText({ file, line, column, pointer }: ConstraintPlace): string {
  const at = line === undefined ? "" : `:${line}:${column}`;
  return `${file}${at}${pointer === undefined ? "" : ` ${pointer}`}`;
}

/** Splits a JSON pointer (RFC 6901) into its keys. */
function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function featurePath(text: string, name: string): readonly (string | number)[] {
  const json = JSON.parse(text.replace(/^\uFEFF/, ""));
  const features = (json as { features?: readonly { name?: unknown }[] }).features ?? [];
  const index = features.findIndex((feature) => feature.name === name);
  return index < 0 ? ["features"] : ["features", index];
}
