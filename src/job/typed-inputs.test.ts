/**
 * One table in every format gives one profile. The files are written by others than their readers:
 * CSV, JSON and Parquet by DuckDB, Arrow streams by arrow-rs (in parquet-wasm). Each lies in a
 * folder and in an object store.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { readParquet } from "parquet-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { mixedChurn } from "../../fixtures/churn.ts";
import { BUCKET, objectPlace } from "../../fixtures/object-place.ts";
import { startObjectServer } from "../../fixtures/object-server.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import type { Profile } from "../profile/profile.ts";
import { profile } from "./profile.ts";

const folder = temporaryFolder();
const place = objectPlace(startObjectServer);
const at = (name: string): string => join(folder, name);

/** Typed as its columns are: integers, floats, decimals, texts, with missing cells among them. */
const CHURN =
  'select * replace (if("Day Calls" % 13 = 0, null, State) as State), ' +
  '"Eve Mins"::float as "Single", "Day Charge"::decimal(9, 2) as "Exact", ' +
  '("Day Calls" > 100) as "Flag", date \'2024-02-20\' + ("Day Calls" % 30)::int as "Date", ' +
  'timestamp \'2024-02-28 23:59:58.5\' + interval ("Day Calls") second as "Time" ' +
  "from read_csv('%s', all_varchar = false)";

const CODECS = ["uncompressed", "snappy", "gzip", "zstd", "lz4", "brotli"];

let expected: Profile;

/** Profiles files but for the place of a column's first text, which is that of its file. */
async function profiled(...[source, options]: Parameters<typeof profile>): Promise<Profile> {
  const read = await profile(source, options);
  const features = read.features.map((feature) => ({
    ...feature,
    measured: feature.measured && { ...feature.measured, firstString: undefined },
  }));
  return { ...read, features };
}

/** Makes the file of a stream whose schema has no length before it, as polars does. */
function withBareSchema(stream: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from("ARROW1\0\0"), stream.subarray(8), Buffer.from("ARROW1")]);
}

beforeAll(async () => {
  writeFileSync(at("source.csv"), [...mixedChurn({ rows: 2500, seed: 5 })].join(""));
  const database = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await database.connect();
  await connection.run(`create table churn as ${CHURN.replace("%s", at("source.csv"))}`);
  const copy = (name: string, options: string) =>
    connection.run(`copy churn to '${at(name)}' (${options})`);
  await copy("churn.csv", "format csv, header");
  // DuckDB widens single precision in JSON: 0.1 becomes 0.10000000149011612, another number.
  const shown = 'select * replace ("Single"::varchar::double as "Single") from churn';
  await connection.run(`copy (${shown}) to '${at("churn.jsonl")}' (format json)`);
  await connection.run(`copy (${shown}) to '${at("array.json")}' (format json, array true)`);
  for (const codec of CODECS) {
    await copy(`${codec}.parquet`, `format parquet, compression ${codec}, row_group_size 2048`);
  }
  await copy("v2.parquet", "format parquet, parquet_version v2");
  connection.closeSync();
  writeFileSync(at("churn.csv.gz"), gzipSync(readFileSync(at("churn.csv"))));
  writeFileSync(at("snappy.parquet.gz"), gzipSync(readFileSync(at("snappy.parquet"))));
  const stream = readParquet(readFileSync(at("snappy.parquet"))).intoIPCStream();
  writeFileSync(at("churn.arrows"), stream);
  writeFileSync(at("churn.feather"), tableToIPC(tableFromIPC(stream), "file"));
  writeFileSync(at("bare-schema.arrow"), withBareSchema(stream));
  expected = await profiled(at("churn.csv"));
});

describe("one table in every format", () => {
  const names = [
    "churn.jsonl",
    "array.json",
    "churn.csv.gz",
    ...CODECS.map((codec) => `${codec}.parquet`),
    "v2.parquet",
    "snappy.parquet.gz",
    "churn.arrows",
    "churn.feather",
    "bare-schema.arrow",
  ];
  it.each(names)("%s gives the profile of the CSV file", async (name) => {
    assert.deepEqual(await profiled(at(name)), expected);
  });

  /** A codec is met once the bytes are there. */
  const stored = names.filter((name) => !/^(gzip|zstd|lz4|brotli|v2)\./.test(name));
  it.each(stored)("%s gives it in an object store too", async (name) => {
    await place.put(name, readFileSync(at(name)));
    assert.deepEqual(await profiled(`s3://${BUCKET}/${name}`), expected);
  });

  it("has typed columns that keep their type", () => {
    const types = Object.fromEntries(
      expected.features.map((each) => [each.name, each.inferredType]),
    );
    expect(types).toMatchObject({
      "Day Calls": "Integral",
      "Day Mins": "Fractional",
      Single: "Fractional",
      Exact: "Fractional",
      State: "String",
      Flag: "String",
      Date: "String",
      Time: "String",
    });
  });

  it("tells a format from the first bytes of a stream", async () => {
    for (const name of ["snappy.parquet", "churn.arrows", "churn.feather"]) {
      const bytes = readFileSync(at(name));
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let from = 0; from < bytes.length; from += 70_001) {
          yield bytes.subarray(from, from + 70_001);
        }
      }
      assert.deepEqual(await profiled(chunks()), expected, name);
    }
  });

  it("reads several files as one table, laid by name", async () => {
    const twice = await profiled([at("snappy.parquet"), at("zstd.parquet")]);
    expect(twice.itemCount).toBe(2 * expected.itemCount);
    expect(twice.features.map(({ name }) => name)).toEqual(
      expected.features.map(({ name }) => name),
    );
  });

  it("reads the columns that are asked for", async () => {
    const options = { columns: ["State", "Day Mins"] };
    expect(await profiled(at("zstd.parquet"), options)).toEqual(
      await profiled(at("churn.csv"), options),
    );
  });
});
