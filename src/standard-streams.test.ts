import { EventEmitter } from "node:events";
import { fstatSync, writeSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

vi.mock("node:fs", () => ({ fstatSync: vi.fn(), writeSync: vi.fn() }));

const ROOM = 4;

describe("printOut", () => {
  let written = "";
  let streamed = "";
  let stream: EventEmitter;

  beforeEach(() => {
    [written, streamed] = ["", ""];
    vi.resetModules();
    stream = Object.assign(new EventEmitter(), {
      write: (content: string | Uint8Array) => {
        streamed += Buffer.from(content as string);
      },
      writableLength: 0,
      isTTY: true,
    });
    vi.spyOn(process, "stdout", "get").mockReturnValue(stream as unknown as typeof process.stdout);
    isDevice(false);
    vi.mocked(writeSync).mockImplementation((_, content) => {
      const taken = Buffer.from(content as unknown as Uint8Array).subarray(0, ROOM);
      written += taken;
      return taken.length;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  function isDevice(isCharacterDevice: boolean): void {
    const stats = { isCharacterDevice: () => isCharacterDevice } as ReturnType<typeof fstatSync>;
    vi.mocked(fstatSync).mockReturnValue(stats);
  }

  function failsWith(code: string): void {
    vi.mocked(writeSync).mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
  }

  it("writes to a file or a pipe to the end, without a stream", async () => {
    const { isPrinted, printOut } = await import("./standard-streams.ts");
    printOut("more than fits: é");
    printOut(Buffer.from("bytes"));
    expect([written, streamed, isPrinted()]).toEqual(["more than fits: ébytes", "", true]);
  });

  it("leaves to a stream what a full pipe does not take, and what comes after", async () => {
    const { isPrinted, printOut } = await import("./standard-streams.ts");
    vi.mocked(writeSync).mockReturnValueOnce(ROOM);
    vi.mocked(writeSync).mockImplementationOnce(() => {
      throw Object.assign(new Error(), { code: "EAGAIN" });
    });
    printOut("0123rest,");
    printOut("next");
    expect([written, streamed]).toEqual(["", "rest,next"]);
    Object.assign(stream, { writableLength: 1 });
    expect(isPrinted()).toBe(false);
  });

  it("does not mind a reader that has seen enough, but minds a full disk", async () => {
    const { printOut } = await import("./standard-streams.ts");
    failsWith("EPIPE");
    printOut("text");
    failsWith("ENOSPC");
    expect(() => printOut("text")).toThrow("ENOSPC");
    expect(streamed).toBe("");
  });

  it("writes to a terminal by its stream, which may break off", async () => {
    isDevice(true);
    const { isColored, printOut, terminal } = await import("./standard-streams.ts");
    printOut("text");
    expect([written, streamed]).toEqual(["", "text"]);
    expect(terminal("stdout")).toBe(stream);
    stream.emit("error", Object.assign(new Error(), { code: "EPIPE" }));
    vi.stubEnv("NO_COLOR", "");
    expect(isColored()).toBe(true);
    vi.stubEnv("NO_COLOR", "1");
    expect(isColored()).toBe(false);
    vi.unstubAllEnvs();
  });

  it("takes what can not be looked at for a stream's", async () => {
    vi.mocked(fstatSync).mockImplementation(() => {
      throw Object.assign(new Error(), { code: "EBADF" });
    });
    const { printOut } = await import("./standard-streams.ts");
    printOut("text");
    expect([written, streamed]).toEqual(["", "text"]);
  });
});
