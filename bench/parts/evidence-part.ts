/** What stands behind verdicts: a check in which every feature fails, beside one of verdicts alone. */
import { readFileSync } from "node:fs";
import type { Part } from "../contender.ts";
import { captureOf, folder } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CHECK, CHECK_WITHOUT_EVIDENCE } from "../tool-names.ts";
import { checkCapture, MODEL, trainModel } from "./check-capture.ts";
import { writeFailing } from "./write-failing.ts";

/** 1 GB, as what stands behind verdicts costs nearly the same for a small window. */
const RECORDS = 2_000_000;

export function evidencePart(): Part {
  const capture = captureOf(RECORDS);
  const model = `${MODEL}-failing`;
  const outputOf = (tool: string): string => `${folder}/report ${tool}`;
  const computes = "records read, profiled, compared with a baseline, all files written";
  const contenders = [
    {
      tool: CHECK_WITHOUT_EVIDENCE,
      computes: `${computes}; nothing of what stands behind verdicts`,
      ...checkCapture(capture, {
        model,
        output: outputOf(CHECK_WITHOUT_EVIDENCE),
        flags: ["--no-evidence"],
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
        const output = outputOf(contender.tool);
        const names = ["constraint_violations.json", "statistics.json", "constraints.json"];
        files.push(...names.map((name) => readFileSync(`${output}/${name}`, "utf8")));
      }
      if (new Set(files).size > 3) throw new Error("evidence: the service's files differ");
      return JSON.parse(files[0]!).violations.length;
    },
  };
}
