/** The files that a build may copy: those of a folder that its `.dockerignore` leaves. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Lists the files' paths relative to the folder, sorted; the last rule that matches decides. */
export function listContext(folder: string): readonly string[] {
  const path = join(folder, ".dockerignore");
  const rules = existsSync(path) ? parseRules(readFileSync(path, "utf8")) : [];
  const isIgnored = (file: string): boolean =>
    rules.findLast(({ pattern }) => pattern.test(file))?.isIgnored ?? false;
  // A rule for a folder holds for all below it, so that what it leaves out need not be entered.
  const list = (below: string): string[] =>
    readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      const file = below === "" ? entry.name : `${below}/${entry.name}`;
      if (isIgnored(file)) return [];
      return entry.isDirectory() ? list(file) : [file];
    });
  return list("").sort();
}

interface Rule {
  readonly pattern: RegExp;
  readonly isIgnored: boolean;
}

function parseRules(text: string): readonly Rule[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({
      pattern: patternOf(line.replace(/^!/, "").replace(/^\/|\/$/g, "")),
      isIgnored: !line.startsWith("!"),
    }));
}

/** `**` stands for any number of folders, `*` for anything within a name. */
function patternOf(glob: string): RegExp {
  const source = glob
    .split(/(\*\*\/|\*)/)
    .map((part) => {
      if (part === "**/") return "(?:.*/)?";
      return part === "*" ? "[^/]*" : part.replace(/[.+^${}()|[\]\\?]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}(?:/|$)`);
}
