/** Small files that need not be there. */
import { readFile } from "node:fs/promises";
import { TidemarkError } from "../base/tidemark-error.ts";

/** Reads a text; undefined where there is no such file. Throws a configuration error otherwise. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new TidemarkError({
      code: "configuration",
      location: { file: path },
      what: `can not be read (${code})`,
      expected: "a readable file",
      hint: "Check the path and its permissions.",
      cause,
    });
  }
}
