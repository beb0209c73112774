/** Options that ask for evidence do not go with the one that gathers none. */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { CheckJobOptions } from "./job-options.ts";

type Options = Pick<CheckJobOptions, "evidence" | "segments" | "advisoriesAsViolations">;

/** Throws a usage error where evidence is switched off and yet something rests on it. */
export function assertEvidence({
  evidence = true,
  segments,
  advisoriesAsViolations,
}: Options): void {
  if (evidence || !(segments || advisoriesAsViolations)) return;
  const asked = segments ? "--segments" : "--advisories-as-violations";
  throw new TidemarkError({
    code: "usage",
    what: `${asked} is given, but --no-evidence gathers none`,
    expected: "one of the two",
    hint: `Leave ${asked} or --no-evidence out.`,
  });
}
