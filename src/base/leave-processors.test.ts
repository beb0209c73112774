import { EventEmitter } from "node:events";
import { setFlagsFromString } from "node:v8";
import type { Worker } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { leaveProcessors } from "./leave-processors.ts";

vi.mock("node:process", () => ({ versions: { v8: "11.3.244" } }));
vi.mock("node:v8", () => ({ setFlagsFromString: vi.fn() }));

describe("leaveProcessors", () => {
  it("lets V8 optimise as it did once the last worker has ended", () => {
    const [one, other] = [new EventEmitter(), new EventEmitter()] as unknown as [Worker, Worker];
    const flags = () => vi.mocked(setFlagsFromString).mock.calls;
    leaveProcessors(one);
    leaveProcessors(other);
    expect(flags()).toEqual([]);
    for (const worker of [one, other]) worker.emit("online");
    expect(flags()).toEqual([["--interrupt-budget=600000"]]);
    one.emit("exit", 0);
    expect(flags()).toHaveLength(1);
    other.emit("exit", 0);
    expect(flags()).toEqual([["--interrupt-budget=600000"], ["--interrupt-budget=67584"]]);
  });
});
