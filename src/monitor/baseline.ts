/** What a run is compared with. */
import type { Constraints } from "../constraints/constraints.ts";
import type { BaselineProfile } from "../profile/profile.ts";

export interface Baseline {
  readonly constraints: Constraints;
  /** The training data's statistics; without them there is no drift check. */
  readonly profile: BaselineProfile | undefined;
}
