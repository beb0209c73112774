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
  const whole = renderWhole(count, bytes, (row) => render(row, levels - 1));
  if (whole.length === count) return { rows: whole, left: 0 };
  const known = Array.from({ length: levels - 1 }, () => new Map<number, string>());
  const renderOnce = (row: number, level: number): string => {
    const told = level === levels - 1 ? whole[row] : known[level]!.get(row);
    if (told !== undefined) return told;
    const text = render(row, level);
    known[level]?.set(row, text);
    return text;
  };
  const { rows, level: fitting } = highestThatFits(count, levels, bytes, renderOnce);
  let room = rows.reduce((left, text) => left - Buffer.byteLength(text), bytes);
  const raise = (rowsMax: number, level: number): void => {
    for (let row = 0; row < Math.min(rows.length, rowsMax); row++) {
      const fuller = renderOnce(row, level);
      const more = Buffer.byteLength(fuller) - Buffer.byteLength(rows[row]!);
      if (more > room) break;
      // Already fuller than that: one of the first rows.
      if (more <= 0) continue;
      room -= more;
      rows[row] = fuller;
    }
  };
  raise(FIRST_ROWS, levels - 1);
  for (let level = fitting + 1; level < levels; level++) raise(rows.length, level);
  return { rows, left: count - rows.length };
}

/**
 * Finds the highest level that there is room for in all rows once the first ones are whole, which
 * spares the levels below; else as many rows of the least level as there is room for.
 */
function highestThatFits(
  count: number,
  levels: number,
  bytes: number,
  render: (row: number, level: number) => string,
): { rows: string[]; level: number } {
  for (let level = levels - 2; level > 0; level--) {
    const rows = renderUpTo(count, bytes, (row) =>
      render(row, row < FIRST_ROWS ? levels - 1 : level),
    );
    if (rows.length === count) return { rows, level };
  }
  return { rows: renderUpTo(count, bytes, (row) => render(row, 0)), level: 0 };
}

/**
 * As a rule there is room for all of every row, and none is rendered twice. Gives up, with fewer
 * rows than there are, where the first ones already tell that there is not.
 */
function renderWhole(count: number, bytes: number, render: (row: number) => string): string[] {
  const first = renderUpTo(Math.min(count, FIRST_ROWS), bytes, render);
  const used = first.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (first.length < FIRST_ROWS || (used / FIRST_ROWS) * count > bytes) return first;
  return renderUpTo(count, bytes, (row) => first[row] ?? render(row));
}

/** Renders rows from the first on, as many as there is room for. */
function renderUpTo(count: number, bytes: number, render: (row: number) => string): string[] {
  const rows: string[] = [];
  let size = 0;
  for (let row = 0; row < count; row++) {
    const text = render(row);
    size += Buffer.byteLength(text);
    if (size > bytes) break;
    rows.push(text);
  }
  return rows;
}
