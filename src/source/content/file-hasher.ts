/** A worker thread that hashes files, tells of all at once, and ends. */
import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { readFile } from "../../storage/local-files.ts";
import type { HashedFile } from "./file-hashes.ts";

async function hashFiles(paths: readonly string[]): Promise<ReadonlyMap<string, HashedFile>> {
  const files = new Map<string, HashedFile>();
  for (const path of paths) {
    const hash = createHash("sha256");
    let bytes = 0;
    try {
      for await (const chunk of readFile(path)) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      files.set(path, { bytes, sha256: hash.digest("hex") });
    } catch {
      // Whoever reads its records meets the same, and tells of it.
    }
  }
  return files;
}

void hashFiles(workerData).then((files) => parentPort!.postMessage(files));
