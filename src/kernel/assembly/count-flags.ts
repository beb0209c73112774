/**
 * Records whose last cells are flags, as one-hot encoding makes them: cells of one byte, `0` or
 * `1`, so many that they are added up column by column, 16 bytes at a time, and not visited.
 *
 * All flags together have a fixed length. Where they begin is told by the number of cells that end
 * in the block where they do, as flags end two bytes apart; then each byte is compared with what it
 * must be. Any other record is left to `markRecord`. Measured: 8 ns for 58 flags.
 *
 * Invariants: sums are counted before one can reach 256; a column's flags are added up only if it
 * has counters, so that none has to be laid; the newline is not in the block where flags begin.
 */
import { columnAt } from "./count-marked";
import { countOnes } from "./count-text";
import { CsvRun, takeRecord } from "./csv-run";
import { NEWLINE, ZERO } from "./mark-record";
import { Block, markBlock } from "./marked-block";
import { maskOf } from "./mask-of";

const FLAGS_MIN: u32 = 32;
const FLAGS_MAX: u32 = 128;
/** So many records may be added up. */
export const SUMS_MAX: u32 = 255;

/** By bytes of the flags' text: what they are where all are 0, which bits are fixed, and sums. */
const BYTES: i32 = 256;
const TEXT: usize = memory.data(BYTES, 64);
const FIXED: usize = memory.data(BYTES, 64);
const SUMS: usize = memory.data(BYTES, 64);

/** Counts the columns that end the record read last with flags; 0 where they are too few. */
export function flagsOf(run: CsvRun): u32 {
  const delimiter = <u8>run.delimiter;
  const most = min(FLAGS_MAX, run.width - 1);
  let flags: u32 = 0;
  for (let at = run.at - 2; flags < most; at -= 2) {
    if ((load<u8>(at) ^ ZERO) > 1 || load<u8>(at - 1) !== delimiter) break;
    const decimals = columnAt(run.columns, run.width - 1 - flags).decimals;
    // Whether there is a counter.
    if (!countOnes(decimals, 0)) break;
    flags++;
  }
  return flags < FLAGS_MIN ? 0 : flags;
}

/** Begins to add up the flags of so many columns. */
export function openFlags(run: CsvRun, flags: u32): void {
  memory.fill(FIXED, 0, BYTES);
  memory.fill(SUMS, 0, BYTES);
  const bytes = (<usize>flags) << 1;
  for (let at: usize = 0; at < bytes; at += 2) {
    store<u8>(TEXT + at, ZERO);
    store<u8>(TEXT + at + 1, <u8>run.delimiter);
    store<u16>(FIXED + at, 0xfffe);
  }
  store<u8>(TEXT + bytes - 1, NEWLINE);
}

/**
 * Adds up the flags of a record, takes it, and writes the masks of the blocks before them; returns
 * where they begin, or 0 for a record without them, for which nothing changes.
 */
@inline
export function addFlags(run: CsvRun, flags: u32): usize {
  const text = findFlags(run, flags);
  const bytes = (<usize>flags) << 1;
  if (text === 0 || text + bytes > run.end) return 0;
  let odd = i8x16.splat(0);
  for (let at: usize = 0; at < bytes; at += 64) {
    odd = v128.or(odd, oddOf(text + at, at));
    odd = v128.or(odd, oddOf(text + at + 16, at + 16));
    odd = v128.or(odd, oddOf(text + at + 32, at + 32));
    odd = v128.or(odd, oddOf(text + at + 48, at + 48));
  }
  if (v128.any_true(odd) || !takeRecord(run, text + bytes - 1, 0)) return 0;
  for (let at: usize = 0; at < bytes; at += 64) {
    add(text + at, at);
    add(text + at + 16, at + 16);
    add(text + at + 32, at + 32);
    add(text + at + 48, at + 48);
  }
  return text;
}

/** Moves the sums into the counters. */
export function countFlags(run: CsvRun, flags: u32): void {
  for (let flag: u32 = 0; flag < flags; flag++) {
    const sum = SUMS + ((<usize>flag) << 1);
    countOnes(columnAt(run.columns, run.width - flags + flag).decimals, load<u8>(sum));
  }
  memory.fill(SUMS, 0, BYTES);
}

/** Finds where the flags would begin, if there are any; 0 where there can be none. */
@inline
function findFlags(run: CsvRun, flags: u32): usize {
  const end = run.end;
  const delimiter = i8x16.splat(<u8>run.delimiter);
  const low = i8x16.splat(<u8>max<u32>(run.quote, NEWLINE));
  const limit = min(end, run.at + ((<usize>run.blocksMax) << 6));
  let masks = run.masks;
  /** Cells before the flags that have not ended yet. */
  let left = run.width - flags;
  let carry: u64 = 1;
  for (let at = run.at; at < limit; at += 64, masks += offsetof<Block>()) {
    const a = v128.load(at, 0);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    if (v128.any_true(i8x16.le_u(least, low))) return 0;
    const stops = maskOf(a, b, c, d, delimiter);
    const zeros = maskOf(a, b, c, d, i8x16.splat(ZERO));
    const found = <u32>popcnt(stops);
    if (found < left) {
      markBlock(changetype<Block>(masks), stops, carry, zeros);
      left -= found;
      carry = stops >> 63;
      continue;
    }
    // Every second byte ends a flag, up to the block's last or last but one.
    const first = 63 + <u32>(stops >> 63) - 2 * (found - left);
    if (first - 1 > 63) return 0;
    const ahead = stops & ((<u64>-1) >> (64 - first));
    markBlock(changetype<Block>(masks), ahead, carry, zeros);
    return <u32>popcnt(ahead) === left && ahead >> (first - 1) !== 0 ? at + first : 0;
  }
  return 0;
}

/** What of 16 bytes of the flags' text is not as it must be. */
@inline
function oddOf(text: usize, at: usize): v128 {
  return v128.and(v128.xor(v128.load(text), v128.load(TEXT + at)), v128.load(FIXED + at));
}

@inline
function add(text: usize, at: usize): void {
  const ones = v128.xor(v128.load(text), v128.load(TEXT + at));
  v128.store(SUMS + at, i8x16.add(v128.load(SUMS + at), ones));
}
