import { describe, expect, it } from "vitest";
import { renderProgress } from "./progress.ts";

describe("renderProgress", () => {
  it("draws a bar whose length is the share read", () => {
    expect(renderProgress({ bytesRead: 0, bytesAll: 4_000_000 }, 40)).toBe(
      "[>               ]   0 %  0.0 of 4.0 MB",
    );
    expect(renderProgress({ bytesRead: 2_000_000, bytesAll: 4_000_000 }, 40)).toBe(
      "[========>       ]  50 %  2.0 of 4.0 MB",
    );
    expect(renderProgress({ bytesRead: 4_000_000, bytesAll: 4_000_000 }, 40)).toBe(
      "[================] 100 %  4.0 of 4.0 MB",
    );
  });

  it("says how much was read where the whole is unknown", () => {
    expect(renderProgress({ bytesRead: 25_400_000, bytesAll: undefined }, 40)).toBe("25 MB read");
    expect(renderProgress({ bytesRead: 1_000_000, bytesAll: 0 }, 40)).toBe("1.0 MB read");
  });

  it("stays within its width and at 100 % when a file grows while it is read", () => {
    const progress = { bytesRead: 5e9, bytesAll: 4e9 };
    for (const width of [1, 10, 24, 25, 40, 80, 200]) {
      expect(renderProgress(progress, width).length).toBeLessThanOrEqual(width);
    }
    expect(renderProgress(progress, 25)).toBe("[] 100 %  5000 of 4000 MB");
  });
});
