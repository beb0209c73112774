import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { sha256Of } from "../base/sha256-of.ts";
import { findInputs } from "../source/content/byte-inputs.ts";
import type { DetectedInputs } from "../source/detect-format.ts";
import type { ByteInput } from "../source/record-source.ts";
import { NoRecordsError } from "./no-records.ts";
import { openHashes } from "./open-hashes.ts";
import { profileInputs } from "./profile-inputs.ts";

const folder = temporaryFolder();
const LARGE = 150_000_000;
const SHARED = 250_000_000;
const FLAGS = `plan,${"flag,".repeat(40)}end\n${`basic,${"1,0,".repeat(20)}1\n`.repeat(50)}`;
const NUMBERS = "age,balance\n31,5.25\n".repeat(50);

/** A file of which nothing is said but its size is read. */
function fileOf(size: number | undefined, text = NUMBERS, path = "x.csv"): ByteInput {
  return { path, size, chunks: async function* () {}, read: async () => Buffer.from(text) };
}

async function isHashed(
  { format = "csv", inputs }: Partial<DetectedInputs>,
  options: Parameters<typeof openHashes>[1] = { threads: 2 },
  isWatched = false,
): Promise<boolean> {
  const hashes = await openHashes({ format, inputs: inputs! }, options, { isWatched });
  await hashes?.close();
  return hashes !== undefined;
}

describe("openHashes", () => {
  it("hashes much that one thread reads", async () => {
    const [small, large] = [[fileOf(1000)], [fileOf(LARGE)]];
    expect(await isHashed({ inputs: large }, { threads: 2 }, true)).toBe(true);
    expect(await isHashed({ inputs: large }, { threads: 1 }, true)).toBe(false);
    expect(await isHashed({ inputs: small }, { threads: 2 }, true)).toBe(false);
    for (const format of ["jsonl", "capture"] as const) {
      expect(await isHashed({ format, inputs: large })).toBe(true);
      expect(await isHashed({ format, inputs: small })).toBe(false);
    }
    for (const format of ["parquet", "arrow", "transform"] as const) {
      expect(await isHashed({ format, inputs: large })).toBe(false);
    }
  });

  it("leaves it to the threads that share records, unless these are nearly all flags", async () => {
    const [numbers, flags] = [[fileOf(SHARED)], [fileOf(SHARED, FLAGS)]];
    expect(await isHashed({ inputs: numbers })).toBe(false);
    expect(await isHashed({ inputs: numbers }, { threads: 2 }, true)).toBe(true);
    expect(await isHashed({ inputs: flags })).toBe(true);
    expect(await isHashed({ inputs: flags }, { threads: 2, semantics: "model-monitor" })).toBe(
      false,
    );
  });

  it("reads nothing again but files", async () => {
    for (const other of [fileOf(undefined), fileOf(LARGE, FLAGS, "s3://bucket/x.csv")]) {
      expect(await isHashed({ inputs: [fileOf(LARGE), other] }, { threads: 2 }, true)).toBe(false);
    }
  });

  it("hashes captured traffic of the window alone", async () => {
    const inputs = [7, 8].map((hour) =>
      fileOf(80_000_000, "", `model/variant/2026/01/31/0${hour}/x.jsonl`),
    );
    const window = { start: "2026-01-31T08:00:00Z", end: "2026-01-31T09:00:00Z" };
    expect(await isHashed({ format: "capture", inputs })).toBe(true);
    expect(await isHashed({ format: "capture", inputs }, { threads: 2, ...window })).toBe(false);
  });
});

describe("inputs that are hashed beside", () => {
  const context = { rejectedHint: { see: "See", raise: "raise" } };

  /** A file of a few records that is said to be large. */
  async function detectedOf(name: string, text: string): Promise<DetectedInputs> {
    const path = join(folder, name);
    writeFileSync(path, text);
    const [input] = await findInputs([path]);
    return { format: "csv", inputs: [{ ...input!, size: LARGE }] };
  }

  it("are told as if the reader had hashed them", async () => {
    const detected = await detectedOf("flags.csv", FLAGS);
    const { tallies } = await profileInputs(detected, { threads: 2 }, context);
    const expected = { records: 50, bytes: FLAGS.length, sha256: sha256Of(FLAGS) };
    expect(tallies).toEqual([expect.objectContaining(expected)]);
    const alone = await profileInputs(detected, { threads: 1 }, context);
    expect(tallies).toEqual(alone.tallies);
  });

  it("are hashed no more once the run is stopped, though all records are read", async () => {
    const { format, inputs } = await detectedOf("stopped.csv", FLAGS);
    const path = join(folder, "long.csv");
    // As long as it takes seconds to hash, all of it a hole.
    writeFileSync(path, "");
    truncateSync(path, 2 ** 34);
    const stop = new AbortController();
    setTimeout(() => stop.abort("SIGTERM"), 300);
    const options = { threads: 2, signal: stop.signal };
    const detected = { format, inputs: [{ ...inputs[0]!, path }] };
    await expect(profileInputs(detected, options, context)).rejects.toBe("SIGTERM");
  });

  it("are told where none of their records can be read", async () => {
    const text = `a,b\n${'"x"y,1\n'.repeat(20)}`;
    const detected = await detectedOf("rejected.csv", text);
    const error = await profileInputs(detected, { threads: 2 }, context).catch((error) => error);
    expect(error).toBeInstanceOf(NoRecordsError);
    expect(error.tallies).toEqual([expect.objectContaining({ sha256: sha256Of(text) })]);
  });
});
