/**
 * Cells of one column to numbers, classes and distinct texts: what `FeatureAccumulator` does to a
 * cell, but for texts that its table has not met and numbers of unusual spelling. Those are listed
 * for TypeScript, and a place is kept for their number.
 *
 * Invariant: each cell is missing, listed, or in exactly one class; all that is written lies in the
 * given areas, which have room for every cell. 16 bytes before the text must be readable.
 */
import { FRACTIONAL, NO_DECIMAL, readDecimal, value } from "./decimal";
import { addText } from "./distinct-text";
import { findText, SLOT_TEXT_MAX, TextSlots } from "./text-slots";

const MISSING: u32 = 0xffff_ffff;

/** One call; laid out as `RUN_FIELDS` in `accumulate/read-kernel.ts` tells. */
@unmanaged
class ReadRun {
  /** The cells, and the text that their ranges count from. */
  text: usize;
  starts: usize;
  ends: usize;
  count: u32;
  /** The records, and the rows of the cells where these are fewer: the other rows are zeros. */
  records: u32;
  rows: usize;
  /** The texts counted. */
  texts: TextSlots;
  /** Whether a text that is not among them goes to the registers alone; else it is listed. */
  isClosed: u32;
  registers: usize;
  powers: usize;
  /** The texts `0` to `9`, one behind another, and room for 10 addresses. */
  digits: usize;
  counters: usize;
  /** The finite numbers in order, the zeros of other rows among them. */
  values: usize;
  valueCount: u32;
  /** Cells listed: their numbers, and the places kept in `values`. */
  rest: usize;
  restPlaces: usize;
  restCount: u32;
  missing: u32;
  /** Cells whose text went to the registers alone. */
  others: u32;
  integral: u32;
  fractional: u32;
  booleans: u32;
  strings: u32;
  /** Row of the first cell of these classes, where there is one. */
  firstBoolean: u32;
  firstString: u32;
}

export function readCells(run: ReadRun): void {
  findDigits(run);
  const text = run.text;
  const starts = run.starts;
  const ends = run.ends;
  const values = run.values;
  const rows = run.rows;
  const records = run.records;
  if (rows !== 0) memory.fill(values, 0, (<usize>records) << 3);
  /** Rows so far that have no place in `values`. */
  let skipped: u32 = 0;
  const counters = run.counters;
  const powers = run.powers;
  const hasTexts = run.texts.mask !== 0;
  let integral: u32 = 0;
  let fractional: u32 = 0;
  let flags: u32 = 0;
  let ones: u32 = 0;
  for (let i: u32 = 0, count = run.count; i < count; i++) {
    const start = load<u32>(starts + ((<usize>i) << 2));
    if (start === MISSING) {
      run.missing += 1;
      skipped++;
      continue;
    }
    const row = rows === 0 ? i : load<u32>(rows + ((<usize>i) << 2));
    const from = text + start;
    const end = text + load<u32>(ends + ((<usize>i) << 2));
    const place = values + ((<usize>(row - skipped)) << 3);
    if (end - from === 1) {
      const digit = <u32>load<u8>(from) - 0x30;
      const counter = digit < 10 ? load<u32>(counters + ((<usize>digit) << 2)) : 0;
      if (counter !== 0) {
        // Flags are counted here: a counter in memory would wait for its last increment.
        if (digit < 2) {
          flags++;
          ones += digit;
        } else {
          add(counter, 1);
        }
        store<f64>(place, <f64>digit);
        integral++;
        continue;
      }
    }
    const found = hasTexts && end - from <= SLOT_TEXT_MAX ? counterOf(run.texts, from, end) : 0;
    // A text that is known and has no cell yet is new to the registers.
    if (found === 0 ? run.isClosed === 0 : load<f64>(found) === 0) {
      list(run, i, row - skipped);
      continue;
    }
    const kind = readDecimal(from, end, powers);
    if (kind === NO_DECIMAL) {
      if (isNumber(from, end)) {
        list(run, i, row - skipped);
        continue;
      }
      skipped++;
      if (isBoolean(from, end)) {
        if (run.booleans++ === 0) run.firstBoolean = row;
      } else if (run.strings++ === 0) {
        run.firstString = row;
      }
    } else {
      store<f64>(place, value);
      integral += <u32>(kind !== FRACTIONAL);
      fractional += <u32>(kind === FRACTIONAL);
    }
    if (found !== 0) {
      add(found, 1);
    } else {
      run.others += 1;
      addText(run.registers, from, end);
    }
  }
  if (flags > ones) add(load<u32>(counters), flags - ones);
  if (ones > 0) add(load<u32>(counters, 4), ones);
  run.valueCount = records - skipped;
  run.integral = integral;
  run.fractional = fractional;
}

/** Writes where the cells of single digits are counted; 0 for a digit that has none yet. */
function findDigits(run: ReadRun): void {
  for (let digit: usize = 0; digit < 10; digit++) {
    const from = run.digits + digit;
    const found = counterOf(run.texts, from, from + 1);
    const isMet = found !== 0 && load<f64>(found) > 0;
    store<u32>(run.counters + (digit << 2), isMet ? <u32>found : 0);
  }
}

function add(counter: usize, cells: u32): void {
  store<f64>(counter, load<f64>(counter) + <f64>cells);
}

/** Finds where a text's cells are counted; 0 for an unknown one. */
function counterOf(texts: TextSlots, from: usize, end: usize): usize {
  const number = findText(texts, from, end);
  return number < 0 ? 0 : texts.counts + ((<usize>number) << 3);
}

function list(run: ReadRun, cell: u32, place: u32): void {
  const at = (<usize>run.restCount) << 2;
  store<u32>(run.rest + at, cell);
  store<u32>(run.restPlaces + at, place);
  run.restCount += 1;
}

/** Whether a text is `(-|+)? ?\d+(\.\d+)?([Ee][-+]?\d+)?`, or might be under lenient rules. */
function isNumber(from: usize, end: usize): bool {
  let at = from;
  if (at < end && isSign(load<u8>(at))) at++;
  if (at < end && load<u8>(at) === 0x20) at++;
  const whole = at;
  at = pastDigits(at, end);
  if (at < end && load<u8>(at) === 0x2e) {
    const behind = at + 1;
    const stop = pastDigits(behind, end);
    // `.5` and `1.`: lenient rules decide.
    if (stop === end && (at > whole || stop > behind)) return true;
    if (at === whole || stop === behind) return false;
    at = stop;
  }
  if (at === whole) return false;
  if (at === end) return true;
  if ((load<u8>(at) | 0x20) !== 0x65) return false;
  at++;
  if (at < end && isSign(load<u8>(at))) at++;
  return at < end && pastDigits(at, end) === end;
}

function isSign(byte: u8): bool {
  return byte === 0x2b || byte === 0x2d;
}

function pastDigits(from: usize, end: usize): usize {
  let at = from;
  while (at < end && load<u8>(at) - 0x30 < 10) at++;
  return at;
}

/** Whether a text is `true` or `false`. */
function isBoolean(from: usize, end: usize): bool {
  const length = end - from;
  if (length === 4) return load<u32>(from) === 0x65757274;
  return length === 5 && load<u32>(from) === 0x736c6166 && load<u8>(from, 4) === 0x65;
}
