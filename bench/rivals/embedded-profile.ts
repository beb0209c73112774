/**
 * The library within a process of its own: what it is given, and with `profile` what it finds.
 *
 * - `path`: a CSV file by its path;
 * - `objects`, `arrays`: the rows of an Arrow file in memory, repeated up to so many;
 * - `table`: an `arrow.Table` in memory.
 *
 * Usage: embedded-profile.js <path|objects|arrays|table> <profile|make> <rows> <file> <json to write>
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Table } from "apache-arrow";

type Row = Readonly<Record<string, unknown>> | readonly unknown[];

const LIBRARY = new URL("../../../dist/index.js", import.meta.url).href;

const [kind, what, rows, file, json] = process.argv.slice(2);
if (json === undefined) throw new Error("a kind, profile or make, rows and two files");

const { profile, writeStatistics } = (await import(LIBRARY)) as typeof import("../../src/index.ts");
let names: readonly string[] | undefined;
const source = await sourceOf();
if (what === "profile") {
  const profiled = await profile(source, { threads: 1 });
  // Arrays do not tell the names of their columns.
  const features = profiled.features.map((feature, at) => ({
    ...feature,
    name: names?.[at] ?? feature.name,
  }));
  writeFileSync(json, writeStatistics({ ...profiled, features }));
} else if (kind === "objects" || kind === "arrays") {
  for (const _ of source as Iterable<Row>);
}

async function sourceOf(): Promise<string | Iterable<Row> | Table> {
  if (kind === "path") return file!;
  // Loading it takes long, and a path does not need it.
  const { tableFromIPC } = await import("apache-arrow");
  const table: Table = tableFromIPC(readFileSync(file!));
  names = table.schema.fields.map(({ name }) => name);
  if (kind === "table") return table;
  const objects = objectsOf(table);
  return repeated(kind === "objects" ? objects : objects.map((each) => Object.values(each)));
}

/** Plain objects, with the keys and types of the table's columns. */
function objectsOf({ schema, batches }: Table): Readonly<Record<string, unknown>>[] {
  const objects: Readonly<Record<string, unknown>>[] = [];
  for (const batch of batches) {
    for (let at = 0; at < batch.numRows; at++) {
      const cells = schema.fields.map(({ name }, column) => {
        const value: unknown = batch.getChildAt(column)!.get(at);
        return [name, typeof value === "bigint" ? Number(value) : value] as const;
      });
      objects.push(Object.fromEntries(cells));
    }
  }
  return objects;
}

function* repeated(all: readonly Row[]): Generator<Row> {
  for (let row = 0; row < Number(rows); row++) yield all[row % all.length]!;
}
