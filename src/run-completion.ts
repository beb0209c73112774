/** `tidemark completion` and `tidemark man`: what shells and `man` are told of the commands. */
import type { Command } from "./argument-parser.ts";
import { renderBashCompletion } from "./bash-completion.ts";
import { type CommandNode, readCommandTree } from "./command-tree.ts";
import { renderFishCompletion } from "./fish-completion.ts";
import { renderManPage } from "./man-page.ts";
import type { Shell } from "./shell-commands.ts";
import { printOut } from "./standard-streams.ts";
import { renderZshCompletion } from "./zsh-completion.ts";

const RENDERERS: Readonly<Record<Shell, (tree: CommandNode) => string>> = {
  bash: renderBashCompletion,
  zsh: renderZshCompletion,
  fish: renderFishCompletion,
};

export function runCompletion(program: Command, shell: Shell): void {
  printOut(RENDERERS[shell](readCommandTree(program)));
}

export function runMan(program: Command): void {
  printOut(renderManPage(readCommandTree(program)));
}
