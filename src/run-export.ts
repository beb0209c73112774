/** `tidemark export`: writes what a run found as a table. */
import { TidemarkError } from "./base/tidemark-error.ts";
import { readExport } from "./job/export-folder.ts";
import { buildTable } from "./report/tables/build-table.ts";
import { encodeTable } from "./report/tables/encode-table.ts";
import { TABLE_NAMES, type TableFormat, type TableName } from "./report/tables/table-names.ts";
import { writeOutput } from "./write-output.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Writes to the file of `output`, or to standard output. */
export async function runExport(folder: string, flags: Flags): Promise<void> {
  const { format = "csv", table: name, output } = flags;
  const file = output === undefined ? undefined : String(output);
  if (name === undefined) {
    throw new TidemarkError({
      code: "usage",
      what: "--table is missing",
      expected: TABLE_NAMES.join(" or "),
    });
  }
  if (format !== "csv" && file === undefined && process.stdout.isTTY === true) {
    throw new TidemarkError({
      code: "usage",
      what: `--format ${format} would write bytes to the terminal`,
      expected: "a file, such as -o table.parquet",
    });
  }
  const table = buildTable(name as TableName, await readExport(folder));
  await writeOutput(await encodeTable(format as TableFormat, table), file);
}
