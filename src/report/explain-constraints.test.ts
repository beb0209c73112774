import { expect, it } from "vitest";
import { DEFAULT_CONFIG, type FeatureConstraints } from "../constraints/constraints.ts";
import { explainConstraints } from "./explain-constraints.ts";

const FEATURES: readonly FeatureConstraints[] = [
  { name: "age", inferredType: "Integral", completeness: 1, isNonNegative: true, overrides: {} },
  {
    name: "plan\u001b[31m",
    inferredType: "String",
    completeness: 0.98,
    domains: ["basic", "pro"],
    overrides: { domainContentThreshold: 0.95, categoricalDriftMethod: "ChiSquared" },
  },
  { name: "one", inferredType: "String", completeness: 0, domains: ["x"], overrides: {} },
  {
    name: "off",
    inferredType: "Fractional",
    overrides: { performComparison: false, datatypeCheckThreshold: 0.5 },
  },
  {
    name: "simple",
    inferredType: "String",
    domains: [],
    overrides: {
      comparisonMethod: "Simple",
      categoricalDriftMethod: "ChiSquared",
      categoricalComparisonThreshold: 30,
    },
  },
  { name: " ", inferredType: "Unknown", overrides: {} },
];

it("says every constraint in words", () => {
  expect(explainConstraints({ features: FEATURES, config: DEFAULT_CONFIG })).toBe(
    `age  Integral
  must be present in every record
  all of its cells must be whole numbers
  no value may be below 0 (under tidemark)
  drift: robust L-infinity distance above 0.1

plan\\u001b[31m  String
  must be present in at least 98% of the records
  all of its cells must be texts
  at least 95% of its cells must hold one of 2 texts: "basic", "pro"
  drift: p-value of a chi-squared test of the categories below 0.1
  some of this by overrides of its own

one  String
  may be missing in every record
  all of its cells must be texts
  all of its cells must hold "x"
  drift: robust L-infinity distance of the categories above 0.1

off  Fractional
  may be missing in any record
  at least 50% of its cells must be numbers
  drift is not checked: perform_comparison is Disabled
  some of this by overrides of its own

simple  String
  may be missing in any record
  all of its cells must be texts
  all of its cells must hold one of no texts at all
  drift: chi-squared statistic of the categories above 30
  some of this by overrides of its own

" "  Unknown
  may be missing in any record
  its cells may be of any type
  drift is not checked: the type is Unknown
`,
  );
});

it("says first that nothing is checked", () => {
  const config = { ...DEFAULT_CONFIG, evaluateConstraints: false };
  expect(explainConstraints({ features: [], config })).toBe(
    "evaluate_constraints is Disabled: nothing is checked.\n",
  );
});
