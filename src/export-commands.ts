/** The command that hands a run's results to other tools. */
import { type Command, choice, examples, refuseIn } from "./argument-parser.ts";
import { CATALOGUE_FORMATS } from "./report/catalogues/catalogue-formats.ts";
import { TABLE_FORMATS, TABLE_NAMES } from "./report/tables/table-names.ts";

const FORMATS = [...TABLE_FORMATS, ...CATALOGUE_FORMATS];

type Flags = Readonly<Record<string, unknown>>;

/** Adds `tidemark export`. */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .summary("write a run as tables or for catalogues")
    .argument("<folder>", "the output folder of a run, or its insights.json")
    .addOption(choice("--table <table>", "which table to write", TABLE_NAMES))
    .addOption(choice("--format <format>", "of the file", FORMATS).default(undefined, "csv"))
    .option("-o, --output <file>", "where it is written (default: standard output)")
    .option("--name <name>", "of the dataset in a catalogue (default: dataset)")
    .option("--namespace <name>", "of an OpenLineage event (default: tidemark)")
    .option("--time <time>", "of an OpenLineage event (default: the end of the run's window)")
    .addHelpText(
      "after",
      examples(
        "tidemark export report/ --table distances --format parquet -o drift.parquet",
        "tidemark export report/ --format openlineage --name churn -o event.json",
        "tidemark export baseline/ --format odcs --name churn -o churn.odcs.yaml",
      ),
    )
    .exitOverride(refuseIn("tidemark export"))
    .action(async (folder: string, flags: Flags) => {
      const { runExport } = await import("./run-export.ts");
      await runExport(folder, flags);
    });
}
