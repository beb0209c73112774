/**
 * Texts that stand for a missing cell because the user says so (`NA`, `?`, ...): no text does by
 * itself. Compared byte for byte, case included, after unquoting.
 */
import { MISSING } from "../base/cells.ts";

/** Texts that are missing cells, by the options of a reader. */
export interface NullTokenOptions {
  readonly nullTokens?: readonly string[] | undefined;
  /** Whether an empty text is one too. */
  readonly emptyIsMissing?: boolean | undefined;
}

/** The tokens of a reader's options; undefined where there are none. */
export function nullTokensOf({
  nullTokens = [],
  emptyIsMissing = false,
}: NullTokenOptions): NullTokens | undefined {
  const tokens = emptyIsMissing ? ["", ...nullTokens] : nullTokens;
  return tokens.length === 0 ? undefined : new NullTokens(tokens);
}

/** Turns cells that equal a token into missing ones. */
export class NullTokens {
  /** Tokens as UTF-8, by their length in bytes. */
  readonly #byLength: (Uint8Array[] | undefined)[] = [];

  constructor(tokens: readonly string[]) {
    for (const token of tokens) {
      const bytes = new TextEncoder().encode(token);
      this.#byLength[bytes.length] = [...(this.#byLength[bytes.length] ?? []), bytes];
    }
  }

  /** Marks the missing ones among the first `cells` cells; the empty token matches empty texts. */
  apply(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, cells: number): void {
    for (let cell = 0; cell < cells; cell++) {
      const start = starts[cell]!;
      if (start === MISSING) continue;
      const tokens = this.#byLength[ends[cell]! - start];
      if (tokens?.some((token) => equalsAt(bytes, start, token))) starts[cell] = MISSING;
    }
  }
}

function equalsAt(bytes: Uint8Array, start: number, token: Uint8Array): boolean {
  for (let at = 0; at < token.length; at++) if (bytes[start + at] !== token[at]) return false;
  return true;
}
