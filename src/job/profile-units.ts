/**
 * A CSV source profiled by several threads, with the result of one.
 *
 * This thread reads the first unit of content and merges the others, in order. Workers read those
 * while it hashes the files, as one thread has to; behind that it reads units as they do.
 * Where a unit begins is known only when the one before it has been read, so workers begin where it
 * seems to: at a line that looks like a record. A unit counts only if it began where the one before
 * it ended, else it is read again from there. So each unit that counts is the one that a single
 * thread would have read, whatever quotes the content holds: the first one is, and each begins
 * where its predecessor ends.
 *
 * Memory: that of a run for each thread, and the states of a few units.
 */
import { Profiler, type ProfilerOptions } from "../accumulate/profiler.ts";
import { relocateFeature } from "../accumulate/relocate-feature.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { UnitEnd } from "../source/batch/batch.ts";
import { unitOf, unitStart } from "../source/content/content-units.ts";
import { hashInput } from "../source/content/input-content.ts";
import type {
  ByteInput,
  InputTally,
  RecordSource,
  RejectionListener,
} from "../source/record-source.ts";
import { readFile } from "../storage/local-files.ts";
import { ContentMap } from "./content-map.ts";
import { measureLines } from "./measure-lines.ts";
import { openUnitReader } from "./open-unit-reader.ts";
import { readUnit } from "./read-unit.ts";
import type { ThreadSetup } from "./thread-setup.ts";
import { UnitPool, type UnitReaders } from "./unit-pool.ts";
import type { ReadUnit, UnitReply, UnitTask } from "./unit-task.ts";

/** Units read ahead of the one to be merged, by thread. */
const AHEAD = 2;

export interface UnitRun {
  readonly inputs: readonly ByteInput[];
  readonly threads: number;
  readonly setup: ThreadSetup;
  readonly onReject: RejectionListener;
  readonly signal?: AbortSignal | undefined;
  /** What reads units ahead beside this thread; worker threads by default. */
  readonly openReaders?: ((workers: number, setup: ThreadSetup) => UnitReaders) | undefined;
  /** Takes the bytes that have been profiled. */
  readonly onBytes: (bytes: number) => void;
}

/** Reads a source to its end; undefined where it holds no record. */
export async function profileUnits(
  source: RecordSource,
  options: ProfilerOptions,
  run: UnitRun,
): Promise<Profiler | undefined> {
  const units = new UnitProfile(source, options, run);
  const abort = (): void => units.fail(run.signal?.reason);
  run.signal?.addEventListener("abort", abort);
  try {
    return await units.read();
  } finally {
    run.signal?.removeEventListener("abort", abort);
    await units.close();
  }
}

class UnitProfile {
  readonly #source: RecordSource;
  readonly #options: ProfilerOptions;
  readonly #run: UnitRun;
  readonly #map: ContentMap;
  #profiler: Profiler | undefined;
  /** They start up while this thread reads the first unit. */
  readonly #pool: UnitReaders;
  /** The columns that the first unit has moved on. */
  #folded: readonly number[] = [];
  /** Replies to come, by the number of the unit. */
  readonly #ahead = new Map<number, Promise<UnitReply>>();
  /** The next unit to be read ahead. */
  #next = 1;
  /** Where the units that were merged end: the byte of the content, and the lines of its file. */
  #end = 0;
  #lines = 0;
  readonly #closing = new AbortController();

  constructor(source: RecordSource, options: ProfilerOptions, run: UnitRun) {
    this.#source = source;
    this.#options = options;
    this.#run = run;
    const { threads, setup, openReaders } = run;
    this.#map = new ContentMap(setup.inputs.map(({ size }) => size));
    const workers = threads - 1;
    this.#pool = openReaders?.(workers, setup) ?? new UnitPool(workers, setup);
  }

  fail(reason: unknown): void {
    this.#pool.fail(reason);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool.close();
  }

  async read(): Promise<Profiler | undefined> {
    if (!(await this.#readFirst())) return this.#profiler;
    this.#folded = this.#profiler!.folded;
    const hashed = this.#hashAll().then(() => this.#joinReaders());
    // Its failure is met below.
    hashed.catch(() => undefined);
    while (this.#end < this.#map.size) await this.#mergeNext();
    await hashed;
    return this.#profiler;
  }

  /** Reads the first unit; false where there is no other one. */
  async #readFirst(): Promise<boolean> {
    for await (const batch of this.#source.batches) {
      const { columns, origins, unitEnd } = batch;
      this.#profiler ??= new Profiler(columns.length, this.#options, columns[0]?.kernel);
      this.#profiler.add(batch);
      if (unitEnd === undefined) continue;
      await this.#endFirst(origins.file, unitEnd);
      return true;
    }
    return false;
  }

  async #endFirst(path: string, { lines, offset }: UnitEnd): Promise<void> {
    const file = this.#source.tallies.findIndex((tally) => tally.path === path);
    this.#end = offset ?? 0;
    if (offset === undefined) {
      const { bytes, invalidUtf8 } = await measureLines(path, 0, lines);
      this.#end = this.#map.startOf(file) + bytes;
      this.#source.tallies[file]!.invalidUtf8 = invalidUtf8;
    }
    this.#lines = this.#map.placeOf(this.#end).byte === 0 ? 0 : lines;
  }

  #readAhead(): void {
    const { threads, setup } = this.#run;
    while (this.#ahead.size < AHEAD * threads) {
      const offset = unitStart(this.#next, setup.unitBytes);
      if (offset >= this.#map.size) return;
      const task = { offset, isExact: false, folded: this.#folded };
      this.#ahead.set(this.#next++, this.#pool.run(task));
    }
  }

  async #hashAll(): Promise<void> {
    for (const [at, input] of this.#run.inputs.entries()) {
      const tally = this.#source.tallies[at]!;
      if (tally.sha256 !== "") continue;
      await hashInput({ ...input, chunks: () => this.#untilClosed(input) }, tally);
    }
  }

  #joinReaders(): void {
    const { setup } = this.#run;
    this.#pool.join(openUnitReader(setup, { signal: this.#closing.signal }));
  }

  async *#untilClosed(input: ByteInput): AsyncGenerator<Uint8Array> {
    for await (const chunk of readFile(input.path)) {
      if (this.#closing.signal.aborted) return;
      yield chunk;
    }
  }

  async #mergeNext(): Promise<void> {
    this.#run.signal?.throwIfAborted();
    const number = unitOf(this.#end - 1, this.#run.setup.unitBytes);
    this.#next = Math.max(this.#next, number);
    for (const each of this.#ahead.keys()) if (each < number) this.#ahead.delete(each);
    this.#readAhead();
    const task: UnitTask = { offset: this.#end, isExact: true, folded: this.#folded };
    let reply = await this.#ahead.get(number);
    this.#ahead.delete(number);
    if (reply === undefined || startOf(reply) !== this.#end) {
      reply = await this.#pool.run(task, true);
    }
    const reject = this.#relocated();
    if (reply.kind === "overfull") {
      this.#merge(await readUnit(this.#run.setup, task, this.#end, reject));
      return;
    }
    for (const rejection of reply.rejections) reject(rejection);
    if (reply.kind === "failed") throw errorOf(reply);
    this.#merge(reply.unit);
  }

  /** Tells rejections of the next unit by the lines of their files. */
  #relocated(): RejectionListener {
    const path = this.#run.setup.inputs[this.#map.placeOf(this.#end).file]!.path;
    const lines = this.#lines;
    return (rejection) => {
      const { file, line } = rejection;
      this.#run.onReject(file === path ? { ...rejection, line: line + lines } : rejection);
    };
  }

  #merge({ end, lines, state, tallies }: ReadUnit): void {
    const { file: first } = this.#map.placeOf(this.#end);
    const path = this.#run.setup.inputs[first]!.path;
    const features = state.features.map((each) => relocateFeature(each, path, this.#lines));
    this.#profiler!.mergeUnit({ ...state, features });
    for (const tally of tallies) {
      addTally(this.#source.tallies.find((each) => each.path === tally.path)!, tally);
    }
    const { file, byte } = this.#map.placeOf(end);
    this.#lines = byte === 0 ? 0 : lines + (file === first ? this.#lines : 0);
    this.#end = end;
    this.#run.onBytes(end);
  }
}

function startOf(reply: UnitReply): number | undefined {
  return reply.kind === "read" ? reply.unit.start : reply.start;
}

function errorOf({ parts, stack }: Extract<UnitReply, { kind: "failed" }>): Error {
  if (parts !== undefined) return new TidemarkError(parts);
  return Object.assign(new Error("a thread failed"), { stack });
}

function addTally(
  tally: InputTally,
  { records, rejected, extraCells, invalidUtf8 }: InputTally,
): void {
  tally.records += records;
  tally.extraCells += extraCells;
  tally.invalidUtf8 += invalidUtf8;
  for (const [reason, count] of Object.entries(rejected) as [keyof typeof rejected, number][]) {
    tally.rejected[reason] = (tally.rejected[reason] ?? 0) + count;
  }
}
