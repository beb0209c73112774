/**
 * `constraint_violations.json` to and from violations: the only place that knows its keys. The file
 * has no version.
 */
import { writeServiceJson } from "../base/service-json.ts";
import { type SchemaOf, validate } from "../base/validate.ts";
import { ADVISORY_CHECK_TYPES, type CheckType, type Violation } from "../checks/check.ts";

export const VIOLATIONS_FILE = "constraint_violations.json";

/** Renders violations as the service does, without a trailing newline. */
export function writeViolations(violations: readonly Violation[]): string {
  return writeServiceJson({
    violations: violations.map(({ featureName, checkType, description }) => ({
      feature_name: featureName,
      constraint_check_type: checkType,
      description,
    })),
  });
}

/**
 * Reads a violations file in any JSON layout. Descriptions are taken as they are, those of the 2019
 * images included. Throws a configuration error where a key is missing or of the wrong type.
 */
export async function readViolations(text: string, file: string): Promise<readonly Violation[]> {
  const { violations } = await validate(text, file, violationsSchema);
  return violations.map((violation) => ({
    featureName: violation.feature_name,
    checkType: violation.constraint_check_type,
    description: violation.description,
  }));
}

interface ViolationsJson {
  readonly violations: readonly {
    readonly feature_name: string;
    readonly constraint_check_type: CheckType;
    readonly description: string;
  }[];
}

export const violationsSchema: SchemaOf<ViolationsJson> = (z) => {
  const text = z.string({ error: "a text" });
  const violation = z.object(
    {
      feature_name: text,
      constraint_check_type: z.enum(
        [
          "missing_column_check",
          "extra_column_check",
          "data_type_check",
          "completeness_check",
          "categorical_values_check",
          "non_negative_check",
          "baseline_drift_check",
          ...ADVISORY_CHECK_TYPES,
        ],
        { error: "a check type such as data_type_check" },
      ),
      description: text,
    },
    { error: "an object" },
  );
  return z.object(
    { violations: z.array(violation, { error: "a list of violations" }) },
    { error: "an object with violations" },
  );
};
