import { expect, it } from "vitest";
import { findFeature } from "./find-feature.ts";

const FEATURES = ["Day Mins", "Day Calls", "Day Charge", "State", "STATE", "a", "Plan"].map(
  (name) => ({ name }),
);

const find = (typed: string): string => findFeature(FEATURES, typed).name;

it.each([
  ["Day Mins", "Day Mins"],
  ["State", "State"],
  ["STATE", "STATE"],
  ["day calls", "Day Calls"],
  ["day m", "Day Mins"],
  ["p", "Plan"],
  ["a", "a"],
])("takes %j for %j", (typed, name) => {
  expect(find(typed)).toBe(name);
});

it.each([
  [
    "day c",
    '"day c" begins the names of 2 features; expected the name of a feature. Did you mean "Day ' +
      'Calls" or "Day Charge"?',
  ],
  [
    "day",
    '"day" begins the names of 3 features; expected the name of a feature. Did you mean "Day ' +
      'Mins", "Day Calls" or "Day Charge"?',
  ],
  [
    "state",
    '"state" begins the names of 2 features; expected the name of a feature. Did you mean ' +
      '"State" or "STATE"?',
  ],
  [
    "Day Minz",
    'no feature is named "Day Minz"; expected the name of a feature. Did you mean "Day Mins"?',
  ],
  ["plam", 'no feature is named "plam"; expected the name of a feature. Did you mean "Plan"?'],
  ["frobnicate", 'no feature is named "frobnicate"; expected the name of a feature.'],
])("refuses %j and tells near names", (typed, message) => {
  let told = "";
  try {
    find(typed);
  } catch (error) {
    told = (error as Error).message;
  }
  expect(told).toBe(message);
});
