/** The commands that tell of files that are there already: report, explain, constraints, export. */
import { type Command, choice, examples, refuseIn } from "./argument-parser.ts";
import { CATALOGUE_FORMATS, TABLE_FORMATS, TABLE_NAMES } from "./report/export-formats.ts";
import { REPORT_FORMATS } from "./report/report-formats.ts";

type Flags = Readonly<Record<string, unknown>>;

const EXPORT_FORMATS = [...TABLE_FORMATS, ...CATALOGUE_FORMATS];

const REPORT_FOLDER = "the output folder of a run, or its insights.json";

/** Adds the four commands; `constraints` has commands of its own. */
export function addReportCommands(program: Command): void {
  program
    .command("report")
    .summary("draw a run again: for people, for pipelines")
    .argument("<folder>", REPORT_FOLDER)
    .addOption(
      choice("--format <format>", "of the report", REPORT_FORMATS).default(undefined, "html"),
    )
    .option(
      "-o, --output <file>",
      "where it is written (default: standard output; html: report.html in the folder)",
    )
    .addHelpText("after", examples("tidemark report report/ --format junit -o junit.xml"))
    .exitOverride(refuseIn("tidemark report"))
    .action(async (folder: string, flags: Flags) => {
      const { runReport } = await import("./run-report.ts");
      await runReport(folder, flags);
    });

  program
    .command("explain")
    .summary("tell a run in words, or everything that is known of one feature")
    .argument("<folder>", REPORT_FOLDER)
    .argument("[feature]", "its name, or how it begins")
    .addHelpText("after", examples("tidemark explain report/ 'Day Mins'"))
    .exitOverride(refuseIn("tidemark explain"))
    .action(async (folder: string, feature: string | undefined) => {
      const { runExplain } = await import("./run-explain.ts");
      await runExplain(folder, feature);
    });

  addConstraintsCommands(program);
  addExportCommand(program);
}

function addConstraintsCommands(program: Command): void {
  const constraints = program
    .command("constraints")
    .summary("check, compare or explain a constraints.json")
    .addHelpText("after", examples("tidemark constraints lint baseline/constraints.json"))
    .exitOverride(refuseIn("tidemark constraints"));

  constraints
    .command("lint")
    .summary("find what is wrong or can not work; exit with 2 for errors")
    .argument("<file>", "a constraints.json; the statistics.json beside it is read too")
    .addHelpText("after", examples("tidemark constraints lint baseline/constraints.json"))
    .exitOverride(refuseIn("tidemark constraints lint"))
    .action(async (file: string) => {
      const { lintFile } = await import("./run-constraints.ts");
      process.exitCode = await lintFile(file);
    });

  constraints
    .command("diff")
    .summary("tell what differs between two of them; exit with 4 if anything does")
    .argument("<before>", "a constraints.json")
    .argument("<after>", "another one")
    .addHelpText("after", examples("tidemark constraints diff old.json new.json"))
    .exitOverride(refuseIn("tidemark constraints diff"))
    .action(async (before: string, after: string) => {
      const { diffFiles } = await import("./run-constraints.ts");
      process.exitCode = await diffFiles(before, after);
    });

  constraints
    .command("explain")
    .summary("say every constraint in words")
    .argument("<file>", "a constraints.json")
    .argument("[feature]", "its name, or how it begins")
    .addHelpText("after", examples("tidemark constraints explain constraints.json 'Day Mins'"))
    .exitOverride(refuseIn("tidemark constraints explain"))
    .action(async (file: string, feature: string | undefined) => {
      const { explainFile } = await import("./run-constraints.ts");
      await explainFile(file, feature);
    });
}

function addExportCommand(program: Command): void {
  program
    .command("export")
    .summary("write a run as tables or for catalogues")
    .argument("<folder>", REPORT_FOLDER)
    .addOption(choice("--table <table>", "which table to write", TABLE_NAMES))
    .addOption(choice("--format <format>", "of the file", EXPORT_FORMATS).default(undefined, "csv"))
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
