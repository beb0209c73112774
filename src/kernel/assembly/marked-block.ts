/** Where cells end in 64 bytes, as masks: bit i is byte i. */
@unmanaged
export class Block {
  stops: u64;
  /** Those of cells of one byte, but for zeros, and those of others. */
  singles: u64;
  others: u64;
}

/**
 * Writes a block whose cells end at `stops`. `zeros` are its zeros; `carry` is 1 where a cell
 * begins with it. A zero that is the last byte of a block is as any other cell.
 */
@inline
export function markBlock(block: Block, stops: u64, carry: u64, zeros: u64): void {
  const singles = (((stops << 1) | carry) << 1) & stops & ~(stops << 1);
  block.stops = stops;
  block.singles = singles & ~(zeros << 1);
  block.others = stops ^ singles;
}
