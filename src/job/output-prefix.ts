/**
 * Publishes a run's files below a prefix of an object store. Each object is whole at any moment,
 * and the next is begun when it is; the last one tells that the run is complete. One run publishes
 * at a time. A run that is killed while it publishes leaves the lock, and readers of ours refuse
 * the files until a run has replaced them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TidemarkError } from "../base/tidemark-error.ts";
import { joinPath } from "../storage/object-url.ts";
import { S3Writer, type S3WriterOptions } from "../storage/s3-writer.ts";
import type { Output, OutputFile, PublishOptions } from "./output.ts";
import { type LockTimes, PrefixLock } from "./prefix-lock.ts";

/** A late write of another run, or an answer that was lost, is met once or twice. */
const REPLACE_TRIES = 5;

export interface OutputPrefixOptions extends S3WriterOptions {
  readonly lockTimes?: LockTimes | undefined;
}

export class OutputPrefix implements Output {
  readonly path: string;
  readonly #options: OutputPrefixOptions;
  #temporary: string | undefined;

  constructor(path: string, options: OutputPrefixOptions = {}) {
    this.path = path;
    this.#options = options;
  }

  async open(): Promise<void> {
    const writer = await S3Writer.open(this.path, this.#options);
    await writer.assertReachable(this.path);
  }

  temporaryPath(name: string): string {
    this.#temporary ??= mkdtempSync(join(tmpdir(), "tidemark-"));
    return join(this.#temporary, name);
  }

  discard(): void {
    if (this.#temporary === undefined) return;
    rmSync(this.#temporary, { recursive: true, force: true });
    this.#temporary = undefined;
  }

  async publish(
    files: readonly OutputFile[],
    { signal, stale = [], grown = [] }: PublishOptions = {},
  ): Promise<void> {
    const { encryption, lockTimes } = this.#options;
    // What has begun is brought to its end: half of it is worse than a late stop.
    const writer = await S3Writer.open(this.path, { encryption });
    const lock = await PrefixLock.take(this.path, writer, signal, lockTimes);
    const steps = [
      ...grown.map((name) => async (): Promise<void> => {
        await lock.assertHeld();
        await writer.writeFile(this.#at(name), this.temporaryPath(name));
      }),
      ...stale.map((name) => async (): Promise<void> => {
        await lock.assertHeld();
        await writer.remove(this.#at(name));
      }),
      ...files.map(
        ({ name, content }) =>
          (): Promise<void> =>
            replace(this.#at(name), content, writer, lock),
      ),
    ];
    let done = 0;
    try {
      for (const step of steps) {
        if (done === 0) signal?.throwIfAborted();
        await step();
        done += 1;
      }
    } catch (fault) {
      // A set that is not begun is still that of the run before. The fault tells more than another.
      await (done === 0 ? lock.release() : lock.abandon()).catch(() => {});
      throw fault;
    }
    await lock.release();
  }

  #at(name: string): string {
    return joinPath(this.path, name);
  }
}

/**
 * Replaces the version that was there while the lock was held, so that a write that comes late, as
 * after a stall in which another run has taken over, is refused by the store.
 */
async function replace(
  url: string,
  content: OutputFile["content"],
  writer: S3Writer,
  lock: PrefixLock,
): Promise<void> {
  for (let tries = 0; tries < REPLACE_TRIES; tries++) {
    const condition = await writer.conditionOf(url);
    await lock.assertHeld();
    if ((await writer.write(url, content, condition)) !== undefined) return;
  }
  throw new TidemarkError({
    code: "configuration",
    location: { file: url },
    what: "something else keeps replacing the object",
    expected: "one writer at a time",
    hint: "Give a prefix of its own with -o.",
  });
}
