import { expect, it } from "vitest";
import { boundMemory } from "./bound-memory.ts";

interface Memory {
  grow(pages: number): number;
}

const { WebAssembly: api } = globalThis as unknown as {
  WebAssembly: {
    instantiate(bytes: Uint8Array): Promise<{ instance: { exports: { m: Memory } } }>;
  };
};
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** One memory of a page, exported as `m`. */
const MEMORY = [5, 3, 1, 0, 1];
const EXPORT = [7, 5, 1, 1, 0x6d, 2, 0];

it("bounds the memory of a module that had no bound", async () => {
  const bounded = boundMemory(Uint8Array.from([...HEADER, ...MEMORY, ...EXPORT]), 300);
  const { instance } = await api.instantiate(bounded);
  const memory = instance.exports.m;
  expect(memory.grow(299)).toBe(1);
  expect(() => memory.grow(1)).toThrow(RangeError);
});

it("refuses a module without a memory", () => {
  expect(() => boundMemory(Uint8Array.from(HEADER), 300)).toThrow(
    new RangeError("the module has no memory"),
  );
});
