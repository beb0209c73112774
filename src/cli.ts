#!/usr/bin/env node
/** The entry of the command line, which is built as a chunk: see `Chunks`. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Chunks } from "./chunks.ts";

const chunks = new Chunks(dirname(fileURLToPath(import.meta.url)));
const { main } = chunks.load("main.cjs") as typeof import("./main.ts");
await main();
