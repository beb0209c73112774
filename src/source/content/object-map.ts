/**
 * Where objects of an object store lie as local files: `s3://bucket/path=/local/folder` says that
 * what stands below the prefix stands below the folder.
 *
 * A prefix ends at a slash, written or not: `s3://bucket/pa` does not cover `s3://bucket/path`. Of
 * several that cover an object the longest is taken. Prefix and folder meet at the first `=` with
 * `/` or `.` behind it, as keys may hold `=`, or else at the first one.
 */
import { join } from "node:path";
import { excerpt, TidemarkError } from "../../base/tidemark-error.ts";

export class ObjectMap {
  /** Folders by prefix, which ends in a slash. */
  readonly #folders: Map<string, string> = new Map();

  /** Throws a usage error for an entry that is no prefix and folder. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const parts =
        /^(s3:\/\/[^/=]+.*?)=([./].*)$/s.exec(entry) ?? /^(s3:\/\/[^/=]+[^=]*)=(.+)$/s.exec(entry);
      if (parts === null) {
        throw new TidemarkError({
          code: "usage",
          what: `--map is ${excerpt(entry)}`,
          expected: "a prefix and its folder, such as s3://bucket/path=/local/folder",
        });
      }
      const [, prefix, folder] = parts;
      this.#folders.set(`${prefix!.replace(/\/+$/, "")}/`, folder!);
    }
  }

  /**
   * Finds the local path of an object; undefined when no prefix covers it, or when its name would
   * lead out of the folder.
   */
  locate(uri: string): string | undefined {
    let longest: string | undefined;
    for (const prefix of this.#folders.keys()) {
      if (uri.startsWith(prefix) && prefix.length > (longest?.length ?? 0)) longest = prefix;
    }
    if (longest === undefined) return undefined;
    const segments = uri.slice(longest.length).split("/");
    return segments.includes("..") ? undefined : join(this.#folders.get(longest)!, ...segments);
  }
}
