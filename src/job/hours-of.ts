/** The hour folders that a run's window can hold. */
import { parseTime } from "../source/capture/capture-window.ts";
import type { HourSpan } from "../storage/storage.ts";
import type { ReadOptions } from "./job-options.ts";

const HOUR_MS = 3_600_000;

/**
 * Whole hours from that of `start` to the last one before `end`; undefined without a window of two
 * bounds. A bound that can not be read is refused later, with its words.
 */
export function hoursOf({ start, end }: ReadOptions): HourSpan | undefined {
  const [from, to] = [start, end].map((text) => (text === undefined ? undefined : parseTime(text)));
  if (from === undefined || to === undefined || from >= to) return undefined;
  const hour = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS;
  return { first: hour(from), last: hour(to - 1) };
}
