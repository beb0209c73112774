/** What a run leaves behind when it is stopped, asked kindly or not. */
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { casesOf } from "../fixtures/cases.ts";
import { outcomeOf, spawnCli, startCli } from "../fixtures/run-cli.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const folder = temporaryFolder();
const FILES = ["statistics.json", "report.html", "insights.json", "constraints.json"] as const;

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
  /** Kills a run over the previous outputs once `due` resolves, and checks what is there then. */
  async function kill(
    due: (child: ChildProcess, output: string) => Promise<void>,
    output = "killed",
  ): Promise<boolean> {
    rmSync(join(folder, output), { recursive: true, force: true });
    cpSync(join(folder, "previous"), join(folder, output), { recursive: true });
    const child = startCli(["baseline", "next.csv", "-o", output], { cwd: folder });
    const ended = outcomeOf(child);
    await due(child, output);
    child.kill("SIGKILL");
    await ended;
    const outputs = outputsIn(output);
    expect(Object.keys(outputs).sort()).toEqual([...FILES].sort());
    const isNew = FILES.map((name) => outputs[name] === next[name]);
    FILES.forEach((name, at) => {
      expect(outputs[name] === (isNew[at] ? next : previous)[name], name).toBe(true);
    });
    expect(isComplete(outputs)).toBe(new Set(isNew).size === 1);
    return isNew.includes(true);
  }

  /** Resolves when the number of temporary files is right, or the run is over. */
  function whenWriting(isDue: (temporaryFiles: number) => boolean) {
    return async (child: ChildProcess, output: string): Promise<void> => {
      const isTemporary = (name: string): boolean => name.startsWith(".");
      const count = () => readdirSync(join(folder, output)).filter(isTemporary).length;
      while (child.exitCode === null && !isDue(count())) {
        await setTimeout(1);
      }
    };
  }

  it("at any moment leaves each file whole, the previous or the new one", async () => {
    const outcomes: boolean[] = [];
    const moments = casesOf(14, 60);
    for (let at = 0; at < moments; at += 2) {
      const killAt = (moment: number) =>
        kill(
          () => setTimeout(1.2 * (moment / moments) * Math.min(runMs, 500)),
          `killed-${moment % 2}`,
        );
      outcomes.push(...(await Promise.all([killAt(at), killAt(at + 1)])));
    }
    expect(outcomes[0]).toBe(false);
  });

  it("while it writes leaves each file whole, too", async () => {
    for (const count of [1, 2, 3]) await kill(whenWriting((files) => files >= count));
    let most = 0;
    const isRenaming = whenWriting((files) => {
      most = Math.max(most, files);
      return files < most;
    });
    await kill(isRenaming);
    expect(most).toBeGreaterThan(0);
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
    await kill(whenWriting((files) => files > 0));
    const { code } = await spawnCli(["baseline", "next.csv", "-o", "killed"], { cwd: folder });
    expect(code).toBe(0);
    expect(outputsIn("killed")).toEqual(next);
  });
});
