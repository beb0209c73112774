import { describe, expect, it } from "vitest";
import { importOptional } from "./import-optional.ts";

describe("an optional package", () => {
  it("is what its import gives", async () => {
    expect(await importOptional("some", "a format", async () => 7)).toBe(7);
  });

  it("is told of with what installs it, where it is not there", async () => {
    const name = "no-package-of-this-name";
    const found = importOptional(name, "--format parquet", () => import(name));
    await expect(found).rejects.toThrow(
      "the package no-package-of-this-name is not installed; expected it for --format parquet. " +
        "Install it beside tidemark with: npm install no-package-of-this-name.",
    );
    await expect(found).rejects.toMatchObject({ code: "configuration", exitCode: 2 });
  });

  it("passes on what goes wrong within it", async () => {
    const fault = new Error("broken");
    await expect(importOptional("some", "a format", () => Promise.reject(fault))).rejects.toBe(
      fault,
    );
  });
});
