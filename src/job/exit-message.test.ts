import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { completionMessage, failureMessage, writeExitMessage } from "./exit-message.ts";

test.each([
  [0, "Completed: Job completed successfully with no violations."],
  [1, "CompletedWithViolations: Job completed successfully with 1 violations."],
  [60, "CompletedWithViolations: Job completed successfully with 60 violations."],
])("%i violations", (violations, message) => {
  expect(completionMessage(violations)).toBe(message);
});

describe("a failure", () => {
  const of = (code: TidemarkError["code"], what: string) =>
    failureMessage(new TidemarkError({ code, what }));

  test("of the user's options or baseline is a configuration error", () => {
    expect(of("usage", "output_path is missing")).toBe(
      "ConfigurationError: output_path is missing.",
    );
    expect(of("configuration", "a.json: is not\nvalid")).toBe(
      "ConfigurationError: a.json: is not\\nvalid.",
    );
  });

  test("of the records is told as it is", () => {
    expect(of("input", "Error: Encoding mismatch")).toBe("Error: Encoding mismatch.");
  });

  test("for want of records has the service's words", () => {
    expect(of("no_data", "has no record")).toBe("Job inputs had no data");
  });

  test("of ours is an algorithm error with its place", () => {
    const error = new TypeError("x is not a function\nat all");
    error.stack = "TypeError: x is not a function\n    at run (run.ts:1:2)\n    at main (m.ts:3:4)";
    expect(failureMessage(error)).toBe(
      "AlgorithmError: x is not a function\\nat all\nat run (run.ts:1:2)",
    );
    const internal = new TidemarkError({ code: "internal", what: "internal: no column" });
    internal.stack = undefined as unknown as string;
    expect(failureMessage(internal)).toBe("AlgorithmError: internal: no column.");
    expect(failureMessage("what")).toBe("AlgorithmError: what");
  });
});

describe("the file", () => {
  const folder = temporaryFolder();
  const write = (message: string): Buffer => {
    const path = join(folder, "output", "message");
    writeExitMessage(path, message);
    return readFileSync(path);
  };

  test("holds the message without a line end, and that of the last run only", () => {
    expect(write("Completed: Job completed.").toString()).toBe("Completed: Job completed.");
    expect(write("Stopped.").toString()).toBe("Stopped.");
  });

  test.each([
    ["a", 1024, 1024],
    ["a", 2000, 1024],
    ["é", 512, 512],
    ["é", 600, 512],
    ["€", 400, 341],
    ["𝄞", 300, 256],
  ])("%s %i times is cut to %i", (character, times, kept) => {
    expect(write(character.repeat(times)).toString()).toBe(character.repeat(kept));
  });

  test("is cut before a character that does not fit whole", () => {
    expect(write(`${"a".repeat(1021)}𝄞`).toString()).toBe("a".repeat(1021));
  });

  test("is UTF-8 whatever the message holds", () => {
    expect(write("lone \ud800.").toString()).toBe("lone \ufffd.");
  });

  test("is refused by the system where its folder can not be made", () => {
    writeFileSync(join(folder, "plain"), "");
    expect(() => writeExitMessage(join(folder, "plain", "message"), "")).toThrow(/EEXIST|ENOTDIR/);
  });
});
