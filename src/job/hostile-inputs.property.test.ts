/**
 * Bytes of valid files are changed, cut off and repeated: what is read then is a profile or an
 * error of the input, in bounded memory, and never a crash, for every format and codec.
 */
import { gzipSync } from "node:zlib";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import fc from "fast-check";
import { compress } from "lz4js";
import { Table, writeParquet } from "parquet-wasm";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { profile } from "./profile.ts";

const ROWS = 120;
const RUNS = casesOf(15, 150);

const arrow = tableFromArrays({
  whole: Int32Array.from({ length: ROWS }, (_, i) => i % 7),
  float: Float64Array.from({ length: ROWS }, (_, i) => i / 8),
  text: Array.from({ length: ROWS }, (_, i) => (i % 9 === 0 ? null : `cat ${i % 4}`)),
  flag: Array.from({ length: ROWS }, (_, i) => i % 2 === 0),
});
const stream = tableToIPC(arrow, "stream");
const csv = Buffer.from(
  `whole,float,text\n${Array.from({ length: ROWS }, (_, i) => `${i},${i / 8},cat ${i % 4}`).join("\n")}`,
);
const json = Buffer.from(
  JSON.stringify(Array.from({ length: ROWS }, (_, i) => ({ whole: i, nested: { text: `c${i}` } }))),
);

const FILES: Readonly<Record<string, Uint8Array>> = {
  "an Arrow stream": stream,
  "an Arrow file": tableToIPC(arrow, "file"),
  "a Parquet file": writeParquet(Table.fromIPCStream(stream)),
  "a gzip file": gzipSync(csv),
  "a JSON array": json,
  "an LZ4 frame": compress(csv),
};

/** A change of some bytes, or of the length, of a file of `length` bytes. */
function mutations(length: number): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> {
  const place = fc.nat(length - 1);
  const poke = fc
    .array(fc.tuple(place, fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255))), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => (bytes: Uint8Array) => {
      const changed = new Uint8Array(bytes);
      for (const [at, byte] of changes) changed[at] = byte;
      return changed;
    });
  const cut = place.map((at) => (bytes: Uint8Array) => bytes.slice(0, at));
  const repeat = fc.tuple(place, place).map(([a, b]) => (bytes: Uint8Array) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return Buffer.concat([bytes.slice(0, to), bytes.slice(from)]);
  });
  return fc.oneof({ weight: 3, arbitrary: poke }, cut, repeat);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

describe("files with wrong bytes", () => {
  it.each(Object.keys(FILES))("%s is read or refused", async (name) => {
    const bytes = FILES[name]!;
    const check = async (mutate: (bytes: Uint8Array) => Uint8Array): Promise<void> => {
      try {
        const { itemCount } = await profile(once(mutate(bytes)), {
          header: true,
          maxRejectedShare: { share: 1 },
        });
        expect(itemCount).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(error).toBeInstanceOf(TidemarkError);
        expect((error as TidemarkError).code).not.toBe("internal");
      }
    };
    await fc.assert(fc.asyncProperty(mutations(bytes.length), check), { numRuns: RUNS });
    expect(process.memoryUsage().rss).toBeLessThan(2 * 1024 ** 3);
  });
});
