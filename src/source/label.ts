/** The label of an invocation, as ground-truth records and merged capture records hold it. */
export interface Label {
  readonly data: string;
  readonly encoding: string;
}

/** Reads the value of `groundTruthData`; undefined when it is no label. */
export function readLabel(value: unknown): Label | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { data, encoding } = value as { readonly [key in keyof Label]?: unknown };
  const isLabel = typeof data === "string" && typeof encoding === "string";
  return isLabel ? { data, encoding } : undefined;
}
