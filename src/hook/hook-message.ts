/**
 * What the engine and a script's process say to each other: `driver.py` as lines of JSON, the
 * worker thread as objects. Every setup and batch is answered in order, a batch in pieces.
 */
import type { HookRecord } from "../source/preprocess/preprocessor.ts";
import type { HookDataset } from "./hook-options.ts";

/** Which function of the script is wanted. */
export type HookRole = "preprocess" | "postprocess";

/** The first message: loads the script, and calls it where it post-processes. */
export interface HookSetup {
  readonly role: HookRole;
  /** The script's real path. */
  readonly script: string;
  readonly showsValues: boolean;
  readonly seed: number;
  readonly dataset?: HookDataset | undefined;
  /** What a JavaScript post-processor is called with. */
  readonly argument?: object | undefined;
}

export interface HookBatch {
  readonly records: readonly HookRecord[];
  /** Records before this batch. */
  readonly ordinal: number;
  readonly names?: readonly string[] | undefined;
}

/**
 * A record's outcome as it is sent: 0 for the record itself, a text for a fault, else the names and
 * texts of each row in turn. Names are null where they are those of the row before in the same
 * reply, and an empty list for a row by position.
 */
export type SentOutcome = 0 | string | readonly (readonly (string | null)[] | null)[];

/** An exception of the script. */
export interface Raised {
  readonly type: string;
  /** Only where it can hold no cell value, or values are shown. */
  readonly message: string | null;
  /** The innermost line of the script, or else of any file. */
  readonly file: string | null;
  readonly line: number | null;
}

export type HookReply =
  | { readonly outcomes: readonly SentOutcome[] }
  /** The script is loaded, and done if it post-processes. */
  | { readonly ready: true }
  /** The script lacks the wanted function; whether it has the other role's. */
  | { readonly missing: { readonly hasOther: boolean } }
  /** The function takes other arguments than it is given. */
  | { readonly parameters: { readonly line: number | null } }
  /** Raised while the script was loaded, a syntax error too, or while it post-processed. */
  | { readonly raised: Raised }
  /** Raised by nothing that was called: a timer, or a promise that nobody waits for. */
  | { readonly uncaught: Raised }
  /** The script asked for the end of its process. */
  | { readonly exit: Raised };
