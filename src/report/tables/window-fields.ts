/** Columns that tell runs apart once their tables are joined; they begin every table. */
import type { Insights } from "../../monitor/insights.ts";
import type { TableField } from "./table.ts";

export const WINDOW_FIELDS: readonly TableField<{ readonly insights: Insights }>[] = [
  { name: "window_start", type: "text", cellOf: ({ insights }) => insights.window?.start },
  { name: "window_end", type: "text", cellOf: ({ insights }) => insights.window?.end },
  { name: "semantics", type: "text", cellOf: ({ insights }) => insights.semantics },
];
