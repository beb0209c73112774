/** The drift distances of a check as a table: a row per feature that was compared or should be. */
import type { Insights, InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import type { ExportSource } from "../export-source.ts";
import { type Table, type TableField, tableOf } from "./table.ts";
import { WINDOW_FIELDS } from "./window-fields.ts";

interface Row {
  readonly insights: Insights;
  readonly feature: InsightsFeature;
  readonly check: InsightsCheck;
}

const NUMBERS = [
  "threshold",
  "simple",
  "robust",
  "margin",
  "detectable",
  "statistic",
  "degrees_of_freedom",
  "p_value",
  "critical_value",
] as const satisfies readonly (keyof InsightsCheck)[];

const FIELDS: readonly TableField<Row>[] = [
  ...WINDOW_FIELDS,
  { name: "feature", type: "text", cellOf: ({ feature }) => feature.name },
  { name: "inferred_type", type: "text", cellOf: ({ feature }) => feature.type },
  { name: "status", type: "text", cellOf: ({ check }) => check.status },
  { name: "is_violated", type: "boolean", cellOf: ({ check }) => check.status === "violated" },
  { name: "reason", type: "text", cellOf: ({ check }) => check.reason },
  { name: "method", type: "text", cellOf: ({ check }) => check.method },
  { name: "kind", type: "text", cellOf: ({ check }) => check.kind },
  { name: "direction", type: "text", cellOf: ({ check }) => check.direction },
  { name: "distance", type: "double", cellOf: ({ check }) => check.observed },
  ...NUMBERS.map(
    (name): TableField<Row> => ({ name, type: "double", cellOf: ({ check }) => check[name] }),
  ),
  { name: "n", type: "integer", cellOf: ({ check }) => check.n },
  { name: "m", type: "integer", cellOf: ({ check }) => check.m },
  {
    name: "at_value",
    type: "double",
    cellOf: ({ check: { at } }) => (typeof at === "number" ? at : undefined),
  },
  {
    name: "at_category",
    type: "text",
    cellOf: ({ check: { at } }) => (typeof at === "string" ? at : undefined),
  },
  { name: "other_semantics", type: "text", cellOf: ({ check }) => check.other?.semantics },
  { name: "other_status", type: "text", cellOf: ({ check }) => check.other?.status },
  { name: "other_distance", type: "double", cellOf: ({ check }) => check.other?.observed },
];

/** Makes the table, in the order of `insights.json`; a baseline has no rows. */
export function distancesTable({ insights }: ExportSource): Table {
  const rows = insights.features.flatMap((feature) =>
    feature.checks
      .filter(({ type }) => type === "baseline_drift_check")
      .map((check) => ({ insights, feature, check })),
  );
  return tableOf(FIELDS, rows);
}
