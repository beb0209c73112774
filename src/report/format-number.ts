/** Numbers of reports, short enough to read and told alike in all of them. */

/** Writes at most four significant digits, without an exponent for ordinary sizes. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

/** Writes a share in 0..1 as a percentage; only a whole one is `100%`, only none is `0%`. */
export function formatShare(share: number): string {
  const percent = Number((share * 100).toPrecision(4));
  if (percent === 100 && share < 1) return ">99.99%";
  return `${percent}%`;
}

/** Groups the digits of a whole number: `2,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
