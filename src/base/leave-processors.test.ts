import { EventEmitter } from "node:events";
import { versions } from "node:process";
import type { Worker } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";

describe.skipIf(!versions.v8.startsWith("11."))("leaveProcessors", () => {
  it("lets V8 optimise as it did once the last worker has ended", async () => {
    // Workers of other tests may still run.
    vi.resetModules();
    const { leaveProcessors } = await import("./leave-processors.ts");
    const [one, other] = [new EventEmitter(), new EventEmitter()] as unknown as [Worker, Worker];
    const flags: string[] = [];
    for (const worker of [one, other]) leaveProcessors(worker, (flag) => flags.push(flag));
    expect(flags).toEqual([]);
    for (const worker of [one, other]) worker.emit("online");
    expect(flags).toEqual(["--interrupt-budget=600000"]);
    one.emit("exit", 0);
    expect(flags).toHaveLength(1);
    other.emit("exit", 0);
    expect(flags).toEqual(["--interrupt-budget=600000", "--interrupt-budget=67584"]);
  });

  it("lets it optimise less for good in a process that ends with its run", async () => {
    vi.resetModules();
    const { leaveProcessors, leaveProcessorsForGood } = await import("./leave-processors.ts");
    const worker = new EventEmitter() as unknown as Worker;
    const flags: string[] = [];
    leaveProcessorsForGood();
    leaveProcessors(worker, (flag) => flags.push(flag));
    worker.emit("online");
    worker.emit("exit", 0);
    expect(flags).toEqual(["--interrupt-budget=600000"]);
  });

  it("lets it optimise less in a short run, if the process ends with it", async () => {
    vi.resetModules();
    const { leaveProcessorsForGood, optimiseAsUsual, spareShortRun } = await import(
      "./leave-processors.ts"
    );
    const flags: string[] = [];
    const setFlags = (flag: string) => flags.push(flag);
    spareShortRun(setFlags);
    expect(flags).toEqual([]);
    leaveProcessorsForGood();
    spareShortRun(setFlags);
    optimiseAsUsual(setFlags);
    expect(flags).toEqual(["--interrupt-budget=600000", "--interrupt-budget=67584"]);
  });
});
