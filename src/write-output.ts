/** Writes what a command was asked for to a file, or else to standard output. */
import { lstat, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { TidemarkError } from "./base/tidemark-error.ts";
import { printOut } from "./standard-streams.ts";

/**
 * A file is written under a temporary name and renamed, so that it is whole at any moment; a pipe,
 * a device or a link is written to as it is.
 */
export async function writeOutput(
  content: string | Uint8Array,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) {
    printOut(content);
    return;
  }
  const isReplaced = (await lstat(file).catch(() => undefined))?.isFile() ?? true;
  const written = isReplaced ? join(dirname(file), `.${basename(file)}.${process.pid}.tmp`) : file;
  try {
    await writeFile(written, content);
    if (isReplaced) await rename(written, file);
  } catch (cause) {
    if (isReplaced) await rm(written, { force: true });
    throw new TidemarkError({
      code: "configuration",
      location: { file },
      what: `can not be written (${(cause as NodeJS.ErrnoException).code})`,
      expected: "a file in a folder that is there",
      hint: "Give another one with -o.",
      cause,
    });
  }
}
