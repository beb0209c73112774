/** What reads units of content: worker threads, and whoever joins them; each one unit at a time. */
import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { openCsvWorker } from "./open-csv-worker.ts";
import type { ThreadSetup } from "./thread-setup.ts";
import type { UnitReply, UnitTask } from "./unit-task.ts";

/** Reads one unit; fails only where the pool is told of it in another way. */
export type UnitReader = (task: UnitTask) => Promise<UnitReply>;

/** What reads units of content for a run. */
export interface UnitReaders {
  /** Has a task done, before all that wait if it is `urgent`; rejects once this has failed. */
  run(task: UnitTask, urgent?: boolean): Promise<UnitReply>;
  /** Takes one more that reads units from now on. */
  join(reader: UnitReader): void;
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
  readonly #idle: UnitReader[];
  readonly #queue: Waiting[] = [];
  readonly #running = new Set<Waiting>();
  /** Why no task is taken any more. */
  #failure: { readonly reason: unknown } | undefined;

  constructor(workers: number, setup: ThreadSetup, script?: URL | undefined) {
    this.#workers = Array.from({ length: workers }, () => this.#start(setup, script));
    this.#idle = this.#workers.map((worker) => readerIn(worker));
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

  join(reader: UnitReader): void {
    this.#idle.push(reader);
    this.#next();
  }

  fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { reject } of [...this.#queue, ...this.#running]) reject(reason);
    this.#queue.length = 0;
  }

  /** Ends all threads, whatever they do. */
  async close(): Promise<void> {
    this.fail(new Error("the threads were closed"));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(setup: ThreadSetup, script: URL | undefined): Worker {
    const worker = openCsvWorker(setup, undefined, script);
    worker.once("error", (error) => this.fail(error));
    worker.once("exit", () => this.fail(new Error("a thread ended before its work")));
    return worker;
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const reader = this.#idle.pop()!;
      const waiting = this.#queue.shift()!;
      this.#running.add(waiting);
      reader(waiting.task).then((reply) => {
        waiting.resolve(reply);
        this.#running.delete(waiting);
        this.join(reader);
      }, waiting.reject);
    }
  }
}

function readerIn(worker: Worker): UnitReader {
  return async (task) => {
    worker.postMessage(task);
    const [reply] = await once(worker, "message");
    return reply;
  };
}
