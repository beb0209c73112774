/**
 * A script that is loaded and answers: requests in a queue, a bound on silence, one end.
 *
 * Invariants: (1) replies belong to the oldest request; (2) what ends a session rejects all of its
 * requests, those to come too, with the same error; (3) a session that ended has no child, no
 * worker and no timer.
 */
import { realpath } from "node:fs/promises";
import { type HookEnd, HookErrors, isPython } from "./hook-errors.ts";
import type { HookBatch, HookReply, HookSetup } from "./hook-message.ts";
import type { HookOptions } from "./hook-options.ts";
import type { HookListener, HookProcess } from "./hook-process.ts";
import { LineLog } from "./line-log.ts";
import { PythonProcess } from "./python-process.ts";
import { WorkerProcess } from "./worker-process.ts";

const JAVASCRIPT = /\.[cm]?js$/;
/** How long an idle script may take to end by itself. */
const END_MS = 2000;

interface Request {
  /** Takes a reply; true when it was the last one. */
  readonly accept: (reply: HookReply) => boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export class HookSession implements HookListener {
  readonly #options: HookOptions;
  readonly #timeoutMs: number;
  readonly #errors: HookErrors;
  readonly #process: HookProcess;
  readonly #requests: Request[] = [];
  readonly #abort = (): void => this.#kill(this.#options.signal?.reason);
  #timer: NodeJS.Timeout | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #isClosing = false;

  /**
   * Starts a script and waits until it is ready. Rejects with a configuration error when there is
   * no such script, no interpreter or no such function, or when loading it fails.
   */
  static async open(
    options: HookOptions,
    setup: Omit<HookSetup, "script" | "showsValues">,
    timeoutMs: number,
  ): Promise<HookSession> {
    options.signal?.throwIfAborted();
    const errors = new HookErrors(options, setup.role);
    if (!isPython(options.script) && !JAVASCRIPT.test(options.script)) throw errors.unknownEnding();
    const script = await realpath(options.script).catch((cause) => {
      throw errors.missingFile(cause);
    });
    options.signal?.throwIfAborted();
    const showsValues = options.showsValues ?? false;
    const session = new HookSession(options, { ...setup, script, showsValues }, timeoutMs, errors);
    await session.#wait((reply) => "ready" in reply);
    return session;
  }

  private constructor(
    options: HookOptions,
    setup: HookSetup,
    timeoutMs: number,
    errors: HookErrors,
  ) {
    this.#options = options;
    this.#timeoutMs = timeoutMs;
    this.#errors = errors;
    const lines = new LineLog(options.log);
    this.#process = isPython(options.script)
      ? new PythonProcess(options, setup, lines, this)
      : new WorkerProcess(options, setup, lines, this);
    options.signal?.addEventListener("abort", this.#abort, { once: true });
  }

  /** Sends a batch; `accept` is given its replies until it says that there are no more. */
  async request(batch: HookBatch, accept: (reply: HookReply) => boolean): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.reason;
    this.#process.send(batch);
    await this.#wait(accept);
  }

  /**
   * Ends the script, which may first do what it does at its exit. Rejects what is under way and not
   * soon answered; never rejects itself.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#abort);
    const timer = setTimeout(() => this.#process.kill(), END_MS);
    await this.#process.end();
    clearTimeout(timer);
  }

  reply(reply: HookReply): void {
    if (this.#failure !== undefined) return;
    if (!("outcomes" in reply) && !("ready" in reply)) {
      this.#fail(this.#errors.of(reply));
      return;
    }
    const request = this.#requests[0];
    if (request?.accept(reply)) {
      this.#requests.shift();
      request.resolve();
    }
    this.#watch();
  }

  ended(end: HookEnd): void {
    if (!this.#isClosing || this.#requests.length > 0) this.#fail(this.#errors.ended(end));
  }

  failed(cause: unknown): void {
    this.#fail(this.#errors.missingPython(cause));
  }

  #wait(accept: (reply: HookReply) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure.reason);
        return;
      }
      this.#requests.push({ accept, resolve, reject });
      if (this.#requests.length === 1) this.#watch();
    });
  }

  /** Begins anew to wait for an answer. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#requests.length === 0) return;
    const timeoutMs = this.#timeoutMs;
    this.#timer = setTimeout(() => this.#kill(this.#errors.silence(timeoutMs)), timeoutMs);
  }

  #kill(reason: unknown): void {
    this.#process.kill();
    this.#fail(reason);
  }

  /** Rejects what waits once the script has ended, and with it all that it printed is logged. */
  #fail(reason: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { reason };
    const requests = this.#requests.splice(0);
    void this.close().then(() => {
      for (const { reject } of requests) reject(reason);
    });
  }
}
