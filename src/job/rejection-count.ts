/** Counts rejected records by reason and says when there are too many. */
import { formatLocation, TidemarkError } from "../base/tidemark-error.ts";
import type { RejectedReason } from "../monitor/emptiness.ts";
import type { Rejection, RejectReason } from "../source/record-source.ts";

/** How many records may be rejected: a share of all records (0..1), or a count. */
export type RejectedMax = { readonly share: number } | { readonly count: number };

/** More than one record in twenty unreadable is taken for a wrong format. */
export const DEFAULT_REJECTED_MAX: RejectedMax = { share: 0.05 };

/** What to do when too much is rejected. */
export interface RejectedHint {
  /** How to learn why, such as `See rejected.jsonl`. */
  readonly see: string;
  /** How to let the run pass, such as `raise --max-rejected`; no use when nothing was read. */
  readonly raise: string;
}

export const REJECTED_MAX_EXPECTED = "a share such as 5% or 0.05, or a count";

/** Parses a limit: `5%` or a number below 1 is a share, else a count; undefined for other texts. */
export function parseRejectedMax(text: string): RejectedMax | undefined {
  const parts = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  if (parts === null) return undefined;
  const value = Number(parts[1]);
  if (parts[2] === "%") return value <= 100 ? { share: value / 100 } : undefined;
  if (value < 1) return { share: value };
  return Number.isInteger(value) ? { count: value } : undefined;
}

export class RejectionCount {
  readonly #byReason = new Map<RejectReason, { count: number; first: Rejection | undefined }>();

  /** Rejected records so far. */
  get all(): number {
    return [...this.#byReason.values()].reduce((sum, { count }) => sum + count, 0);
  }

  add(rejection: Rejection): void {
    this.addMany(rejection.reason, 1, rejection);
  }

  /** Counts records of which only the first is shown, if any. */
  addMany(reason: RejectReason, count: number, first?: Rejection): void {
    const before = this.#byReason.get(reason);
    this.#byReason.set(reason, {
      count: (before?.count ?? 0) + count,
      first: before?.first ?? first,
    });
  }

  /** Counts by reason with the first place of each, most frequent first. */
  get byReason(): readonly RejectedReason[] {
    return [...this.#byReason]
      .sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1))
      .map(([reason, { count, first }]) => ({
        reason,
        count,
        detail: first?.detail,
        file: first?.file,
        line: first?.line,
        event_id: first?.eventId,
      }));
  }

  /**
   * Throws an input error when more than `max` was rejected. `records` is the number of records
   * read, `input` what the user gave.
   */
  assertWithin(max: RejectedMax, records: number, input: string, hint: RejectedHint): void {
    const rejected = this.all;
    const all = records + rejected;
    const isOver = "share" in max ? rejected > max.share * all : rejected > max.count;
    if (!isOver) return;
    const { reason, count, detail, file, line } = this.byReason[0]!;
    const part = count < rejected ? `, ${count} of them for reason` : " for reason";
    const place =
      file === undefined
        ? ""
        : ` (${count > 1 ? "first at" : "at"} ${formatLocation({ file, line })}: ${detail})`;
    const limit = "share" in max ? `${Number((max.share * 100).toPrecision(12))}%` : max.count;
    throw new TidemarkError({
      code: "input",
      location: { file: input },
      what: `rejected ${rejected} of ${all} records${part} ${reason}${place}`,
      expected: `at most ${limit} rejected`,
      hint: `${hint.see}, or ${hint.raise}.`,
    });
  }
}
