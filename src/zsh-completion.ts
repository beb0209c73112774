/** Completion of the command line in zsh, by its `_arguments`. */
import { type CommandNode, flatten, type OptionNode } from "./command-tree.ts";

/** Renders the script: a function per command. It is sourced, or read as `_tidemark` of `fpath`. */
export function renderZshCompletion(tree: CommandNode): string {
  return `#compdef tidemark
# Completes tidemark in zsh. Load it after compinit with: source <(tidemark completion zsh)
${flatten(tree).map(renderFunction).join("\n")}
if [[ $funcstack[1] == _tidemark ]]; then
  _tidemark "$@"
else
  compdef _tidemark tidemark
fi
`;
}

function renderFunction(node: CommandNode): string {
  const options = node.options.map(renderOption);
  if (node.commands.length === 0) {
    return `${nameOf(node)}() {
  _arguments -s ${[...options, ...renderArguments(node)].join(" \\\n    ")}
}`;
  }
  const described = node.commands.map(({ path, summary }) => {
    return `'${path.at(-1)}:${quoted(summary, /[:\\]/g)}'`;
  });
  const cases = node.commands.map((each) => `    ${each.path.at(-1)}) ${nameOf(each)} ;;`);
  const parsed = [...options, "'1:command:->command'", "'*::argument:->argument'"];
  return `${nameOf(node)}() {
  local curcontext=$curcontext state line
  local -a commands=(
    ${described.join("\n    ")}
  )
  _arguments -C ${parsed.join(" \\\n    ")}
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
    ${cases.join("\n    ")}
      esac ;;
  esac
}`;
}

function nameOf({ path }: CommandNode): string {
  return `_${path.join("_")}`;
}

function renderOption({ short, long, value, choices, summary }: OptionNode): string {
  const told = `[${quoted(summary, /[[\]:\\]/g)}]`;
  const taken =
    value === undefined ? "" : `:${value.replace(/\W+/g, " ")}:${completer(value, choices)}`;
  const equals = value === undefined ? "" : "=";
  const full = `'${long}${equals}${told}${taken}'`;
  return short === undefined ? full : `'${short}${told}${taken}' ${full}`;
}

function renderArguments({ arguments: given, usage }: CommandNode): readonly string[] {
  return given.map(({ name, choices }, index) => {
    const place = usage.includes(`<${name}...>`) ? "*" : String(index + 1);
    return `'${place}:${name}:${completer(name, choices)}'`;
  });
}

function completer(value: string, choices: readonly string[]): string {
  if (choices.length > 0) return `(${choices.join(" ")})`;
  if (value === "folder" || value === "prefix=folder") return "_files -/";
  return /^(file|path|script|input|before|after)$/.test(value) ? "_files" : " ";
}

/** As within single quotes; a backslash stands before what `special` finds. */
function quoted(text: string, special: RegExp): string {
  return text.replace(special, "\\$&").replaceAll("'", "'\\''");
}
