/** YAML 1.2 texts to values and their places, for files that people write. */
import { loadYaml } from "./load-yaml.ts";
import type { TextPlace } from "./located-json.ts";
import { TidemarkError } from "./tidemark-error.ts";
import type { ParsedText } from "./validate.ts";

/** By the parser's error codes; whatever else is told without what was expected. */
const EXPECTED: Readonly<Record<string, string>> = {
  BAD_ALIAS: "an anchor of that name before it",
  BAD_INDENT: "keys of one object at the same indentation",
  BLOCK_IN_FLOW: "no block inside brackets",
  DUPLICATE_KEY: "each key once",
  MISSING_CHAR: "a closing character or a separator",
  MULTIPLE_DOCS: "one document",
  TAB_AS_INDENT: "spaces as indentation",
  TAG_RESOLVE_FAILED: "no tag",
};

/**
 * Parses a text of one document. Values are those of JSON: there are no dates, and `yes` is a text.
 * Throws a configuration error at the place of the first syntax fault, and for aliases that grow
 * beyond 100 times.
 */
export async function parseYaml(text: string, file: string): Promise<ParsedText> {
  const { LineCounter, isNode, parseDocument } = await loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) throw notYaml(file, placeAt(fault.pos[0]), EXPECTED[fault.code]);
  return {
    value: expand(() => document.toJS(), file),
    locatorOf: () => (path) => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return placeAt(node.range[0]);
      }
      return placeAt(document.contents?.range?.[0] ?? 0);
    },
  };
}

function expand(make: () => unknown, file: string): unknown {
  try {
    return make();
  } catch (cause) {
    throw notYaml(file, undefined, "aliases that stand for little", cause);
  }
}

function notYaml(
  file: string,
  place: TextPlace | undefined,
  expected: string | undefined,
  cause?: unknown,
): TidemarkError {
  return new TidemarkError({
    code: "configuration",
    location: { file, ...place },
    what: "is not valid YAML",
    expected,
    hint: "Correct the file.",
    cause,
  });
}
