/** The commands with their options and arguments as plain values, for what is made of them. */
import type { EventEmitter } from "node:events";
import type { Command } from "./argument-parser.ts";

export interface OptionNode {
  /** Such as `-o`. */
  readonly short: string | undefined;
  /** Such as `--output`. */
  readonly long: string;
  /** The name of its value, such as `folder`; undefined for a switch. */
  readonly value: string | undefined;
  readonly choices: readonly string[];
  readonly summary: string;
}

export interface ArgumentNode {
  readonly name: string;
  readonly choices: readonly string[];
  readonly summary: string;
}

export interface CommandNode {
  /** Its words, `tidemark` first. */
  readonly path: readonly string[];
  readonly summary: string;
  /** All after its words, such as `[options] <input...>`. */
  readonly usage: string;
  readonly options: readonly OptionNode[];
  readonly arguments: readonly ArgumentNode[];
  readonly commands: readonly CommandNode[];
  /** What its help ends with: examples, variables. */
  readonly notes: string;
}

/** Reads what help shows of a command and all below it. */
export function readCommandTree(command: Command, above: readonly string[] = []): CommandNode {
  const help = command.createHelp();
  const path = [...above, command.name()];
  return {
    path,
    summary: command.summary() || command.description(),
    usage: command.usage(),
    options: help.visibleOptions(command).map((option) => ({
      short: option.short,
      long: option.long ?? "",
      value: /[<[]([^>\]]*)[>\]]/.exec(option.flags)?.[1],
      choices: option.argChoices ?? [],
      summary: option.description,
    })),
    arguments: help.visibleArguments(command).map((argument) => ({
      name: argument.name(),
      choices: argument.argChoices ?? [],
      summary: argument.description,
    })),
    commands: help.visibleCommands(command).map((each) => readCommandTree(each, path)),
    notes: notesOf(command),
  };
}

/** Asks those who add to the help of a command what they would write after it. */
function notesOf(command: Command): string {
  const texts: string[] = [];
  const emitter = command as unknown as EventEmitter;
  emitter.emit("afterHelp", { command, error: false, write: (text: string) => texts.push(text) });
  return texts.join("").trim();
}

/** A command and all below it, each before those below. */
export function flatten(node: CommandNode): readonly CommandNode[] {
  return [node, ...node.commands.flatMap(flatten)];
}
