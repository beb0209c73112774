/** Where a run's files go: a folder of this machine or a prefix of an object store. */

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface OutputFile {
  readonly name: string;
  /** A text is written as UTF-8. */
  readonly content: string | Uint8Array;
}

export interface PublishOptions {
  /** Leaves everything as it was when aborted before the first file is in its place. */
  readonly signal?: AbortSignal | undefined;
  /** Names of files of earlier runs that this run does not write. */
  readonly stale?: readonly string[] | undefined;
  /** Names of files that were written to their temporary paths; they come before the others. */
  readonly grown?: readonly string[] | undefined;
}

export interface Output {
  /** As the user gave it. */
  readonly path: string;
  /** Makes it ready; a configuration error when it can not be written to. */
  open(): Promise<void>;
  /** Where on this machine a file that grows is written before it is published. */
  temporaryPath(name: string): string;
  /** Removes what was written there and is not published. */
  discard(name: string): void;
  /** Puts files in their places in the order given, each of them whole at any moment. */
  publish(files: readonly OutputFile[], options?: PublishOptions): Promise<void>;
}
