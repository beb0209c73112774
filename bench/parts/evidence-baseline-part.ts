/** What stands behind a baseline: one of a table, beside one that tells nothing of it. */
import { readFileSync } from "node:fs";
import type { Part } from "../contender.ts";
import { folder, tableOf } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CLI } from "../table-tools.ts";
import { TABLES } from "../tables.ts";
import { BASELINE, BASELINE_WITHOUT_EVIDENCE } from "../tool-names.ts";

const COMPUTES = "records read, profiled, all files written";

export function evidenceBaselinePart(): Part {
  const { shape, rows } = TABLES.mixed;
  const input = tableOf("mixed", rows.medium);
  const outputOf = (tool: string): string => `${folder}/output ${tool}`;
  const contenderOf = (tool: string, computes: string, flags: readonly string[]) => ({
    tool,
    computes,
    program: process.execPath,
    args: [CLI, "baseline", input.path, "-o", outputOf(tool), "--quiet", ...flags],
    input,
  });
  const contenders = [
    contenderOf(BASELINE_WITHOUT_EVIDENCE, `${COMPUTES}; nothing beside the service's files`, [
      "--no-evidence",
    ]),
    contenderOf(BASELINE, COMPUTES, []),
  ];
  return {
    name: "evidence-baseline",
    shape,
    rival: BASELINE_WITHOUT_EVIDENCE,
    contenders,
    absent: [],
    compareAll: async () => {
      const names = ["statistics.json", "constraints.json"];
      const files: string[] = [];
      for (const contender of contenders) {
        await runProcess(contender);
        const output = outputOf(contender.tool);
        files.push(...names.map((name) => readFileSync(`${output}/${name}`, "utf8")));
      }
      if (new Set(files).size > names.length) throw new Error("evidence: baselines differ");
      return names.length;
    },
  };
}
