/** The argument parser, and what every command asks of it. */
import { Command, CommanderError, Option } from "commander";
import { excerpt, TidemarkError } from "./base/tidemark-error.ts";
import { usageError } from "./usage-error.ts";

export { Command, CommanderError, Option };

/** An option of few values, refused in the words of all other faults. */
export function choice(flags: string, description: string, values: readonly string[]): Option {
  const option = new Option(flags, description).choices(values);
  return option.argParser((text) => {
    if (values.includes(text)) return text;
    throw new TidemarkError({
      code: "usage",
      what: `${option.long} is ${excerpt(text)}`,
      expected: values.join(" or "),
    });
  });
}

/** Rewords what the argument parser refuses; help and version end a command without a fault. */
export function refuseIn(command: string): (error: CommanderError) => never {
  return (error) => {
    throw error.exitCode === 0 || error.code === "commander.help"
      ? error
      : usageError(error, command);
  };
}
