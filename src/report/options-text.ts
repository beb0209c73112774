/** Options in columns: name, value, where the value comes from. */
import { displayWidth, toWidth } from "./display-width.ts";
import { printable } from "./printable.ts";

/** What is shown of an option. */
interface ShownOption {
  readonly name: string;
  readonly value?: unknown;
  readonly source: string;
  readonly from?: string | undefined;
}

interface ShownOptions {
  readonly file?: string | undefined;
  readonly options: readonly ShownOption[];
  readonly ignored: readonly string[];
}

const NOT_SET = "-";

/** Renders one line per option, those that are set first, ending in a newline. */
export function renderOptions({ file, options, ignored }: ShownOptions): string {
  const isSet = ({ source }: ShownOption): boolean => source !== "default";
  const sorted = [...options.filter(isSet), ...options.filter((option) => !isSet(option))];
  const rows = sorted.map(({ name, value, source, from }) => {
    return [name, valueText(value), from ?? source].map(printable);
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => displayWidth(row[column]!))));
  const lines = rows.map(([name, value, from]) =>
    [toWidth(name!, widths[0]!), toWidth(value!, widths[1]!), from].join("  "),
  );
  return [
    `File     ${file === undefined ? "none" : printable(file)}`,
    ...(ignored.length === 0 ? [] : [`Ignored  ${ignored.map(printable).join(", ")}`]),
    "",
    ...lines,
    "",
  ].join("\n");
}

function valueText(value: unknown): string {
  if (value === undefined) return NOT_SET;
  return typeof value === "string" && value.trim() !== "" ? value : JSON.stringify(value);
}
