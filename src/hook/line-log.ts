/** Hands on what a script prints, line by line, and remembers the end of it. */
import type { Readable } from "node:stream";

const LAST_LINES = 3;
/** A longer line is handed on in pieces. */
const LINE_LENGTH_MAX = 8192;

export class LineLog {
  readonly #log: (line: string) => void;
  readonly #last: string[] = [];

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** The last lines that are not blank, of all streams together. */
  get lastLines(): readonly string[] {
    return this.#last;
  }

  /** Reads a stream of UTF-8 to its end; resolves there. */
  read(stream: Readable): Promise<void> {
    let rest = "";
    stream.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop()!;
      for (const line of lines) this.#add(line);
      if (rest.length <= LINE_LENGTH_MAX) return;
      this.#add(rest);
      rest = "";
    });
    return new Promise((resolve) => {
      stream.once("close", () => {
        if (rest !== "") this.#add(rest);
        rest = "";
        resolve();
      });
    });
  }

  #add(line: string): void {
    this.#log(line);
    if (line.trim() === "") return;
    if (this.#last.push(line) > LAST_LINES) this.#last.shift();
  }
}
