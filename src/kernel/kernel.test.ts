import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { openKernel, SCRATCH_AT } from "./kernel.ts";

const built = join(temporaryFolder(), "kernel.js");

beforeAll(async () => {
  const here = new URL(".", import.meta.url).pathname;
  const output = { file: built };
  await build({ input: join(here, "kernel.ts"), platform: "node", output });
  copyFileSync(join(here, "kernel.wasm"), join(built, "../kernel.wasm"));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe("openKernel", () => {
  it("gives each kernel a memory of its own", () => {
    const [one, other] = [openKernel()!, openKernel()!];
    new Uint8Array(one.buffer)[100] = 7;
    expect([one, other].map(({ buffer }) => new Uint8Array(buffer)[100])).toEqual([7, 0]);
  });

  it("has the tables of its code before the scratch area, and zeros where nothing is", () => {
    const { code, buffer } = openKernel()!;
    expect(code.TABLES_END.value).toBeLessThanOrEqual(SCRATCH_AT);
    // Where a column without counters has those of decimals.
    expect(new Uint8Array(buffer, 0, 256).every((byte) => byte === 0)).toBe(true);
  });

  it("gives out pieces that are aligned, zero and apart, until none are left", () => {
    const kernel = openKernel(100)!;
    const pieces: [at: number, bytes: number][] = [];
    for (const bytes of [1, 64, 65, 1000, 2 ** 20]) pieces.push([kernel.allocate(bytes)!, bytes]);
    expect(pieces.map(([at]) => at)).toEqual(
      [128, 192, 256, 384, 1408].map((place) => SCRATCH_AT + place),
    );
    const [at, bytes] = pieces[3]!;
    new Uint8Array(kernel.buffer, at, bytes).fill(255);
    kernel.free(at, bytes);
    expect(kernel.allocate(600)).toBe(at);
    expect(new Uint8Array(kernel.buffer, at, bytes).every((byte) => byte === 0)).toBe(true);
    expect(kernel.allocate(2 ** 28)).toBeUndefined();
    expect(kernel.allocate(600)).toBe(SCRATCH_AT + 1408 + 2 ** 20);
  });

  it("takes all pieces back at once, and gives them out zero where that matters", () => {
    const kernel = openKernel()!;
    const at = kernel.allocate(1000)!;
    new Uint8Array(kernel.buffer, at, 1000).fill(255);
    kernel.free(kernel.allocate(64)!, 64);
    kernel.reset();
    expect(kernel.allocate(500, false)).toBe(at);
    expect(new Uint8Array(kernel.buffer)[at]).toBe(255);
    const next = kernel.allocate(500)!;
    expect(next).toBe(at + 512);
    expect(new Uint8Array(kernel.buffer, next, 500).every((byte) => byte === 0)).toBe(true);
  });

  it.each<[string, object | undefined]>([
    [
      "no vectors",
      {
        Module: class {
          constructor() {
            throw new SyntaxError("no such instruction");
          }
        },
      },
    ],
    ["no WebAssembly", undefined],
    [
      "no room for a memory",
      {
        Module: class {},
        Memory: class {
          constructor() {
            throw new RangeError("could not allocate memory");
          }
        },
      },
    ],
  ])("opens none where there is %s", async (_, api) => {
    vi.stubGlobal("WebAssembly", api);
    vi.resetModules();
    const { openKernel: open } = await import("./kernel.ts");
    expect(open()).toBeUndefined();
  });

  it.each([
    ["--no-warnings", "true"],
    ["--jitless", "false"],
    // Other processors have no such flag: theirs always have vectors.
    ["--no-enable-sse4-1", String(process.arch !== "x64")],
  ])("finds out by itself: node %s", (flag, opens) => {
    const script = `import { openKernel, SCRATCH_AT } from "${built}"; console.log(openKernel() !== undefined)`;
    const args = [flag, "--input-type=module", "-e", script];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stdout.trim()).toBe(opens);
  });
});
