/**
 * A Python script in one long-lived child. `driver.py` imports it and answers lines of JSON; the
 * child leads a process group, so that what the script starts ends with it.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { HookBatch, HookReply, HookSetup } from "./hook-message.ts";
import type { HookOptions } from "./hook-options.ts";
import type { HookListener, HookProcess } from "./hook-process.ts";
import type { LineLog } from "./line-log.ts";

const DRIVER = fileURLToPath(new URL("./driver.py", import.meta.url));
/** No compiled files beside the user's; UTF-8 in every locale. */
const FLAGS: readonly string[] = ["-B", "-X", "utf8"];
/** Sets in the same order in every run, unless the user has it otherwise. */
const STABLE_HASHES = { PYTHONHASHSEED: "0" };
/** How long output is waited for that a child of the script's may hold open. */
const DRAIN_MS = 1000;
const NEWLINE = 0x0a;

export class PythonProcess implements HookProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<void>;

  constructor(options: HookOptions, setup: HookSetup, lines: LineLog, listener: HookListener) {
    const { python = "python3", environment } = options;
    this.#child = spawn(python, [...FLAGS, DRIVER], {
      env: { ...STABLE_HASHES, ...environment },
      detached: true,
    });
    const { stdin, stdout, stderr } = this.#child;
    stdin.on("error", () => {
      // A child that ended does not read; its end is told apart.
    });
    const drained = lines.read(stderr);
    stdout.on("data", lineReader(listener));
    const closed = new Promise<void>((resolve) => stdout.once("close", resolve));
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (cause) => {
        listener.failed(cause);
        resolve();
      });
      this.#child.once("exit", (code, signal) => {
        const timer = setTimeout(() => {
          stdout.destroy();
          stderr.destroy();
        }, DRAIN_MS);
        void Promise.all([drained, closed]).then(() => {
          clearTimeout(timer);
          listener.ended({ code, signal, lastLines: lines.lastLines });
          resolve();
        });
      });
    });
    this.#write(setup);
  }

  send({ records }: HookBatch): void {
    this.#write({ records: records.map(({ text, groundTruth }) => ({ text, groundTruth })) });
  }

  end(): Promise<void> {
    this.#child.stdin.end();
    return this.#ended;
  }

  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is gone, or the system has none.
      this.#child.kill("SIGKILL");
    }
  }

  #write(message: object): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}

/** Collects bytes to lines and hands on their messages. */
function lineReader(listener: HookListener): (bytes: Buffer) => void {
  let parts: Buffer[] = [];
  return (bytes) => {
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(NEWLINE, start);
      if (end < 0) break;
      parts.push(bytes.subarray(start, end));
      const line = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      listener.reply(JSON.parse(line.toString()) as HookReply);
      parts = [];
      start = end + 1;
    }
    if (start < bytes.length) parts.push(bytes.subarray(start));
  };
}
