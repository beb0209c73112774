/** A check in the details: its sentence and arithmetic, what would pass, where to edit, records. */

import { formatCount } from "../../base/format-number.ts";
import type { InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import type { Offenders } from "../../monitor/insights-evidence.ts";
import {
  detectableSentence,
  labelOf,
  observedOf,
  passSentence,
  sentenceOf,
  UNJUDGED_WORDS,
} from "../check-words.ts";
import { checkFormula } from "./check-formula.ts";
import type { DetailLimits } from "./detail-limits.ts";
import { isUnjudged } from "./feature-level.ts";
import { type Html, html } from "./html.ts";
import { offenderLine, offenderTable } from "./offender-table.ts";
import { cut } from "./shown-text.ts";

/** Tells of a check; without tables in fewer words, and with one record at most. */
export function checkItem(
  check: InsightsCheck,
  feature: InsightsFeature,
  limits: DetailLimits,
): Html {
  const { status, offenders, pointer } = check;
  const isViolated = status === "violated";
  const passes = isViolated ? passSentence(check) : undefined;
  const { hasTables } = limits;
  const formula = checkFormula(check, feature, !hasTables);
  const isTold = hasTables || formula === undefined || !isViolated;
  return html`<li class=${isViolated ? "v" : isUnjudged(check) ? "u" : "p"}><b>${labelOf(check)}
    </b> ${
      isTold ? verdictOf(check) : "violated."
    }${formula === undefined ? undefined : html`<p class=f>${cut(formula, 300)}</p>`}${
      passes === undefined ? undefined : html`<p>${passes}</p>`
    }${isUnjudged(check) || hasTables ? detectable(check) : undefined}
  ${hasTables ? other(check) : undefined}${
    isViolated && pointer !== undefined
      ? html`<p>Constraint to edit: <code>${cut(pointer, 200)}</code>.</p>`
      : undefined
  }${isViolated && offenders !== undefined ? records(offenders, limits) : undefined}`;
}

function records(offenders: Offenders, { hasTables, offenders: max }: DetailLimits): Html {
  return hasTables ? offenderTable(offenders, max) : offenderLine(offenders);
}

function verdictOf(check: InsightsCheck): string {
  const { status, reason } = check;
  if (status === "violated") return cut(sentenceOf(check), 300);
  if (status === "passed") return "passed.";
  const words = UNJUDGED_WORDS[status] ?? status;
  return cut(reason === undefined ? `${words}.` : `${words}: ${reason}.`, 300);
}

/** The power of a drift check, told where it decides or could not. */
function detectable(check: InsightsCheck): Html | undefined {
  const sentence = detectableSentence(check);
  return sentence === undefined || check.status === "violated"
    ? undefined
    : html`<p>${sentence}</p>`;
}

function other({ type, status, other: there }: InsightsCheck): Html | undefined {
  if (there === undefined) return undefined;
  const isSame = there.status === status;
  if (isSame && (type !== "baseline_drift_check" || status !== "violated")) return undefined;
  const observed =
    there.observed === undefined
      ? ""
      : `, observed ${observedOf({ type, ...there } as InsightsCheck)}`;
  const sizes =
    there.n === undefined || there.m === undefined
      ? ""
      : `, n = ${formatCount(there.n)}, m = ${formatCount(there.m)}`;
  return html`<p>Under ${there.semantics}: ${there.status.replaceAll("_", " ")}${observed}${sizes}.
    </p>`;
}
