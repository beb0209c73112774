import fc from "fast-check";
import { expect, it } from "vitest";
import { fitToSize } from "./fit-to-size.ts";

const LEVELS = 4;

/** Sizes of each row by level, growing. */
const sizes = fc.array(
  fc
    .tuple(...Array.from({ length: LEVELS }, () => fc.nat(50)))
    .map((steps) => steps.map((_, at) => 1 + steps.slice(0, at + 1).reduce((a, b) => a + b, 0))),
  { maxLength: 40 },
);

it("keeps within its bytes, shows as many rows as fit, and all as fully as all can be", () => {
  fc.assert(
    fc.property(sizes, fc.nat(4_000), (rows, bytes) => {
      const render = (row: number, level: number): string => "é".repeat(rows[row]![level]!);
      const fitted = fitToSize(rows.length, LEVELS, bytes, render);
      const used = fitted.rows.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      expect(used).toBeLessThanOrEqual(bytes);
      expect(fitted.rows.length + fitted.left).toBe(rows.length);
      const least = rows.map(([size]) => 2 * size!);
      const leastOf = (count: number): number => least.slice(0, count).reduce((a, b) => a + b, 0);
      expect(leastOf(fitted.rows.length)).toBeLessThanOrEqual(bytes);
      if (fitted.left > 0) expect(leastOf(fitted.rows.length + 1)).toBeGreaterThan(bytes);
      for (const [row, text] of fitted.rows.entries()) expect(rows[row]).toContain(text.length);
      for (let level = 1; level < LEVELS; level++) {
        const size = (row: number): number => rows[row]![row < 10 ? LEVELS - 1 : level]!;
        const all = rows.reduce((sum, _, row) => sum + 2 * size(row), 0);
        if (all > bytes) continue;
        for (const [row, text] of fitted.rows.entries()) {
          expect(text.length).toBeGreaterThanOrEqual(size(row));
        }
      }
    }),
  );
});

it("shows all of every row where there is room", () => {
  const fitted = fitToSize(30, LEVELS, 1_000_000, (row, level) => `${row}:${"x".repeat(level)}`);
  expect(fitted.rows.every((text) => text.endsWith("xxx"))).toBe(true);
  expect(fitted.left).toBe(0);
});

it("renders a level only as far as there is room for it", () => {
  const rendered = [0, 0, 0, 0];
  const render = (_: number, level: number): string => {
    rendered[level]! += 1;
    return "x".repeat([10, 20, 40, 100][level]!);
  };
  const { rows } = fitToSize(30, LEVELS, 10 * 100 + 12 * 40 + 8 * 20, render);
  expect(rows.map(({ length }) => length)).toEqual([
    ...Array<number>(10).fill(100),
    ...Array<number>(12).fill(40),
    ...Array<number>(8).fill(20),
  ]);
  // Beyond what is shown, the first rows once more and the row for which there was none.
  expect(rendered).toEqual([0, 20, 10 + 12 + 1, 10 + 1]);
});

it("tells most of the first rows", () => {
  const render = (_: number, level: number): string => "x".repeat([10, 20, 40, 100][level]!);
  const { rows } = fitToSize(30, LEVELS, 10 * 100 + 12 * 20 + 8 * 10, render);
  expect(rows.map(({ length }) => length)).toEqual([
    ...Array<number>(10).fill(100),
    ...Array<number>(12).fill(20),
    ...Array<number>(8).fill(10),
  ]);
});
