/**
 * Keeps each rejected record's place in `rejected.jsonl`, written as they come so that memory stays
 * bounded. Values of records are left out unless asked for.
 */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rejection } from "../source/record-source.ts";
import type { OutputFolder } from "./output-folder.ts";

export const REJECTED_FILE = "rejected.jsonl";

const FLUSH_LINES = 1_000;

export class RejectionLog {
  readonly #folder: OutputFolder;
  readonly #showsValues: boolean;
  #lines: string[] = [];
  #isEmpty = true;
  #isWritten = false;

  constructor(folder: OutputFolder, showsValues: boolean) {
    this.#folder = folder;
    this.#showsValues = showsValues;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Where the log is found once published. */
  get path(): string {
    return join(this.#folder.path, REJECTED_FILE);
  }

  add({ text, ...entry }: Rejection): void {
    this.#isEmpty = false;
    this.#lines.push(JSON.stringify(this.#showsValues ? { ...entry, text } : entry));
    if (this.#lines.length >= FLUSH_LINES) this.#flush();
  }

  /** Puts `rejected.jsonl` in its place, or removes an earlier run's when nothing was rejected. */
  publish(): void {
    if (this.#isEmpty) {
      rmSync(this.path, { force: true });
      return;
    }
    this.#flush();
    renameSync(this.#folder.temporaryPath(REJECTED_FILE), this.path);
  }

  /** Removes what was written so far and is not published. */
  discard(): void {
    rmSync(this.#folder.temporaryPath(REJECTED_FILE), { force: true });
  }

  #flush(): void {
    const path = this.#folder.temporaryPath(REJECTED_FILE);
    // A killed run of the same id, as in containers, may have left its own.
    const flag = this.#isWritten ? "a" : "w";
    writeFileSync(path, this.#lines.map((line) => `${line}\n`).join(""), { flag });
    this.#isWritten = true;
    this.#lines = [];
  }
}
