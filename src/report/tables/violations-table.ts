/** The violations of a run as a table: a row per entry of `constraint_violations.json`. */
import type { Violation } from "../../checks/check.ts";
import type { Insights, InsightsCheck } from "../../monitor/insights.ts";
import { severityOf } from "../../monitor/severity.ts";
import type { ExportSource } from "../export-source.ts";
import { type Table, type TableField, tableOf } from "./table.ts";
import { WINDOW_FIELDS } from "./window-fields.ts";

interface Row {
  readonly insights: Insights;
  readonly violation: Violation;
  /** What stands behind it. */
  readonly check: InsightsCheck | undefined;
}

const FIELDS: readonly TableField<Row>[] = [
  ...WINDOW_FIELDS,
  { name: "feature", type: "text", cellOf: ({ violation }) => violation.featureName },
  { name: "check_type", type: "text", cellOf: ({ violation }) => violation.checkType },
  { name: "description", type: "text", cellOf: ({ violation }) => violation.description },
  { name: "severity", type: "double", cellOf: ({ check }) => check && severityOf(check) },
  { name: "observed", type: "double", cellOf: ({ check }) => check?.observed },
  { name: "expected", type: "text", cellOf: ({ check }) => expectedOf(check) },
  { name: "threshold", type: "double", cellOf: ({ check }) => check?.threshold },
  { name: "passes_at", type: "double", cellOf: ({ check }) => check?.passes_at },
  { name: "pointer", type: "text", cellOf: ({ check }) => check?.pointer },
  { name: "offenders", type: "integer", cellOf: ({ check }) => check?.offenders?.count },
  { name: "offenders_of", type: "text", cellOf: ({ check }) => check?.offenders?.of },
];

function expectedOf(check: InsightsCheck | undefined): string | undefined {
  return check?.expected === undefined ? undefined : String(check.expected);
}

/** Makes the table, in the order of the violations file. */
export function violationsTable({ insights, violations }: ExportSource): Table {
  const checks = new Map<string, InsightsCheck>();
  for (const check of insights.dataset.checks) checks.set(check.type, check);
  for (const { name, checks: own } of insights.features) {
    for (const check of own) checks.set(keyOf(name, check.type), check);
  }
  const rows = violations.map((violation) => {
    const { featureName, checkType } = violation;
    const check = checks.get(keyOf(featureName, checkType)) ?? checks.get(checkType);
    return { insights, violation, check };
  });
  return tableOf(FIELDS, rows);
}

function keyOf(feature: string, type: string): string {
  return `${type} ${feature}`;
}
