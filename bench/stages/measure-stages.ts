/** How long each stage of profiling a CSV file takes by itself, in one warm thread. */
import { profileRecords } from "../../src/accumulate/profile-records.ts";
import type { ProfilerOptions } from "../../src/accumulate/profiler.ts";
import { BatchBuilder } from "../../src/source/batch/batch-builder.ts";
import { findInputs } from "../../src/source/content/byte-inputs.ts";
import { emptyTally, readContent } from "../../src/source/content/input-content.ts";
import { CountPlan } from "../../src/source/csv/count-plan.ts";
import { readCsvText } from "../../src/source/csv/csv-file.ts";
import { openCsvKernel } from "../../src/source/csv/csv-kernel.ts";
import { openCsv } from "../../src/source/csv/csv-reader.ts";
import { RFC_4180 } from "../../src/source/csv/csv-scanner.ts";
import type { ByteInput } from "../../src/source/record-source.ts";
import { readFile } from "../../src/storage/local-files.ts";
import { spreadOf } from "../results.ts";

export const STAGES = {
  read: "`storage/local-files.ts`: the file, into one buffer",
  hash: "`source/content/input-content.ts`: SHA-256",
  "valid UTF-8": "`source/utf8.ts`",
  masks: "`kernel/assembly/mark-record.ts`: where cells and records end",
  "scan and count":
    "`kernel/assembly/count-records.ts`, masks too, and `accumulate/` for what has no counter",
  "scan and lay": "`kernel/assembly/csv-records.ts`, where nothing is counted",
  "scan and fold in order":
    "under `model-monitor`: cells laid but for zeros, `kernel/assembly/read-cells.ts`, moments, sketch",
} as const;

export type StageName = keyof typeof STAGES;
/** Seconds by stage, medians over the rounds. */
export type StageTimes = Readonly<Record<StageName, number>>;

const CSV = { header: "yes", sniffDelimiter: false } as const;
/** Text of a call that finds masks alone; a record of 64 KiB is the longest that is counted. */
const MASKED_BYTES = 60_000;
/** Newline and quote. */
const ENDS: ReadonlySet<number> = new Set([10, 34]);
const SPACE = 32;

/** Runs for all that is measured; a stage's time is a run's less that of what stands before it. */
const RUNS = {
  read: ({ path }) => drain(readFile(path)),
  hash: (input) => drain(readContent(input, emptyTally(input.path))),
  text: (input) => drain(readCsvText(input, emptyTally(input.path), ",")),
  masks: async ({ size, read }) => findMasks(await read!(0, MASKED_BYTES), size!),
  laid: async (input) => drain((await openCsv([input], CSV)).batches),
  counted: (input) => profile(input, { semantics: "tidemark" }),
  ordered: (input) => profile(input, { semantics: "model-monitor" }),
} satisfies Record<string, (input: ByteInput) => Promise<void>>;

type RunName = keyof typeof RUNS;

/** Measures a file in interleaved rounds, after one that warms up. */
export async function measureStages(path: string, rounds: number): Promise<StageTimes> {
  const [input] = await findInputs([path]);
  const names = Object.keys(RUNS) as RunName[];
  const seconds = Object.fromEntries(names.map((name): [string, number[]] => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      await RUNS[name](input!);
      if (round > 0) seconds[name]!.push((performance.now() - start) / 1000);
    }
  }
  const at = (name: RunName): number => spreadOf(seconds[name]!).median;
  return {
    read: at("read"),
    hash: at("hash") - at("read"),
    "valid UTF-8": at("text") - at("hash"),
    masks: at("masks"),
    "scan and count": at("counted") - at("text"),
    "scan and lay": at("laid") - at("text"),
    "scan and fold in order": at("ordered") - at("text"),
  };
}

async function profile(input: ByteInput, options: ProfilerOptions): Promise<void> {
  await profileRecords(await openCsv([input], { ...CSV, offersCounts: true }), options);
}

async function drain(all: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of all) {
    // The reading is what takes the time.
  }
}

/** Has the kernel find the masks of text without an end of a record, and so no more than them. */
function findMasks(text: Uint8Array, bytes: number): void {
  const kernel = openCsvKernel()!;
  const builder = new BatchBuilder(kernel.memory);
  builder.begin("", 1);
  builder.append(text.map((byte) => (ENDS.has(byte) ? SPACE : byte)));
  const plan = CountPlan.open(builder)!;
  // Whether there is a counter is asked behind the masks.
  plan.set(0, { decimals: 1, texts: 0 });
  plan.begin();
  for (let found = 0; found < bytes; found += text.length) {
    kernel.read(builder, 1, RFC_4180, plan, builder.recordsMax);
  }
}
