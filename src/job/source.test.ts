/** What the library takes as a source: each of them gives the profile of the same records. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Table, tableFromArrays, tableToIPC, vectorFromArray } from "apache-arrow";
import { Table as ParquetTable, writeParquet } from "parquet-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import type { Rejection } from "../source/record-source.ts";
import { check } from "./check.ts";
import type { Source } from "./inputs-of.ts";
import { inspect } from "./inspect.ts";
import { profile } from "./profile.ts";

const folder = temporaryFolder();
const ROWS = 9000;
const rows = Array.from({ length: ROWS }, (_, i) => ({
  calls: i % 90,
  minutes: i / 8 + 0.0625,
  plan: i % 3 === 0 ? null : `plan ${i % 4}`,
}));
const csv = ["calls,minutes,plan", ...rows.map((row) => Object.values(row).join())].join("\n");
const bare = csv.slice(csv.indexOf("\n") + 1);
writeFileSync(join(folder, "rows.csv"), csv);
writeFileSync(join(folder, "bare.csv"), bare);

const table = new Table({
  calls: vectorFromArray(Int32Array.from(rows, ({ calls }) => calls)),
  minutes: vectorFromArray(Float64Array.from(rows, ({ minutes }) => minutes)),
  plan: vectorFromArray(rows.map(({ plan }) => plan)),
});

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function* arrays(): AsyncGenerator<readonly unknown[]> {
  for (const row of rows) yield Object.values(row);
}

/** A profile but for places and names. */
async function summary(source: Source, header?: boolean): Promise<unknown> {
  const { itemCount, features } = await profile(source, { header });
  const shown = features.map((feature) => ({
    ...feature,
    name: undefined,
    measured: feature.measured && { ...feature.measured, firstString: undefined },
  }));
  return { itemCount, features: shown };
}

describe("sources of records", () => {
  const sources: Readonly<Record<string, () => Source>> = {
    "a Node stream of bytes": () => Readable.from([Buffer.from(csv)]),
    "a Web stream of bytes": () => new Blob([csv]).stream() as ReadableStream<Uint8Array>,
    "an array of objects": () => rows,
    "objects as they come": () => each(rows),
    "a Web stream of objects": () => ReadableStream.from(rows),
    "an Arrow table": () => table,
    "Arrow record batches": () => each(table.batches),
    "a slice of a larger Arrow table": () => {
      const larger = table.concat(table);
      return larger.slice(ROWS, 2 * ROWS);
    },
  };

  let fromFile: unknown;
  beforeAll(async () => {
    fromFile = await summary(join(folder, "rows.csv"));
  });

  it.each(Object.entries(sources))("%s is as good as a file", async (_, open) => {
    assert.deepEqual(await summary(open()), fromFile);
  });

  it("arrays are as good as a file without a header", async () => {
    expect(await summary(arrays())).toEqual(await summary(join(folder, "bare.csv"), false));
  });

  it("name their columns, or leave that to the baseline", async () => {
    const named = await profile(rows);
    expect(named.features.map(({ name }) => name)).toEqual(["calls", "minutes", "plan"]);
    const unnamed = await profile(arrays());
    expect(unnamed.features.map(({ name }) => name)).toEqual(["_c0", "_c1", "_c2"]);
  });

  it("count NaN and infinities apart, and keep the column Fractional", async () => {
    const values = [1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const stream = tableToIPC(tableFromArrays({ x: Float64Array.from(values) }), "stream");
    writeFileSync(join(folder, "not-finite.arrows"), stream);
    writeFileSync(
      join(folder, "not-finite.parquet"),
      writeParquet(ParquetTable.fromIPCStream(stream)),
    );
    for (const source of [
      join(folder, "not-finite.arrows"),
      join(folder, "not-finite.parquet"),
      values.map((x) => ({ x })),
      tableFromArrays({ x: Float64Array.from(values) }),
      tableFromArrays({ x: Float32Array.from(values) }),
    ]) {
      const [feature] = (await profile(source)).features;
      expect(feature).toMatchObject({ inferredType: "Fractional", present: 4, missing: 0 });
      expect(feature!.measured!.cells).toMatchObject({ uncastable: 1, nonFinite: 2 });
      expect(feature!.numeric).toMatchObject({ min: 1.5, max: 1.5 });
    }
  });

  it("flatten what is nested as JSON is, with big integers and dates", async () => {
    const record = { user: { id: 2n ** 60n, tags: ["a"] }, at: new Date(0), gone: undefined };
    const { features } = await profile([record]);
    expect(features.map(({ name, inferredType }) => [name, inferredType])).toEqual([
      ["user.id", "Integral"],
      ["user.tags[0]", "String"],
      ["at", "String"],
      ["gone", "Unknown"],
    ]);
  });

  it("reject records that can not be cells", async () => {
    const rejections: Rejection[] = [];
    const records = [{ x: 1 }, { x: () => 1 }, 7] as unknown as readonly Record<string, unknown>[];
    const { itemCount } = await profile(records, {
      maxRejectedShare: { share: 1 },
      onReject: (rejection) => rejections.push(rejection),
    });
    expect(itemCount).toBe(1);
    expect(rejections).toMatchObject([
      { file: "records", line: 2, reason: "shape", detail: "the record holds a function" },
      { line: 3, detail: "the record is no object and no array" },
    ]);
  });

  it("reject records that hold themselves", async () => {
    const loop: Record<string, unknown> = { x: 1 };
    loop["self"] = loop;
    const list: unknown[] = [];
    list.push(list);
    const rejections: Rejection[] = [];
    const { itemCount } = await profile([{ x: 1 }, loop, { x: 1, list }, { x: 2 }], {
      maxRejectedShare: { share: 1 },
      onReject: (rejection) => rejections.push(rejection),
    });
    expect(itemCount).toBe(2);
    expect(rejections).toMatchObject([
      { line: 2, reason: "shape", detail: "the record nests deeper than 32 levels" },
      { line: 3, reason: "shape", detail: "the record nests deeper than 32 levels" },
    ]);
  });

  it("can be checked and inspected", async () => {
    const baseline = await profile(table);
    const { suggestConstraints } = await import("../monitor/suggest.ts");
    const { asBaseline } = await import("../profile/profile.ts");
    const loaded = { constraints: suggestConstraints(baseline), profile: asBaseline(baseline) };
    expect((await check(loaded, each(rows))).comparison.violations).toEqual([]);
    expect(await inspect(table)).toMatchObject({ format: "arrow", records: { rows: ROWS } });
  });

  it("may have no records", async () => {
    await expect(profile([])).rejects.toThrow("-: has no record");
    await expect(profile(new Table({ x: vectorFromArray([1.5]).slice(0, 0) }))).rejects.toThrow(
      "no record",
    );
    await expect(profile({} as Source)).rejects.toThrow(
      "the source is neither a path nor anything to read; " +
        "expected paths, a stream of bytes, rows, or an Arrow table.",
    );
  });
});
