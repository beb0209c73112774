import { describe, expect, it } from "vitest";
import { KllSketch } from "../sketch/kll-sketch.ts";
import type { FeatureProfile, Profile } from "./profile.ts";
import { readStatistics, writeStatistics } from "./statistics-file.ts";

const sketch = KllSketch.fromLevels([[1, 2.5]], { k: 2048, c: 0.64 });
const bare = { measured: undefined, numeric: undefined, categories: undefined } as const;

const numeric: FeatureProfile = {
  ...bare,
  name: "Day Mins",
  inferredType: "Fractional",
  present: 2,
  missing: 2,
  distinct: 2,
  numeric: {
    mean: 1.75,
    sum: 3.5,
    stdDev: 0.75,
    min: 1,
    max: 2.5,
    distribution: { buckets: [{ lowerBound: 1, upperBound: 2.5, count: 2 }], sketch },
  },
};

const categorical: FeatureProfile = {
  ...bare,
  name: "State",
  inferredType: "String",
  present: 3,
  missing: 1,
  distinct: 2,
  categories: [
    { value: "NY", count: 2 },
    { value: 'quoted "CA"', count: 1 },
  ],
};

const empty: FeatureProfile = {
  ...bare,
  name: "Segment",
  inferredType: "Unknown",
  present: 0,
  missing: 4,
  distinct: 0,
};

function profileOf(...features: FeatureProfile[]): Profile {
  return { itemCount: 4, features };
}

describe("writeStatistics", () => {
  it("writes numeric and categorical features in the service's layout", () => {
    expect(writeStatistics(profileOf(numeric, categorical))).toBe(`{
  "version" : 0.0,
  "dataset" : {
    "item_count" : 4
  },
  "features" : [ {
    "name" : "Day Mins",
    "inferred_type" : "Fractional",
    "numerical_statistics" : {
      "common" : {
        "num_present" : 2,
        "num_missing" : 2
      },
      "mean" : 1.75,
      "sum" : 3.5,
      "std_dev" : 0.75,
      "min" : 1.0,
      "max" : 2.5,
      "approximate_num_distinct_values" : 2,
      "completeness" : 0.5,
      "distribution" : {
        "kll" : {
          "buckets" : [ {
            "lower_bound" : 1.0,
            "upper_bound" : 2.5,
            "count" : 2.0
          } ],
          "sketch" : {
            "parameters" : {
              "c" : 0.64,
              "k" : 2048.0
            },
            "data" : [ [ 1.0, 2.5 ] ]
          }
        }
      }
    }
  }, {
    "name" : "State",
    "inferred_type" : "String",
    "string_statistics" : {
      "common" : {
        "num_present" : 3,
        "num_missing" : 1
      },
      "distinct_count" : 2.0,
      "completeness" : 0.75,
      "distribution" : {
        "categorical" : {
          "buckets" : [ {
            "value" : "NY",
            "count" : 2
          }, {
            "value" : "quoted \\"CA\\"",
            "count" : 1
          } ]
        }
      }
    }
  } ]
}`);
  });

  it("leaves the keys out that older generations lack", () => {
    for (const schema of ["2021", "2023"] as const) {
      const text = writeStatistics(profileOf(numeric, categorical), { schema });
      expect(text).not.toMatch(/completeness|approximate_num_distinct_values/);
      expect(text).toContain('"distinct_count" : 2.0');
    }
  });

  it("writes a feature without a present cell as Unknown, or as String when asked", () => {
    const statistics = {
      common: { num_present: 0, num_missing: 4 },
      distinct_count: 0,
      completeness: 0,
    };
    for (const unknownAs of ["Unknown", "String"] as const) {
      const [feature] = JSON.parse(writeStatistics(profileOf(empty), { unknownAs })).features;
      expect(feature).toEqual({
        name: "Segment",
        inferred_type: unknownAs,
        string_statistics: statistics,
      });
    }
  });

  it("keeps counts and leaves statistics out when no cell could be cast", () => {
    const uncastable = { ...numeric, numeric: {} };
    const [feature] = JSON.parse(writeStatistics(profileOf(uncastable))).features;
    expect(feature.numerical_statistics).toEqual({
      common: { num_present: 2, num_missing: 2 },
      approximate_num_distinct_values: 2,
      completeness: 0.5,
    });
  });

  it("keeps the sketch's items out when asked", () => {
    const text = writeStatistics(profileOf(numeric), { redactSketch: true });
    expect(text).toContain('"data" : [ [ ] ]');
    expect(text).not.toContain('"data" : [ [ 1.0');
  });
});

describe("readStatistics", () => {
  it("reads what was written, whatever the layout", async () => {
    const text = writeStatistics(profileOf(numeric, categorical, empty));
    for (const layout of [text, JSON.stringify(JSON.parse(text)), `\uFEFF${text}`]) {
      const read = await readStatistics(layout, "statistics.json");
      expect(writeStatistics(read)).toBe(text);
    }
  });

  it("reads statistics that are no JSON numbers", async () => {
    const text = writeStatistics(profileOf(numeric)).replace('"sum" : 3.5', '"sum" : "Infinity"');
    const { features } = await readStatistics(text, "statistics.json");
    expect(features[0]!.numeric!.sum).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [
      '{"dataset": {"item_count": 1}}',
      "statistics.json:1:1: features is missing; expected a list of features. Correct the file.",
    ],
    [
      '{"dataset": {"item_count": 1},\n "features": [{"name": "a", "inferred_type": "Float"}]}',
      'statistics.json:2:46: features[0].inferred_type is "Float"; expected Integral, Fractional, ' +
        "String or Unknown. Correct the file.",
    ],
    ["[1", "statistics.json:1:3: is not valid JSON; expected a closing bracket. Correct the file."],
  ])("refuses %s with its place", async (text, message) => {
    await expect(readStatistics(text, "statistics.json")).rejects.toThrow(
      expect.objectContaining({ message }),
    );
  });
});
