/**
 * How much of CSV text is flags as one-hot encoding makes them: the cells of `0` or `1` that end
 * its records, which the kernel adds up without visiting each (`kernel/assembly/count-flags.ts`).
 */
const [NEWLINE, RETURN, ZERO, ONE] = [10, 13, 48, 49];
/** What the kernel takes for flags. */
const [FLAGS_MIN, FLAGS_MAX] = [32, 128];

/**
 * The share, 0 to 1, of the bytes of `text` that are such cells and what stands between them. The
 * first line, a header, and the last one, which may be cut off, are left out; 0 where no other is.
 */
export function flagShare(text: Uint8Array): number {
  let [flags, bytes] = [0, 0];
  let begin = text.indexOf(NEWLINE) + 1;
  for (;;) {
    const newline = text.indexOf(NEWLINE, begin);
    if (begin === 0 || newline < 0) return bytes === 0 ? 0 : flags / bytes;
    flags += 2 * flagsOf(text, begin, text[newline - 1] === RETURN ? newline - 1 : newline);
    bytes += newline + 1 - begin;
    begin = newline + 1;
  }
}

/** Counts the flags that end `text[begin, end)` behind another cell; 0 where they are too few. */
function flagsOf(text: Uint8Array, begin: number, end: number): number {
  const delimiter = text[end - 2];
  let flags = 0;
  for (let at = end - 1; at > begin && flags < FLAGS_MAX; at -= 2) {
    if ((text[at] !== ZERO && text[at] !== ONE) || text[at - 1] !== delimiter) break;
    flags++;
  }
  return flags < FLAGS_MIN ? 0 : flags;
}
