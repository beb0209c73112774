/**
 * HTML as a type of its own, so that a text can not slip into a page as it is: the only ways from a
 * text to `Html` are the tags below, which escape.
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
  for (let at = 0; at < parts.length; at++) text += rendered(parts[at]) + own[at + 1]!;
  return new Html(text);
}

/**
 * Repeats a template for each place of its parts, lists as long as each other: rows of columns. A
 * page has thousands, and lists are looked at for what is to be escaped as a whole.
 */
export function each(
  strings: TemplateStringsArray,
  ...lists: readonly (readonly (string | number)[])[]
): Html {
  const own = joinedLines(strings);
  const columns = lists.map((list) => (ESCAPED.test(list.join("")) ? list.map(rendered) : list));
  let text = "";
  for (let row = 0; row < columns[0]!.length; row++) {
    text += own[0]!;
    for (let at = 0; at < columns.length; at++) text += columns[at]![row]! + own[at + 1]!;
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
  if (typeof part === "string") return escaped(part);
  if (part === undefined) return "";
  if (typeof part === "number") return String(part);
  return part instanceof Html ? part.text : part.map(rendered).join("");
}

function escaped(text: string): string {
  // A look takes less than to replace nothing, and most texts have nothing to escape.
  if (!ESCAPED.test(text)) return text;
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const ESCAPED = /[&<>"']/;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};
