import { describe, expect, it } from "vitest";
import { ExactFeature } from "../accumulate/exact-feature.ts";
import { MISSING } from "../base/cells.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { readStatistics, writeStatistics } from "../profile/statistics-file.ts";
import { adviseFeatures } from "./advisories.ts";

type Cell = string | number | undefined;

const encoder = new TextEncoder();

function current(rows: number, cellOf: (row: number) => Cell, pinned?: string[]): FeatureProfile {
  const cells = Array.from({ length: rows }, (_, row) => cellOf(row));
  const starts = new Uint32Array(rows);
  const ends = new Uint32Array(rows);
  let text = "";
  cells.forEach((cell, i) => {
    starts[i] = cell === undefined ? MISSING : text.length;
    text += cell ?? "";
    ends[i] = text.length;
  });
  const accumulator = new ExactFeature({ pinned });
  accumulator.add({
    column: { bytes: encoder.encode(text), starts, ends, count: rows },
    origins: { file: "a.csv", lines: new Uint32Array(rows), eventIds: undefined },
  });
  return accumulator.finish("a");
}

async function baseline(
  rows: number,
  cellOf: (row: number) => Cell,
  options: { readonly redactSketch?: boolean } = {},
): Promise<FeatureProfile> {
  const features = [current(rows, cellOf)];
  const text = writeStatistics({ itemCount: rows, features }, options);
  return (await readStatistics(text, "statistics.json")).features[0]!;
}

async function told(trained: Promise<FeatureProfile>, run: FeatureProfile): Promise<string[]> {
  const [advisories = []] = adviseFeatures([{ baseline: await trained, current: run }]);
  return advisories.map(({ rule, status, sentence }) => `${rule} ${status}: ${sentence}`);
}

/** 1 to 1,000 in an order without a pattern. */
const spread = (row: number): number => 1 + ((row * 607) % 1000);

describe("adviseFeatures", () => {
  it("says of numbers how far they moved, what matters and what chance may do", async () => {
    const moved = current(1000, (row) => spread(row) + 200);
    expect(await told(baseline(1000, spread), moved)).toEqual([
      "excess_distance raised: The distributions differ by 0.2: 0.05 matters, and samples of 1000 " +
        "and 1000 reach 0.0806 by chance.",
      "psi raised: The stability index over baseline deciles is 1.27: 0.1 matters, and samples " +
        "of 1000 and 1000 reach 0.0499 by chance.",
    ]);
  });

  it("says what does not matter", async () => {
    const same = current(1000, (row) => spread(row) + 10);
    expect(await told(baseline(1000, spread), same)).toEqual([
      "excess_distance passed: The distributions differ by 0.01: less than the 0.05 that matters.",
      "psi passed: The stability index over baseline deciles is 0.00199: less than the 0.1 that " +
        "matters.",
    ]);
  });

  it("tells zeros and one other value that became frequent", async () => {
    const zeros = current(1000, (row) => (row % 5 === 0 ? 0 : spread(row)));
    expect(await told(baseline(1000, spread), zeros)).toContain(
      "zero_rate raised: Zeros make up 20 %, 0 % in the baseline: 0.05 matters, and samples of " +
        "1000 and 1000 reach 0.0398 by chance.",
    );
    const stuck = current(1000, (row) => (row % 5 === 0 ? 77.5 : spread(row)));
    expect(await told(baseline(1000, spread), stuck)).toContain(
      "spike raised: The value 77.5 makes up 20 %, 0 % in the baseline: 0.05 matters, and " +
        "samples of 1000 and 1000 reach 0.0398 by chance.",
    );
  });

  it("tells missing cells, more of them and fewer", async () => {
    const some = (row: number): Cell => (row % 20 === 0 ? undefined : spread(row));
    const clause = "0.02 matters, and samples of 1000 and 1000 reach 0.0207 by chance.";
    const more = await told(baseline(1000, spread), current(1000, some));
    const fewer = await told(baseline(1000, some), current(1000, spread));
    expect(more).toContain(`missing_rate raised: Missing are 5 %, 0 % in the baseline: ${clause}`);
    expect(fewer).toContain(`missing_rate raised: Missing are 0 %, 5 % in the baseline: ${clause}`);
  });

  it("tells categories that moved, and those the baseline does not list", async () => {
    const trained = baseline(1000, (row) => "abcde".charAt(row % 5));
    const pinned = [..."abcde"];
    const tilted = current(1000, (row) => "aaabcde".charAt(row % 7), pinned);
    expect(await told(trained, tilted)).toEqual([
      "excess_distance raised: One category's shares differ by 0.229: 0.05 matters, and samples " +
        "of 1000 and 1000 reach 0.0806 by chance.",
      expect.stringMatching(/^category_shares raised: The chi-squared distance of all categories/),
    ]);
    const foreign = current(
      1000,
      (row) => (row % 25 === 0 ? "x" : "abcde".charAt(row % 5)),
      pinned,
    );
    expect(await told(trained, foreign)).toContain(
      "new_categories raised: Categories that the baseline does not list make up 4 %: 0.01 " +
        "matters, and samples of 1000 and 1000 reach 0.0188 by chance.",
    );
  });

  it("calls too few records a state of its own", async () => {
    const few = current(40, (row) => spread(row) + 900);
    const [first] = await told(baseline(1000, spread), few);
    expect(first).toMatch(/^excess_distance insufficient_sample: .*too few records to tell, /);
    const some = current(100, spread);
    const [gap] = await told(baseline(1000, spread), some);
    expect(gap).toMatch(
      /^excess_distance insufficient_sample: .* samples of 100 and 1000 reach 0.189 by chance.$/,
    );
  });

  it("tells no value of one or two records", async () => {
    const few = await told(
      baseline(1000, spread),
      current(10, (row) => 5000 + (row >> 1)),
    );
    expect(few.map((text) => text.split(" ")[0])).toEqual(["excess_distance"]);
    const three = await told(
      baseline(1000, spread),
      current(9, (row) => (row < 3 ? 5000 : row)),
    );
    expect(three.at(-1)).toMatch(/^spike insufficient_sample: The value 5000 makes up 33.3 %/);
  });

  it("has no rule for what a side lacks", async () => {
    const redacted = baseline(1000, spread, { redactSketch: true });
    expect(await told(redacted, current(1000, spread))).toEqual([]);
    const many = baseline(1000, (row) => `id${row}`);
    expect(
      await told(
        many,
        current(1000, (row) => `id${row}`),
      ),
    ).toEqual([]);
    expect(
      await told(
        baseline(1000, spread),
        current(1000, () => "text"),
      ),
    ).toEqual([]);
    expect(await told(baseline(1000, spread), current(0, spread))).toEqual([]);
  });
});
