import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { readBaselineFiles } from "./baseline-files.ts";
import { runBaseline } from "./run-baseline.ts";
import { runCheck } from "./run-check.ts";

const folder = temporaryFolder();
const csv = join(folder, "train.csv");
const constraints = join(folder, "constraints", "constraints.json");
const statistics = join(folder, "stats", "statistics.json");

beforeAll(async () => {
  writeFileSync(csv, "a,b\n1,x\n2,y\n");
  for (const name of ["constraints", "stats", "empty"]) mkdirSync(join(folder, name));
  await runBaseline({ inputs: [csv], output: join(folder, "baseline") });
  renameSync(join(folder, "baseline", "constraints.json"), constraints);
  renameSync(join(folder, "baseline", "statistics.json"), statistics);
});

test("files and the folders that hold them name the same baseline", async () => {
  const byFile = await readBaselineFiles({ constraints, statistics });
  expect(byFile.warnings).toEqual([]);
  expect(byFile.folders).toEqual([join(folder, "constraints"), join(folder, "stats")]);
  expect(byFile.baseline.constraints.features.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(byFile.baseline.profile?.itemCount).toBe(2);
  const byFolder = await readBaselineFiles({
    constraints: join(folder, "constraints"),
    statistics: join(folder, "stats"),
  });
  expect(byFolder).toEqual(byFile);
});

test("constraints alone come with a warning", async () => {
  const { baseline, warnings, folders } = await readBaselineFiles({
    constraints,
    statistics: undefined,
  });
  expect(baseline.profile).toBeUndefined();
  expect(warnings).toEqual(["The baseline's statistics are not given; drift is not checked."]);
  expect(folders).toEqual([join(folder, "constraints")]);
});

test("a file that is named must be there", async () => {
  const missing = (path: string) => ({
    code: "configuration",
    message:
      `${path}: no such file; expected a file of the baseline. ` +
      "Check the path, or leave it out to profile without checks.",
  });
  const empty = join(folder, "empty");
  await expect(readBaselineFiles({ constraints: empty, statistics })).rejects.toMatchObject(
    missing(join(empty, "constraints.json")),
  );
  const gone = join(folder, "gone", "statistics.json");
  await expect(readBaselineFiles({ constraints, statistics: gone })).rejects.toMatchObject(
    missing(gone),
  );
});

test("a run takes it as it was read, and does not write over its files", async () => {
  const baseline = await readBaselineFiles({ constraints, statistics });
  const output = join(folder, "report");
  const { comparison, profile, insights } = await runCheck({ inputs: [csv], output, baseline });
  expect(comparison.violations).toEqual([]);
  expect(profile.itemCount).toBe(2);
  expect(insights.verdict.status).toBe("passed");
  const over = join(folder, "stats");
  await expect(runCheck({ inputs: [csv], output: over, baseline })).rejects.toMatchObject({
    message:
      `${over}: the output folder is the baseline folder; expected two folders. ` +
      "Give another one with -o: the report would overwrite the baseline.",
  });
});
