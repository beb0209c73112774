/** Reads the label that ground-truth records, and capture records merged with one, hold. */
import type { GroundTruth } from "../preprocess/preprocessor.ts";

/** Takes the value of `groundTruthData`; undefined when it is no label. */
export function readLabel(value: unknown): GroundTruth | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { data, encoding } = value as { readonly [key in keyof GroundTruth]?: unknown };
  const isLabel = typeof data === "string" && typeof encoding === "string";
  return isLabel ? { data, encoding } : undefined;
}
