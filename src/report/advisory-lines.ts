/** What the terminal summary says of advisories: features that moved without violating. */
import type { AdvisoryCheckType } from "../checks/check.ts";
import type { Insights } from "../monitor/insights.ts";
import { cutToWidth } from "./display-width.ts";
import { wrap } from "./wrap.ts";

const NAMES_SHOWN_MAX = 5;
const NAME_WIDTH_MAX = 40;

/** How advisories that are violations are called. */
export const ADVISORY_LABELS: Readonly<Record<AdvisoryCheckType, string>> = {
  advisory_excess_distance: "distance",
  advisory_psi: "stability index",
  advisory_category_shares: "category shares",
  advisory_new_categories: "new categories",
  advisory_missing_rate: "missing rate",
  advisory_zero_rate: "zero rate",
  advisory_spike: "spike",
};

/** Names them behind an empty line; nothing where there is none. */
export function advisoryLines({ features }: Insights): string[] {
  const moved = features.filter(
    ({ checks, advisories = [] }) =>
      advisories.some(({ status }) => status === "raised") &&
      !checks.some(({ status }) => status === "violated"),
  );
  if (moved.length === 0) return [];
  const names = moved.slice(0, NAMES_SHOWN_MAX).map(({ name }) => cutToWidth(name, NAME_WIDTH_MAX));
  const rest = moved.length - names.length;
  const listed = names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  const count = moved.length === 1 ? "1 feature" : `${moved.length} features`;
  return ["", ...wrap("Advisories  ", `${count} moved without violating: ${listed}`)];
}
