/** The storage that a path names. */
import { LocalFiles } from "./local-files.ts";
import { isObjectUrl } from "./object-url.ts";
import type { Storage } from "./storage.ts";

export interface StorageOptions {
  /** Ends what is under way in an object store, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the storage of a local path or of `s3://bucket/prefix`, for which the AWS SDK is loaded.
 * Throws a usage error for other schemes, a configuration error where the SDK is not installed.
 */
export async function openStorage(path: string, options: StorageOptions = {}): Promise<Storage> {
  if (!isObjectUrl(path)) return new LocalFiles();
  const { S3Storage } = await import("./s3-storage.ts");
  return await S3Storage.open(path, options);
}
