/** The command that hands a run's results to other tools. */
import { type Command, choice, examples, refuseIn } from "./argument-parser.ts";
import { TABLE_FORMATS, TABLE_NAMES } from "./report/tables/table-names.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Adds `tidemark export`. */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .summary("write a run as tables for other tools")
    .argument("<folder>", "the output folder of a run, or its insights.json")
    .addOption(choice("--table <table>", "what to write", TABLE_NAMES))
    .addOption(choice("--format <format>", "of the file", TABLE_FORMATS).default(undefined, "csv"))
    .option("-o, --output <file>", "where it is written (default: standard output)")
    .addHelpText(
      "after",
      examples("tidemark export report/ --table distances --format parquet -o drift.parquet"),
    )
    .exitOverride(refuseIn("tidemark export"))
    .action(async (folder: string, flags: Flags) => {
      const { runExport } = await import("./run-export.ts");
      await runExport(folder, flags);
    });
}
