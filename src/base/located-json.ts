/**
 * JSON text to values, and values back to their line and column.
 *
 * The platform's parser reads; the tolerant one is loaded only once something is wrong, because it
 * knows places and costs more than a whole successful read. Lines and columns count from 1, columns
 * in UTF-16 code units. A leading byte order mark is dropped and not counted.
 */
import { createRequire } from "node:module";
import type { Node, ParseError } from "jsonc-parser";
import { TidemarkError } from "./tidemark-error.ts";

const loadJsonc = (): typeof import("jsonc-parser") =>
  createRequire(import.meta.url)("jsonc-parser");

/** By the tolerant parser's error codes. */
const EXPECTED: Readonly<Record<number, string>> = {
  1: "a value or a key in double quotes",
  2: "a number such as 0.1",
  3: "a key in double quotes",
  4: "a value",
  5: "a colon",
  6: "a comma",
  7: "a closing brace",
  8: "a closing bracket",
  9: "the end of the text",
  10: "no comment",
  11: "no comment",
  12: "a closing quote",
  13: "a number such as 0.1",
  14: "four hexadecimal digits after \\u",
  15: "a JSON escape after the backslash",
  16: "control characters to be escaped",
};

export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Parses a JSON text. Throws a configuration error at the place of the first syntax fault. */
export function parseJson(text: string, file: string): unknown {
  const json = withoutMark(text);
  try {
    return JSON.parse(json);
  } catch (cause) {
    const errors: ParseError[] = [];
    loadJsonc().parseTree(json, errors, { disallowComments: true });
    const first = errors[0];
    throw new TidemarkError({
      code: "configuration",
      location: { file, ...(first === undefined ? {} : placeOf(json, first.offset)) },
      what: "is not valid JSON",
      expected: first === undefined ? undefined : EXPECTED[first.error],
      hint: "Correct the file.",
      cause,
    });
  }
}

/**
 * Finds where the value at a path of keys and indices starts, in a text that parses. Where the path
 * leads nowhere the place is that of the nearest value around it. A repeated key means its last
 * value, as when parsing.
 */
export function locate(text: string, path: readonly PropertyKey[]): TextPlace {
  return locatorOf(text)(path);
}

/** The same for whoever asks often: the text is parsed once. */
export function locatorOf(text: string): (path: readonly PropertyKey[]) => TextPlace {
  const json = withoutMark(text);
  const root = loadJsonc().parseTree(json);
  return (path) => {
    let node = root;
    for (const key of path) {
      const child = childAt(node, key);
      if (child === undefined) break;
      node = child;
    }
    return placeOf(json, node?.offset ?? 0);
  };
}

function childAt(node: Node | undefined, key: PropertyKey): Node | undefined {
  if (node?.type === "array") return node.children?.[Number(key)];
  return node?.children?.findLast((property) => property.children?.[0]?.value === key)
    ?.children?.[1];
}

function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
