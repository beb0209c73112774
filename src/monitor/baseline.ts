/** What a run is compared with. */
import type { Constraints } from "../constraints/constraints.ts";
import type { BaselineProfile } from "../profile/profile.ts";
import type { SideSummary } from "./insights-evidence.ts";

export interface Baseline {
  readonly constraints: Constraints;
  /** The training data's statistics; without them there is no drift check. */
  readonly profile: BaselineProfile | undefined;
  /** The parsed `constraints.json`, so that verdicts can point into it. */
  readonly constraintsJson?: unknown;
  /** What the baseline's own `insights.json` tells beyond its statistics, by feature name. */
  readonly summaries?: ReadonlyMap<string, SideSummary> | undefined;
}
