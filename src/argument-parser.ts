/** The argument parser, and what every command asks of it. */
import { Argument, Command, CommanderError, Option } from "commander";
import { excerpt, TidemarkError } from "./base/tidemark-error.ts";
import { usageError } from "./usage-error.ts";

export { Command, CommanderError, Option };

/** An option of few values, refused in the words of all other faults. */
export function choice(flags: string, description: string, values: readonly string[]): Option {
  const option = new Option(flags, description).choices(values);
  return option.argParser((text) => oneOf(values, text, `${option.long}`));
}

/** The same for an argument. */
export function choiceArgument(
  name: string,
  description: string,
  values: readonly string[],
): Argument {
  const argument = new Argument(name, description).choices(values);
  return argument.argParser((text) => oneOf(values, text, argument.name()));
}

function oneOf(values: readonly string[], text: string, name: string): string {
  if (values.includes(text)) return text;
  throw new TidemarkError({
    code: "usage",
    what: `${name} is ${excerpt(text)}`,
    expected: values.join(" or "),
  });
}

/** What the help of a command ends with; an example is a line without its prompt. */
export function examples(...lines: readonly [string, ...string[]]): string {
  const title = lines.length === 1 ? "Example" : "Examples";
  return `\n${title}:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}

/** Rewords what the argument parser refuses; help and version end a command without a fault. */
export function refuseIn(command: string): (error: CommanderError) => never {
  return (error) => {
    throw error.exitCode === 0 || error.code === "commander.help"
      ? error
      : usageError(error, command);
  };
}
