import { describe, expect, it } from "vitest";
import { importOptional } from "./import-optional.ts";

describe("an optional package", () => {
  const name = "no-package-of-this-name";
  const wanted = { name, use: "which reads objects", file: "s3://bucket/a.csv" };

  it("is what its import gives", async () => {
    expect(await importOptional(wanted, async () => 7)).toBe(7);
  });

  it("is told of with what installs it, where it is not there", async () => {
    const found = importOptional(wanted, () => import(name));
    await expect(found).rejects.toThrow(
      "s3://bucket/a.csv: the package no-package-of-this-name, which reads objects, is not " +
        "installed; expected it beside tidemark. Install it with: npm install " +
        "no-package-of-this-name.",
    );
    await expect(found).rejects.toMatchObject({ code: "configuration", exitCode: 2 });
  });

  it("passes on what goes wrong within it", async () => {
    const fault = new Error("broken");
    await expect(importOptional(wanted, () => Promise.reject(fault))).rejects.toBe(fault);
  });
});
