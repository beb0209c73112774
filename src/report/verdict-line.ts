/** A run's verdict in one line without markup. */
import { plural } from "../base/plural.ts";
import type { Insights } from "../monitor/insights.ts";

/** Tells the verdict in one line without markup. */
export function verdictLine({ verdict, dataset, semantics }: Insights): string {
  const read = `${plural(dataset.rows, "record")}, ${plural(dataset.columns, "feature")}`;
  switch (verdict.status) {
    case "no_data":
      return "NO DATA: nothing was read.";
    case "profiled":
      return `BASELINE of ${read}.`;
    default: {
      const judged =
        verdict.violations === 0 ? "PASS" : `FAIL: ${plural(verdict.violations, "violation")}`;
      const unjudged =
        verdict.unjudged === 0 ? "" : ` ${plural(verdict.unjudged, "check")} not judged.`;
      return `${judged} in ${read}, by ${semantics}.${unjudged}`;
    }
  }
}
