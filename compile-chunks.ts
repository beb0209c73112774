/**
 * The last step of the build: runs the command line and the library on a little data, and keeps
 * what V8 has compiled on the way beside each chunk (see `src/chunks.ts`). Functions that no such
 * run calls are compiled when they are called. The same V8 makes the same code when it is told not
 * to be random, save for what a function that only a slow machine has time to call adds.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { tableFromJSON } from "apache-arrow";
import { optimiseAsUsual } from "./src/base/leave-processors.ts";
import { Chunks, codeFileOf } from "./src/chunks.ts";

const DIST: string = new URL("../dist/", import.meta.url).pathname;
const ROWS = 400;
/** More than a batch has: values are counted from the second one on. */
const RECORDS = 5000;

/**
 * What would make of one build another, as it depends on how busy the machine is, off and on again:
 * that functions are optimised, which no function is whose name such a filter takes none of, and
 * that code is thrown away. Some versions of V8 do not wholly take back `--no-opt`.
 */
const CHANCES: readonly (readonly [off: string, on: string])[] = [
  ["--turbo-filter=~", "--turbo-filter=*"],
  ["--maglev-filter=~", "--maglev-filter=*"],
  ["--no-flush-bytecode", "--flush-bytecode"],
];

for (const [off] of CHANCES) setFlagsFromString(off);
const folder = mkdtempSync(join(tmpdir(), "tidemark-build-"));
try {
  const chunks = new Chunks(DIST);
  const { main } = chunks.load("main.cjs") as typeof import("./src/main.ts");
  const run = async (...args: string[]): Promise<void> => {
    process.argv = [process.execPath, join(DIST, "cli.cjs"), ...args];
    await main();
    if (process.exitCode !== 0) throw new Error(`tidemark ${args.join(" ")} failed`);
  };
  const [train, traffic, captured] = ["train.csv", "traffic.csv", "captured.jsonl"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(train, table(0));
  writeFileSync(traffic, table(7));
  writeFileSync(captured, capture(7));
  const baseline = join(folder, "baseline");
  await run("baseline", train, "-o", baseline);
  await run("check", traffic, "-b", baseline, "-o", join(folder, "report"));
  await run("check", captured, "-b", baseline, "-o", join(folder, "report"));
  const { profile } = chunks.load("index.cjs") as typeof import("./src/index.ts");
  await profile(records());
  await profile(records().map((record) => Object.values(record)));
  await profile(tableFromJSON(records()));
  // V8 takes no code of another one with other flags.
  for (const [, on] of CHANCES) setFlagsFromString(on);
  optimiseAsUsual();
  for (const [chunk, script] of chunks.scripts) {
    writeFileSync(join(DIST, codeFileOf(chunk)), script.createCachedData());
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Flags, counts, prices, texts and holes; a shift makes them drift. */
function table(shift: number): string {
  return ["paid,visits,price,plan,note", ...rows(shift)].join("\n");
}

function rows(shift: number): string[] {
  return Array.from({ length: ROWS }, (_, i) => {
    const price = ((i * 7919) % 1000) / 8 + shift;
    const plan = ["small", "medium", "large", "none"][(i + Math.floor(shift / 7)) % (3 + shift)];
    return [i % 2, (i * 31) % 40, price, plan ?? "other", i % 9 === 0 ? "" : `n${i}`].join(",");
  });
}

function records(): Record<string, unknown>[] {
  return Array.from({ length: RECORDS }, (_, i) => ({
    paid: i % 2 === 0,
    visits: (i * 31) % 40,
    price: ((i * 7919) % 1000) / 8,
    plan: ["small", "medium", "large"][i % 3],
    note: i % 9 === 0 ? null : `n${i}`,
  }));
}

function capture(shift: number): string {
  return rows(shift)
    .map((row, i) => {
      const [output, ...inputs] = row.split(",");
      const side = (data: string | undefined) => ({
        observedContentType: "text/csv",
        encoding: "CSV",
        data,
      });
      return JSON.stringify({
        captureData: { endpointInput: side(inputs.join(",")), endpointOutput: side(output) },
        eventMetadata: { eventId: `${i}`, inferenceTime: "2026-01-01T00:00:00Z" },
        eventVersion: "0",
      });
    })
    .join("\n");
}
