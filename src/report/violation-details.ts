/** Everything that stands behind one check, line by line, for reports that are read by machines. */
import { plural } from "../base/plural.ts";
import { passSentence } from "./check-words.ts";
import { constraintPlaceOf, placeText, type ReportSource } from "./constraint-place.ts";
import { movedSentence } from "./moved-sentence.ts";
import { offenderCount, offenderFacts, placeOf } from "./offender-words.ts";
import type { ReportedViolation } from "./violations-by-severity.ts";

const OFFENDERS_SHOWN_MAX = 5;

/** Tells what moved, when it would pass, where to edit, and the first records behind it. */
export function violationDetails(source: ReportSource, violation: ReportedViolation): string[] {
  const { check } = violation;
  const moved = movedSentence(violation);
  const { offenders } = check;
  const passes = passSentence(check);
  const place = constraintPlaceOf(source, violation);
  const shown = offenders?.sample.slice(0, OFFENDERS_SHOWN_MAX) ?? [];
  const rest = (offenders?.sample.length ?? 0) - shown.length;
  return [
    ...(moved === undefined ? [] : [moved]),
    ...(passes === undefined ? [] : [passes]),
    ...(place === undefined ? [] : [`Constraint: ${placeText(place)}`]),
    ...(offenders === undefined ? [] : [`Behind it: ${offenderCount(offenders)}`]),
    ...shown.map((offender) => {
      const facts = offenderFacts(offender);
      return `  ${placeOf(offender)}${facts === "" ? "" : ` (${facts})`}`;
    }),
    ...(rest > 0 ? [`  and ${plural(rest, "record")} more in insights.json`] : []),
  ];
}
