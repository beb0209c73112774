import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateText, timestampText, timeText } from "./time-text.ts";

describe("dates and times as cells", () => {
  it("end with the last digit that is not 0", () => {
    expect(timestampText(1_709_164_798_500_000n, 1_000_000, false)).toBe("2024-02-28 23:59:58.5");
    expect(timestampText(-1n, 1_000_000_000, true)).toBe("1969-12-31 23:59:59.999999999+00:00");
    expect(timestampText(0n, 1, false)).toBe("1970-01-01 00:00:00");
    expect(timeText(86_399_010, 1000)).toBe("23:59:59.01");
  });

  it("go beyond four digits of a year", () => {
    expect(dateText(2_932_897)).toBe("10000-01-01");
    expect(dateText(-719_529)).toBe("-0001-12-31");
  });

  it("are those of JavaScript's calendar", () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (days) => {
        expect(dateText(days)).toBe(new Date(days * day).toISOString().slice(0, 10));
      }),
    );
  });
});
