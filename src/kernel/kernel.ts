/**
 * The WebAssembly kernel: loops over bytes, 16 at a time, that TypeScript can not run as fast. Its
 * sources are `assembly/*.ts` (AssemblyScript), which the build makes into `kernel.wasm`.
 *
 * Every loop has a twin in TypeScript, which gives the same bytes and takes over where a machine
 * has no WebAssembly, or none with vectors. The code keeps nothing between two calls and has no
 * memory of its own: whoever opens a kernel lays out its memory.
 */
import { readFileSync } from "node:fs";

const PAGE_BYTES = 65_536;

/** Grows by pages; its buffer is then another one, and the old one empty. */
interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What the kernel exports; parameters are byte offsets into its memory. */
export interface KernelCode {
  /** See `assembly/capture-lines.ts`. */
  readAlikeLines(run: number): void;
  /** See `assembly/column-moments.ts`. */
  foldColumns(moments: number, a: number, b: number, c: number, d: number, count: number): void;
  /** See `assembly/sort-window.ts`; 1 stands for true. */
  sortWindow(values: number, scratch: number, counters: number, length: number): 0 | 1;
}

/** The parts of the global that are used; Node's types do not have it. */
interface WebAssemblyApi {
  validate(code: Uint8Array): boolean;
  Module: new (code: Uint8Array) => object;
  Memory: new (size: { initial: number }) => LinearMemory;
  Instance: new (
    module: object,
    imports: { env: { memory: LinearMemory } },
  ) => { readonly exports: KernelCode };
}

/** Absent under `node --jitless`. */
const { WebAssembly: api } = globalThis as { WebAssembly?: WebAssemblyApi };

/** Compiled once; null where that is impossible. */
let compiled: object | null | undefined;

/** A kernel with a memory of its own. */
export class Kernel {
  readonly code: KernelCode;
  readonly #memory: LinearMemory;

  constructor(code: KernelCode, memory: LinearMemory) {
    this.code = code;
    this.#memory = memory;
  }

  /** All of the memory; replaced when it grows. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** Makes the memory at least so large. Throws a RangeError where there is none left. */
  reserve(bytes: number): void {
    const missing = bytes - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}

/** Opens a kernel; undefined where the machine can not run one, or has no room for its memory. */
export function openKernel(): Kernel | undefined {
  compiled ??= compile();
  if (api === undefined || compiled === null) return undefined;
  let memory: LinearMemory;
  try {
    memory = new api.Memory({ initial: 1 });
  } catch {
    // Each memory takes gigabytes of addresses, which a process may be denied.
    return undefined;
  }
  return new Kernel(new api.Instance(compiled, { env: { memory } }).exports, memory);
}

function compile(): object | null {
  if (api === undefined) return null;
  const code = readFileSync(new URL("./kernel.wasm", import.meta.url));
  return api.validate(code) ? new api.Module(code) : null;
}
