#!/usr/bin/env node
/** The entry of the command line, which is built as a chunk: see `Chunks`. */
import { Chunks } from "./chunks.ts";

const { main } = new Chunks(import.meta.dirname).load("main.cjs") as typeof import("./main.ts");

/** Settled when the command has ended. */
export const ended: Promise<void> = main();
