/** What it takes to run a user's script; nothing of it is read from the process. */
import type { Semantics } from "../base/semantics.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface HookOptions {
  /** Path of the script: `.py`, or `.js`, `.mjs`, `.cjs`. */
  readonly script: string;
  /** Variables of the script's process; its `PATH` finds the interpreter. */
  readonly environment: Environment;
  /** Shows messages of exceptions, which may hold cell values; false by default. */
  readonly showsValues?: boolean | undefined;
  /** Longest time without any answer; the script is ended after it. */
  readonly timeoutMs?: number | undefined;
  /** Python's interpreter; `python3` by default. */
  readonly python?: string | undefined;
  /** Takes each line that the script prints or logs, and the tracebacks of what it raises. */
  readonly log: (line: string) => void;
  /** Ends the script at once; what is under way is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What the script's records are: capture records, lines of a CSV file, or JSON values. */
export type HookDataset = "capture" | "csv" | "json";

export interface PreprocessorOptions extends HookOptions {
  readonly dataset: HookDataset;
  /** Columns are ordered by their names under `model-monitor`, else as the script has them. */
  readonly semantics: Semantics;
  /** Seed of the script's chance; 0 by default. */
  readonly seed?: number | undefined;
}

export interface PostprocessorOptions extends HookOptions {
  /** The files of the run, parsed; violations are undefined where none were written. */
  readonly statistics: object;
  readonly constraints: object;
  readonly violations: object | undefined;
  /** The folder that holds them. */
  readonly outputPath: string;
}
