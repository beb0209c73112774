/** What the simulation found: the shape of results.json. */
import type { FeaturesResult } from "./measure-features.ts";
import type { WindowsResult } from "./measure-windows.ts";

export interface Results {
  readonly windows: readonly WindowsResult[];
  readonly features: readonly FeaturesResult[];
}
