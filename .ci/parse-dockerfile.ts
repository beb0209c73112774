/** A Dockerfile as plain values: its stages, and in each the instructions after FROM. */
import { DockerfileParser, type Flag, type JSONInstruction, type Keyword } from "dockerfile-ast";

export interface Instruction {
  /** In capitals, whatever the file's spelling; a word that Docker does not know is kept. */
  readonly keyword: `${Keyword}` | (string & {});
  /** From 1 on. */
  readonly line: number;
  /** Everything after the keyword and its flags, lines joined. */
  readonly text: string;
  readonly flags: Readonly<Record<string, string>>;
  /** The words of `text`. */
  readonly words: readonly string[];
  /** The texts of the exec form; undefined in the shell form. */
  readonly exec: readonly string[] | undefined;
  /** Names and values of ARG, ENV and LABEL; an ARG may have no value. */
  readonly properties: readonly (readonly [name: string, value: string | undefined])[];
}

export interface Stage {
  readonly name: string | undefined;
  /** As written: another stage, an image, or a variable. */
  readonly base: string;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** ARG before the first stage: what FROM lines may name. */
  readonly args: readonly Instruction[];
  readonly stages: readonly Stage[];
}

/** Parses the text; what it means is not judged. */
export function parseDockerfile(text: string): Dockerfile {
  const args: Instruction[] = [];
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  for (const node of DockerfileParser.parse(text).getInstructions()) {
    const instruction = read(node as ReadableNode);
    const { keyword, words, line } = instruction;
    if (keyword === "FROM") {
      const isNamed = words[1]?.toUpperCase() === "AS";
      stages.push({
        name: isNamed ? words[2] : undefined,
        base: words[0] ?? "",
        line,
        instructions: [],
      });
    } else (stages.at(-1)?.instructions ?? args).push(instruction);
  }
  return { args, stages };
}

/** What an instruction has where its keyword calls for it. */
type ReadableNode = Pick<
  JSONInstruction,
  "getKeyword" | "getArguments" | "getArgumentsContent" | "getInstructionRange"
> &
  Partial<Pick<JSONInstruction, "getFlags" | "getJSONStrings" | "getOpeningBracket">> & {
    getProperties?(): readonly { getName(): string; getValue(): string | null }[];
  };

function read(node: ReadableNode): Instruction {
  const flags = node.getFlags?.() ?? [];
  const isExec = (node.getOpeningBracket?.() ?? null) !== null;
  return {
    keyword: node.getKeyword(),
    line: node.getInstructionRange().start.line + 1,
    text: node.getArgumentsContent() ?? "",
    flags: Object.fromEntries(flags.map((flag: Flag) => [flag.getName(), flag.getValue() ?? ""])),
    words: node.getArguments().map((argument) => argument.getValue()),
    exec: isExec ? node.getJSONStrings!().map((text) => text.getJSONValue()) : undefined,
    properties: (node.getProperties?.() ?? []).map((property) => [
      property.getName(),
      property.getValue() ?? undefined,
    ]),
  };
}
