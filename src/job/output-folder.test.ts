import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { OutputFolder } from "./output-folder.ts";

const root = temporaryFolder();
const FILES = [
  { name: "a.json", content: "[1]" },
  { name: "b.json", content: "[2]" },
];

async function opened(name: string, runId = "1"): Promise<OutputFolder> {
  const folder = new OutputFolder(join(root, name), runId);
  await folder.open();
  return folder;
}

function contents(name: string): Record<string, string> {
  const folder = join(root, name);
  const read = (file: string): [string, string] => [file, readFileSync(join(folder, file), "utf8")];
  return Object.fromEntries(readdirSync(folder).map(read));
}

function asError(error: unknown): Error {
  return error as Error;
}

describe("OutputFolder", () => {
  it("creates itself with its parents and publishes files whole", async () => {
    const folder = await opened("new/deep");
    await folder.publish(FILES);
    expect(contents("new/deep")).toEqual({ "a.json": "[1]", "b.json": "[2]" });
  });

  it("replaces files, removes stale ones and leaves others alone", async () => {
    const folder = await opened("again");
    await folder.publish([...FILES, { name: "old.json", content: "[0]" }]);
    await folder.publish([{ name: "a.json", content: "[9]" }], {
      stale: ["old.json", "never.json"],
    });
    expect(contents("again")).toEqual({ "a.json": "[9]", "b.json": "[2]" });
  });

  it("leaves everything as it was when the run is stopped before the first rename", async () => {
    const folder = await opened("stopped");
    await folder.publish([{ name: "a.json", content: "[0]" }]);
    const signal = AbortSignal.abort("SIGTERM");
    const stopped = folder.publish(FILES, { signal, stale: ["a.json"] });
    await expect(stopped).rejects.toBe("SIGTERM");
    expect(contents("stopped")).toEqual({ "a.json": "[0]" });
  });

  it("leaves no temporary file when one can not be put in its place", async () => {
    const folder = await opened("blocked");
    mkdirSync(join(root, "blocked/b.json"));
    const { message } = await folder.publish(FILES).then(() => new Error("published"), asError);
    expect(message).toBe(
      `${folder.path}: can not write the output folder (EISDIR); expected a folder that can be ` +
        "created and written to. Give another one with -o.",
    );
    expect(readdirSync(folder.path)).toEqual(["a.json", "b.json"]);
  });

  it("names temporary files after the run, hidden from a run that reads the folder", async () => {
    const folder = await opened("names", "42");
    expect(folder.temporaryPath("a.json")).toBe(join(root, "names/.a.json.42.tmp"));
  });
});
