/**
 * Everything a run knows beyond the service's three files: the type behind `insights.json`.
 *
 * One shape for both commands. Later versions add keys and rename none; `INSIGHTS_VERSION` counts
 * breaking changes. Absent numbers are left out, never null.
 */
import type { Semantics } from "../base/semantics.ts";
import type { CheckStatus, CheckType } from "../checks/check.ts";
import type { InferredType } from "../profile/profile.ts";
import type { Emptiness } from "./emptiness.ts";
import type {
  Advisory,
  CategoricalShape,
  Moved,
  NumericShape,
  Offenders,
  Segment,
  SideSummary,
} from "./insights-evidence.ts";

export const INSIGHTS_VERSION = 1;

/** What names the schema: the path that the package exports it under. */
export const INSIGHTS_SCHEMA = "tidemark/schema/insights.schema.json";

export interface InsightsCheck {
  readonly type: CheckType;
  readonly status: CheckStatus;
  readonly observed?: number | undefined;
  readonly expected?: number | string | undefined;
  readonly threshold?: number | undefined;
  readonly reason?: string | undefined;
  readonly method?: "LInfinity" | "ChiSquared" | undefined;
  readonly kind?: "distance" | "pvalue" | undefined;
  readonly direction?: "greater_is_drift" | "less_is_drift" | undefined;
  /** Sample sizes of the current side and of the baseline. */
  readonly n?: number | undefined;
  readonly m?: number | undefined;
  readonly margin?: number | undefined;
  readonly simple?: number | undefined;
  readonly robust?: number | undefined;
  readonly at?: number | string | undefined;
  /**
   * The smallest difference that this window could have shown: the gap above which it would have
   * been a violation; of chi-squared the change of any one category's share, joined ones counting
   * as one, that is a violation with the chance `power`.
   */
  readonly detectable?: number | undefined;
  readonly power?: number | undefined;
  readonly statistic?: number | undefined;
  readonly degrees_of_freedom?: number | undefined;
  readonly p_value?: number | undefined;
  readonly critical_value?: number | undefined;
  /**
   * The threshold at which a violation would pass: the closest there is. Absent where no number of
   * the constraints decides (columns, signs, advisories); `passes_with` then says what does.
   */
  readonly passes_at?: number | undefined;
  readonly passes_with?: string | undefined;
  /**
   * JSON pointer to what the baseline's `constraints.json` says of it: to the number that
   * `passes_at` would take the place of, where there is one.
   */
  readonly pointer?: string | undefined;
  /** The records behind a violation. */
  readonly offenders?: Offenders | undefined;
  /** The same under the other semantics: for drift always, else where it differs. */
  readonly other?: OtherCheck | undefined;
}

export interface OtherCheck {
  readonly semantics: Semantics;
  readonly status: CheckStatus;
  readonly observed?: number | undefined;
  readonly n?: number | undefined;
  readonly m?: number | undefined;
  readonly simple?: number | undefined;
  readonly robust?: number | undefined;
}

export interface InsightsFeature {
  readonly name: string;
  /** Column of the run, from 0; absent when the run lacks the feature. */
  readonly position?: number | undefined;
  readonly type?: InferredType | undefined;
  readonly evidence?:
    | {
        readonly integral: number;
        readonly fractional: number;
        readonly boolean: number;
        readonly string: number;
        readonly uncastable: number;
        readonly non_finite: number;
        readonly negative: number;
        /** Where the first cell stands that made the column String. */
        readonly first_string?: { readonly file: string; readonly line: number } | undefined;
      }
    | undefined;
  readonly counts?:
    | { readonly present: number; readonly missing: number; readonly distinct?: number | undefined }
    | undefined;
  readonly checks: readonly InsightsCheck[];
  readonly baseline?: SideSummary | undefined;
  readonly current?: SideSummary | undefined;
  /** Both distributions on common buckets. */
  readonly shape?: NumericShape | CategoricalShape | undefined;
  readonly moved?: Moved | undefined;
  readonly advisories?: readonly Advisory[] | undefined;
  readonly segments?: readonly Segment[] | undefined;
}

/** A `constraints.json`, so that whoever edits it later finds the one that was meant. */
export interface ConstraintsFile {
  /** As given, or below the folder that was given. */
  readonly path: string;
  readonly sha256: string;
}

export interface InsightsInput {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Records that a script made no row of; absent where none was. */
  readonly dropped?: number | undefined;
  readonly extra_cells: number;
  readonly invalid_utf8: number;
}

export interface Insights {
  /** Written first, whatever a value says. */
  readonly $schema?: string | undefined;
  readonly version: typeof INSIGHTS_VERSION;
  readonly engine: { readonly name: "tidemark"; readonly version: string };
  readonly command: "baseline" | "check";
  readonly semantics: Semantics;
  readonly inputs: readonly InsightsInput[];
  /** The labels that captured records were joined with, where asked for. */
  readonly ground_truth?:
    | {
        readonly inputs: readonly InsightsInput[];
        readonly labels: number;
        /** Labels that a later one for the same id replaced. */
        readonly duplicates: number;
        /** Records with a label, and those left out for want of one. */
        readonly matched: number;
        readonly unmatched: number;
        /** Labels without a record. */
        readonly unused: number;
      }
    | undefined;
  /** The constraints that were checked, as they were found; checks only. */
  readonly baseline?: ConstraintsFile | undefined;
  /** The other files of the run, so that a mixed set is recognisable. */
  readonly outputs: readonly { readonly name: string; readonly sha256: string }[];
  readonly window?:
    | { readonly start?: string | undefined; readonly end?: string | undefined }
    | undefined;
  readonly dataset: {
    readonly rows: number;
    readonly columns: number;
    /** How columns were matched to features; checks only. */
    readonly matching?: "name" | "position" | undefined;
    readonly missing: readonly string[];
    readonly extra: readonly string[];
    readonly checks: readonly InsightsCheck[];
  };
  readonly verdict: {
    /** `no_data`: nothing was read, as `emptiness` tells. */
    readonly status: "profiled" | "passed" | "violated" | "no_data";
    readonly violations: number;
    readonly by_check: Readonly<Partial<Record<CheckType, number>>>;
    /** Checks with nothing to judge: no data, too few records, nothing comparable, ... */
    readonly unjudged: number;
    /** Advisories that were raised. */
    readonly advisories?: number | undefined;
    /**
     * The fewest features without whose violations the run would pass, gravest first; `Missing
     * columns` and `Extra columns` stand for those of the dataset, which no feature clears.
     */
    readonly clearing?: readonly string[] | undefined;
    /** What the other semantics says of the same records. */
    readonly other?: OtherVerdict | undefined;
  };
  /** Why there is nothing to judge; absent where there is. */
  readonly emptiness?: Emptiness | undefined;
  readonly features: readonly InsightsFeature[];
  readonly warnings: readonly string[];
}

export interface OtherVerdict {
  readonly semantics: Semantics;
  /** `not_comparable`: the two would have read different rows. */
  readonly status: "passed" | "violated" | "not_comparable";
  readonly violations?: number | undefined;
  /** Violations of one side only, as `feature: check`. */
  readonly only_here?: readonly string[] | undefined;
  readonly only_there?: readonly string[] | undefined;
}

const NO_FEATURES = '\n  "features": []';
const [BEFORE_FEATURES, AFTER_FEATURES] = ['{\n  "features": [', "\n  ]\n}"] as const;
const FEATURES_AT_ONCE = 100;

/**
 * Renders `insights.json`: two-space JSON with a trailing newline, a list of numbers on one line.
 * A number that JSON has no word for (the statistic of a test that expected nothing) is the text
 * `Infinity`.
 */
export function writeInsights(insights: Insights): string {
  const { features } = insights;
  const head = toJson({ $schema: INSIGHTS_SCHEMA, ...insights, features: [] });
  if (features.length === 0) return `${head}\n`;
  const at = head.indexOf(NO_FEATURES) + NO_FEATURES.length - 1;
  let text = head.slice(0, at);
  // Some at a time, as all of them are many times what is kept of them; indented as they are made,
  // as what is replaced line by line is kept in pieces, several times as large.
  for (let i = 0; i < features.length; i += FEATURES_AT_ONCE) {
    const some = onOneLine(toJson({ features: features.slice(i, i + FEATURES_AT_ONCE) }));
    text += `${i === 0 ? "" : ","}${some.slice(BEFORE_FEATURES.length, -AFTER_FEATURES.length)}`;
  }
  return `${text}\n  ${head.slice(at)}\n`;
}

function toJson(value: object): string {
  // Telling such numbers apart takes three times as long, and they are rare: they are null here.
  const json = JSON.stringify(value, undefined, 2);
  return json.includes("null") ? JSON.stringify(value, spellNonFinite, 2) : json;
}

function spellNonFinite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/**
 * Joins the lines of lists of numbers, which features alone have. No text is touched: in a text a
 * line break is escaped.
 */
function onOneLine(json: string): string {
  let last = "";
  let line = "";
  return json.replace(/\[\n +-?\d[^[\]{}"]*\]/g, (list) => {
    // A baseline alone is the current side too.
    if (list !== last) line = `[${list.slice(1, -1).trim().replace(/\s+/g, " ")}]`;
    last = list;
    return line;
  });
}
