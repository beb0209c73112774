/** Faults that the argument parser finds, in the grammar of all other messages. */
import { type ErrorParts, TidemarkError } from "./base/tidemark-error.ts";

/** What the parser throws: its code, and a message with the culprit in single quotes. */
interface ParserError {
  readonly code: string;
  readonly message: string;
}

const INPUTS = "files, folders, globs or - for standard input";

/** Words a parser's error met in `command`, such as `tidemark baseline`. */
export function usageError({ code, message }: ParserError, command: string): TidemarkError {
  const culprit = /'(.*)'/s.exec(message)?.[1] ?? "";
  const suggestion = /\((Did you mean .*\?)\)$/.exec(message)?.[1];
  const hint = suggestion ?? `See ${command} --help.`;
  return new TidemarkError({ code: "usage", ...partsOf(code, culprit, message), hint });
}

function partsOf(
  code: string,
  culprit: string,
  message: string,
): Pick<ErrorParts, "what" | "expected"> {
  switch (code) {
    case "commander.unknownOption":
      return { what: `unknown option ${culprit}` };
    case "commander.unknownCommand":
      return {
        what: `unknown command ${culprit}`,
        expected: "baseline, check, inspect or container",
      };
    case "commander.missingArgument":
      return { what: "no input is given", expected: INPUTS };
    case "commander.optionMissingArgument": {
      const [, name, value] = /(--[\w-]+) <(.*)>/.exec(culprit) ?? [];
      return { what: `${name} has no value`, expected: `${name} <${value}>` };
    }
    default:
      return { what: message.replace(/^error: /, "").replace(/\.$/, "") };
  }
}
