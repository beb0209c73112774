/**
 * Writes bench/RESULTS.md and the README's speed table from bench/results.json.
 *
 * Usage: npm run bench:readme
 */
import { readFileSync, writeFileSync } from "node:fs";
import { placeInReadme, renderReadmeTable } from "./readme-table.ts";
import { renderResults } from "./render.ts";
import type { BenchResults } from "./results.ts";

const ROOT = new URL("../../", import.meta.url);
const README = new URL("README.md", ROOT);

const results: BenchResults = JSON.parse(readFileSync(new URL("bench/results.json", ROOT), "utf8"));
writeFileSync(new URL("bench/RESULTS.md", ROOT), renderResults(results));
writeFileSync(README, placeInReadme(readFileSync(README, "utf8"), renderReadmeTable(results)));
