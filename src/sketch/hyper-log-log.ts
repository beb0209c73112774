/**
 * Distinct counts by HyperLogLog++ (Heule, Nunkesser, Hall, EDBT 2013) as awslabs/deequ computes
 * them: precision 9, XXH64 of the text with seed 42, no sparse form.
 *
 * Invariants: 1. there are 512 registers; 2. each is an integer in 0..56 (the 55 hash bits behind
 * the index, plus one). Memory: 512 bytes and, once used, a 2.25 KiB cache of recent short texts.
 */
import { type Cells, MISSING } from "../base/cells.ts";
import { invariant } from "../base/tidemark-error.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { biasOf } from "./hyper-log-log-bias.ts";
import type { Mergeable } from "./mergeable.ts";
import { firstWord, lastWord, SHORT_TEXT_MAX } from "./short-text.ts";
import { XxHash64 } from "./xxhash64.ts";

const PRECISION = 9;
const REGISTERS = 512;
const REGISTER_MAX = 64 - PRECISION + 1;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);
const LINEAR_COUNT_MAX = 400;
const BIASED_BELOW = 5 * REGISTERS;
const CACHE_SLOTS = 256;

const hasher = new XxHash64();

export interface HyperLogLogState {
  readonly registers: readonly number[];
}

/** Counts distinct texts approximately (relative standard error 5 %). */
export class HyperLogLog implements Mergeable<HyperLogLog, Cells, HyperLogLogState> {
  /** Where the kernel finds the registers; undefined where it does not. */
  readonly kernelPlace: number | undefined;
  readonly #registers: Uint8Array;
  #cache: ShortTextCache | undefined;

  /** Takes the kernel that may fold texts in too. */
  constructor(kernel?: Kernel | undefined) {
    this.kernelPlace = kernel?.allocate(REGISTERS);
    this.#registers =
      this.kernelPlace === undefined
        ? new Uint8Array(REGISTERS)
        : new Uint8Array(kernel!.buffer, this.kernelPlace, REGISTERS);
  }

  static load(state: HyperLogLogState, kernel?: Kernel | undefined): HyperLogLog {
    const loaded = new HyperLogLog(kernel);
    invariant(state.registers.length === REGISTERS, "HyperLogLog does not have 512 registers");
    loaded.#registers.set(state.registers);
    loaded.checkInvariants();
    return loaded;
  }

  get isEmpty(): boolean {
    return this.zeroRegisters === REGISTERS;
  }

  /** Number of registers that no text has reached. */
  get zeroRegisters(): number {
    let zeros = 0;
    for (const register of this.#registers) if (register === 0) zeros += 1;
    return zeros;
  }

  /** The HyperLogLog estimate before linear counting and bias correction. */
  get rawEstimate(): number {
    let sum = 0;
    for (const register of this.#registers) sum += 2 ** -register;
    return (ALPHA * REGISTERS * REGISTERS) / sum;
  }

  /** Estimates the number of distinct texts, a whole number; 0 when empty. */
  estimate(): number {
    return distinctEstimate(this.zeroRegisters, this.rawEstimate);
  }

  /** Folds every present cell in. */
  add({ bytes, starts, ends, count }: Cells): void {
    for (let i = 0; i < count; i++) {
      const start = starts[i]!;
      if (start !== MISSING) this.addBytes(bytes, start, ends[i]!);
    }
  }

  /** Folds the text bytes[start, end) in; a short text seen lately costs no hash. */
  addBytes(bytes: Uint8Array, start: number, end: number): void {
    if (end - start <= SHORT_TEXT_MAX) {
      this.#cache ??= new ShortTextCache();
      if (this.#cache.putBytes(bytes, start, end)) return;
    }
    hasher.hash(bytes, start, end);
    const { high, low } = hasher;
    const register = high >>> (32 - PRECISION);
    const top = (high << PRECISION) | (low >>> (32 - PRECISION));
    // The set bit below the hash bounds the rank of a hash that ends in zeros.
    const bottom = (low << PRECISION) | (1 << (PRECISION - 1));
    const rank = 1 + (top === 0 ? 32 + Math.clz32(bottom) : Math.clz32(top));
    if (rank > this.#registers[register]!) this.#registers[register] = rank;
  }

  merge(other: HyperLogLog): void {
    invariant(other !== this, "HyperLogLog merged with itself");
    const mine = this.#registers;
    const theirs = other.#registers;
    for (let i = 0; i < REGISTERS; i++) mine[i] = Math.max(mine[i]!, theirs[i]!);
  }

  checkInvariants(): void {
    const inRange = this.#registers.every((register) => register <= REGISTER_MAX);
    invariant(inRange, "HyperLogLog register above 56");
  }

  save(): HyperLogLogState {
    return { registers: [...this.#registers] };
  }
}

/**
 * Chooses between linear counting (up to 400), the bias-corrected and the plain raw estimate, and
 * rounds half up.
 */
export function distinctEstimate(zeroRegisters: number, rawEstimate: number): number {
  const estimate = linearCount(zeroRegisters) ?? corrected(rawEstimate);
  return Math.floor(estimate + 0.5);
}

function linearCount(zeroRegisters: number): number | undefined {
  if (zeroRegisters === 0) return undefined;
  const count = REGISTERS * Math.log(REGISTERS / zeroRegisters);
  return count <= LINEAR_COUNT_MAX ? count : undefined;
}

function corrected(rawEstimate: number): number {
  return rawEstimate < BIASED_BELOW ? rawEstimate - biasOf(rawEstimate) : rawEstimate;
}

/** A direct-mapped cache of texts of at most 8 bytes, compared exactly. */
class ShortTextCache {
  /** Length plus one, so that 0 is a free slot and not the empty text. */
  readonly #marks = new Uint8Array(CACHE_SLOTS);
  readonly #firsts = new Int32Array(CACHE_SLOTS);
  readonly #lasts = new Int32Array(CACHE_SLOTS);

  /** Remembers the text in place of its slot's former one; returns whether it was there already. */
  putBytes(bytes: Uint8Array, start: number, end: number): boolean {
    const first = firstWord(bytes, start, end);
    const last = lastWord(bytes, start, end);
    const mark = end - start + 1;
    const slot = Math.imul(first ^ Math.imul(last, 0x85ebca6b) ^ mark, 0x9e3779b1) >>> 24;
    if (this.#marks[slot] === mark && this.#firsts[slot] === first && this.#lasts[slot] === last) {
      return true;
    }
    this.#marks[slot] = mark;
    this.#firsts[slot] = first;
    this.#lasts[slot] = last;
    return false;
  }
}
