import { DECIMAL_DIGITS_MAX } from "../sketch/decimal-table.ts";

const ZERO = 48;
const MINUS = 45;
const POINT = 46;

export interface PlainDecimal {
  readonly isNegative: boolean;
  readonly scale: number;
  readonly digits: number;
}

/**
 * Reads the text bytes[start, end) as `-?(0|[1-9]\d*)(\.\d+)?` of up to 14 digits; undefined for
 * any other one.
 */
export function readPlainDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
): PlainDecimal | undefined {
  const isNegative = bytes[start] === MINUS;
  const from = isNegative ? start + 1 : start;
  const length = end - from;
  if (length < 1 || length > DECIMAL_DIGITS_MAX + 1) return undefined;
  let digits = 0;
  let point = end;
  for (let at = from; at < end; at++) {
    const digit = (bytes[at]! - ZERO) >>> 0;
    if (digit <= 9) {
      digits = digits * 10 + digit;
    } else {
      if (bytes[at] !== POINT || point !== end || at === from || at === end - 1) return undefined;
      point = at;
    }
  }
  const scale = point === end ? 0 : end - 1 - point;
  const isPadded = bytes[from] === ZERO && point - from > 1;
  if (isPadded || point - from + scale > DECIMAL_DIGITS_MAX) return undefined;
  return { isNegative, scale, digits };
}

/** Writes a decimal up to the end of `bytes` and returns where it starts. */
export function spellPlainDecimal(
  bytes: Uint8Array,
  isNegative: boolean,
  scale: number,
  digits: number,
): number {
  let at = bytes.length;
  let rest = digits;
  for (let written = 0; written <= scale || rest > 0; written++) {
    if (written === scale && scale > 0) bytes[--at] = POINT;
    bytes[--at] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  if (isNegative) bytes[--at] = MINUS;
  return at;
}
