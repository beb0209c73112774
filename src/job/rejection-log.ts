/**
 * Keeps each rejected record's place in `rejected.jsonl`, written as they come so that memory stays
 * bounded. Values of records are left out unless asked for.
 */
import { writeFileSync } from "node:fs";
import type { Rejection } from "../source/record-source.ts";
import { joinPath } from "../storage/object-url.ts";
import type { Output } from "./output.ts";

export const REJECTED_FILE = "rejected.jsonl";

const FLUSH_LINES = 1_000;

export class RejectionLog {
  readonly #output: Output;
  readonly #showsValues: boolean;
  #lines: string[] = [];
  #isEmpty = true;
  #isWritten = false;

  constructor(output: Output, showsValues: boolean) {
    this.#output = output;
    this.#showsValues = showsValues;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Where the log is found once published. */
  get path(): string {
    return joinPath(this.#output.path, REJECTED_FILE);
  }

  add({ text, ...entry }: Rejection): void {
    this.#isEmpty = false;
    this.#lines.push(JSON.stringify(this.#showsValues ? { ...entry, text } : entry));
    if (this.#lines.length >= FLUSH_LINES) this.#flush();
  }

  /** Ends the log, for the output to publish it, or to remove an earlier run's. */
  finish(): { readonly grown: readonly string[]; readonly stale: readonly string[] } {
    if (this.#isEmpty) return { grown: [], stale: [REJECTED_FILE] };
    this.#flush();
    return { grown: [REJECTED_FILE], stale: [] };
  }

  /** Removes what was written so far and is not published. */
  discard(): void {
    this.#output.discard(REJECTED_FILE);
  }

  #flush(): void {
    const path = this.#output.temporaryPath(REJECTED_FILE);
    // A killed run of the same id, as in containers, may have left its own.
    const flag = this.#isWritten ? "a" : "w";
    writeFileSync(path, this.#lines.map((line) => `${line}\n`).join(""), { flag });
    this.#isWritten = true;
    this.#lines = [];
  }
}
