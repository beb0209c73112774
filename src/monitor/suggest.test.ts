import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { columnOf } from "../../fixtures/column-of.ts";
import { DEFAULT_CONFIG } from "../constraints/constraints.ts";
import { writeConstraints } from "../constraints/constraints-file.ts";
import { readStatistics } from "../profile/statistics-file.ts";
import { suggestConstraints } from "./suggest.ts";

test("constraints are exactly what was observed", () => {
  const features = [
    columnOf("positive", [1, 2, null, 0]),
    columnOf("signed", [1.5, -1]),
    columnOf("text", ["b", "a", "b"]),
    columnOf("flag", [true, 1]),
    columnOf("lost", [null]),
  ];
  expect(suggestConstraints({ itemCount: 4, features }).features).toEqual([
    {
      name: "positive",
      inferredType: "Integral",
      completeness: 0.75,
      isNonNegative: true,
      overrides: {},
    },
    {
      name: "signed",
      inferredType: "Fractional",
      completeness: 1,
      isNonNegative: false,
      overrides: {},
    },
    { name: "text", inferredType: "String", completeness: 1, domains: ["b", "a"], overrides: {} },
    {
      name: "flag",
      inferredType: "String",
      completeness: 1,
      domains: ["true", "1"],
      overrides: {},
    },
    { name: "lost", inferredType: "Unknown", completeness: 0, overrides: {} },
  ]);
});

test("numbers without a minimum have no sign and many texts no domains", () => {
  const uncastable = { ...columnOf("a", [1]), numeric: {} };
  const texts = columnOf(
    "b",
    Array.from({ length: 200 }, (_, i) => `v${i}`),
  );
  const { features } = suggestConstraints({ itemCount: 1, features: [uncastable, texts] });
  expect(features).toEqual([
    { name: "a", inferredType: "Integral", completeness: 1, overrides: {} },
    { name: "b", inferredType: "String", completeness: 1, overrides: {} },
  ]);
});

test("zero rows are complete to nothing", () => {
  const { features } = suggestConstraints({ itemCount: 0, features: [columnOf("a", [])] });
  expect(features).toEqual([
    { name: "a", inferredType: "Unknown", completeness: 0, overrides: {} },
  ]);
});

test("the configuration is the default one but for what is given", () => {
  const empty = { itemCount: 0, features: [] };
  expect(suggestConstraints(empty).config).toEqual(DEFAULT_CONFIG);
  expect(suggestConstraints(empty, { comparisonThreshold: 0.2 }).config).toEqual({
    ...DEFAULT_CONFIG,
    comparisonThreshold: 0.2,
  });
});

const DATA = new URL("../../../shared/data/", import.meta.url);

describe.skipIf(!existsSync(DATA))("what the service suggests for its own statistics", () => {
  const read = (path: string): string => readFileSync(new URL(path, DATA), "utf8");

  test.each([
    ["sdk100/statistics.json", "sdk100/constraints.good.json", "2021"],
    ["cardio/statistics.json", "cardio/constraints.json", "2024"],
    ["reference/telecom-2000/statistics.json", "reference/telecom-2000/constraints.json", "2024"],
    [
      "reference/telecom-2000/statistics.2021.json",
      "reference/telecom-2000/constraints.2021.json",
      "2021",
    ],
    [
      "reference/telecom-drifted-2000/statistics.json",
      "reference/telecom-drifted-2000/constraints.json",
      "2024",
    ],
    ["reference/telecom-20000/statistics.json", "reference/telecom-20000/constraints.json", "2024"],
  ] as const)("%s gives %s byte for byte", async (statistics, constraints, schema) => {
    const profile = await readStatistics(read(statistics), statistics);
    expect(writeConstraints(suggestConstraints(profile), schema)).toBe(read(constraints));
  });
});
