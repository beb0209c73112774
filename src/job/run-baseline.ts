/** The baseline job: training data in, the baseline files and `insights.json` out. */
import { writeConstraints } from "../constraints/constraints-file.ts";
import { buildInsights } from "../monitor/build-insights.ts";
import { suggestConstraints } from "../monitor/suggest.ts";
import { writeStatistics } from "../profile/statistics-file.ts";
import { CONSTRAINTS_FILE, STATISTICS_FILE } from "./baseline-folder.ts";
import type { BaselineJobOptions, BaselineJobResult } from "./job-options.ts";
import { JobRun } from "./job-run.ts";

/**
 * Profiles the inputs and writes the baseline. Throws a `TidemarkError` for what a user can mend;
 * the output folder then keeps its previous files.
 */
export async function runBaseline(options: BaselineJobOptions): Promise<BaselineJobResult> {
  const { schema = "2024", redactSketch, unknownAs } = options;
  return JobRun.within("baseline", options, async (run) => {
    const { profile, tallies, groundTruth, warnings } = await run.profile();
    const constraints = suggestConstraints(profile, options.monitoringConfig);
    const statistics = writeStatistics(profile, { schema, redactSketch, unknownAs });
    const published = await run.publish({
      files: [
        { name: STATISTICS_FILE, text: statistics },
        { name: CONSTRAINTS_FILE, text: writeConstraints(constraints, schema) },
      ],
      insightsOf: (outputs) =>
        buildInsights({
          ...run.parts,
          tallies,
          groundTruth,
          outputs,
          profile,
          isRedacted: redactSketch,
          hasEvidence: options.evidence,
          warnings,
        }),
    });
    return { ...published, profile, constraints };
  });
}
