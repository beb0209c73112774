/**
 * Keeps two runs from publishing to one prefix at a time, which would leave a set of files of both.
 *
 * The lock is an object that only one run can make, by a conditional write. Its holder renews it; a
 * lock that stays the same for long is of a run that was killed, and is taken over by another
 * conditional write. While it is there the prefix may hold files of two runs.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { TidemarkError } from "../base/tidemark-error.ts";
import { joinPath } from "../storage/object-url.ts";
import type { Condition, S3Writer } from "../storage/s3-writer.ts";

/** Hidden from whoever reads the prefix as inputs. */
export const LOCK_NAME = "_tidemark.lock";

const BROKEN = '{"broken":true}\n';
const RENEW_MS = 5_000;
const LOOK_MS = 1_000;
/** Longer than any pause in which a holder that lives can not renew. */
const PATIENCE_MS = 60_000;

export interface LockTimes {
  readonly renewMs?: number | undefined;
  readonly lookMs?: number | undefined;
  readonly patienceMs?: number | undefined;
}

export class PrefixLock {
  readonly #url: string;
  readonly #writer: S3Writer;
  readonly #id: string = randomUUID();
  readonly #lost = new AbortController();
  #version: string;
  #renewals = 0;
  #renewing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  private constructor(url: string, writer: S3Writer) {
    this.#url = url;
    this.#writer = writer;
    this.#version = "";
  }

  /** Waits until no other run publishes to the prefix. Throws the signal's reason. */
  static async take(
    prefix: string,
    writer: S3Writer,
    signal?: AbortSignal,
    times: LockTimes = {},
  ): Promise<PrefixLock> {
    const { renewMs = RENEW_MS, lookMs = LOOK_MS, patienceMs = PATIENCE_MS } = times;
    const lock = new PrefixLock(joinPath(prefix, LOCK_NAME), writer);
    let seen: string | undefined;
    for (let waited = 0; ; waited += lookMs) {
      signal?.throwIfAborted();
      const taken = await lock.#claim(waited >= patienceMs ? seen : undefined);
      if (taken) break;
      const held = await writer.readText(lock.#url);
      if (held?.version !== seen) waited = 0;
      seen = held?.version;
      // Nobody comes back to files that a run has left broken.
      if (held?.text === BROKEN) waited = patienceMs;
      else if (held !== undefined) await sleep(lookMs, undefined, { signal }).catch(() => {});
    }
    lock.#timer = setInterval(() => lock.#renew(), renewMs);
    return lock;
  }

  /** Throws where another run has taken the lock over. */
  async assertHeld(): Promise<void> {
    await this.#renewing;
    this.#lost.signal.throwIfAborted();
    this.#renew();
    await this.#renewing;
    this.#lost.signal.throwIfAborted();
  }

  /** Lets others publish; a run that has lost the lock leaves the other's alone. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    if (!this.#lost.signal.aborted) await this.#writer.remove(this.#url);
  }

  /** Ends a publication that failed on its way: readers are warned, and the next run may begin. */
  async abandon(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    if (this.#lost.signal.aborted) return;
    await this.#writer.write(this.#url, BROKEN, { version: this.#version });
  }

  async #claim(stale: string | undefined): Promise<boolean> {
    const condition = stale === undefined ? ({ absent: true } as const) : { version: stale };
    const version = await this.#write(condition);
    if (version === undefined) return false;
    this.#version = version;
    return true;
  }

  async #write(condition: Condition): Promise<string | undefined> {
    const text = this.#text();
    const version = await this.#writer.write(this.#url, text, condition);
    if (version !== undefined) return version;
    // An answer that was lost on its way lets the request be sent again, against itself.
    const held = await this.#writer.readText(this.#url);
    return held?.text === text ? held.version : undefined;
  }

  #renew(): void {
    this.#renewing = this.#renewing.then(async () => {
      if (this.#lost.signal.aborted) return;
      this.#renewals += 1;
      // A store that does not answer now may do so the next time.
      const version = await this.#write({ version: this.#version }).catch(() => this.#version);
      if (version === undefined) this.#lost.abort(takenOver(this.#url));
      else this.#version = version;
    });
  }

  #text(): string {
    return `${JSON.stringify({ run: this.#id, renewals: this.#renewals })}\n`;
  }
}

function takenOver(url: string): TidemarkError {
  return new TidemarkError({
    code: "configuration",
    location: { file: url },
    what: "another run publishes to this prefix, as this one was silent for too long",
    expected: "one run at a time",
    hint: "The other run's files stand; run again to replace them.",
  });
}
