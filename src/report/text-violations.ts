/** The table of violations in the terminal: observed, limit, and both distributions in blocks. */
import type { Insights, InsightsFeature } from "../monitor/insights.ts";
import { labelOf, limitOf, observedOf } from "./check-words.ts";
import type { Colors } from "./colors.ts";
import { displayWidth, toWidth } from "./display-width.ts";
import { joinShares, sparkline } from "./sparkline.ts";
import { violationsBySeverity } from "./violations-by-severity.ts";

const WIDTH = 80;
const NAME_WIDTH_MAX = 28;
const SHAPE_WIDTH_MAX = 10;
const SHAPE_WIDTH_MIN = 6;

/**
 * Draws the gravest violations that `room` lines have place for, a blank line first; the others are
 * counted. Shapes are left out where the table alone is too wide for them.
 */
export function violationTable(insights: Insights, colors: Colors, room: number): string[] {
  const all = violationsBySeverity(insights);
  if (all.length === 0) return [];
  const shown = all.length + 2 <= room ? all : all.slice(0, Math.max(1, room - 3));
  const texts = shown.map(({ name, check }) => [
    name,
    labelOf(check),
    observedOf(check),
    limitOf(check),
  ]);
  const widest = (column: number, head: string): number =>
    Math.max(head.length, ...texts.map((row) => displayWidth(row[column]!)));
  const widths = [
    Math.min(NAME_WIDTH_MAX, widest(0, "feature")),
    widest(1, "check"),
    widest(2, "observed"),
    widest(3, "limit"),
  ] as const;
  const table = widths[0] + widths[1] + widths[2] + widths[3] + 6;
  const hasShapes = shown.some(({ feature }) => feature?.shape !== undefined);
  // A blank before each of both shapes, and one more before the first.
  const shapeWidth = Math.min(SHAPE_WIDTH_MAX, Math.floor((WIDTH - table - 3) / 2));
  const isDrawn = hasShapes && shapeWidth >= SHAPE_WIDTH_MIN;
  const row = ([name, check, observed, limit]: readonly string[], shapes: string): string => {
    const cells = `${toWidth(name!, widths[0])}  ${check!.padEnd(widths[1])}`;
    const numbers = `${observed!.padStart(widths[2])}  ${limit!.padEnd(widths[3])}`;
    return `${cells}  ${numbers}  ${shapes}`.trimEnd();
  };
  const heads = shapeWidth < "baseline".length ? ["base", "now"] : ["baseline", "current"];
  const shapeHead = `${heads[0]!.padEnd(shapeWidth)} ${heads[1]}`;
  const drawn = new Set<InsightsFeature>();
  const shapesOnce = (feature: InsightsFeature | undefined): string => {
    if (!isDrawn || feature === undefined || drawn.has(feature)) return "";
    drawn.add(feature);
    return shapesOf(feature, shapeWidth);
  };
  const rest = all.length - shown.length;
  return [
    "",
    colors.dim(row(["feature", "check", "observed", "limit"], isDrawn ? shapeHead : "")),
    ...shown.map(({ feature }, index) => row(texts[index]!, shapesOnce(feature))),
    ...(rest > 0 ? [colors.dim(`… and ${rest} more in constraint_violations.json`)] : []),
  ];
}

/** Draws both sides on the same buckets and to the same height. */
function shapesOf({ shape }: InsightsFeature, width: number): string {
  if (shape === undefined) return "";
  const sides =
    shape.kind === "numeric"
      ? [shape.buckets.baseline, shape.buckets.current]
      : [
          shape.categories.slice(0, width).map(({ baseline }) => baseline),
          shape.categories.slice(0, width).map(({ current }) => current),
        ];
  const [baseline = [], current = []] = sides.map((shares) => joinShares(shares, width));
  const highest = Math.max(0, ...baseline, ...current);
  return `${sparkline(baseline, highest).padEnd(width)} ${sparkline(current, highest)}`;
}
