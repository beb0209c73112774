/** What `readAlikeLines` is told and tells. */

/** A gap of the template; laid out as `GAP_FIELDS` in `capture-kernel.ts` tells. */
@unmanaged
export class Gap {
  /** The fixed bytes before it. */
  before: usize;
  length: u32;
  /** `GAP_CELLS`, `GAP_ID`, or neither for a text to pass over. */
  kind: u32;
  /** The column of the first cell. */
  column: u32;
  /** Cells that the payload must have, at least 1. */
  cells: u32;
  /** Texts of the ids read, one after another, and where they end, behind a 0. */
  ids: usize;
  idEnds: usize;
}

/** Where the payload of a gap of cells went; laid out as `PAYLOAD_FIELDS` tells. */
@unmanaged
export class Payload {
  /** The batch's text of its cells, and how many commas stand before that in the payload. */
  from: u32;
  to: u32;
  leading: u32;
  /** Where its first byte stands, and its masks, while the line is read. */
  source: usize;
  masks: usize;
}

/** One call; laid out as `RUN_FIELDS` in `capture-kernel.ts` tells. */
@unmanaged
export class LineRun {
  /** The lines to read: [at, end). `at` moves behind the line feed of each line read. */
  at: usize;
  end: usize;
  /** Longest line read, in bytes. */
  lineBytesMax: u32;
  /** The template. */
  gaps: usize;
  gapCount: u32;
  tail: usize;
  tailLength: u32;
  /** The batch: cell ranges by column, `stride` bytes apart, and each row's line number. */
  starts: usize;
  ends: usize;
  stride: u32;
  lines: usize;
  line: u32;
  row: u32;
  rowsMax: u32;
  /** Its text: `filled` of `room` bytes are used; the batch is full from `full` on. */
  text: usize;
  filled: u32;
  room: u32;
  full: u32;
  /** Bytes for the ids of a gap. */
  idsRoom: u32;
  /** Lines read in this call, and how many there may be. */
  count: u32;
  countMax: u32;
  /** A `CountedColumn` for each column; 0 where cells are laid, and what follows is not used. */
  columns: usize;
  /** Rows of the cells laid by column, as far apart as their ranges. */
  rows: usize;
  /** Room for three numbers of each cell of one line. */
  record: usize;
  /** Room for a `Block` of each of `blocksMax` blocks of one line's payloads. */
  masks: usize;
  blocksMax: u32;
  /** Two of each row, in the order of the gaps. */
  payloads: usize;
}
