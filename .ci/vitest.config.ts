import { tmpdir } from "node:os";
import type { ViteUserConfig } from "vitest/config";
import { LongFirst } from "./long-first.ts";
import { memoryFolder } from "./memory-folder.ts";

/** Suites that take long, such as those in a browser, are run by `npm run slow`. */
const SLOW = "**/*.slow.test.ts";
/** Run every day with some cases and by `npm run thorough` with many: see `fixtures/cases.ts`. */
const LAWS = "**/*.{property,differential}.test.ts";
const FOLDERS = ["src", "fixtures", "bench", ".ci"];
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  daily: FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
  slow: [SLOW],
  thorough: [LAWS, "fixtures/object-store.slow.test.ts"],
};
const suite = process.env["SUITE"] ?? "daily";
const isSlow = suite === "slow";

const config: ViteUserConfig = {
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: [...INCLUDED[suite]!],
    exclude: isSlow ? ["node_modules"] : [SLOW, "node_modules"],
    globalSetup: ".ci/build-if-missing.ts",
    maxWorkers: "100%",
    // Modules stay loaded, and machine code warm, from one quick file to the next.
    isolate: isSlow,
    // The built command line is loaded as Node loads it.
    server: { deps: { external: [/\/dist\//] } },
    sequence: { sequencer: LongFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: "UTC", NO_COLOR: "1", TMPDIR: (isSlow ? undefined : memoryFolder()) ?? tmpdir() },
  },
};

export default config;
