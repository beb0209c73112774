/**
 * The terminal form of an inspection, drawn from it alone: what was found, a table of the columns
 * with the features that they meet, and, last where the eye ends, the verdict and what to try. At
 * most 80 columns wide, save for a path or a word that is longer.
 */
import { formatCount } from "../base/format-number.ts";
import { plural } from "../base/plural.ts";
import type {
  CaptureFacts,
  Distribution,
  InspectedColumn,
  Inspection,
} from "../monitor/inspection.ts";
import { type Colors, createColors } from "./colors.ts";
import { cutToWidth, displayWidth, toWidth } from "./display-width.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

const COLUMNS_SHOWN_MAX = 30;
/** Columns that differ and are shown wherever they stand. */
const DIFFERING_SHOWN_MAX = 15;
const VALUES_SHOWN_MAX = 5;
const NAMES_SHOWN_MAX = 5;
const WARNINGS_SHOWN_MAX = 10;
const HEAD_WIDTH = 10;
const TABLE_WIDTH = 80;

/** Renders the inspection, ending in a newline; what a terminal would obey is spelled out. */
export function renderInspection(inspection: Inspection, isColored: boolean): string {
  const colors = createColors(isColored);
  const shown = printable(inspection);
  const lines = [
    ...headLines(shown, colors),
    "",
    ...fileLines(shown),
    ...(shown.capture === undefined ? [] : captureLines(shown.capture)),
    ...rejectedLines(shown),
    ...columnLines(shown.columns, colors),
    ...unmatchedLines(shown),
    ...verdictLines(shown, colors),
  ];
  return [...lines, ""].join("\n");
}

const HEADS: Readonly<Record<Inspection["format"], string>> = {
  capture: "CAPTURE ",
  csv: "CSV ",
  jsonl: "JSON ",
  parquet: "PARQUET ",
  arrow: "ARROW ",
  transform: "TRANSFORM ",
};

function headLines({ format, inputs, records, semantics }: Inspection, colors: Colors): string[] {
  const head = HEADS[format];
  const parts = [
    plural(records.read, "record"),
    ...(records.rows === records.read ? [] : [plural(records.rows, "row")]),
    ...(records.rejected > 0 ? [`${formatCount(records.rejected)} rejected`] : []),
    plural(inputs.files, "file"),
    semantics,
  ];
  return wrap(colors.bold(head), parts.join(" · "), head.length);
}

function field(name: string, text: string): string[] {
  return wrap(name.padEnd(HEAD_WIDTH), text);
}

function fileLines({ inputs, window, hours, records, csv }: Inspection): string[] {
  const outside = inputs.files_outside_window;
  const found = [plural(inputs.files, "file"), bytesText(inputs.bytes)];
  if (outside > 0) found.push(`${plural(outside, "file")} outside the window`);
  const lines = field("Files", found.join(", "));
  if (window !== undefined) {
    const cut = records.outside_window;
    const rest = cut > 0 ? `; ${plural(cut, "record")} outside it` : "";
    const bounds = `${window.start ?? "the beginning"} to ${window.end ?? "the end"}`;
    lines.push(...field("Window", `${bounds}${rest}`));
  }
  if (hours !== undefined) {
    const { first, last, count, absent } = hours;
    const gaps = absent > 0 ? `, ${absent} between absent` : "";
    const text = count === 1 ? first : `${first} to ${last}: ${plural(count, "hour")}${gaps}`;
    lines.push(...field("Hours", text));
  }
  if (csv !== undefined) {
    const { delimiter, header } = csv;
    const names = header ? "names in the first record" : "no header";
    lines.push(...field("Cells", `separated by "${delimiter}", ${names}`));
  }
  return lines;
}

function captureLines(facts: CaptureFacts): string[] {
  const { sides, payloads, layout, event_ids: ids, inference_ids, times } = facts;
  const records = sides.both + sides.input + sides.output;
  if (records === 0) return [];
  const sideTexts = [
    [sides.both, "input and output"],
    [sides.input, "input only"],
    [sides.output, "output only"],
  ].filter(([count]) => Number(count) > 0);
  const lines: string[] = [];
  if (times.first !== undefined) lines.push(...field("Times", `${times.first} to ${times.last}`));
  lines.push(...field("Sides", listCounts(sideTexts.map(([count, text]) => [text, count]))));
  for (const side of ["input", "output"] as const) {
    const kinds = payloads.filter((payload) => payload.side === side);
    if (kinds.length === 0) continue;
    const texts = kinds.map(
      ({ encoding, content_type, records }) =>
        [
          cutToWidth(`${encoding} ${content_type ?? "without a content type"}`, 48),
          records,
        ] as const,
    );
    lines.push(...field(side === "input" ? "Input" : "Output", listCounts(texts)));
  }
  const rows = layout.by_name + layout.by_position;
  if (rows > 0) {
    lines.push(...field("Rows", distributionText(facts.rows_per_record, "row", "record")));
    lines.push(...field("Cells", distributionText(facts.cells_per_row, "cell", "row")));
    lines.push(...field("Laid", layoutText(layout)));
  }
  const inference = inference_ids.present;
  const withIds = inference === records ? "all" : inference === 0 ? "none" : `${inference}`;
  const repeated = ids.repeated > 0 ? `, ${ids.repeated} of them repeated` : ", none repeated";
  const idText = `${plural(ids.present, "eventId")}${ids.present > 0 ? repeated : ""}`;
  lines.push(...field("Ids", `${idText}; with an inferenceId: ${withIds}`));
  return lines;
}

function layoutText({ by_name, by_position, with_unknown_names }: CaptureFacts["layout"]): string {
  const unknown =
    with_unknown_names > 0 ? "the baseline knows none of their names" : "the cells have no names";
  if (by_position === 0) return "by name, as the cells have names";
  if (by_name === 0) return `by position, as ${unknown}`;
  return `${plural(by_name, "row")} by name, ${formatCount(by_position)} by position`;
}

function listCounts(counts: readonly (readonly [unknown, unknown])[]): string {
  if (counts.length === 1) return `${counts[0]![0]}`;
  const shown = counts.slice(0, VALUES_SHOWN_MAX).map(([text, count]) => `${text}: ${count}`);
  const rest = counts.length - shown.length;
  return shown.join(" · ") + (rest > 0 ? ` · and ${rest} more` : "");
}

/** `1 per record`, or the most frequent ones: `1 row in 980 records · 32 rows in 20 records`. */
function distributionText({ values, other }: Distribution, part: string, whole: string): string {
  const [only] = values;
  if (values.length === 1 && other === 0 && only !== undefined) return `${only.value} per ${whole}`;
  const frequent = values.toSorted((a, b) => b.count - a.count).slice(0, VALUES_SHOWN_MAX);
  const shown = frequent
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, count }) => `${plural(value, part)} in ${plural(count, whole)}`);
  const rest = values.length - shown.length;
  return shown.join(" · ") + (rest > 0 ? ` · and ${rest} more` : "");
}

function rejectedLines({ rejected }: Inspection): string[] {
  return rejected.flatMap(({ reason, count, first }, at) => [
    ...(at === 0 ? [""] : []),
    ...field("Rejected", `${plural(count, "record")}: ${reason}`),
    ...first.flatMap(({ file, line, detail }) => field("", `${file}:${line}: ${detail}`)),
  ]);
}

function columnLines(columns: readonly InspectedColumn[], colors: Colors): string[] {
  if (columns.length === 0) return [];
  const shown = columnsShown(columns);
  const table = tableOf(shown);
  const cells = [
    table.map(([title]) => title),
    ...shown.map((column) => table.map(([, cellOf]) => cellOf(column))),
  ];
  const widths = columnWidths(cells);
  const [titles = "", ...lines] = cells.map((row) => {
    const padded = row.map((cell, at) => toWidth(cell, widths[at]!));
    return padded.join(" ").trimEnd();
  });
  const rest = columns.length - shown.length;
  const legend =
    "its values are not like the feature's: another column, drift, or a score for a label";
  return [
    "",
    colors.dim(titles),
    ...lines.map((line, at) => (isMarked(shown[at]!) ? colors.yellow(line) : line)),
    ...(rest > 0 ? [colors.dim(`… and ${plural(rest, "column")} more (--json lists all)`)] : []),
    ...(shown.some(isMarked) ? wrap("! ", legend) : []),
  ];
}

type TableColumn = readonly [title: string, cellOf: (column: InspectedColumn) => string];

/** What the table shows: marks, own names and features only where there are any. */
function tableOf(shown: readonly InspectedColumn[]): readonly TableColumn[] {
  const isMatched = shown.some(({ feature }) => feature !== undefined);
  const hasNames = shown.some(({ name, feature }) => name !== undefined && name !== feature);
  const digits = String(shown.at(-1)!.position).length;
  const marks: TableColumn = ["", (column) => (isMarked(column) ? "!" : "")];
  const isCaptured = shown.some(({ from }) => !["csv", "json", "table"].includes(from));
  const sides: TableColumn = ["side", (column) => column.from];
  const names: TableColumn = ["named", ({ name }) => name ?? ""];
  const features: readonly TableColumn[] = [
    ["feature", ({ feature }) => feature ?? "none"],
    ["expected", ({ feature_type }) => feature_type ?? ""],
  ];
  return [
    ...(shown.some(isMarked) ? [marks] : []),
    ["#".padStart(digits), ({ position }) => String(position).padStart(digits)],
    ...(isCaptured ? [sides] : []),
    ["type", ({ type }) => type],
    ["present", ({ present }) => `${Math.floor(present * 1000) / 10}%`],
    ["looks like", ({ examples }) => examples.join("  ")],
    ...(hasNames ? [names] : []),
    ...(isMatched ? features : []),
  ];
}

/** Widths that fit the line: what is too wide gives way, the widest first. */
function columnWidths(cells: readonly (readonly string[])[]): number[] {
  const widths = cells[0]!.map((_, at) => Math.max(...cells.map((row) => displayWidth(row[at]!))));
  const room = TABLE_WIDTH - (widths.length - 1);
  for (;;) {
    const total = widths.reduce((sum, width) => sum + width, 0);
    if (total <= room) return widths;
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest]! -= 1;
  }
}

function isMarked({ fit }: InspectedColumn): boolean {
  return fit === "misfits";
}

/** The first columns; among them, wherever they stand, those that differ from their feature. */
function columnsShown(columns: readonly InspectedColumn[]): readonly InspectedColumn[] {
  const marked = columns.filter(isMarked).slice(0, DIFFERING_SHOWN_MAX);
  const others = columns.filter((column) => !marked.includes(column));
  return [...marked, ...others.slice(0, COLUMNS_SHOWN_MAX - marked.length)].toSorted(
    (a, b) => a.position - b.position,
  );
}

function unmatchedLines({ matching }: Inspection): string[] {
  const { missing = [], extra = [] } = matching ?? {};
  if (missing.length + extra.length === 0) return [];
  return [
    "",
    ...(missing.length > 0 ? wrap("Features without a column  ", listNames(missing)) : []),
    ...(extra.length > 0 ? wrap("Columns without a feature  ", listNames(extra)) : []),
  ];
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN_MAX).map((name) => cutToWidth(name, 40));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

const HEADLINES: Readonly<Record<Inspection["verdict"]["status"], string>> = {
  aligned: "ALIGNED ",
  misaligned: "MISALIGNED ",
  unmatched: "UNMATCHED ",
  no_baseline: "NO BASELINE ",
  unread: "NOT READ ",
};

function verdictLines({ verdict, warnings }: Inspection, colors: Colors): string[] {
  const head = HEADLINES[verdict.status];
  const color = { aligned: colors.green, no_baseline: colors.yellow }[verdict.status as "aligned"];
  const shown = warnings.slice(0, WARNINGS_SHOWN_MAX);
  const rest = warnings.length - shown.length;
  return [
    "",
    ...wrap(colors.bold((color ?? colors.red)(head)), verdict.text, head.length),
    ...(shown.length > 0 ? [""] : []),
    ...shown.flatMap((warning) => wrap(colors.yellow("Warning  "), warning, 9)),
    ...(rest > 0 ? [colors.dim(`… and ${rest} more (--json lists all)`)] : []),
  ];
}

/** Three significant digits in decimal units. */
function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** at).toPrecision(3))} ${units[at]}`;
}
