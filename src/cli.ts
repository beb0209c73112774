#!/usr/bin/env node
/** The entry of the command line, which is built as a chunk: see `Chunks`. */
import { Chunks } from "./chunks.ts";

const { isPrinted, main } = new Chunks(import.meta.dirname).load(
  "main.cjs",
) as typeof import("./main.ts");

/** Settled when the command has ended. */
export const ended: Promise<void> = main().then(() => {
  // By itself Node would wait for V8 to optimise and to collect what nobody needs any more.
  if (require.main === module && isPrinted()) process.exit();
});
