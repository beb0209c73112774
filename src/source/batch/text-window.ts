/**
 * Which stretch of a text a batch's memory holds: little that waits, so that little is moved, near
 * the front, so that it stays in the cache from its reading on.
 */

/** Batches of one file differ by less, as a rule. */
const MARGIN = 1 + 1 / 64;
/** To read less takes as long. */
const BYTES_MIN = 256 * 1024;
/** What waits is little if it is at most such a part of the text before it. */
const LITTLE = 1 / 16;

/**
 * Counts the bytes wanted behind the `held` ones of a batch, at least 256 KiB, when the last one
 * had `batchBytes`: up to the end of the batch, or of a later one. Infinite where there was none.
 */
export function textWanted(batchBytes: number, held: number): number {
  if (batchBytes === 0) return Number.POSITIVE_INFINITY;
  const batch = batchBytes * MARGIN;
  const rest = batch - held;
  const more = Math.max(0, Math.ceil((BYTES_MIN - rest) / batch));
  return Math.ceil(rest + more * batch);
}

/**
 * Tells whether to move what waits from `position` to `filled` to the front of a memory of
 * `capacity` bytes: little, or when half of it has been read. All moves together are less than one
 * pass over the text.
 */
export function isWorthMoving(position: number, filled: number, capacity: number): boolean {
  return filled - position <= LITTLE * position || 2 * position > capacity;
}
