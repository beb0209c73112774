/** `s3://bucket/key`, the name of an object or of all objects that begin so. */
import { join } from "node:path";
import { TidemarkError } from "../base/tidemark-error.ts";

const SCHEME = "s3://";
/** A drive letter is no scheme. */
const OTHER_SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):\/\//;

export interface ObjectUrl {
  readonly bucket: string;
  /** May hold any character, slashes among them; empty for the whole bucket. */
  readonly key: string;
}

/** Whether a path names objects. Throws a usage error for a scheme that is not read. */
export function isObjectUrl(path: string): boolean {
  if (path.startsWith(SCHEME)) return true;
  const [, scheme] = OTHER_SCHEME.exec(path) ?? [];
  if (scheme === undefined) return false;
  throw new TidemarkError({
    code: "usage",
    location: { file: path },
    what: `${scheme}:// is not read`,
    expected: "a local path, or s3://bucket/prefix",
    hint:
      "Google Cloud Storage and others are read as s3:// through AWS_ENDPOINT_URL_S3, or as a " +
      "mounted folder.",
  });
}

/** Takes a URL apart. Throws a usage error where it names no bucket. */
export function parseObjectUrl(url: string): ObjectUrl {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(url) ?? [];
  if (bucket !== "") return { bucket, key };
  throw new TidemarkError({
    code: "usage",
    location: { file: url },
    what: "the URL names no bucket",
    expected: "s3://bucket/prefix",
  });
}

/** The path of a file in a folder, be it local or a prefix. */
export function joinPath(folder: string, name: string): string {
  return isObjectUrl(folder) ? `${folder.replace(/\/+$/, "")}/${name}` : join(folder, name);
}
