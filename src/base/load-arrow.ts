import type * as Arrow from "apache-arrow";

export type { Arrow };

/** Loads the Arrow package, which is large, once it is needed. */
export function loadArrow(): Promise<typeof Arrow> {
  return import("apache-arrow");
}
