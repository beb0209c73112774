/** The rejected records of a run by reason, with the first places of each. */
import type { Inspection } from "../monitor/inspection.ts";
import type { InputTally, Rejection, RejectReason } from "../source/record-source.ts";

const PLACES_MAX = 3;

export class RejectionList {
  readonly #byReason = new Map<RejectReason, { count: number; first: Rejection[] }>();

  add(rejection: Rejection): void {
    const { reason } = rejection;
    const known = this.#byReason.get(reason) ?? { count: 0, first: [] };
    known.count += 1;
    if (known.first.length < PLACES_MAX) known.first.push(rejection);
    this.#byReason.set(reason, known);
  }

  /** Lists the reasons, the most frequent first; tallies also count what had no place. */
  finish(tallies: readonly InputTally[] = []): Inspection["rejected"] {
    return [...this.#byReason]
      .map(([reason, { count, first }]) => ({
        reason,
        count: Math.max(
          count,
          tallies.reduce((sum, { rejected }) => sum + (rejected[reason] ?? 0), 0),
        ),
        first: first.map(({ file, line, detail }) => ({ file, line, detail })),
      }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}
