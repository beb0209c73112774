/** Capture records: every line parsed, read into batches, and checked. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Contender, Part } from "../contender.ts";
import { captureFiles, captureOf, folder } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CHECK, JSON_PARSE, READ_CAPTURE, READ_WITHOUT_KERNEL, WC } from "../tool-names.ts";
import { checkCapture, trainModel } from "./check-capture.ts";

const RECORDS = 500_000;
const RECORDS_FULL = 2_000_000;
const RECORDS_COMPARED = 100_000;
const WC_REPEATS = 3;

export function capturePart(isFull: boolean): Part {
  const capture = captureOf(isFull ? RECORDS_FULL : RECORDS);
  const script = (name: string, path: string): readonly string[] => [
    fileURLToPath(new URL(`../rivals/${name}`, import.meta.url)),
    path,
  ];
  const parsed: Contender = {
    tool: JSON_PARSE,
    computes: "files whole as text, cut at line feeds, parsed; no cell found, no number read",
    program: process.execPath,
    args: script("json-parse-lines.js", capture.path),
    input: capture,
  };
  const read: Contender = {
    tool: READ_CAPTURE,
    computes: "files found, hashed, validated, cut into rows and columns; no cell read",
    program: process.execPath,
    args: script("read-capture.js", capture.path),
    input: capture,
  };
  const slow: Contender = {
    tool: READ_WITHOUT_KERNEL,
    computes: `${read.computes}; no WebAssembly`,
    program: process.execPath,
    args: [...read.args, "--no-kernel"],
    input: capture,
  };
  const lines: Contender = {
    tool: WC,
    computes: "line feeds",
    program: "wc",
    args: ["-l", ...captureFiles(capture.path)],
    input: capture,
    repeats: WC_REPEATS,
  };
  const check: Contender = {
    tool: CHECK,
    computes: "records read, profiled, compared with a baseline, all files written",
    ...checkCapture(capture),
  };
  return {
    name: "capture",
    shape: "capture records of 70 cells in files of 1,000",
    rival: JSON_PARSE,
    contenders: [lines, parsed, read, slow, check],
    absent: [],
    compareAll: async () => {
      await trainModel();
      const { path, rows } = captureOf(RECORDS_COMPARED);
      const output = `${folder}/capture-rows.json`;
      const rowsOf = async (args: readonly string[]): Promise<string> => {
        await runProcess({ program: process.execPath, args });
        return readFileSync(output, "utf8");
      };
      const found = [
        await rowsOf([...script("json-parse-lines.js", path), output]),
        await rowsOf([...script("read-capture.js", path), output]),
        await rowsOf([...script("read-capture.js", path), output, "--no-kernel"]),
        await rowsOf([...script("read-capture.js", path), output, "--parse-all"]),
      ];
      if (new Set(found).size > 1) throw new Error(`capture: rows differ.\n${found.join("\n")}`);
      return rows * found.length;
    },
  };
}
