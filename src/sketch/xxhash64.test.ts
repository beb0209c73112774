import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/hll.json" with { type: "json" };
import { XxHash64 } from "./xxhash64.ts";

const hasher = new XxHash64();

function hexOfResult(): string {
  return [hasher.high, hasher.low]
    .map((half) => (half >>> 0).toString(16).padStart(8, "0"))
    .join("");
}

const P1 = 11400714785074694791n;
const P2 = 14029467366897019727n;
const P3 = 1609587929392839161n;
const P4 = 9650029242287828579n;
const P5 = 2870177450012600261n;
const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotl = (x: bigint, bits: bigint): bigint => u64((x << bits) | (x >> (64n - bits)));
const round = (acc: bigint, word: bigint): bigint => u64(rotl(u64(acc + word * P2), 31n) * P1);

/** The definition of XXH64, word for word. */
function reference(bytes: Uint8Array, seed: bigint): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): bigint => view.getBigUint64(at, true);
  let at = 0;
  let hash = u64(seed + P5);
  if (bytes.length >= 32) {
    const lanes = [u64(seed + P1 + P2), u64(seed + P2), seed, u64(seed - P1)];
    for (; at + 32 <= bytes.length; at += 32) {
      for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i]!, word(at + 8 * i));
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => u64(sum + rotl(lanes[i]!, bits)), 0n);
    for (const lane of lanes) hash = u64((hash ^ round(0n, lane)) * P1 + P4);
  }
  hash = u64(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = u64(rotl(hash ^ round(0n, word(at)), 27n) * P1 + P4);
  }
  if (at + 4 <= bytes.length) {
    hash = u64(rotl(hash ^ u64(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
    at += 4;
  }
  for (; at < bytes.length; at++) hash = u64(rotl(hash ^ u64(BigInt(bytes[at]!) * P5), 11n) * P1);
  hash = u64((hash ^ (hash >> 33n)) * P2);
  hash = u64((hash ^ (hash >> 29n)) * P3);
  return (hash ^ (hash >> 32n)).toString(16).padStart(16, "0");
}

describe("XxHash64", () => {
  it.each(vectorFile.xxh64)("hashes '$text' with seed $seed", (vector) => {
    const bytes = new TextEncoder().encode(vector.text);
    expect(bytes.length).toBe(vector.utf8_bytes);
    hasher.hash(bytes, 0, bytes.length, vector.seed);
    expect(hexOfResult()).toBe(vector.hash);
  });

  it("agrees with the definition in 64-bit integers at every length and place", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 150 }),
        fc.nat({ max: 9 }),
        fc.nat({ max: 0xffff_ffff }),
        (text, offset, seed) => {
          const bytes = new Uint8Array(offset + text.length + 3).fill(0xee);
          bytes.set(text, offset);
          hasher.hash(bytes, offset, offset + text.length, seed);
          expect(hexOfResult()).toBe(reference(text, BigInt(seed)));
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("takes 42 as the seed when none is given", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    hasher.hash(bytes, 0, 3);
    expect(hexOfResult()).toBe(reference(bytes, 42n));
  });
});
