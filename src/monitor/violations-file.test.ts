import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readViolations, writeViolations } from "./violations-file.ts";

const D = {
  featureName: "d",
  checkType: "data_type_check",
  description:
    "Data type match requirement is not met. Expected data type: Integral, " +
    "Expected match: 100.0%. Observed: Only 66.66666666666666% of data is Integral.",
} as const;

const PUBLISHED = `{
  "violations" : [ {
    "feature_name" : "d",
    "constraint_check_type" : "data_type_check",
    "description" : "Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 66.66666666666666% of data is Integral."
  }, {
    "feature_name" : "c",
    "constraint_check_type" : "data_type_check",
    "description" : "Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 66.66666666666666% of data is Integral."
  } ]
}`;

test("a published file is read and written back byte for byte", async () => {
  const violations = await readViolations(PUBLISHED, "constraint_violations.json");
  expect(violations).toEqual([D, { ...D, featureName: "c" }]);
  expect(writeViolations(violations)).toBe(PUBLISHED);
});

test("no violation is an empty list", async () => {
  expect(writeViolations([])).toBe('{\n  "violations" : [ ]\n}');
  expect(await readViolations(writeViolations([]), "v.json")).toEqual([]);
});

const WITH_TYPE = (type: string): string =>
  JSON.stringify({
    violations: [{ feature_name: "a", constraint_check_type: type, description: "" }],
  });

test.each([
  ["{}", "1:1: violations is missing; expected a list of violations. Correct the file."],
  [
    '{"violations": [{}]}',
    "1:17: violations[0].feature_name is missing; expected a text. " +
      "Correct this and 2 more faults in the file.",
  ],
  [
    WITH_TYPE("psi_check"),
    '1:60: violations[0].constraint_check_type is "psi_check"; expected a check type such as ' +
      "data_type_check. Correct the file.",
  ],
])("%s is refused", async (text, message) => {
  await expect(readViolations(text, "v.json")).rejects.toHaveProperty(
    "message",
    `v.json:${message}`,
  );
});

const MESSAGES = new URL("../../../shared/data/messages.json", import.meta.url);

describe.skipIf(!existsSync(MESSAGES))("texts of every generation", () => {
  interface Message {
    readonly feature_name: string;
    readonly constraint_check_type: string;
    readonly description: string;
  }
  const messages = (JSON.parse(readFileSync(MESSAGES, "utf8")).violations as Message[]).filter(
    ({ constraint_check_type: type }) => type !== "(not stated)",
  );

  test.each(messages)("$description", async (message) => {
    const [violation] = await readViolations(JSON.stringify({ violations: [message] }), "v.json");
    expect(violation).toEqual({
      featureName: message.feature_name,
      checkType: message.constraint_check_type,
      description: message.description,
    });
    expect(JSON.parse(writeViolations([violation!]))).toEqual({
      violations: [
        {
          feature_name: message.feature_name,
          constraint_check_type: message.constraint_check_type,
          description: message.description,
        },
      ],
    });
  });
});
