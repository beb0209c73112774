/** Small files that need not be there. */
import { readFile } from "node:fs/promises";
import { TidemarkError } from "../base/tidemark-error.ts";
import { isObjectUrl } from "../storage/object-url.ts";
import { openStorage } from "../storage/open-storage.ts";

/**
 * Reads a text; undefined where there is no such file. Throws a configuration error otherwise, of
 * an object that can not be read an input error.
 */
export async function readIfThere(path: string): Promise<string | undefined> {
  if (isObjectUrl(path)) return await readObject(path);
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

async function readObject(url: string): Promise<string | undefined> {
  const storage = await openStorage(url);
  const file = await storage.find(url);
  if (file === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of storage.read(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
