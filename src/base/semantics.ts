/**
 * The two readings of one baseline: `model-monitor` repeats the service to the last bit,
 * `tidemark` (the default) is right where the service is wrong.
 */
export const SEMANTICS = ["tidemark", "model-monitor"] as const;

export type Semantics = (typeof SEMANTICS)[number];

/** The semantics that a run did not use, whose verdict it reports beside its own. */
export function otherSemantics(semantics: Semantics): Semantics {
  return semantics === "tidemark" ? "model-monitor" : "tidemark";
}
