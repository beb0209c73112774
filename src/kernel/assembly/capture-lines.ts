/**
 * Alike lines of capture files, straight into the columns of a batch: what `readInto` of
 * `source/capture-template.ts` does to a line, for as many lines as one call can take.
 *
 * Stages of a line, each of which ends where the next begins: the fixed bytes before a gap are
 * compared, 16 at a time; the gap is read up to the quote that closes it; at the end the tail is
 * compared. Nothing looks for the line's end beforehand: fixed bytes hold no line feed and a gap
 * ends before one, so a line that is alike ends where its tail does.
 *
 * Cells are laid on the way. Where a plan has counters they are counted instead, once the line has
 * turned out to be alike, as nothing counted can be taken back; see `count-payload.ts`.
 *
 * Invariants: (1) a line that is not alike, or for which there is no room, changes neither `at` nor
 * any count: what was written lies behind the counted part of its area; (2) a line feed stands at
 * `end` and 64 readable bytes follow, so that no gap is read beyond them, and what they hold
 * changes nothing; (3) a store stays within its area, for every input: the row is below `rowsMax`,
 * the cells of a side are counted before they are laid, a text is measured before it is copied.
 */

import { copyText, OVERSHOOT } from "./copy-text";
import { countPayload } from "./count-payload";
import { Gap, LineRun, Payload } from "./line-run";
import { Block, markBlock } from "./marked-block";
import { maskOf } from "./mask-of";

const LINE_FEED: u8 = 0x0a;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const ZERO: u8 = 0x30;
const BACKSLASH: u8 = 0x5c;
const CONTROL_MAX: u8 = 0x1f;
const MISSING: u32 = 0xffff_ffff;

const GAP_CELLS: u32 = 1;
const GAP_ID: u32 = 2;
/** Payloads of a line: of the request and of the reply. */
const PAYLOADS: usize = 2;

/** Reads lines until one is not alike, the batch is full, or there is no room. */
export function readAlikeLines(run: LineRun): void {
  while (
    run.at < run.end &&
    run.row < run.rowsMax &&
    run.filled < run.full &&
    run.count < run.countMax &&
    readLine(run)
  ) {}
}

function readLine(run: LineRun): bool {
  const from = run.at;
  const end = run.end;
  const row = run.row << 2;
  let at = from;
  let filled = run.filled;
  const idAt = run.count << 2;
  const isCounted = run.columns !== 0;
  const payloads = run.payloads + <usize>run.row * PAYLOADS * offsetof<Payload>();
  let payload = changetype<Payload>(payloads);
  let masks = run.masks;
  let gap = changetype<Gap>(run.gaps);
  for (let left = run.gapCount; left > 0; left--) {
    if (!standsAt(at, end, gap.before, gap.length)) return false;
    at += gap.length;
    const start = at;
    if (gap.kind === GAP_CELLS) {
      const textFrom = pastCommas(start);
      const shift = filled - <u32>textFrom;
      at = isCounted
        ? maskCells(start, gap.cells, masks, run)
        : layCells(start, shift, row + gap.column * run.stride, gap.cells, run);
      // An empty payload has no row.
      if (at <= start) return false;
      const length = beforeCommas(textFrom, at);
      if (<u64>filled + length + OVERSHOOT > run.room) return false;
      copyText(run.text + filled, textFrom, length);
      if (isCounted) {
        payload.from = filled;
        payload.to = filled + length;
        payload.leading = <u32>(textFrom - start);
        payload.source = start;
        payload.masks = masks;
        payload = changetype<Payload>(changetype<usize>(payload) + offsetof<Payload>());
        masks += (((at - start) >> 6) + 1) * offsetof<Block>();
      }
      filled += length;
    } else {
      at = closeOf(start);
      if (load<u8>(at) !== QUOTE) return false;
      if (gap.kind === GAP_ID) {
        const length = <u32>(at - start);
        const idsFilled = load<u32>(gap.idEnds + idAt);
        if (<u64>idsFilled + length + OVERSHOOT > run.idsRoom) return false;
        copyText(gap.ids + idsFilled, start, length);
        store<u32>(gap.idEnds + idAt, idsFilled + length, 4);
      }
    }
    gap = changetype<Gap>(changetype<usize>(gap) + offsetof<Gap>());
  }
  if (!standsAt(at, end, run.tail, run.tailLength)) return false;
  at += run.tailLength;
  if (load<u8>(at) !== LINE_FEED || <u32>(at - from) > run.lineBytesMax) return false;
  store<u32>(run.lines + row, run.line);
  run.at = at + 1;
  run.line += 1;
  run.row += 1;
  run.filled = filled;
  run.count += 1;
  if (isCounted) countLine(run, payloads);
  return true;
}

/** Counts the cells of the row taken last. */
function countLine(run: LineRun, payloads: usize): void {
  let payload = payloads;
  let gap = changetype<Gap>(run.gaps);
  for (let left = run.gapCount; left > 0; left--) {
    if (gap.kind === GAP_CELLS) {
      countPayload(run, gap, changetype<Payload>(payload));
      payload += offsetof<Payload>();
    }
    gap = changetype<Gap>(changetype<usize>(gap) + offsetof<Gap>());
  }
}

/** Whether the bytes at `wanted` stand at `at` as well, before `end`; 16 bytes at a time. */
function standsAt(at: usize, end: usize, wanted: usize, length: u32): bool {
  if (<u64>at + length > end) return false;
  let place: u32 = 0;
  for (; place + 16 <= length; place += 16) {
    const alike = i8x16.eq(v128.load(at + place), v128.load(wanted + place));
    if (!v128.all_true<i8>(alike)) return false;
  }
  const rest: u32 = (1 << (length - place)) - 1;
  const alike = i8x16.eq(v128.load(at + place), v128.load(wanted + place));
  return (v128.bitmask<i8>(alike) & rest) === rest;
}

/**
 * Lays the cells of the payload at `from` over the columns and returns where its closing quote
 * stands; 0 when it has another number of cells, or a byte that takes parsing. `place` is the byte
 * offset of the first cell; ranges are moved by `shift`.
 *
 * 64 bytes become two masks: the commas, and what ends a text or must not stand in one. Only set
 * bits are visited.
 */
function layCells(from: usize, shift: u32, place: u32, cells: u32, run: LineRun): usize {
  const stride = run.stride;
  let starts = run.starts + place;
  let ends = run.ends + place;
  let start = <u32>from + shift;
  let left = cells;
  for (let block = from; ; block += 64) {
    const a = v128.load(block, 0);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    let commas = maskOf(a, b, c, d, i8x16.splat(COMMA));
    const stops = stopsOf(block);
    // Of the commas those before the first stop.
    if (stops !== 0) commas &= (stops & -stops) - 1;
    // Each comma ends a cell, and one more follows.
    const found = <u32>popcnt(commas);
    if (found >= left) return 0;
    left -= found;
    const base = <u32>block + shift;
    while (commas !== 0) {
      const end = base + <u32>ctz(commas);
      store<u32>(starts, select<u32>(MISSING, start, start === end));
      store<u32>(ends, end);
      starts += stride;
      ends += stride;
      start = end + 1;
      commas &= commas - 1;
    }
    if (stops === 0) continue;
    const close = block + <usize>ctz(stops);
    if (left !== 1 || load<u8>(close) !== QUOTE) return 0;
    const end = <u32>close + shift;
    store<u32>(starts, select<u32>(MISSING, start, start === end));
    store<u32>(ends, end);
    return close;
  }
}

/**
 * Finds where the cells of the payload at `from` end and returns where its closing quote stands; 0
 * as `layCells` does, and when the payload is too long. Each 64 bytes are marked in a `Block`.
 */
function maskCells(from: usize, cells: u32, masks: usize, run: LineRun): usize {
  const masksEnd = run.masks + <usize>run.blocksMax * offsetof<Block>();
  let left = cells;
  /** Whether the byte before the block ends a cell, or begins the payload. */
  let carry: u64 = 1;
  for (let block = from; masks < masksEnd; block += 64, masks += offsetof<Block>()) {
    const a = v128.load(block, 0);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    const stops = stopsOf(block);
    let ends = maskOf(a, b, c, d, i8x16.splat(COMMA));
    // Those before the first stop, and that one.
    if (stops !== 0) ends = (ends | stops) & (stops ^ (stops - 1));
    markBlock(changetype<Block>(masks), ends, carry, maskOf(a, b, c, d, i8x16.splat(ZERO)));
    carry = ends >> 63;
    const found = <u32>popcnt(ends);
    if (found > left) return 0;
    left -= found;
    if (stops === 0) continue;
    const close = block + <usize>ctz(stops);
    return left === 0 && load<u8>(close) === QUOTE ? close : 0;
  }
  return 0;
}

/** Where the text from `at` on ends: at a quote, or at what no text without escapes holds. */
function closeOf(at: usize): usize {
  let stops = v128.bitmask<i8>(stopsIn(v128.load(at)));
  while (stops === 0) {
    at += 16;
    stops = v128.bitmask<i8>(stopsIn(v128.load(at)));
  }
  return at + <usize>ctz(stops);
}

/** Bit i tells whether byte i of 64 is a quote, a backslash or a control character. */
function stopsOf(block: usize): u64 {
  const a = <u64>v128.bitmask<i8>(stopsIn(v128.load(block, 0)));
  const b = <u64>v128.bitmask<i8>(stopsIn(v128.load(block, 16)));
  const c = <u64>v128.bitmask<i8>(stopsIn(v128.load(block, 32)));
  const d = <u64>v128.bitmask<i8>(stopsIn(v128.load(block, 48)));
  return a | (b << 16) | (c << 32) | (d << 48);
}

function stopsIn(bytes: v128): v128 {
  const quotes = i8x16.eq(bytes, i8x16.splat(QUOTE));
  const backslashes = i8x16.eq(bytes, i8x16.splat(BACKSLASH));
  const controls = i8x16.eq(bytes, i8x16.min_u(bytes, i8x16.splat(CONTROL_MAX)));
  return v128.or(v128.or(quotes, backslashes), controls);
}

/** The text of a batch begins and ends with cells that are not missing. */
function pastCommas(at: usize): usize {
  while (load<u8>(at) === COMMA) at++;
  return at;
}

/** Measures [from, to) without the commas at its end. */
function beforeCommas(from: usize, to: usize): u32 {
  while (to > from && load<u8>(to - 1) === COMMA) to--;
  return to > from ? <u32>(to - from) : 0;
}
