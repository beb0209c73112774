/** The profile of a run as a table: a row per column of its data, in their order. */
import type { Insights, InsightsFeature } from "../../monitor/insights.ts";
import { completenessOf, type FeatureProfile } from "../../profile/profile.ts";
import type { ExportSource } from "../export-source.ts";
import { type Table, type TableField, tableOf } from "./table.ts";
import { WINDOW_FIELDS } from "./window-fields.ts";

interface Row {
  readonly insights: Insights;
  readonly statistics: FeatureProfile;
  readonly feature: InsightsFeature | undefined;
}

type Evidence = NonNullable<InsightsFeature["evidence"]>;

/** Names as the column and as the key of `quantiles` in `insights.json`. */
const QUANTILES = ["p1", "p5", "p25", "p50", "p75", "p95", "p99"] as const;

const CELL_CLASSES: readonly (keyof Omit<Evidence, "first_string">)[] = [
  "integral",
  "fractional",
  "boolean",
  "string",
  "uncastable",
  "non_finite",
  "negative",
];

const FIELDS: readonly TableField<Row>[] = [
  ...WINDOW_FIELDS,
  { name: "feature", type: "text", cellOf: ({ statistics }) => statistics.name },
  { name: "position", type: "integer", cellOf: ({ feature }) => feature?.position },
  { name: "inferred_type", type: "text", cellOf: ({ statistics }) => statistics.inferredType },
  { name: "present", type: "integer", cellOf: ({ statistics }) => statistics.present },
  { name: "missing", type: "integer", cellOf: ({ statistics }) => statistics.missing },
  { name: "completeness", type: "double", cellOf: ({ statistics }) => completenessOf(statistics) },
  {
    name: "distinct",
    type: "integer",
    cellOf: ({ statistics, feature }) => statistics.distinct ?? feature?.counts?.distinct,
  },
  { name: "mean", type: "double", cellOf: ({ statistics }) => statistics.numeric?.mean },
  { name: "sum", type: "double", cellOf: ({ statistics }) => statistics.numeric?.sum },
  { name: "std_dev", type: "double", cellOf: ({ statistics }) => statistics.numeric?.stdDev },
  { name: "min", type: "double", cellOf: ({ statistics }) => statistics.numeric?.min },
  { name: "max", type: "double", cellOf: ({ statistics }) => statistics.numeric?.max },
  ...QUANTILES.map(
    (name): TableField<Row> => ({
      name,
      type: "double",
      cellOf: ({ feature }) => feature?.current?.quantiles?.[name],
    }),
  ),
  {
    name: "zero_rate",
    type: "double",
    cellOf: ({ feature }) => feature?.current?.zero_rate,
  },
  {
    name: "top_value",
    type: "text",
    cellOf: ({ feature }) => textOf(feature?.current?.top?.value),
  },
  { name: "top_share", type: "double", cellOf: ({ feature }) => feature?.current?.top?.share },
  ...CELL_CLASSES.map(
    (name): TableField<Row> => ({
      name: `${name}_cells`,
      type: "integer",
      cellOf: ({ feature }) => feature?.evidence?.[name],
    }),
  ),
];

function textOf(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Makes the table; a run that found nothing has no rows. */
export function profileTable({ insights, statistics }: ExportSource): Table {
  const byPosition = new Map(insights.features.map((feature) => [feature.position, feature]));
  const rows = (statistics?.features ?? []).map((feature, position) => {
    return { insights, statistics: feature, feature: byPosition.get(position) };
  });
  return tableOf(FIELDS, rows);
}
