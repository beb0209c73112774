/** The command line, a thin entry over the jobs: results on stdout, the rest on stderr. */
import { Command, CommanderError, choice, examples, Option, refuseIn } from "./argument-parser.ts";
import { leaveProcessorsForGood } from "./base/leave-processors.ts";
import { SEMANTICS } from "./base/semantics.ts";
import { TidemarkError } from "./base/tidemark-error.ts";
import { VERSION } from "./base/version.ts";
import { addContainerCommand } from "./container-command.ts";
import { withDeliveryOptions } from "./delivery-flags.ts";
import { splitList } from "./job/split-list.ts";
import { printable } from "./report/printable.ts";
import { addReportCommands } from "./report-commands.ts";
import { addConfigCommand, addShellCommands } from "./shell-commands.ts";
import { INPUT_FORMATS } from "./source/input-formats.ts";
import { printError, printOut } from "./standard-streams.ts";

const EXIT_USAGE = 2;
const SSE_ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];
const SIGNAL_EXITS = { SIGINT: 130, SIGTERM: 143 } as const;

type Flags = Record<string, unknown>;

/** The commands whose options are many: where one is asked for, no other need be known. */
const ADDERS: Readonly<Record<string, (program: Command) => void>> = {
  baseline: addBaselineCommand,
  check: addCheckCommand,
  inspect: addInspectCommand,
};

/** `asked` is the first word of the command line. */
function buildProgram(asked: string | undefined): Command {
  const program = new Command("tidemark")
    .description(
      "Profile training data into a baseline; check captured inference traffic against it.",
    )
    .version(VERSION)
    .showHelpAfterError(false)
    .configureHelp({ minWidthToWrap: 24 })
    .configureOutput({ writeOut: printOut, writeErr: printError, outputError: () => {} })
    .addHelpText(
      "after",
      examples(
        "tidemark baseline train.csv -o baseline/",
        "tidemark check capture/ -b baseline/ -o report/",
        "tidemark explain report/",
      ),
    )
    .exitOverride(refuseIn("tidemark"));

  const add = asked !== undefined && Object.hasOwn(ADDERS, asked) ? ADDERS[asked] : undefined;
  if (add !== undefined) {
    add(program);
    return program;
  }
  for (const each of Object.values(ADDERS)) each(program);
  addReportCommands(program);
  addConfigCommand(program);
  addShellCommands(program);
  addContainerCommand(program);
  return program;
}

function addBaselineCommand(program: Command): void {
  withInputOptions(
    program
      .command("baseline")
      .summary("profile training data into statistics.json and constraints.json")
      .argument("<input...>", "CSV or JSON files, folders, globs or s3:// URLs; - is stdin"),
  )
    .option("-o, --output <folder>", "where the baseline is written, s3:// too (required)")
    .addOption(schemaOption())
    .option("--evaluate-constraints <switch>", "Enabled or Disabled")
    .option("--emit-metrics <switch>", "Enabled or Disabled")
    .option("--datatype-check-threshold <share>", "least share of cells of the expected type")
    .option("--domain-content-threshold <share>", "least share of cells with a known category")
    .option("--perform-comparison <switch>", "Enabled or Disabled")
    .option("--comparison-threshold <distance>", "largest distance that is no drift")
    .option("--comparison-method <method>", "Robust or Simple")
    .option("--categorical-comparison-threshold <distance>", "the same for categories")
    .option("--categorical-drift-method <method>", "LInfinity or ChiSquared")
    .addHelpText(
      "after",
      examples(
        "tidemark baseline train.csv -o baseline/",
        "tidemark baseline data/*.csv.gz -o baseline/ --comparison-threshold 0.05",
      ),
    )
    .exitOverride(refuseIn("tidemark baseline"))
    .action((inputs: string[], flags: Flags) => runJobCommand("baseline", inputs, flags));
}

function addCheckCommand(program: Command): void {
  withCaptureOptions(
    withInputOptions(
      program
        .command("check")
        .summary("check captured traffic against a baseline")
        .argument(
          "<input...>",
          "capture, CSV or JSON files, folders, globs, s3:// URLs; - is stdin",
        ),
    ),
  )
    .option("-b, --baseline <folder>", "where the baseline is read, s3:// too (required)")
    .option("-o, --output <folder>", "where the report is written, s3:// too (required)")
    .addOption(schemaOption())
    .option("--fail-on-violation", "exit with 4 when there are violations")
    .option("--advisories-as-violations", "let raised advisories be violations too")
    .option("--offenders <count>", "records named behind each violation (default: 20)")
    .option("--omit-empty-violations", "write no constraint_violations.json without violations")
    .option("--segments", "read the inputs again to tell among which records features drifted")
    .addHelpText(
      "after",
      examples(
        "tidemark check capture/ -b baseline/ -o report/ --fail-on-violation",
        "zcat traffic.csv.gz | tidemark check - -b baseline/ -o report/ --json",
      ),
    )
    .exitOverride(refuseIn("tidemark check"))
    .action((inputs: string[], flags: Flags) => runJobCommand("check", inputs, flags));
}

function addInspectCommand(program: Command): void {
  withCaptureOptions(
    withReadOptions(
      program
        .command("inspect")
        .summary("show what captured traffic holds and which features its columns meet")
        .argument(
          "<input...>",
          "capture, CSV or JSON files, folders, globs, s3:// URLs; - is stdin",
        ),
    ),
  )
    .option("-b, --baseline <folder>", "the baseline to match columns with")
    .option("--max-records <count>", "records read at most (default: all)")
    .option("--show-values", "show example cells instead of their shapes (9, a, A)")
    .option("--json", "print everything as JSON")
    .addHelpText("after", examples("tidemark inspect capture/ -b baseline/"))
    .exitOverride(refuseIn("tidemark inspect"))
    .action((inputs: string[], flags: Flags) => runInspectCommand(inputs, flags));
}

function schemaOption(): Option {
  const years = ["2024", "2023", "2021"];
  const option = choice("--schema <year>", "generation of the files to write", years);
  return option.default(undefined, "2024");
}

function withCaptureOptions(command: Command): Command {
  return command
    .option("--start <time>", "first instant of the window, ISO 8601")
    .option("--end <time>", "first instant after the window, ISO 8601")
    .addOption(
      choice("--output-columns-position <end>", "where a capture record's outputs stand", [
        "START",
        "END",
      ]).default(undefined, "START"),
    )
    .addOption(choice("--sides <sides>", "capture sides to read", ["both", "input", "output"]));
}

function withReadOptions(command: Command): Command {
  return command
    .option("--config <file>", "JSON or YAML file with options (default: tidemark.config.json)")
    .option("--no-config", "read no file with options")
    .addOption(
      new Option("--semantics <name>", `${SEMANTICS.join(" or ")}`).default(undefined, "tidemark"),
    )
    .addOption(choice("--format <format>", "of the inputs", INPUT_FORMATS))
    .option("--header", "the first CSV record holds the names, whatever it looks like")
    .option("--no-header", "there is no header: columns are _c0, _c1, …")
    .option(
      "--delimiter <text>",
      "between CSV cells, \\t for a tab (default: a comma, or guessed)",
      (text) => (text === "\\t" ? "\t" : text),
    )
    .option("--quote <character>", 'around CSV cells (default: ")')
    .addOption(choice("--csv-escape <style>", "of quotes in CSV cells", ["double", "backslash"]))
    .option("--null-values <texts>", "comma-separated texts that are missing cells", splitList)
    .option("--empty-is-missing", 'a quoted empty cell ("") is missing')
    .option("--columns <columns>", "comma-separated names or positions to keep", splitList)
    .option("--exclude <columns>", "comma-separated names or positions to leave out", splitList)
    .option("--lenient-numbers", "read .5 and 1. as numbers")
    .option("--map <prefix=folder>", "where a batch transform's s3://… objects lie", splitList)
    .option("--ground-truth <path>", "labels to join captured records with by their ids");
}

function withInputOptions(command: Command): Command {
  return withDeliveryOptions(withReadOptions(command))
    .option("--redact-sketch", "keep raw values out of statistics.json (no drift check later)")
    .addOption(choice("--unknown-as <type>", "type of empty features", ["Unknown", "String"]))
    .option("--preprocessor <script>", "Python or JavaScript that makes the rows of each record")
    .option("--postprocessor <script>", "Python or JavaScript to run once the files are written")
    .option("--hook-timeout <seconds>", "longest time that a script may take to answer")
    .option("--threads <count>", "that share CSV files (default: all processors from 200 MB on)")
    .option("--seed <number>", "of the chance in scripts and samples (default: 0)")
    .option("--max-rejected <limit>", "unreadable records allowed: 5%, 0.05 or a count")
    .option("--show-values", "let cell values appear in rejected.jsonl and insights.json")
    .addOption(choice("--sse <algorithm>", "encryption of s3:// outputs", SSE_ALGORITHMS))
    .option("--sse-kms-key <id>", "key of that encryption, where it is one of KMS")
    .addOption(new Option("--report", "write report.html").hideHelp())
    .option("--no-report", "write no report.html")
    .addOption(new Option("--evidence", "tell what stands behind verdicts").hideHelp())
    .option("--no-evidence", "verdicts alone: no records, what moved, advisories, report.html")
    .option("--json", "print insights.json instead of the summary")
    .option("--verbose", "print a summary of any length, nothing left out")
    .option("--quiet", "print nothing but errors");
}

async function runJobCommand(
  command: "baseline" | "check",
  inputs: string[],
  flags: Flags,
): Promise<void> {
  const { runJob } = await import("./run-job.ts");
  process.exitCode = await runJob(command, inputs, flags);
}

async function runInspectCommand(inputs: string[], flags: Flags): Promise<void> {
  const { runInspect } = await import("./run-inspect.ts");
  process.exitCode = await runInspect(inputs, flags);
}

/** Turns whatever ended the run into one line on stderr and an exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  if (error instanceof TidemarkError) {
    printError(`tidemark: ${printable(error.message)}\n`);
    return error.exitCode;
  }
  if (error === "SIGINT" || error === "SIGTERM") {
    printError("tidemark: Stopped.\n");
    return SIGNAL_EXITS[error];
  }
  const stack = error instanceof Error ? error.stack : String(error);
  printError(`tidemark: internal: ${stack}\nPlease report this with the command you ran.\n`);
  return 1;
}

export { isPrinted } from "./standard-streams.ts";

/** Runs the command of `process.argv`; the exit code is set, and whatever went wrong is told. */
export async function main(): Promise<void> {
  leaveProcessorsForGood();
  try {
    await buildProgram(process.argv[2]).parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}
