/**
 * The cells of a captured payload into counters: what `count-records.ts` does to those of a record.
 *
 * Stages: the masks of all payloads of a line come first. Once the line has turned out to be alike,
 * its cells are counted as those of a record are.
 */
import { countMarked } from "./count-marked";
import { countRest } from "./count-rest";
import { Gap, LineRun, Payload } from "./line-run";

/** Counts or lays the cells of a payload of the row taken last. */
export function countPayload(run: LineRun, gap: Gap, payload: Payload): void {
  const source = payload.source;
  const end = countMarked(run.columns, payload.masks, run.record, source, gap.column, gap.cells);
  // What the payload's text was moved by.
  countRest<LineRun>(run, end, payload.from - payload.leading - <u32>source);
}
