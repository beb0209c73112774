#!/usr/bin/env node
/** The entry of the command line, which is built as a chunk: see `Chunks`. */
import { Chunks } from "./chunks.ts";

const { main } = new Chunks(import.meta.dirname).load("main.cjs") as typeof import("./main.ts");

/** Settled when the command has ended. */
export const ended: Promise<void> = main().then(() => {
  if (require.main === module) exitIfWritten();
});

/** By itself Node would wait for V8 to optimise and to collect what nobody needs any more. */
function exitIfWritten(): void {
  const streams = [process.stdout, process.stderr];
  if (streams.every(({ writableLength }) => writableLength === 0)) process.exit();
}
