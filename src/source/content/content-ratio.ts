/**
 * How much content a compressed input may hold: 200 times its bytes, beyond the first 64 MiB. Files
 * of repeated text stay far below; one that is over is made to fill a disk or a day.
 */
import { TidemarkError } from "../../base/tidemark-error.ts";

/** Content that is let through however small the file is. */
export const CONTENT_FREE_BYTES: number = 64 * 1024 * 1024;
const CONTENT_RATIO_MAX = 200;

/**
 * Throws an input error once `stored` bytes gave more `content` than the rule allows; it names the
 * file where it is known.
 */
export function refuseBomb(content: number, stored: number, file?: string): void {
  if (content <= CONTENT_FREE_BYTES || content <= stored * CONTENT_RATIO_MAX) return;
  throw new TidemarkError({
    code: "input",
    location: file === undefined ? undefined : { file },
    what: `is compressed more than ${CONTENT_RATIO_MAX} times`,
    expected: "a file that unpacks to less",
    hint: "Unpack it first if it is meant to be so.",
  });
}
