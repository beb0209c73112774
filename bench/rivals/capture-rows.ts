/** What readers of the same capture files must agree on: the number of rows and all cells. */
import { createHash } from "node:crypto";

export class CaptureRows {
  #count = 0;
  readonly #hash = createHash("sha256");

  /** Adds a row: the output's cells, then the input's, with commas between. */
  add(row: string): void {
    this.#count += 1;
    this.#hash.update(`${row}\n`);
  }

  /** The same text for the same rows. */
  finish(): string {
    return JSON.stringify({ rows: this.#count, sha256: this.#hash.digest("hex") });
  }
}
