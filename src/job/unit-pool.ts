/** Worker threads that read units of content, each one at a time. */
import { Worker } from "node:worker_threads";
import { compiledKernel } from "../kernel/kernel.ts";
import type { UnitReply, UnitSetup, UnitTask, WorkerSetup } from "./unit-task.ts";

/** Node runs only compiled workers: beside the sources stands the built one. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/unit-worker.cjs" : "./unit-worker.cjs",
  import.meta.url,
);

/** What reads units of content for a run. */
export interface UnitReaders {
  /** Has a task done, before all that wait if it is `urgent`; rejects once this has failed. */
  run(task: UnitTask, urgent?: boolean): Promise<UnitReply>;
  /** Rejects all tasks. */
  fail(reason: unknown): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly task: UnitTask;
  readonly resolve: (reply: UnitReply) => void;
  readonly reject: (reason: unknown) => void;
}

export class UnitPool implements UnitReaders {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];
  readonly #queue: Waiting[] = [];
  readonly #running = new Map<Worker, Waiting>();
  /** Why no task is taken any more. */
  #failure: { readonly reason: unknown } | undefined;

  constructor(threads: number, setup: UnitSetup, script: URL = WORKER) {
    this.#workers = Array.from({ length: threads }, () => this.#start(script, setup));
    this.#idle = [...this.#workers];
  }

  run(task: UnitTask, urgent = false): Promise<UnitReply> {
    const reply = new Promise<UnitReply>((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure.reason);
      else this.#queue[urgent ? "unshift" : "push"]({ task, resolve, reject });
    });
    // A reply that nobody waits for any more may fail unheard.
    reply.catch(() => undefined);
    this.#next();
    return reply;
  }

  fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { reject } of [...this.#queue, ...this.#running.values()]) reject(reason);
    this.#queue.length = 0;
  }

  /** Ends all threads, whatever they do. */
  async close(): Promise<void> {
    this.fail(new Error("the threads were closed"));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(script: URL, setup: UnitSetup): Worker {
    const workerData: WorkerSetup = { setup, code: compiledKernel() };
    const worker = new Worker(script, { workerData, execArgv: [] });
    worker.on("message", (reply: UnitReply) => {
      this.#running.get(worker)?.resolve(reply);
      this.#running.delete(worker);
      this.#idle.push(worker);
      this.#next();
    });
    worker.once("error", (error) => this.fail(error));
    worker.once("exit", () => this.fail(new Error("a thread ended before its work")));
    return worker;
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const worker = this.#idle.pop()!;
      const waiting = this.#queue.shift()!;
      this.#running.set(worker, waiting);
      worker.postMessage(waiting.task);
    }
  }
}
