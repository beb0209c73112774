/** `tidemark export`: writes what a run found as a table, or for a catalogue. */
import { excerpt, TidemarkError } from "./base/tidemark-error.ts";
import { readContract, readExport } from "./job/export-folder.ts";
import { renderGreatExpectations } from "./report/catalogues/great-expectations.ts";
import { renderOdcs } from "./report/catalogues/odcs.ts";
import { renderOpenLineage } from "./report/catalogues/openlineage.ts";
import {
  CATALOGUE_FORMATS,
  type CatalogueFormat,
  TABLE_NAMES,
  type TableFormat,
  type TableName,
} from "./report/export-formats.ts";
import { buildTable } from "./report/tables/build-table.ts";
import { encodeTable } from "./report/tables/encode-table.ts";
import { parseTime } from "./source/capture/capture-window.ts";
import { terminal } from "./standard-streams.ts";
import { writeOutput } from "./write-output.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Writes to the file of `output`, or to standard output. */
export async function runExport(folder: string, flags: Flags): Promise<void> {
  const { format = "csv", output } = flags;
  const content = CATALOGUE_FORMATS.includes(format as CatalogueFormat)
    ? await catalogueOf(format as CatalogueFormat, folder, flags)
    : await tableOf(format as TableFormat, folder, flags);
  await writeOutput(content, output === undefined ? undefined : String(output));
}

async function tableOf(
  format: TableFormat,
  folder: string,
  { table: name, output }: Flags,
): Promise<string | Uint8Array> {
  if (name === undefined) {
    throw new TidemarkError({
      code: "usage",
      what: "--table is missing",
      expected: TABLE_NAMES.join(" or "),
    });
  }
  if (format !== "csv" && output === undefined && terminal("stdout") !== undefined) {
    throw new TidemarkError({
      code: "usage",
      what: `--format ${format} would write bytes to the terminal`,
      expected: "a file, such as -o table.parquet",
    });
  }
  return await encodeTable(format, buildTable(name as TableName, await readExport(folder)));
}

async function catalogueOf(
  format: CatalogueFormat,
  folder: string,
  { table, name: givenName = "dataset", namespace = "tidemark", time }: Flags,
): Promise<string> {
  if (table !== undefined) {
    throw new TidemarkError({
      code: "usage",
      what: `--format ${format} is no table, and --table is given`,
      expected: "one of them",
    });
  }
  const name = String(givenName);
  if (format === "openlineage") {
    const source = await readExport(folder);
    const at = eventTime(time ?? source.insights.window?.end, time === undefined);
    return renderOpenLineage(source, { name, namespace: String(namespace) }, at);
  }
  const { constraints, hash } = await readContract(folder);
  return format === "odcs"
    ? await renderOdcs(constraints, name, hash)
    : renderGreatExpectations(constraints, name);
}

function eventTime(text: unknown, isOfWindow: boolean): number {
  const time = text === undefined ? undefined : parseTime(String(text));
  if (time !== undefined) return time;
  throw new TidemarkError({
    code: "usage",
    what:
      text === undefined || isOfWindow
        ? "--time is missing, and the run has no window that ends"
        : `--time is ${excerpt(text)}`,
    expected: "an ISO 8601 time such as 2026-11-20T10:00:00Z",
  });
}
