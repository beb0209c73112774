/** What a check of inspected records would stumble over, and what to do. Pure. */
import { plural } from "../base/plural.ts";
import type { CaptureFacts, Inspection } from "./inspection.ts";

/** Warns of what the records hold, whatever the baseline; sentences without any cell's value. */
export function inspectionWarnings({
  semantics,
  hours,
  capture,
  records,
}: Pick<Inspection, "semantics" | "hours" | "capture" | "records">): readonly string[] {
  const warnings: string[] = [];
  if (hours !== undefined && hours.absent > 0) {
    const first = hours.absent_first.join(", ");
    warnings.push(
      `${plural(hours.absent, "hour")} between the first and the last ` +
        `${hours.absent === 1 ? "has" : "have"} no folder: ${first}` +
        `${hours.absent > hours.absent_first.length ? ", …" : ""}.`,
    );
  }
  if (records.outside_window > 0) {
    warnings.push(
      `${plural(records.outside_window, "record")} in the window's first or last hour ` +
        `${records.outside_window === 1 ? "is" : "are"} outside the window and not read.`,
    );
  }
  return capture === undefined ? warnings : [...warnings, ...captureWarnings(capture, semantics)];
}

function captureWarnings(
  facts: CaptureFacts,
  semantics: Inspection["semantics"],
): readonly string[] {
  const { sides, mixed_encodings: mixed, rows_per_record: rows, layout, event_ids: ids } = facts;
  const warnings: string[] = [];
  if (mixed > 0) {
    warnings.push(
      `request and reply of ${plural(mixed, "record")} have different encodings: tidemark reads ` +
        "each side by its own, model-monitor refuses the run.",
    );
  }
  const batched = rows.values.filter(({ value }) => value > 1);
  const most = batched.at(-1)?.value;
  if (most !== undefined) {
    const records = batched.reduce((sum, each) => sum + each.count, 0) + rows.other;
    warnings.push(
      `${plural(records, "record")} hold several rows, up to ${most}: tidemark pairs request and ` +
        "reply row by row, model-monitor runs them together into one cell.",
    );
  }
  const [part, lacking, side] =
    sides.both > 0 && sides.input > 0
      ? ["output", sides.input, "input"]
      : ["input", sides.output, "output"];
  if (sides.both > 0 && lacking !== 0) {
    warnings.push(
      `${plural(Number(lacking), "record")} have no ${part}, so ` +
        `${semantics === "tidemark" ? "its columns are missing there" : "their rows are shorter"}; ` +
        `--sides ${side} reads the other side alone.`,
    );
  }
  if (layout.with_unknown_names > 0) {
    warnings.push(
      `the baseline has none of the names in ${plural(layout.with_unknown_names, "row")}, whose ` +
        "cells are taken by position; compare the keys of the request with the training data's.",
    );
  }
  if (layout.by_name > 0 && layout.by_position > 0) {
    warnings.push(
      `${plural(layout.by_name, "row")} are laid by name and ${layout.by_position} by position.`,
    );
  }
  const [{ value: width } = { value: 0 }, ...others] = facts.cells_per_row.values.toSorted(
    (a, b) => b.count - a.count || b.value - a.value,
  );
  const otherRows = others.reduce((sum, each) => sum + each.count, 0) + facts.cells_per_row.other;
  if (otherRows > 0 && layout.by_name === 0) {
    warnings.push(
      `${plural(otherRows, "row")} have not the ${width} cells of most and are rejected.`,
    );
  }
  if (ids.repeated > 0) {
    warnings.push(
      `${plural(ids.repeated, "record")} have the eventId of an earlier one: were files copied twice?`,
    );
  }
  return warnings;
}
