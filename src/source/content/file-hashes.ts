/**
 * SHA-256 of local files by a thread that reads them for that alone, beside whoever reads their
 * records: to hash a byte takes as long as to read, scan and count one of the simplest records, and
 * to read it once more a fifth of that. Memory: the thread, and 1 MiB.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { leaveProcessors } from "../../base/leave-processors.ts";
import { workerScript } from "../../base/worker-script.ts";
import { readFile } from "../../storage/local-files.ts";
import type { InputTally } from "../record-source.ts";
import { hashInput } from "./input-content.ts";

/** What the thread tells of a file. */
export interface HashedFile {
  readonly bytes: number;
  readonly sha256: string;
}

export class FileHashes {
  readonly #worker: Worker;
  readonly #signal: AbortSignal | undefined;
  readonly #told: Promise<ReadonlyMap<string, HashedFile>>;

  /** Starts to hash files, in the order given. */
  constructor(
    paths: readonly string[],
    signal?: AbortSignal,
    script: URL = workerScript("file-hasher.cjs"),
  ) {
    this.#signal = signal;
    this.#worker = new Worker(script, { workerData: paths, execArgv: [] });
    leaveProcessors(this.#worker);
    this.#told = once(this.#worker, "message", { signal }).then(
      ([files]) => files,
      () => new Map(),
    );
  }

  /**
   * Tells the hashes to the tallies of such files that have been read to their ends. Where the
   * thread fails, or a file was changed while it was read, the bytes that its tally counts are
   * hashed by this thread. Throws the signal's reason once it is aborted.
   */
  async tell(tallies: readonly InputTally[]): Promise<void> {
    const files = await this.#told;
    const signal = this.#signal;
    signal?.throwIfAborted();
    for (const tally of tallies) {
      const { path, bytes } = tally;
      const file = files.get(path);
      const chunks = async function* () {
        for await (const chunk of readFile(path, { start: 0, end: bytes })) {
          signal?.throwIfAborted();
          yield chunk;
        }
      };
      if (file?.bytes === bytes) tally.sha256 = file.sha256;
      else await hashInput({ path, size: bytes, chunks }, tally);
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
