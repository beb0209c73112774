/** Refuses the files of a prefix while they may be those of two runs. */
import { TidemarkError } from "../base/tidemark-error.ts";
import { isObjectUrl, joinPath } from "../storage/object-url.ts";
import { openStorage } from "../storage/open-storage.ts";
import { LOCK_NAME } from "./prefix-lock.ts";

/**
 * Throws a configuration error where a run publishes to an object store's prefix, or was killed
 * while it did. Files of a folder change places too fast to be met on their way.
 */
export async function assertWhole(folder: string): Promise<void> {
  if (!isObjectUrl(folder)) return;
  const lock = joinPath(folder, LOCK_NAME);
  const storage = await openStorage(lock);
  if ((await storage.find(lock)) === undefined) return;
  throw new TidemarkError({
    code: "configuration",
    location: { file: folder },
    what: `a run publishes here, or was broken off (${LOCK_NAME} is there)`,
    expected: "the files of one run",
    hint: "Wait for its end, or run it again.",
  });
}
