import { describe, expect, it } from "vitest";
import { TidemarkError } from "../../base/tidemark-error.ts";
import { contains, cutsAnHour, parseTime, parseWindow, selectHours } from "./capture-window.ts";

const TEN = Date.UTC(2026, 10, 20, 10);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function thrownBy(run: () => unknown): TidemarkError {
  try {
    run();
  } catch (error) {
    if (error instanceof TidemarkError) return error;
  }
  throw new Error("no TidemarkError was thrown");
}

describe("parseTime", () => {
  it.each([
    ["2026-11-20T10:00:00Z", TEN],
    ["2026-11-20t10:00:00z", TEN],
    ["2026-11-20T10:00Z", TEN],
    ["2026-11-20 10:00:00Z", TEN],
    [" 2026-11-20T10: 00: 00Z\n", TEN],
    ["2026-11-20T10:00:00.5Z", TEN + 500],
    ["2026-11-20T10:00:00.123999Z", TEN + 123],
    ["2026-11-20T11:30:00+01:30", TEN],
    ["2026-11-20T04:00:00-0600", TEN],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["0099-01-01T00:00:00Z", -59_042_995_200_000],
  ])("reads %j", (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each([
    "",
    "{%s}",
    "2026-11-20",
    "2026-11-20T10:00:00",
    "2026-11-20T24:00:00Z",
    "2026-11-20T10:60:00Z",
    "2026-11-20T10:00:60Z",
    "2026-02-29T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-00-01T10:00:00Z",
    "2026-11-20T10:00:00+24:00",
    "2026-11-20T10:00:00+01:60",
    "2026-11-20T10:00:00Zulu",
    "1795168800",
  ])("does not read %j", (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});

describe("parseWindow", () => {
  it("leaves absent bounds open", () => {
    expect(parseWindow()).toEqual({});
    expect(parseWindow({ name: "--start", text: "2026-11-20T10:00:00Z" })).toEqual({ start: TEN });
    expect(parseWindow(undefined, { name: "--end", text: "2026-11-20T10:00:00Z" })).toEqual({
      end: TEN,
    });
  });

  it("refuses a time it can not read, naming the option", () => {
    const error = thrownBy(() => parseWindow({ name: "--start", text: "x" }));
    expect(error.message).toBe(
      '--start is "x"; expected an ISO 8601 time such as 2026-11-20T10:00:00Z.',
    );
    expect(error.code).toBe("usage");
  });

  it("refuses a window that holds no moment", () => {
    const time = { name: "start_time", text: "2026-11-20T10:00:00Z" };
    expect(thrownBy(() => parseWindow(time, { ...time, name: "end_time" })).message).toBe(
      'start_time is "2026-11-20T10:00:00Z"; ' +
        'expected a time before end_time, which is "2026-11-20T10:00:00Z".',
    );
  });
});

describe("contains", () => {
  it("is closed at the start and open at the end", () => {
    const window = { start: TEN, end: TEN + HOUR };
    expect([TEN - 1, TEN, TEN + HOUR - 1, TEN + HOUR].map((t) => contains(window, t))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(contains({}, 0)).toBe(true);
  });
});

describe("cutsAnHour", () => {
  it("holds when a bound is not on the hour", () => {
    expect(cutsAnHour({})).toBe(false);
    expect(cutsAnHour({ start: TEN, end: TEN + HOUR })).toBe(false);
    expect(cutsAnHour({ start: TEN + 1 })).toBe(true);
    expect(cutsAnHour({ start: TEN, end: TEN + HOUR + MINUTE })).toBe(true);
  });
});

describe("selectHours", () => {
  const paths = [
    "notes.jsonl",
    "e/v/2026/11/20/09/a.jsonl",
    "e/v/2026/11/20/10/a.jsonl",
    "e/v/2026/11/20/10/deeper/b",
    "e/w/2026/11/20/11/c.gz",
    "2026/11/20/12/d.jsonl",
    "e/2026/13/20/10/no-such-month.jsonl",
    "e/2026/11/20/10.jsonl",
  ];
  const hours = [9, 10, 11, 12].map((h) => `2026-11-20T${`${h}`.padStart(2, "0")}:00:00Z`);

  it("selects every path of an open window, and lists the hours", () => {
    expect(selectHours(paths, {})).toEqual({ paths, hours });
    expect(selectHours([], { start: TEN })).toEqual({ paths: [], hours: [] });
  });

  it("selects folders from the start's hour on, before the end", () => {
    const from10To12 = { paths: paths.slice(2, 5), hours };
    expect(selectHours(paths, { start: TEN, end: TEN + 2 * HOUR })).toEqual(from10To12);
    expect(selectHours(paths, { start: TEN + MINUTE, end: TEN + HOUR + MINUTE })).toEqual(
      from10To12,
    );
  });

  it("leaves the other side open when one bound is given", () => {
    expect(selectHours(paths, { start: TEN + 90 * MINUTE }).paths).toEqual(paths.slice(4, 6));
    expect(selectHours(paths, { end: TEN }).paths).toEqual(paths.slice(1, 2));
  });

  it("selects nothing where no hour lies in the window, and still lists the hours", () => {
    expect(selectHours(paths, { start: TEN + 24 * HOUR })).toEqual({ paths: [], hours });
  });

  it("reads the hour nearest to the file where folders above are dated too", () => {
    const path = "/exports/2020/01/01/00/e/v/2026/11/20/10/a.jsonl";
    expect(selectHours([path], { start: TEN, end: TEN + HOUR }).paths).toEqual([path]);
  });
});
