import { describe, expect, it } from "vitest";
import type { Rejection } from "../source/record-source.ts";
import { parseRejectedMax, type RejectedMax, RejectionCount } from "./rejection-count.ts";

const HINT = { see: "See rejected.jsonl", raise: "raise --max-rejected" };

/** The message of a limit that is exceeded. */
function refusal(counted: RejectionCount, max: RejectedMax, records: number): string {
  try {
    counted.assertWithin(max, records, "a.csv", HINT);
  } catch (error) {
    return (error as Error).message;
  }
  return "passed";
}

function rejection(line: number, reason: Rejection["reason"], detail: string): Rejection {
  return { file: "a.csv", line, reason, detail, text: "secret" };
}

describe("parseRejectedMax", () => {
  it("takes a percentage or a number below 1 as a share, and another whole number as a count", () => {
    expect(parseRejectedMax("5%")).toEqual({ share: 0.05 });
    expect(parseRejectedMax("0.5%")).toEqual({ share: 0.005 });
    expect(parseRejectedMax("100%")).toEqual({ share: 1 });
    expect(parseRejectedMax("0.05")).toEqual({ share: 0.05 });
    expect(parseRejectedMax("0")).toEqual({ share: 0 });
    expect(parseRejectedMax("1")).toEqual({ count: 1 });
    expect(parseRejectedMax(" 250 ")).toEqual({ count: 250 });
  });

  it("takes nothing else", () => {
    for (const text of ["", "%", "101%", "-1", "1.5", "5 %", "1e3", "five", "NaN", "0,05"]) {
      expect(parseRejectedMax(text), text).toBeUndefined();
    }
  });
});

describe("RejectionCount", () => {
  const counted = new RejectionCount();
  counted.add(rejection(7, "csv", "quote is never closed"));
  counted.add(rejection(9, "row_length", "the record has 1 cells; most have 2"));
  counted.addMany("row_length", 2);

  it("passes up to the limit, which is a share of all records or a count", () => {
    expect(counted.all).toBe(4);
    expect(refusal(counted, { share: 0.05 }, 76)).toBe("passed");
    expect(refusal(counted, { count: 4 }, 1)).toBe("passed");
    expect(refusal(new RejectionCount(), { count: 0 }, 0)).toBe("passed");
  });

  it("names the largest reason and its first place beyond the limit", () => {
    const most =
      "a.csv: rejected 4 of 79 records, 3 of them for reason row_length (first at a.csv:9: the " +
      "record has 1 cells; most have 2); expected at most ";
    expect(refusal(counted, { share: 0.05 }, 75)).toBe(
      `${most}5% rejected. See rejected.jsonl, or raise --max-rejected.`,
    );
    expect(refusal(counted, { share: 0.0007 }, 75)).toBe(
      `${most}0.07% rejected. See rejected.jsonl, or raise --max-rejected.`,
    );
    expect(refusal(counted, { count: 3 }, 75)).toBe(
      `${most}3 rejected. See rejected.jsonl, or raise --max-rejected.`,
    );
  });

  it("writes a share without the error of its multiplication", () => {
    expect(refusal(counted, { share: 0.07 }, 20)).toBe(
      "a.csv: rejected 4 of 24 records, 3 of them for reason row_length (first at a.csv:9: the " +
        "record has 1 cells; most have 2); expected at most 7% rejected. See rejected.jsonl, or " +
        "raise --max-rejected.",
    );
  });

  it("lists every reason with its first place, most frequent first", () => {
    const place = { file: "a.csv", line: 9, event_id: undefined };
    const detail = "the record has 1 cells; most have 2";
    expect(counted.byReason).toEqual([
      { reason: "row_length", count: 3, detail, ...place },
      { reason: "csv", count: 1, detail: "quote is never closed", ...place, line: 7 },
    ]);
  });

  it("names the reason first in the alphabet among equals, and no place that it was not told", () => {
    const equal = new RejectionCount();
    equal.addMany("json", 2);
    equal.addMany("csv", 2);
    expect(refusal(equal, { count: 1 }, 1)).toBe(
      "a.csv: rejected 4 of 5 records, 2 of them for reason csv; expected at most 1 rejected. " +
        "See rejected.jsonl, or raise --max-rejected.",
    );
  });
});
