/**
 * Publishes a run's files so that each is whole at any moment: every file is written under a
 * temporary name beside its place, flushed, and only then all are renamed, in the order given. A
 * killed run leaves the previous file or the new one; an aborted one leaves no temporary file.
 *
 * Of two runs that publish to one folder, each looks at its files once they are in their places,
 * and puts them there again where one is not its own: so the last to rename leaves a whole set.
 */

import {
  accessSync,
  closeSync,
  constants,
  fsync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Output, OutputFile, PublishOptions } from "./output.ts";

/** How often a run puts its files in their places, while others do. */
const ROUNDS_MAX = 8;

export class OutputFolder implements Output {
  readonly path: string;
  readonly #runId: string;

  /** `runId` tells the temporary names of concurrent runs apart. */
  constructor(path: string, runId: string) {
    this.path = path;
    this.#runId = runId;
  }

  /** Creates the folder; a configuration error when it can not be written to. */
  async open(): Promise<void> {
    try {
      mkdirSync(resolve(this.path), { recursive: true });
      accessSync(resolve(this.path), constants.W_OK);
    } catch (cause) {
      throw unwritable(this.path, cause);
    }
  }

  /** Where a file is written before it is published. */
  temporaryPath(name: string): string {
    return join(this.path, `.${name}.${this.#runId}.tmp`);
  }

  discard(name: string): void {
    removeIfThere(this.temporaryPath(name));
  }

  /** Writes all files, or none when `signal` is aborted before the first rename. */
  async publish(
    files: readonly OutputFile[],
    { signal, stale = [], grown = [] }: PublishOptions = {},
  ): Promise<void> {
    const names = files.map(({ name }) => name);
    try {
      await this.#writeAll(files);
      signal?.throwIfAborted();
      let isWhole = this.#replace([...grown, ...names], stale);
      for (let round = 1; !isWhole && round < ROUNDS_MAX; round++) {
        await this.#writeAll(files);
        isWhole = this.#replace(names, stale);
      }
    } catch (cause) {
      for (const name of [...grown, ...names]) this.discard(name);
      throw isSystemError(cause) ? unwritable(this.path, cause) : cause;
    }
  }

  /**
   * Puts written files in their places and tells whether they are there, and nothing stale is.
   * Synchronous, so that no signal handler runs between two renames.
   */
  #replace(names: readonly string[], stale: readonly string[]): boolean {
    for (const name of stale) removeIfThere(join(this.path, name));
    const written = names.map((name) => identityOf(this.temporaryPath(name)));
    for (const name of names) renameSync(this.temporaryPath(name), join(this.path, name));
    return (
      names.every((name, at) => identityOf(join(this.path, name)) === written[at]) &&
      stale.every((name) => identityOf(join(this.path, name)) === undefined)
    );
  }

  /** Flushes at the same time: waiting for the disk once takes half as long as for each file. */
  async #writeAll(files: readonly OutputFile[]): Promise<void> {
    const written = await Promise.allSettled(
      files.map(({ name, content }) => writeFlushed(this.temporaryPath(name), content)),
    );
    for (const each of written) if (each.status === "rejected") throw each.reason;
  }
}

/** Tells a file from others that were in its place; undefined where there is none. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  // A number may be given again to a later file.
  return stats && `${stats.ino}:${stats.mtimeNs}`;
}

/** Writes at once, which takes less than to wait for a thread; the disk is waited for. */
async function writeFlushed(path: string, content: OutputFile["content"]): Promise<void> {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, content);
    await promisify(fsync)(file);
  } finally {
    closeSync(file);
  }
}

/** Removes a file; Node's own `rmSync` first loads what removes folders. */
function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isSystemError(error) || error.code !== "ENOENT") throw error;
  }
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && "syscall" in cause;
}

function unwritable(path: string, cause: unknown): TidemarkError {
  const code = isSystemError(cause) ? ` (${cause.code})` : "";
  return new TidemarkError({
    code: "configuration",
    location: { file: path },
    what: `can not write the output folder${code}`,
    expected: "a folder that can be created and written to",
    hint: "Give another one with -o.",
    cause,
  });
}
