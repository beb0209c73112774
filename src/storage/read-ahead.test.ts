import { describe, expect, it } from "vitest";
import { ReadAhead } from "./read-ahead.ts";
import type { Storage, StoredFile } from "./storage.ts";

/** A store that notes which files are asked for. */
function storeOf(isRemote: boolean, fails?: string): { storage: Storage; asked: string[] } {
  const asked: string[] = [];
  const storage: Storage = {
    isRemote,
    find: async () => undefined,
    list: async () => [],
    match: async () => [],
    async *read({ path }: StoredFile) {
      asked.push(path);
      if (path === fails) throw new Error(`${path} is gone`);
      yield Buffer.from(`<${path}`);
      yield Buffer.from(">");
    },
  };
  return { storage, asked };
}

const filesOf = (storage: Storage, sizes: readonly number[]) =>
  sizes.map((size, at) => ({ file: { path: String(at), size }, storage }));

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

describe("ReadAhead", () => {
  it("asks once for each small file of a remote store, some of them ahead", async () => {
    const { storage, asked } = storeOf(true);
    const ahead = new ReadAhead(filesOf(storage, Array(40).fill(9)));
    expect(await textOf(ahead.read(0))).toBe("<0>");
    expect(asked).toHaveLength(17);
    for (let at = 1; at < 40; at++) expect(await textOf(ahead.read(at))).toBe(`<${at}>`);
    expect(asked.toSorted((a, b) => +a - +b)).toEqual(
      Array.from({ length: 40 }, (_, at) => `${at}`),
    );
  });

  it("reads a file again that was read before", async () => {
    const { storage } = storeOf(true);
    const ahead = new ReadAhead(filesOf(storage, [9, 9]));
    for (const at of [0, 1, 0, 1, 1]) expect(await textOf(ahead.read(at))).toBe(`<${at}>`);
  });

  it("leaves large files and those of this machine to their turn", async () => {
    const remote = storeOf(true);
    await textOf(new ReadAhead(filesOf(remote.storage, [9, 2_000_000, 9])).read(0));
    expect(remote.asked.toSorted()).toEqual(["0", "2"]);
    const local = storeOf(false);
    await textOf(new ReadAhead(filesOf(local.storage, [9, 9])).read(0));
    expect(local.asked).toEqual(["0"]);
  });

  it("tells a fault to who reads the file, and to nobody else", async () => {
    const { storage } = storeOf(true, "1");
    const ahead = new ReadAhead(filesOf(storage, [9, 9, 9]));
    expect(await textOf(ahead.read(0))).toBe("<0>");
    await expect(textOf(ahead.read(1))).rejects.toThrow("1 is gone");
    expect(await textOf(ahead.read(2))).toBe("<2>");
  });
});
