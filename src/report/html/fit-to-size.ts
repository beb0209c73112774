/**
 * Keeps a report small whatever the number of features: all rows first, then the first ones whole,
 * then as much more of each as there is room for, from the first on. Pure: the same rows give the
 * same cut.
 */

/** Rows that are shown whole before any other row is more than it must be. */
const FIRST_ROWS = 10;

export interface Fitted {
  /** In the order given; fewer than there are where even the least did not fit. */
  readonly rows: readonly string[];
  /** Rows left out altogether. */
  readonly left: number;
}

interface Row {
  readonly text: string;
  /** Bytes of UTF-8. */
  readonly size: number;
}

/** Renders a row of a level. */
type Renderer = (row: number, level: number) => Row;

/**
 * Renders `count` rows into `bytes` of UTF-8. `render` makes a row of a level of detail, from 0 to
 * `levels` - 1; a row of a higher level must not be smaller.
 */
export function fitToSize(
  count: number,
  levels: number,
  bytes: number,
  render: (row: number, level: number) => string,
): Fitted {
  const most = levels - 1;
  const renderOnce = once(render);
  const whole = renderWhole(count, bytes, (row) => renderOnce(row, most));
  if (whole.length === count) return { rows: textsOf(whole), left: 0 };
  const { rows, level: fitting } = highestThatFits(count, most, bytes, renderOnce);
  let room = bytes - sizeOf(rows);
  const raise = (rowsMax: number, level: number): void => {
    for (let row = 0; row < Math.min(rows.length, rowsMax); row++) {
      const fuller = renderOnce(row, level);
      const more = fuller.size - rows[row]!.size;
      if (more > room) break;
      // Already fuller than that: one of the first rows.
      if (more <= 0) continue;
      room -= more;
      rows[row] = fuller;
    }
  };
  raise(FIRST_ROWS, most);
  for (let level = fitting + 1; level < levels; level++) raise(rows.length, level);
  return { rows: textsOf(rows), left: count - rows.length };
}

function once(render: (row: number, level: number) => string): Renderer {
  const known: Map<number, Row>[] = [];
  return (row, level) => {
    known[level] ??= new Map();
    const told = known[level].get(row);
    if (told !== undefined) return told;
    const text = render(row, level);
    const rendered = { text, size: Buffer.byteLength(text) };
    known[level].set(row, rendered);
    return rendered;
  };
}

function textsOf(rows: readonly Row[]): string[] {
  return rows.map(({ text }) => text);
}

function sizeOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Finds the highest level below `most` that there is room for in all rows once the first ones are
 * whole, which spares the levels below; else as many rows of the least level as there is room for.
 */
function highestThatFits(
  count: number,
  most: number,
  bytes: number,
  render: Renderer,
): { rows: Row[]; level: number } {
  const rowsOf = (level: number, least?: readonly Row[]): Row[] =>
    renderUpTo(count, bytes, (row) => render(row, row < FIRST_ROWS ? most : level), least);
  let level = likelyLevel(count, most, bytes, render);
  let rows = rowsOf(level);
  while (rows.length < count && level > 1) rows = rowsOf(--level);
  if (rows.length < count) {
    return { rows: renderUpTo(count, bytes, (row) => render(row, 0)), level: 0 };
  }
  for (; level < most - 1; level++) {
    const fuller = rowsOf(level + 1, rows);
    if (fuller.length < count) break;
    rows = fuller;
  }
  return { rows, level };
}

/**
 * Finds the highest level below `most`, from 1, that would fit if all rows but the first ones were
 * as the next one is.
 */
function likelyLevel(count: number, most: number, bytes: number, render: Renderer): number {
  const others = count - FIRST_ROWS;
  if (others <= 0) return 1;
  let room = bytes;
  for (let row = 0; row < FIRST_ROWS; row++) room -= render(row, most).size;
  let level = most - 1;
  while (level > 1 && render(FIRST_ROWS, level).size * others > room) level--;
  return level;
}

/**
 * As a rule there is room for all of every row. Gives up, with fewer rows than there are, where the
 * first ones already tell that there is not.
 */
function renderWhole(count: number, bytes: number, render: (row: number) => Row): Row[] {
  const first = renderUpTo(Math.min(count, FIRST_ROWS), bytes, render);
  if (first.length < FIRST_ROWS || (sizeOf(first) / FIRST_ROWS) * count > bytes) return first;
  return renderUpTo(count, bytes, render);
}

/**
 * Renders rows from the first on, as many as there is room for; with `least`, as many as leave room
 * for these of the others.
 */
function renderUpTo(
  count: number,
  bytes: number,
  render: (row: number) => Row,
  least: readonly Row[] = [],
): Row[] {
  const rows: Row[] = [];
  let size = sizeOf(least);
  for (let row = 0; row < count; row++) {
    const rendered = render(row);
    size += rendered.size - (least[row]?.size ?? 0);
    if (size > bytes) break;
    rows.push(rendered);
  }
  return rows;
}
