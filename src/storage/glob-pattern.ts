/**
 * A glob over the keys of objects: `*` and `?` stand for characters of one name, `**` for any
 * names, `[ab]`, `[!ab]` and `{one,two}` for one of several. What stands below a match matches too.
 */

export interface GlobPattern {
  /** What every matching key begins with. */
  readonly literal: string;
  readonly regex: RegExp;
}

/** Two asterisks stand for names only where they are a name themselves. */
const NAMES = "(?<=^|[/{,])[*]{2}(?:(?<folders>/)|(?=$|[,}]))";
const TOKEN = new RegExp(`(?<names>${NAMES})|[*]+|\\[!?[^\\]]+\\]|.`, "gs");

export function globPattern(glob: string): GlobPattern {
  let depth = 0;
  const parts = [...glob.matchAll(TOKEN)].map(({ 0: token, groups }) => {
    if (groups?.["folders"]) return "(?:[^/]+/)*";
    if (groups?.["names"]) return ".*";
    if (token[0] === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (/^\[.+\]$/s.test(token)) return classOf(token);
    if (token === "{") {
      depth += 1;
      return "(?:";
    }
    if (token === "}" && depth > 0) {
      depth -= 1;
      return ")";
    }
    if (token === "," && depth > 0) return "|";
    return literally(token);
  });
  // A brace that is never closed is a brace.
  const source = depth === 0 ? parts.join("") : literally(glob);
  return {
    literal: /^[^*?[{]*/.exec(glob)![0],
    regex: new RegExp(`^${source}(?:/.*)?$`, "s"),
  };
}

function classOf(token: string): string {
  const isNegated = token[1] === "!";
  const members = token.slice(isNegated ? 2 : 1, -1).replace(/[\\\]^]/g, "\\$&");
  // A range that runs backwards is none.
  const isSound = [...members.matchAll(/(.)-(.)/gs)].every(([, from, to]) => from! <= to!);
  if (!isSound) return literally(token);
  return isNegated ? `[^/${members}]` : `[${members}]`;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
