/** What a run leaves behind when it is stopped, asked kindly or not. */
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { casesOf } from "../fixtures/cases.ts";
import { outcomeOf, spawnCli, startCli } from "../fixtures/run-cli.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

/**
 * Stops its process behind a renaming, from 1 on, of the file that it says: while another runs. It
 * goes on once there is a file `go`.
 */
const WAIT_AT_RENAME = `
  const fs = require("node:fs");
  let left = Number(process.env.WAIT_AT_RENAME);
  const { renameSync } = fs;
  fs.renameSync = (...args) => {
    renameSync(...args);
    if (--left !== 0) return;
    fs.writeFileSync(process.env.WAITS, "");
    while (!fs.existsSync(process.env.GO)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  };
`;

const folder = temporaryFolder();
const FILES = ["statistics.json", "report.html", "insights.json", "constraints.json"] as const;

/** Kills its process before a call that writes, of which it lets a half of the text be written. */
const KILL_AT_STEP = `
  const fs = require("node:fs");
  let left = Number(process.env.KILL_AT_STEP);
  for (const name of ["openSync", "writeFileSync", "fsync", "renameSync", "unlinkSync"]) {
    const call = fs[name];
    const isWriting = (file) => name !== "openSync" || file.endsWith(".tmp");
    fs[name] = (file, text, ...rest) => {
      if (isWriting(file) && --left === 0) {
        if (name === "writeFileSync") call(file, text.slice(0, text.length / 2));
        process.kill(process.pid, "SIGKILL");
      }
      return call(file, text, ...rest);
    };
  }
`;

/** The bytes of a run's files by name. */
type Outputs = Readonly<Record<string, string>>;

let previous: Outputs;
let next: Outputs;
let runMs: number;

function outputsIn(name: string): Outputs {
  const files = readdirSync(join(folder, name)).filter((file) => !file.startsWith("."));
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(join(folder, name, file), "utf8")]),
  );
}

/** Whether `insights.json` tells of exactly the files that stand beside it, and the page of it. */
function isComplete(outputs: Outputs): boolean {
  const told: readonly { name: string; sha256: string }[] = JSON.parse(
    outputs["insights.json"]!,
  ).outputs;
  const hashOf = (name: string): string =>
    createHash("sha256")
      .update(outputs[name] ?? "")
      .digest("hex");
  return (
    told.every(({ name, sha256 }) => hashOf(name) === sha256) &&
    outputs["report.html"]!.includes(hashOf("insights.json"))
  );
}

beforeAll(async () => {
  writeFileSync(join(folder, "kill-at-step.cjs"), KILL_AT_STEP);
  writeFileSync(join(folder, "wait-at-rename.cjs"), WAIT_AT_RENAME);
  writeFileSync(join(folder, "previous.csv"), "age,plan\n31,basic\n");
  const rows = Array.from({ length: 3_000 }, (_, at) => `${at},pro,${at / 7}\n`);
  writeFileSync(join(folder, "next.csv"), `age,plan,balance\n${rows.join("")}`);
  await spawnCli(["baseline", "previous.csv", "-o", "previous"], { cwd: folder });
  const startMs = performance.now();
  await spawnCli(["baseline", "next.csv", "-o", "next"], { cwd: folder });
  runMs = performance.now() - startMs;
  previous = outputsIn("previous");
  next = outputsIn("next");
});

describe("a run that is asked to stop", () => {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`by ${signal} ends with ${code} and leaves the previous outputs alone`, async () => {
      cpSync(join(folder, "previous"), join(folder, signal), { recursive: true });
      const child = startCli(["baseline", "-", "--format", "csv", "-o", signal], { cwd: folder });
      const outcome = outcomeOf(child);
      // Once a text greater than a pipe has room for is taken, the run is under way; rejected
      // records make it write a temporary file, and the input stays open.
      const text = `age,plan\n${'31,"basic"x\n'.repeat(40_000)}`;
      await new Promise((resolve) => child.stdin.write(text, resolve));
      const log = `.rejected.jsonl.${child.pid}.tmp`;
      await expect
        .poll(() => readdirSync(join(folder, signal)), { timeout: 10_000 })
        .toContain(log);
      child.kill(signal);
      expect(await outcome).toEqual({ code, stdout: "", stderr: "tidemark: Stopped.\n" });
      expect(readdirSync(join(folder, signal)).sort()).toEqual([...FILES].sort());
      expect(outputsIn(signal)).toEqual(previous);
    });
  }
});

describe("a run that is killed", () => {
  /** Starts a run over the previous outputs, which is to be killed, and checks what is there then. */
  async function killed(
    output: string,
    kill: (child: ChildProcess) => void,
    env?: Record<string, string>,
  ): Promise<{ readonly isKilled: boolean; readonly isNew: boolean }> {
    rmSync(join(folder, output), { recursive: true, force: true });
    cpSync(join(folder, "previous"), join(folder, output), { recursive: true });
    const child = startCli(["baseline", "next.csv", "-o", output], { cwd: folder, env });
    const ended = outcomeOf(child);
    kill(child);
    const { code } = await ended;
    const outputs = outputsIn(output);
    expect(Object.keys(outputs).sort()).toEqual([...FILES].sort());
    const isNew = FILES.map((name) => outputs[name] === next[name]);
    FILES.forEach((name, at) => {
      expect(outputs[name] === (isNew[at] ? next : previous)[name], name).toBe(true);
    });
    expect(isComplete(outputs)).toBe(new Set(isNew).size === 1);
    return { isKilled: code === null, isNew: isNew.includes(true) };
  }

  /** Kills a run before the given call, from 1 on, that writes below its output folder. */
  function killAtStep(step: number) {
    return killed("killed", () => {}, {
      NODE_OPTIONS: `--require=${join(folder, "kill-at-step.cjs")}`,
      KILL_AT_STEP: `${step}`,
    });
  }

  it("at any moment leaves each file whole, the previous or the new one", async () => {
    const outcomes: { readonly isNew: boolean }[] = [];
    const moments = casesOf(14, 60);
    for (let at = 0; at < moments; at += 2) {
      const killAt = (moment: number) =>
        killed(`killed-${moment % 2}`, (child) => {
          setTimeout(() => child.kill("SIGKILL"), 1.2 * (moment / moments) * Math.min(runMs, 500));
        });
      outcomes.push(...(await Promise.all([killAt(at), killAt(at + 1)])));
    }
    expect(outcomes[0]?.isNew).toBe(false);
  });

  it("at any step of its writing leaves each file whole, too", async () => {
    const steps: string[] = [];
    for (let at = 1; ; at++) {
      const { isKilled, isNew } = await killAtStep(at);
      if (!isKilled) break;
      steps.push(isNew ? "new" : "previous");
    }
    // Each is opened, half written and flushed; that of an earlier run which has no successor is
    // removed; each is renamed; the log of rejected records is discarded.
    const [before, after] = [3 * FILES.length + 2, FILES.length];
    expect(steps).toEqual([...Array(before).fill("previous"), ...Array(after).fill("new")]);
  });

  it("between two renames is told from a complete one by the hashes in insights.json", () => {
    for (let mix = 0; mix < 2 ** FILES.length; mix++) {
      const isNew = FILES.map((_, at) => (mix & (2 ** at)) !== 0);
      const outputs = Object.fromEntries(
        FILES.map((name, at) => [name, (isNew[at] ? next : previous)[name]!]),
      );
      expect(isComplete(outputs), isNew.join()).toBe(new Set(isNew).size === 1);
    }
  });

  it("does not disturb the run after it", async () => {
    const firstRename = 3 * FILES.length + 2;
    expect(await killAtStep(firstRename)).toEqual({ isKilled: true, isNew: false });
    expect(readdirSync(join(folder, "killed"))).toHaveLength(2 * FILES.length);
    const { code } = await spawnCli(["baseline", "next.csv", "-o", "killed"], { cwd: folder });
    expect(code).toBe(0);
    expect(outputsIn("killed")).toEqual(next);
  });
});

describe("two runs that write to one folder", () => {
  const run = (input: string, output: string, env?: Record<string, string>) =>
    outcomeOf(startCli(["baseline", input, "-o", output], { cwd: folder, env }));

  it("one after the other, with the same input, leave the same files", async () => {
    for (let time = 0; time < 2; time++) await run("next.csv", "twice");
    expect(outputsIn("twice")).toEqual(next);
  });

  it("at the same time leave all files of one of them", async () => {
    const pairs = casesOf(5, 40);
    for (let at = 0; at < pairs; at++) {
      const ended = await Promise.all([run("next.csv", "both"), run("previous.csv", "both")]);
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      const outputs = outputsIn("both");
      expect(isComplete(outputs)).toBe(true);
      expect([next, previous]).toContainEqual(outputs);
      expect(readdirSync(join(folder, "both"))).toHaveLength(FILES.length);
    }
  });

  it.each(FILES.map((_, at) => at + 1))(
    "one of them within the other, behind its renaming %i, leave those of the last to end",
    async (rename) => {
      const [waits, go] = [join(folder, `waits-${rename}`), join(folder, `go-${rename}`)];
      const output = `within-${rename}`;
      const outer = run("next.csv", output, {
        NODE_OPTIONS: `--require=${join(folder, "wait-at-rename.cjs")}`,
        WAIT_AT_RENAME: `${rename}`,
        WAITS: waits,
        GO: go,
      });
      await expect.poll(() => existsSync(waits), { timeout: 10_000 }).toBe(true);
      expect((await run("previous.csv", output)).code).toBe(0);
      writeFileSync(go, "");
      expect((await outer).code).toBe(0);
      expect(outputsIn(output)).toEqual(next);
      expect(readdirSync(join(folder, output))).toHaveLength(FILES.length);
    },
  );
});
