/** The commands that tell of the command line itself. */
import { type Command, choiceArgument, examples, refuseIn } from "./argument-parser.ts";

type Flags = Readonly<Record<string, unknown>>;

const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** The commands whose options can be set elsewhere. */
const CONFIGURED = ["baseline", "check", "inspect"];

/** Adds `tidemark config`, which takes the options of all commands that are there already. */
export function addConfigCommand(program: Command): void {
  const config = program
    .command("config")
    .summary("print every option, its value, and what set it")
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
      examples("tidemark config", "TIDEMARK_SEED=7 tidemark config --sides input --json"),
    )
    .exitOverride(refuseIn("tidemark config"))
    .action(async (flags: Flags) => {
      const { runConfig } = await import("./run-config.ts");
      await runConfig(flags);
    });
}

/** Adds `tidemark completion`, and `tidemark man` for whoever builds the package. */
export function addShellCommands(program: Command): void {
  program
    .command("completion")
    .summary("print a script that completes commands and options in a shell")
    .addArgument(choiceArgument("<shell>", "whose script it is", SHELLS))
    .addHelpText(
      "after",
      examples(
        "source <(tidemark completion bash)",
        "tidemark completion zsh > ~/.zfunc/_tidemark",
        "tidemark completion fish > ~/.config/fish/completions/tidemark.fish",
      ),
    )
    .exitOverride(refuseIn("tidemark completion"))
    .action(async (shell: Shell) => {
      const { runCompletion } = await import("./run-completion.ts");
      runCompletion(program, shell);
    });

  program
    .command("man", { hidden: true })
    .summary("print the manual page")
    .exitOverride(refuseIn("tidemark man"))
    .action(async () => {
      const { runMan } = await import("./run-completion.ts");
      runMan(program);
    });
}
