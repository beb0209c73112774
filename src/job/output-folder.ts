/**
 * Publishes a run's files so that each is whole at any moment: every file is written under a
 * temporary name beside its place, flushed, and only then all are renamed, in the order given. A
 * killed run leaves the previous file or the new one; an aborted one leaves no temporary file.
 */

import {
  accessSync,
  closeSync,
  constants,
  fsync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Output, OutputFile, PublishOptions } from "./output.ts";

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
    const names = [...grown, ...files.map(({ name }) => name)];
    try {
      await this.#writeAll(files);
      signal?.throwIfAborted();
      // Synchronous, so that no signal handler runs between two renames.
      for (const name of stale) removeIfThere(join(this.path, name));
      for (const name of names) renameSync(this.temporaryPath(name), join(this.path, name));
    } catch (cause) {
      for (const name of names) this.discard(name);
      throw isSystemError(cause) ? unwritable(this.path, cause) : cause;
    }
  }

  /** Flushes at the same time: waiting for the disk once takes half as long as for each file. */
  async #writeAll(files: readonly OutputFile[]): Promise<void> {
    const written = await Promise.allSettled(
      files.map(({ name, text }) => writeFlushed(this.temporaryPath(name), text)),
    );
    for (const each of written) if (each.status === "rejected") throw each.reason;
  }
}

/** Writes at once, which takes less than to wait for a thread; the disk is waited for. */
async function writeFlushed(path: string, text: string): Promise<void> {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, text);
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
