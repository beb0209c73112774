/**
 * HTML as a type of its own, so that a text can not slip into a page as it is: the only way from a
 * text to `Html` is the tag below, which escapes.
 */

/** A piece of HTML; texts within are escaped already. */
export class Html {
  readonly text: string;

  /** Takes a text that is HTML already: for constants of ours alone. */
  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes; undefined leaves nothing, a list is joined. */
export type Part = Html | string | number | undefined | readonly Part[];

/**
 * Joins a template's own text with its parts, of which texts are escaped: for text between tags and
 * for values in double quotes. Not for the insides of scripts, styles and comments. A line break of
 * the template goes, with the spaces after it: it is there for the template's reader.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const own = joinedLines(strings);
  let text = own[0]!;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    // Most are, and a page has thousands.
    text += part instanceof Html ? part.text : rendered(part);
    text += own[at + 1]!;
  }
  return new Html(text);
}

const JOINED = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template's strings are the same object each time it is met. */
function joinedLines(strings: TemplateStringsArray): readonly string[] {
  const known = JOINED.get(strings);
  if (known !== undefined) return known;
  const joined = strings.map((text) => text.replace(/\n */g, ""));
  JOINED.set(strings, joined);
  return joined;
}

function rendered(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(rendered).join("");
  if (typeof part === "number") return String(part);
  // A look takes less than to replace nothing, and most texts have nothing to escape.
  if (!ESCAPED.test(part)) return part;
  return part.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const ESCAPED = /[&<>"']/;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};
