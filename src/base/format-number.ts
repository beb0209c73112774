/** Numbers in sentences and reports, short enough to read and told alike in all of them. */

const DIGITS_MAX = 4;
const DOUBLE_DIGITS = 17;

/** Writes at most four significant digits, without an exponent for ordinary sizes. */
export function formatNumber(value: number): string {
  const text = String(value);
  // What is that short has no more digits.
  return text.length <= DIGITS_MAX ? text : String(Number(value.toPrecision(DIGITS_MAX)));
}

/**
 * Writes a share in 0..1 as a percentage of so many significant digits, or of more where they would
 * round it up to `100%`, which is only the whole, as `0%` is only none.
 */
export function formatShare(share: number, digits: number = DIGITS_MAX): string {
  // As are most of a histogram.
  if (share === 0) return "0%";
  const percent = Number((share * 100).toPrecision(digits));
  if (percent < 100 || share === 1) return `${percent}%`;
  return digits < DIGITS_MAX ? formatShare(share, digits + 1) : ">99.99%";
}

/** Writes two numbers with as many digits as it takes to tell them apart, four at least. */
export function formatApart(a: number, b: number): readonly [string, string] {
  for (let digits = DIGITS_MAX; digits < DOUBLE_DIGITS; digits++) {
    const [x, y] = [Number(a.toPrecision(digits)), Number(b.toPrecision(digits))];
    if (x !== y || a === b) return [String(x), String(y)];
  }
  return [String(a), String(b)];
}

/** Writes two shares with as many digits as it takes to tell them apart, two at least. */
export function formatSharesApart(a: number, b: number): readonly [string, string] {
  for (let digits = 2; ; digits++) {
    const texts = [formatShare(a, digits), formatShare(b, digits)] as const;
    if (texts[0] !== texts[1] || digits === DIGITS_MAX) return texts;
  }
}

/** Groups the digits of a whole number: `2,000`. Loads no locale, which takes 12 ms and 7 MB. */
export function formatCount(count: number): string {
  const digits = String(count);
  if (Math.abs(count) < 1000) return digits;
  return `${formatCount(Math.trunc(count / 1000))},${digits.slice(-3)}`;
}
