/** What tables and catalogues are made of: a run's insights and the service's files beside them. */
import type { Violation } from "../checks/check.ts";
import type { Profile } from "../profile/profile.ts";
import type { ReportSource } from "./constraint-place.ts";

export interface ExportSource extends ReportSource {
  /** Absent for a run that found nothing to profile. */
  readonly statistics?: Profile | undefined;
  /** Empty for a baseline, and for a run without any. */
  readonly violations: readonly Violation[];
}
