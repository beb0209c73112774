import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { OutputFolder } from "./output-folder.ts";
import { RejectionLog } from "./rejection-log.ts";

const root = temporaryFolder();
let logs = 0;

async function opened({ showsValues = false } = {}): Promise<{
  folder: OutputFolder;
  log: RejectionLog;
  temporary: string;
}> {
  const folder = new OutputFolder(join(root, `${logs++}`), "7");
  await folder.open();
  return {
    folder,
    log: new RejectionLog(folder, showsValues),
    temporary: folder.temporaryPath("rejected.jsonl"),
  };
}

const REJECTION = {
  file: "a.csv",
  line: 3,
  column: 5,
  eventId: "e-1",
  reason: "csv",
  detail: "quote is never closed",
  text: '1,"secret',
} as const;

describe("RejectionLog", () => {
  it("writes a record's place and fault but none of its values", async () => {
    const { folder, log } = await opened();
    log.add(REJECTION);
    await folder.publish([], log.finish());
    expect(readFileSync(log.path, "utf8")).toBe(
      '{"file":"a.csv","line":3,"column":5,"eventId":"e-1","reason":"csv",' +
        '"detail":"quote is never closed"}\n',
    );
  });

  it("writes the record's text when values may be shown", async () => {
    const { folder, log } = await opened({ showsValues: true });
    log.add({ ...REJECTION, column: undefined, eventId: undefined });
    await folder.publish([], log.finish());
    expect(readFileSync(log.path, "utf8")).toBe(
      '{"file":"a.csv","line":3,"reason":"csv","detail":"quote is never closed",' +
        '"text":"1,\\"secret"}\n',
    );
  });

  it("spills to a temporary file as records come, and keeps their order", async () => {
    const { folder, log, temporary } = await opened();
    for (let line = 1; line <= 2_500; line++) log.add({ ...REJECTION, line });
    expect(readFileSync(temporary, "utf8").split("\n")).toHaveLength(2_001);
    await folder.publish([], log.finish());
    expect(existsSync(temporary)).toBe(false);
    const lines = readFileSync(log.path, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).line)).toEqual(
      Array.from({ length: 2_500 }, (_, at) => at + 1),
    );
  });

  it("removes an earlier run's log when nothing was rejected", async () => {
    const { folder, log } = await opened();
    writeFileSync(log.path, "{}\n");
    expect(log.isEmpty).toBe(true);
    await folder.publish([], log.finish());
    expect(existsSync(log.path)).toBe(false);
  });

  it("does not take over what a killed run of the same id left", async () => {
    const { folder, log, temporary } = await opened();
    writeFileSync(temporary, '{"left":"behind"}\n');
    log.add(REJECTION);
    await folder.publish([], log.finish());
    expect(readFileSync(log.path, "utf8")).not.toContain("behind");
  });

  it("forgets what was not published", async () => {
    const { log, temporary } = await opened();
    for (let line = 1; line <= 1_000; line++) log.add({ ...REJECTION, line });
    expect(existsSync(temporary)).toBe(true);
    log.discard();
    expect(existsSync(temporary)).toBe(false);
    expect(existsSync(log.path)).toBe(false);
  });
});
