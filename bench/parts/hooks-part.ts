/** Capture records through a script of either language, which must give the files of none. */
import { readFileSync } from "node:fs";
import type { Part } from "../contender.ts";
import { captureOf, folder } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CHECK } from "../tool-names.ts";
import { checkCapture, trainModel } from "./check-capture.ts";
import { writeHookScripts } from "./hook-scripts.ts";

const RECORDS = 100_000;

export function hooksPart(): Part {
  const capture = captureOf(RECORDS);
  const outputOf = (tool: string): string => `${folder}/report ${tool}`;
  const scripts = Object.entries(writeHookScripts());
  const hooked = scripts.map(([language, path]) => {
    const tool = `${CHECK}, ${language} script`;
    const computes = "the same, each record's row made by a script that names its cells";
    return {
      tool,
      computes,
      ...checkCapture(capture, { output: outputOf(tool), flags: ["--preprocessor", path] }),
    };
  });
  const computes = "records read, profiled, compared with a baseline, all files written";
  const contenders = [
    { tool: CHECK, computes, ...checkCapture(capture, { output: outputOf(CHECK) }) },
    ...hooked,
  ];
  return {
    name: "hooks",
    shape: "capture records of 70 cells in files of 1,000, some through a user's script",
    rival: CHECK,
    contenders,
    absent: [],
    compareAll: async () => {
      await trainModel();
      const files: string[] = [];
      for (const contender of contenders) {
        await runProcess(contender);
        files.push(readFileSync(`${outputOf(contender.tool)}/statistics.json`, "utf8"));
      }
      if (new Set(files).size > 1) throw new Error("hooks: the statistics differ");
      return files.length * capture.rows;
    },
  };
}
