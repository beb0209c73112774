/** How wide a table may be: beyond, a file is damaged or its delimiter is another one. */

/** Columns of one row, or of a run's rows together. */
export const COLUMNS_MAX = 100_000;
/** Characters of the names of one row, or of a run's: a long key may be part of many names. */
export const NAMES_LENGTH_MAX: number = 16 * 1024 * 1024;
