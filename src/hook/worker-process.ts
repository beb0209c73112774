/** A JavaScript script in one long-lived worker thread, whose code is `hook-worker.ts`. */

import { Worker } from "node:worker_threads";
import { workerScript } from "../base/worker-script.ts";
import type { HookBatch, HookReply, HookSetup } from "./hook-message.ts";
import type { HookOptions } from "./hook-options.ts";
import type { HookListener, HookProcess } from "./hook-process.ts";
import type { LineLog } from "./line-log.ts";
import { readThrown } from "./read-thrown.ts";

const WORKER = workerScript("hook-worker.js");
/** A `.js` file may be either kind of module without a `package.json` that says so. */
const FLAGS: readonly string[] = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"];

export class WorkerProcess implements HookProcess {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;

  constructor(options: HookOptions, setup: HookSetup, lines: LineLog, listener: HookListener) {
    this.#worker = new Worker(WORKER, {
      workerData: setup,
      env: { ...options.environment } as NodeJS.Dict<string>,
      execArgv: [...FLAGS],
      stdin: true,
      stdout: true,
      stderr: true,
    });
    const drained = Promise.all([lines.read(this.#worker.stdout), lines.read(this.#worker.stderr)]);
    this.#worker.on("message", (reply: HookReply) => listener.reply(reply));
    this.#worker.once("error", (error) => {
      listener.reply({ uncaught: readThrown(error, setup).raised });
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once("exit", (code) => {
        void drained.then(() => {
          listener.ended({ code, signal: null, lastLines: lines.lastLines });
          resolve();
        });
      });
    });
  }

  send(batch: HookBatch): void {
    this.#worker.postMessage(batch);
  }

  end(): Promise<void> {
    this.#worker.postMessage(undefined);
    return this.#ended;
  }

  kill(): void {
    void this.#worker.terminate();
  }
}
