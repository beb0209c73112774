/** Completion of the command line in bash 3.2 and later: one script, which starts nothing. */
import { type CommandNode, flatten } from "./command-tree.ts";

/**
 * Renders the script. Files are left to the shell: they are completed where nothing else is known.
 */
export function renderBashCompletion(tree: CommandNode): string {
  const nodes = flatten(tree);
  const commands = nodes.slice(1).map(({ path }) => `"${path.join(" ")}"`);
  return `# Completes tidemark in bash. Load it with: source <(tidemark completion bash)
_tidemark() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path=tidemark words= i
  # --format=csv comes as three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${commands.join(" | ")})
        path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$path $prev" in
${nodes.flatMap(valueCases).join("\n")}
  esac
  case $path in
${nodes.map(wordCase).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -o bashdefault -F _tidemark tidemark
`;
}

/** What may follow an option: its choices, or whatever the shell finds. */
function valueCases({ path, options }: CommandNode): readonly string[] {
  const open = options.filter(({ value, choices }) => value !== undefined && choices.length === 0);
  const pattern = (name: string): string => `"${path.join(" ")} ${name}"`;
  const names = open.flatMap(({ short, long }) => (short ? [long, short] : [long])).map(pattern);
  return [
    ...(names.length === 0 ? [] : [`    ${names.join(" | ")}) return ;;`]),
    ...options
      .filter(({ choices }) => choices.length > 0)
      .map(({ long, choices }) => {
        const reply = `COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$cur"))`;
        return `    ${pattern(long)}) ${reply}; return ;;`;
      }),
  ];
}

/** Options where a dash is begun, else commands and choices of arguments. */
function wordCase({ path, options, commands, arguments: given }: CommandNode): string {
  const flags = options.flatMap(({ short, long }) => (short ? [short, long] : [long]));
  const words = [
    ...commands.map((command) => command.path.at(-1)!),
    ...given.flatMap(({ choices }) => choices),
  ];
  return `    "${path.join(" ")}")
      if [[ $cur == -* ]]; then
        words="${flags.join(" ")}"
      else
        words="${words.join(" ")}"
      fi ;;`;
}
