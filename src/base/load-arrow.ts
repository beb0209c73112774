/** The Arrow package, which is large and optional; loaded once it is needed. */
import type * as Arrow from "apache-arrow";
import { importOptional } from "./import-optional.ts";

export type { Arrow };

/** Throws a configuration error where it is not installed; `purpose` is what it is expected for. */
export function loadArrow(purpose: string): Promise<typeof Arrow> {
  return importOptional("apache-arrow", purpose, () => import("apache-arrow"));
}
