/**
 * The WebAssembly kernel: loops over bytes, 16 at a time, that TypeScript can not run as fast. Its
 * sources are `assembly/*.ts` (AssemblyScript), which the build makes into `kernel.wasm`.
 *
 * Every loop has a twin in TypeScript, which gives the same bytes and takes over where a machine
 * has no WebAssembly, or none with vectors. The code keeps nothing between two calls.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE_BYTES = 65_536;
/** 256 MiB; `kernel.wasm` is told the same. */
const MEMORY_PAGES_MAX = 4096;
/**
 * 16 MiB, of which the system gives what is written. Growth is told to every memory of the process,
 * so that opening many kernels one after the other took a time that is quadratic in their number.
 */
const MEMORY_PAGES_MIN = 256;
/** The memory grows by so much at least. */
const GROWTH_PAGES = 16;
/** Allocations begin at multiples of it, a cache line. */
const ALIGNMENT = 64;
/** Where the scratch area begins, behind the tables of the code. */
export const SCRATCH_AT: number = 34 * 1024;

/** What the kernel exports; parameters are byte offsets into its memory. */
export interface KernelCode {
  /** See `assembly/capture-lines.ts`. */
  readAlikeLines(run: number): void;
  /** See `assembly/csv-records.ts`. */
  layRecords(run: number): void;
  countRecords(run: number): void;
  /** See `assembly/count-cells.ts`. */
  countCells(run: number): void;
  /** See `assembly/count-doubles.ts`. */
  countDoubles(
    values: number,
    count: number,
    decimals: number,
    placesMin: number,
    rest: number,
  ): number;
  /** See `assembly/read-cells.ts`. */
  readCells(run: number): void;
  /** See `assembly/text-slots.ts`. */
  insertText(texts: number, from: number, end: number, number: number): void;
  /** See `assembly/column-moments.ts`. */
  foldColumns(moments: number, a: number, b: number, c: number, d: number, count: number): void;
  /** See `assembly/counted-powers.ts`. */
  addCounted(
    values: number,
    ranks: number,
    count: number,
    below: number,
    sums: number,
    used: number,
    listed: number,
  ): number;
  /** See `assembly/list-counts.ts`. */
  sumCounts(counts: number, length: number): number;
  listCounts(counts: number, length: number, divisor: number, to: number): number;
  /** See `assembly/share-of-level.ts`; 1 stands for true. */
  shareOfLevel(
    items: number,
    ranks: number,
    count: number,
    weight: number,
    isTop: 0 | 1,
    to: number,
  ): number;
  /** See `assembly/early-records.ts`. */
  listEarly(
    lines: number,
    records: number,
    bits: number,
    highest: number,
    place: number,
    list: number,
  ): number;
  /** See `assembly/gather-cells.ts`. */
  gatherCells(
    text: number,
    starts: number,
    ends: number,
    stride: number,
    cells: number,
    to: number,
    end: number,
  ): number;
  /** See `assembly/spell-doubles.ts`. */
  spellDoubles(run: number): void;
  /** See `assembly/sort-window.ts`; 1 stands for true. */
  sortWindow(values: number, scratch: number, counters: number, length: number): 0 | 1;
  /** Where the tables of the code end. */
  readonly TABLES_END: { readonly value: number };
}

/** Shared, so that views of it stay valid when it grows. */
interface LinearMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** The parts of the global that are used; Node's types do not have it. */
interface WebAssemblyApi {
  Module: new (code: Uint8Array) => object;
  Memory: new (size: { initial: number; maximum: number; shared: true }) => LinearMemory;
  Instance: new (
    module: object,
    imports: { env: { memory: LinearMemory } },
  ) => { readonly exports: KernelCode };
}

/** Absent under `node --jitless`. */
const { WebAssembly: api } = globalThis as { WebAssembly?: WebAssemblyApi };

/** Compiled once; null where that is impossible. */
let compiled: object | null | undefined;

/** The compiled code, which another thread may adopt; undefined where there is none. */
export function compiledKernel(): object | undefined {
  compiled ??= compile();
  return compiled ?? undefined;
}

/** Takes the code that another thread has compiled, and made fast by running it. */
export function adoptKernel(code: object | undefined): void {
  compiled = code ?? null;
}

/**
 * A kernel with a memory of up to 256 MiB, which grows but never moves: views of it stay valid.
 *
 * Memory is given out in pieces whose sizes are powers of two, so that one given back fits the next
 * of its size. Before all pieces lies a scratch area, from `SCRATCH_AT` on, for whoever opened it.
 */
export class Kernel {
  readonly code: KernelCode;
  /** All of the memory there is by now. */
  buffer: SharedArrayBuffer;
  readonly #memory: LinearMemory;
  /** End of the pieces given out so far. */
  #used: number;
  /** End of what was given out ever, so that it may not be zero. */
  #written = 0;
  readonly #scratchEnd: number;
  /** Pieces given back, by size. */
  readonly #free = new Map<number, number[]>();

  constructor(code: KernelCode, memory: LinearMemory, scratchBytes: number) {
    this.code = code;
    this.#memory = memory;
    this.buffer = memory.buffer;
    this.#scratchEnd = SCRATCH_AT + Math.ceil(scratchBytes / ALIGNMENT) * ALIGNMENT;
    this.#used = this.#scratchEnd;
    this.#reserve(this.#used);
  }

  /**
   * Gives out `bytes` bytes and returns their offset; undefined when none are left. They are all
   * zero unless the caller writes them anyway.
   */
  allocate(bytes: number, isCleared: boolean = true): number | undefined {
    const size = pieceOf(bytes);
    const free = this.#free.get(size)?.pop();
    if (free !== undefined) {
      if (isCleared) new Uint8Array(this.buffer, free, size).fill(0);
      return free;
    }
    if (!this.#reserve(this.#used + size)) return undefined;
    const at = this.#used;
    this.#used += size;
    if (isCleared && at < this.#written) new Uint8Array(this.buffer, at, size).fill(0);
    return at;
  }

  /** Gives out so many doubles, all 0; undefined when there is no room for them. */
  allocateDoubles(length: number): Float64Array | undefined {
    const at = this.allocate(8 * length);
    return at === undefined ? undefined : new Float64Array(this.buffer, at, length);
  }

  /** Takes back the `bytes` bytes given out at an offset. */
  free(at: number, bytes: number): void {
    const size = pieceOf(bytes);
    const list = this.#free.get(size);
    if (list === undefined) this.#free.set(size, [at]);
    else list.push(at);
  }

  /** Takes all pieces back at once; nobody may use one any more. */
  reset(): void {
    this.#written = Math.max(this.#written, this.#used);
    this.#used = this.#scratchEnd;
    this.#free.clear();
  }

  /** Makes the memory at least so large; false where it can not be. */
  #reserve(bytes: number): boolean {
    const pages = this.buffer.byteLength / PAGE_BYTES;
    const missing = Math.ceil(bytes / PAGE_BYTES) - pages;
    if (missing <= 0) return true;
    if (pages + missing > MEMORY_PAGES_MAX) return false;
    try {
      this.#memory.grow(Math.min(Math.max(missing, GROWTH_PAGES), MEMORY_PAGES_MAX - pages));
      this.buffer = this.#memory.buffer;
      return true;
    } catch {
      return false;
    }
  }
}

function pieceOf(bytes: number): number {
  return Math.max(ALIGNMENT, 2 ** Math.ceil(Math.log2(bytes)));
}

/**
 * Opens a kernel with a scratch area of `scratchBytes` for the caller; undefined where the machine
 * can not run one, or has no room for its memory.
 */
export function openKernel(scratchBytes = 0): Kernel | undefined {
  const code = compiledKernel();
  if (api === undefined || code === undefined) return undefined;
  let memory: LinearMemory;
  try {
    memory = new api.Memory({
      initial: MEMORY_PAGES_MIN,
      maximum: MEMORY_PAGES_MAX,
      shared: true,
    });
  } catch {
    // Each memory takes addresses for all it may grow to, which a process may be denied.
    return undefined;
  }
  const { exports } = new api.Instance(code, { env: { memory } });
  return new Kernel(exports, memory, scratchBytes);
}

function compile(): object | null {
  if (api === undefined) return null;
  const code = readFileSync(join(import.meta.dirname, "kernel.wasm"));
  try {
    return new api.Module(code);
  } catch {
    // A machine without vectors, or without threads, does not know all of it.
    return null;
  }
}
