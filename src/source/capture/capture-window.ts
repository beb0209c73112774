/**
 * The time window of a run over captured records.
 *
 * Capture files stand in hour folders `YYYY/MM/DD/HH` named by the invocation's hour in UTC (Amazon
 * SageMaker developer guide, "Capture data"). A schedule's folder may hold more hours than the
 * window, so the window filters: by folder, then, where a bound is not on the hour, by record.
 */
import { excerpt, TidemarkError } from "../../base/tidemark-error.ts";

const HOUR_MS = 3_600_000;

/** The last hour folder of a path, so that dated folders above the capture root do not count. */
const HOUR_FOLDER = /^(?:.*\/)?(\d{4})\/(\d{2})\/(\d{2})\/(\d{2})\//s;

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)T?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):?(\d\d))$/i;

/** Half open, [start, end), in milliseconds since 1970; an absent bound is open. */
export interface Window {
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** One bound as the user wrote it; `name` is the option or variable that held it. */
export interface WindowBound {
  readonly name: string;
  readonly text: string;
}

export interface HourSelection {
  /** The paths inside the window, in the order given. */
  readonly paths: readonly string[];
  /** Every hour that has a folder, as ISO 8601 times in ascending order. */
  readonly hours: readonly string[];
}

/**
 * Parses the bounds of a window; no bound gives an open window.
 * Throws a usage error for a time that can not be read and for a window that holds no moment.
 */
export function parseWindow(start?: WindowBound, end?: WindowBound): Window {
  const window = { start: start && parseBound(start), end: end && parseBound(end) };
  if (start !== undefined && end !== undefined && window.start! >= window.end!) {
    throw new TidemarkError({
      code: "usage",
      what: `${start.name} is ${excerpt(start.text)}`,
      expected: `a time before ${end.name}, which is ${excerpt(end.text)}`,
    });
  }
  return window;
}

/**
 * Parses an ISO 8601 time with `Z` or an offset into milliseconds; white space is removed first.
 * Digits below the millisecond are cut off. Undefined when the text is no such time.
 */
export function parseTime(text: string): number | undefined {
  const parts = TIME.exec(text.replace(/\s+/g, ""));
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = ""] = parts;
  const [sign, offsetHours = "0", offsetMinutes = "0"] = parts.slice(8);
  const local = utc(+year!, +month!, +day!, +hour!, +minute!, +second);
  if (local === undefined || +offsetHours > 23 || +offsetMinutes > 59) return undefined;
  const offset = (+offsetHours * 60 + +offsetMinutes) * 60_000;
  return local + Number(fraction.padEnd(3, "0").slice(0, 3)) - (sign === "-" ? -offset : offset);
}

/** Whether the window has a bound at all. */
export function isBounded(window: Window): boolean {
  return window.start !== undefined || window.end !== undefined;
}

/** Whether records must be compared with the window one by one: a bound is not on the hour. */
export function cutsAnHour({ start = 0, end = 0 }: Window): boolean {
  return start % HOUR_MS !== 0 || end % HOUR_MS !== 0;
}

/** Whether a moment lies in the window. */
export function contains(window: Window, time: number): boolean {
  return time >= (window.start ?? -Infinity) && time < (window.end ?? Infinity);
}

/**
 * Selects the paths whose hour folder lies in [hour of start, end). An open window selects every
 * path; any other leaves out the paths that are in no hour folder.
 */
export function selectHours(paths: readonly string[], window: Window): HourSelection {
  const folderHours = paths.map(folderHour);
  const hours = [...new Set(folderHours.filter((hour) => hour !== undefined))]
    .sort((a, b) => a - b)
    .map((hour) => new Date(hour).toISOString().replace(".000Z", "Z"));
  if (!isBounded(window)) return { paths, hours };
  const { start = -Infinity, end } = window;
  const firstHour = Math.floor(start / HOUR_MS) * HOUR_MS;
  const isInside = (hour: number | undefined): boolean =>
    hour !== undefined && contains({ start: firstHour, end }, hour);
  return { paths: paths.filter((_, i) => isInside(folderHours[i])), hours };
}

function parseBound({ name, text }: WindowBound): number {
  const time = parseTime(text);
  if (time !== undefined) return time;
  throw new TidemarkError({
    code: "usage",
    what: `${name} is ${excerpt(text)}`,
    expected: "an ISO 8601 time such as 2026-11-20T10:00:00Z",
  });
}

function folderHour(path: string): number | undefined {
  const parts = HOUR_FOLDER.exec(path);
  return parts === null ? undefined : utc(+parts[1]!, +parts[2]!, +parts[3]!, +parts[4]!, 0, 0);
}

/** Milliseconds of a UTC time; undefined for fields out of range, such as 30 February. */
function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return date.setUTCHours(hour, minute, second);
}
