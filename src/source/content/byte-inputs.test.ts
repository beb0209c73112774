import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findInputs } from "./byte-inputs.ts";

/** Matches an error by its whole message and its code. */
const saying = (message: string, code = "input") => expect.objectContaining({ message, code });

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "tidemark-inputs-"));
  const files = {
    "b.csv": "b",
    "a.csv": "a",
    "empty.csv": "",
    "[x].csv": "x",
    "days/2026/01/02/03/b.jsonl": "1",
    "days/2026/01/02/03/a": "2",
    "days/2026/01/02/10/c.gz": "3",
    "days/_SUCCESS": "4",
    "days/.hidden": "5",
    "days/_temporary/part": "6",
    "days/empty": "",
    "order/B": "1",
    "order/a": "2",
    "order/é": "3",
    "order/😀": "4",
    "order/\uff5e": "5",
    "void/_x": "1",
    "void/empty": "",
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(root, join(root, "days", "loop"));
  symlinkSync(join(root, "a.csv"), join(root, "days", "link.csv"));
});

afterAll(() => rmSync(root, { recursive: true }));

/** Paths found for patterns below the root, without the root. */
async function find(...patterns: string[]): Promise<string[]> {
  const inputs = await findInputs(patterns.map((pattern) => `${root}/${pattern}`));
  return inputs.map(({ path }) => path.slice(root.length + 1));
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts).toString();
}

describe("inputs", () => {
  test("are files with their size and content", async () => {
    const [input] = await findInputs([join(root, "b.csv")]);
    expect(input).toMatchObject({ path: join(root, "b.csv"), size: 1 });
    expect(await read(input!.chunks())).toBe("b");
  });

  test("are read in chunks of at most 1 MiB", async () => {
    const path = join(root, "large");
    writeFileSync(path, Buffer.alloc(2_500_000, "x"));
    const [input] = await findInputs([path]);
    const sizes: number[] = [];
    for await (const chunk of input!.chunks()) sizes.push(chunk.length);
    rmSync(path);
    expect(sizes).toEqual([1_048_576, 1_048_576, 402_848]);
  });

  test("are read into the room that is offered, as much as it holds at a time", async () => {
    const path = join(root, "large");
    writeFileSync(path, Buffer.alloc(2_500_000, "x"));
    const [input] = await findInputs([path]);
    const asked: number[] = [];
    const sizes: number[] = [];
    const room = (bytes: number): Uint8Array => {
      asked.push(bytes);
      return new Uint8Array(900_000);
    };
    for await (const chunk of input!.chunks(room)) sizes.push(chunk.length);
    rmSync(path);
    expect(sizes).toEqual([900_000, 900_000, 700_000]);
    expect(asked).toEqual([1_048_576, 1_048_576, 1_048_576, 1_048_576]);
  });

  test("are sorted by path and named once", async () => {
    expect(await find("b.csv", "a.csv", "./b.csv", "*.csv")).toEqual(["[x].csv", "a.csv", "b.csv"]);
  });

  test("are sorted by UTF-8 bytes, not by UTF-16 units", async () => {
    const expected = ["order/B", "order/a", "order/é", "order/\uff5e", "order/😀"];
    expect(await find("order")).toEqual(expected);
  });

  test("below a folder leave out hidden names, empty files and loops", async () => {
    expect(await find("days/2026", "days/link.csv")).toEqual([
      "days/2026/01/02/03/a",
      "days/2026/01/02/03/b.jsonl",
      "days/2026/01/02/10/c.gz",
      "days/link.csv",
    ]);
    const all = await find("days/");
    expect(all.filter((path) => !path.startsWith("days/loop/"))).toEqual([
      "days/2026/01/02/03/a",
      "days/2026/01/02/03/b.jsonl",
      "days/2026/01/02/10/c.gz",
      "days/link.csv",
    ]);
    expect(all).toContain("days/loop/a.csv");
    expect(all.filter((path) => path.includes("loop/days"))).toEqual([]);
  });

  test("of a glob are files and what stands below folders, hidden names left out", async () => {
    expect(await find("days/2026/*/*/10")).toEqual(["days/2026/01/02/10/c.gz"]);
    expect(await find("days/{_,2026/**/b}*")).toEqual(["days/2026/01/02/03/b.jsonl"]);
    expect(await find("days/_temporary/*")).toEqual(["days/_temporary/part"]);
  });

  test("that exist are no glob, whatever their name", async () => {
    expect(await find("[x].csv")).toEqual(["[x].csv"]);
  });

  test("that are named are read even when empty or hidden", async () => {
    expect(await find("empty.csv", "days/_SUCCESS")).toEqual(["days/_SUCCESS", "empty.csv"]);
  });

  test("may be standard input, once", async () => {
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("piped");
    }
    const inputs = await findInputs(["-", "-"], stdin());
    expect(inputs).toMatchObject([{ path: "-", size: undefined }]);
    expect(await read(inputs[0]!.chunks())).toBe("piped");
  });
});

describe("inputs are refused", () => {
  test("when there is no such file", async () => {
    await expect(findInputs(["x.csv"])).rejects.toThrow(
      saying("x.csv: no such file; expected a CSV file, a folder or a glob. Check the path."),
    );
    const below = join(root, "a.csv", "b");
    await expect(findInputs([below])).rejects.toThrow(
      saying(`${below}: no such file; expected a CSV file, a folder or a glob. Check the path.`),
    );
  });

  test("when a folder has no readable file", async () => {
    await expect(findInputs([`${root}/void/`])).rejects.toThrow(
      saying(
        `${root}/void/: folder has no readable file; expected at least one file whose name does ` +
          'not begin with "." or "_". Empty files do not count. Check the path.',
        "no_data",
      ),
    );
  });

  test("when a glob matches nothing", async () => {
    await expect(findInputs([`${root}/*.parquet`])).rejects.toThrow(
      saying(
        `${root}/*.parquet: the glob matches no readable file; expected at least one file whose ` +
          'name does not begin with "." or "_". Empty files do not count. ' +
          "Check the pattern, and quote it so that the shell leaves it alone.",
      ),
    );
  });

  test("when standard input is not there", async () => {
    await expect(findInputs(["-"])).rejects.toThrow(
      saying(
        "-: standard input is not available here; expected a CSV file, a folder or a glob.",
        "usage",
      ),
    );
  });

  test("when the system can not look at them", async () => {
    const path = `${root}/${"x".repeat(300)}`;
    await expect(findInputs([path])).rejects.toThrow(
      saying(
        `${path}: can not be read (ENAMETOOLONG); expected a readable file or folder. ` +
          "Check its permissions.",
      ),
    );
  });

  test("when a file goes away before it is read", async () => {
    const path = join(root, "gone");
    writeFileSync(path, "x");
    const [input] = await findInputs([path]);
    rmSync(path);
    await expect(read(input!.chunks())).rejects.toThrow(
      saying(
        `${path}: can not be read (ENOENT); expected a readable file or folder. ` +
          "Check its permissions.",
      ),
    );
  });
});
