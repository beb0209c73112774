import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readUnits } from "../../fixtures/read-units.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { seededRandom } from "../base/seeded-random.ts";
import { findInputs } from "../source/content/byte-inputs.ts";
import { profileInputs } from "./profile-inputs.ts";
import type { ThreadSetup } from "./thread-setup.ts";
import { UnitPool } from "./unit-pool.ts";

const root = temporaryFolder();
const unitBytes = 200_000;

/** Rows with columns that outgrow their tables, each in its way, and others that do not. */
function rowsOf(rows: number, seed: number): string {
  const random = seededRandom(seed, 0);
  return Array.from({ length: rows }, (_, i) => {
    const note = i % 97 === 0 ? '"two\nlines, ""quoted"""' : i % 31 === 0 ? "" : "plain";
    const flag = i % 501 === 500 ? '"bad"x' : i % 2;
    const cells = [flag, `id-${seed}-${i}`, random() * 1e9, random().toFixed(6), note];
    const end = i % 77 === 0 ? "\r\n" : "\n";
    return `${cells.join(",")}${i % 113 === 0 ? ",more" : ""}${end}`;
  }).join("");
}

const HEADER = "flag,id,value,share,note\n";
const parts = [rowsOf(12_000, 1), rowsOf(9_000, 2)];

function write(name: string, text: string | Uint8Array): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

const [one, two] = parts.map((text, at) => write(`${at}.csv`, `\ufeff${HEADER}${text}`)) as [
  string,
  string,
];
const swapped = write("2.csv", "id,flag,value,share,note\nx,1,2,3,4\n");

describe("threads", () => {
  it.each([
    ["one file", [one]],
    ["several files", [one, two, swapped]],
  ])("give the same of %s, columns that outgrow their tables among them", async (_, paths) => {
    const alone = await readUnits(paths, {}, { threads: 1, unitBytes });
    expect(alone.error).toBeUndefined();
    expect(alone.rejections.length).toBeGreaterThan(20);
    for (const threads of [2, 3]) {
      assert.deepEqual(await readUnits(paths, {}, { threads, unitBytes }), alone);
    }
  });

  it("are this one too, once it has hashed the files", async () => {
    const alone = await readUnits([one, two], {}, { threads: 1, unitBytes });
    const openReaders = (_: number, setup: ThreadSetup): UnitPool => new UnitPool(0, setup);
    assert.deepEqual(
      await readUnits([one, two], {}, { threads: 2, unitBytes, openReaders }),
      alone,
    );
  });

  it("leave what can not be read from its middle to one", async () => {
    const zipped = write("zipped.csv.gz", gzipSync(parts[0]!));
    for (const options of [
      {},
      { csvEscape: "backslash" },
      { semantics: "model-monitor" },
    ] as const) {
      const path = "csvEscape" in options || "semantics" in options ? one : zipped;
      const header = path === zipped ? false : undefined;
      const alone = await readUnits(
        [path],
        { ...options, header },
        { threads: 1, unitBytes: 70_000 },
      );
      const shared = await readUnits(
        [path],
        { ...options, header },
        { threads: 2, unitBytes: 70_000 },
      );
      assert.deepEqual(shared, alone);
    }
  });

  it("end with the error that one ends with, after the same rejections", async () => {
    const other = write("3.csv", "flag,id,value,share,remark\n1,2,3,4,5\n");
    const paths = [one, two, other];
    const alone = await readUnits(paths, {}, { threads: 1, unitBytes });
    expect(alone.error).toContain("header differs from");
    assert.deepEqual(await readUnits(paths, {}, { threads: 2, unitBytes }), alone);
  });

  it("end when a file that they read is gone", async () => {
    const path = write("gone.csv", `${HEADER}${parts[0]}`);
    const openReaders = (workers: number, setup: ThreadSetup): UnitPool => {
      rmSync(path);
      return new UnitPool(workers, setup);
    };
    const context = { unitBytes, openReaders, rejectedHint: { see: "", raise: "" } };
    const reading = profileInputs(await findInputs([path]), { threads: 2 }, context);
    await expect(reading).rejects.toThrow(
      `${path}: can not be read (ENOENT); expected a readable file or folder. ` +
        "Check its permissions.",
    );
  });

  it("end when they are told to, with the reason", async () => {
    const abort = new AbortController();
    let merged = 0;
    const onProgress = (): void => {
      merged++;
      if (merged === 2) abort.abort("SIGTERM");
    };
    const reading = profileInputs(
      await findInputs([one, two]),
      { threads: 2, signal: abort.signal, onProgress, maxRejectedShare: { share: 1 } },
      { unitBytes, rejectedHint: { see: "", raise: "" } },
    );
    await expect(reading).rejects.toBe("SIGTERM");
    expect(merged).toBe(2);
  });
});

describe("UnitPool", () => {
  const task = { offset: 0, isExact: true, folded: [] };
  const script = (code: string): URL =>
    new URL(`data:text/javascript,${encodeURIComponent(`import "node:fs"; ${code}`)}`);

  it.each([
    ["throws", "throw new TypeError('broken')", "broken"],
    ["ends", "process.exit(0)", "a thread ended before its work"],
  ])("rejects all tasks once a thread %s", async (_, code, message) => {
    const pool = new UnitPool(2, {} as ThreadSetup, script(code));
    const tasks = [pool.run(task), pool.run(task), pool.run(task, true)];
    for (const each of tasks) await expect(each).rejects.toThrow(message);
    await expect(pool.run(task)).rejects.toThrow(message);
    await pool.close();
  });

  it("tells of an error that is none of the user's", async () => {
    const pool = new UnitPool(1, {} as ThreadSetup);
    const reply = await pool.run(task);
    await pool.close();
    expect(reply).toMatchObject({ kind: "failed", parts: undefined, rejections: [] });
    expect(reply.kind === "failed" && reply.stack).toMatch(/^TypeError: /);
  });
});
