/** Runs a user's JavaScript in this worker thread and answers the engine's messages. */
import { spawnSync } from "node:child_process";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { parentPort, workerData } from "node:worker_threads";
import { seededRandom } from "../base/seeded-random.ts";
import type {
  HookBatch,
  HookReply,
  HookRole,
  HookSetup,
  Raised,
  SentOutcome,
} from "./hook-message.ts";
import { placeOfSyntax, readThrown } from "./read-thrown.ts";
import { ResultReader, UnreadableResult } from "./result-reader.ts";
import { openRecord, UnreadableRecord } from "./script-record.ts";

/** Cells of one reply, and the time after which it is sent with fewer. */
const CELLS_MAX = 65_536;
const ANSWER_MS = 1000;
const TRACES_MAX = 3;

type Place = Pick<Raised, "file" | "line">;
type Handler = (...values: readonly unknown[]) => unknown;

const setup = workerData as HookSetup;
const port = parentPort!;
const traces = new Set<string>();

function send(reply: HookReply): void {
  port.postMessage(reply);
}

function print(level: string): (...values: readonly unknown[]) => void {
  return (...values) => void process.stderr.write(`${level} ${format(...values)}\n`);
}

const logger = {
  debug: print("DEBUG"),
  info: print("INFO"),
  warn: print("WARNING"),
  error: print("ERROR"),
};

/** Finds the handler among a module's exports and those of its default export. */
function findHandler(module: object, role: HookRole): Handler | undefined {
  const { default: inner } = module as { default?: unknown };
  for (const exports of [module, inner]) {
    if (typeof exports !== "object" || exports === null) continue;
    for (const name of [role, `${role}_handler`]) {
      const handler = (exports as Record<string, unknown>)[name];
      if (typeof handler === "function") return handler.bind(exports) as Handler;
    }
  }
  return undefined;
}

/** Tells the script's exception, and prints the first few tracebacks that differ. */
function detailOf(thrown: unknown): string {
  const { raised, trace } = readThrown(thrown, setup);
  showTrace(raised.type, trace);
  const { type, message, file, line } = raised;
  const place = file === null ? "" : ` at ${basename(file)}:${line}`;
  return `the hook threw ${type}${place}${message ? `: ${message}` : ""}`;
}

function showTrace(type: string, [title, ...frames]: readonly string[]): void {
  const key = `${type}\n${frames.join("\n")}`;
  if (traces.has(key) || traces.size === TRACES_MAX) return;
  traces.add(key);
  process.stderr.write(`${[title, ...frames].join("\n")}\n`);
}

/** Collects outcomes and sends them many at a time. */
class Answer {
  readonly results: ResultReader = new ResultReader();
  #outcomes: SentOutcome[] = [];
  #sinceMs = performance.now();

  add(outcome: SentOutcome): void {
    this.#outcomes.push(outcome);
    if (this.results.cells > CELLS_MAX || performance.now() - this.#sinceMs > ANSWER_MS) {
      this.flush();
    }
  }

  flush(): void {
    if (this.#outcomes.length > 0) send({ outcomes: this.#outcomes });
    this.#outcomes = [];
    this.results.begin();
    this.#sinceMs = performance.now();
  }
}

const answer = new Answer();

async function preprocess(handler: Handler, batch: HookBatch): Promise<void> {
  const dataset = setup.dataset!;
  let { ordinal } = batch;
  for (const record of batch.records) {
    let outcome: SentOutcome;
    try {
      const argument = openRecord(dataset, record, batch.names);
      let result = handler(argument, { logger, rng: seededRandom(setup.seed, ordinal) });
      // Most hooks are synchronous, and waiting costs more than they do.
      if (isThenable(result)) result = await result;
      const isSame =
        result === argument &&
        isUnchanged(argument, () => openRecord(dataset, record, batch.names));
      outcome = isSame ? 0 : answer.results.read(result);
    } catch (thrown) {
      const isTold = thrown instanceof UnreadableRecord || thrown instanceof UnreadableResult;
      outcome = isTold ? thrown.message : detailOf(thrown);
    }
    ordinal += 1;
    answer.add(outcome);
  }
  answer.flush();
}

/** Whether a hook left its record as it was; one that it changed is a result of its own. */
function isUnchanged(argument: unknown, reopen: () => unknown): boolean {
  if (argument === null) return false;
  return Object.isFrozen(argument) || JSON.stringify(argument) === JSON.stringify(reopen());
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

async function load(): Promise<object | undefined> {
  try {
    return (await import(pathToFileURL(setup.script).href)) as object;
  } catch (thrown) {
    const { raised } = readThrown(thrown, setup);
    const place = thrown instanceof SyntaxError ? findSyntax(thrown, raised) : undefined;
    const message = place === undefined ? {} : { message: (thrown as Error).message };
    send({ raised: { ...raised, ...place, ...message } });
    return undefined;
  }
}

/**
 * Finds the line that can not be parsed; undefined where the error is another's, say one of
 * `JSON.parse`. The errors of ES modules lack it, so Node is asked to name it.
 */
function findSyntax(error: SyntaxError, raised: Raised): Place | undefined {
  const place = placeOfSyntax(String(error.stack));
  if (place.file !== null) return place;
  if (raised.file !== null) return undefined;
  const { stderr } = spawnSync(process.execPath, ["--check", setup.script], { encoding: "utf8" });
  return placeOfSyntax(stderr ?? "");
}

async function main(): Promise<void> {
  const module = await load();
  if (module === undefined) return;
  const handler = findHandler(module, setup.role);
  if (handler === undefined) {
    const other = setup.role === "preprocess" ? "postprocess" : "preprocess";
    send({ missing: { hasOther: findHandler(module, other) !== undefined } });
    return;
  }
  if (setup.role === "postprocess") {
    try {
      await handler(setup.argument);
    } catch (thrown) {
      const { raised, trace } = readThrown(thrown, setup);
      showTrace(raised.type, trace);
      send({ raised });
      return;
    }
  }
  let last = Promise.resolve();
  port.on("message", (batch: HookBatch | undefined) => {
    if (batch === undefined) port.close();
    else last = last.then(() => preprocess(handler, batch));
  });
  send({ ready: true });
}

await main();
