/** What can be wrong with a constraints file. */
import type { TextPlace } from "../base/located-json.ts";
import type { ErrorParts } from "../base/tidemark-error.ts";

/** Errors keep a check from running; warnings let it run and not find what it might. */
export interface Finding extends Pick<ErrorParts, "what" | "expected" | "hint"> {
  readonly level: "error" | "warning";
  /** Where it stands, from the root of the file. */
  readonly place: TextPlace;
}

/** A finding that knows its place as a path of keys and indices. */
export type FoundAt = Omit<Finding, "place" | "level"> & { readonly path: readonly PropertyKey[] };
