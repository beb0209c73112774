/** Records behind violations: a check in which every feature fails, beside one that names none. */
import { readFileSync } from "node:fs";
import type { Part } from "../contender.ts";
import { captureOf, folder } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CHECK, CHECK_WITHOUT_EVIDENCE } from "../tool-names.ts";
import { checkCapture, MODEL, trainModel } from "./check-capture.ts";
import { writeFailing } from "./write-failing.ts";

const RECORDS = 500_000;

export function evidencePart(): Part {
  const capture = captureOf(RECORDS);
  const model = `${MODEL}-failing`;
  const outputOf = (tool: string): string => `${folder}/report ${tool}`;
  const computes = "records read, profiled, compared with a baseline, all files written";
  const contenders = [
    {
      tool: CHECK_WITHOUT_EVIDENCE,
      computes: `${computes}; no records named behind violations`,
      ...checkCapture(capture, {
        model,
        output: outputOf(CHECK_WITHOUT_EVIDENCE),
        flags: ["--offenders", "0"],
      }),
    },
    { tool: CHECK, computes, ...checkCapture(capture, { model, output: outputOf(CHECK) }) },
  ];
  return {
    name: "evidence",
    shape: "capture records of 70 cells in files of 1,000, of which every cell is a violation",
    rival: CHECK_WITHOUT_EVIDENCE,
    contenders,
    absent: [],
    compareAll: async () => {
      await trainModel();
      writeFailing(MODEL, model);
      const files: string[] = [];
      for (const contender of contenders) {
        await runProcess(contender);
        files.push(readFileSync(`${outputOf(contender.tool)}/constraint_violations.json`, "utf8"));
      }
      if (new Set(files).size > 1) throw new Error("evidence: the violations differ");
      return JSON.parse(files[0]!).violations.length;
    },
  };
}
