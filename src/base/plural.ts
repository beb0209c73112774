import { formatCount } from "./format-number.ts";

/** Counts a noun: `1 file`, `1,234 files`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
