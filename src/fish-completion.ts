/** Completion of the command line in fish. */
import { type CommandNode, flatten, type OptionNode } from "./command-tree.ts";

/** Renders the script: a line per command, option and argument with choices. */
export function renderFishCompletion(tree: CommandNode): string {
  const nodes = flatten(tree);
  const known = nodes.slice(1).map(({ path }) => quote(path.join(" ")));
  return `# Completes tidemark in fish. Load it with: tidemark completion fish | source
function __tidemark_at
    set -l path tidemark
    for word in (commandline -opc)[2..-1]
        switch "$path $word"
            case ${known.join(" ")}
                set path "$path $word"
        end
    end
    test "$path" = "$argv"
end
${nodes.flatMap(renderNode).join("\n")}
`;
}

function renderNode(node: CommandNode): readonly string[] {
  const { path, options, commands, arguments: given } = node;
  const complete = `complete -c tidemark -n ${quote(`__tidemark_at ${path.join(" ")}`)}`;
  return [
    ...commands.map(({ path: words, summary }) => {
      return `${complete} -f -a ${quote(words.at(-1)!)} -d ${quote(summary)}`;
    }),
    ...options.map((option) => `${complete} ${renderOption(option)}`),
    ...given
      .filter(({ choices }) => choices.length > 0)
      .map(({ choices, summary }) => {
        return `${complete} -f -a ${quote(choices.join(" "))} -d ${quote(summary)}`;
      }),
  ];
}

function renderOption({ short, long, value, choices, summary }: OptionNode): string {
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.slice(2)}`,
    ...(value === undefined ? [] : ["-r"]),
    ...(choices.length === 0 ? [] : [`-f -a ${quote(choices.join(" "))}`]),
    `-d ${quote(summary)}`,
  ].join(" ");
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
