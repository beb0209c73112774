/** Faults that the argument parser finds, in the grammar of all other messages. */
import { type ErrorParts, TidemarkError } from "./base/tidemark-error.ts";

/** What the parser throws: its code, and a message with the culprit in single quotes. */
interface ParserError {
  readonly code: string;
  readonly message: string;
}

const COMMANDS =
  "baseline, check, inspect, report, explain, constraints, export, config, completion or container";

const ARGUMENTS: Readonly<Record<string, string>> = {
  input: "files, folders, globs or - for standard input",
  folder: "the output folder of a run",
  file: "a constraints.json",
  before: "two constraints.json",
  after: "two constraints.json",
  shell: "bash, zsh or fish",
};

/** Words a parser's error met in `command`, such as `tidemark baseline`. */
export function usageError({ code, message }: ParserError, command: string): TidemarkError {
  const culprit = /'(.*)'/s.exec(message)?.[1] ?? "";
  const suggestion = /\((Did you mean .*\?)\)$/.exec(message)?.[1];
  const hint = suggestion ?? `See ${command} --help.`;
  return new TidemarkError({ code: "usage", ...partsOf(code, culprit, message, command), hint });
}

function partsOf(
  code: string,
  culprit: string,
  message: string,
  command: string,
): Pick<ErrorParts, "what" | "expected"> {
  switch (code) {
    case "commander.unknownOption":
      return { what: `unknown option ${culprit}` };
    case "commander.unknownCommand":
      return {
        what: `unknown command ${culprit}`,
        expected: command === "tidemark constraints" ? "lint, diff or explain" : COMMANDS,
      };
    case "commander.missingArgument":
      return { what: `no ${culprit} is given`, expected: ARGUMENTS[culprit] };
    case "commander.optionMissingArgument": {
      const [, name, value] = /(--[\w-]+) <(.*)>/.exec(culprit) ?? [];
      return { what: `${name} has no value`, expected: `${name} <${value}>` };
    }
    default:
      return { what: message.replace(/^error: /, "").replace(/\.$/, "") };
  }
}
