/** The commands that tell of the command line itself. */
import { type Command, refuseIn } from "./argument-parser.ts";

type Flags = Readonly<Record<string, unknown>>;

/** The commands whose options can be set elsewhere. */
const CONFIGURED = ["baseline", "check", "inspect"];

/** Adds `tidemark config`, which takes the options of all commands that are there already. */
export function addConfigCommand(program: Command): void {
  const config = program
    .command("config")
    .summary("print every option with its value and where that comes from")
    .option("--json", "print everything as JSON");
  const taken = new Set(["json"]);
  for (const { options } of program.commands.filter((each) => CONFIGURED.includes(each.name()))) {
    for (const option of options) {
      if (taken.has(option.attributeName()) && !option.negate) continue;
      if (config.options.some(({ long }) => long === option.long)) continue;
      taken.add(option.attributeName());
      config.addOption(option);
    }
  }
  config
    .addHelpText(
      "after",
      "\nExamples:\n  $ tidemark config\n  $ TIDEMARK_SEED=7 tidemark config --sides input --json",
    )
    .exitOverride(refuseIn("tidemark config"))
    .action(async (flags: Flags) => {
      const { runConfig } = await import("./run-config.ts");
      await runConfig(flags);
    });
}
