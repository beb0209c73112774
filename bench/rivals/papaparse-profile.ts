/**
 * The obvious alternative, written as one would: papaparse streams the rows, `Number` reads the
 * cells, a column's numbers go to running moments and a t-digest, its other texts to a map of
 * counts. It computes less than a baseline does: no cell types, no distinct estimate of numbers, no
 * bound on memory.
 *
 * Usage: papaparse-profile.js <csv file> <json file to write>
 */
import { createReadStream, writeFileSync } from "node:fs";
import Papa from "papaparse";
import { TDigest } from "tdigest";
import type { FoundColumn } from "./found-profile.ts";

interface PapaparseColumn extends FoundColumn {
  readonly deciles?: readonly number[];
}

const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

class ColumnProfile {
  readonly #name: string;
  #missing = 0;
  #others = 0;
  #n = 0;
  #mean = 0;
  #m2 = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  readonly #digest = new TDigest();
  readonly #texts = new Map<string, number>();

  constructor(name: string) {
    this.#name = name;
  }

  add(cell: string | undefined): void {
    if (cell === undefined || cell === "") {
      this.#missing++;
      return;
    }
    const value = Number(cell);
    if (Number.isFinite(value)) this.#addNumber(value);
    else {
      this.#others++;
      this.#texts.set(cell, (this.#texts.get(cell) ?? 0) + 1);
    }
  }

  #addNumber(value: number): void {
    this.#n++;
    const delta = value - this.#mean;
    this.#mean += delta / this.#n;
    this.#m2 += delta * (value - this.#mean);
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    this.#digest.push(value);
  }

  finish(): PapaparseColumn {
    const counts = { name: this.#name, present: this.#n + this.#others, missing: this.#missing };
    const texts = [...this.#texts];
    if (this.#n === 0) return { ...counts, distinct: texts.length, texts };
    return {
      ...counts,
      mean: this.#mean,
      stdDev: Math.sqrt(this.#m2 / this.#n),
      min: this.#min,
      max: this.#max,
      deciles: this.#digest.percentile(DECILES),
      texts,
    };
  }
}

const [csv, json] = process.argv.slice(2);
if (csv === undefined || json === undefined) throw new Error("a CSV file and a JSON file expected");

let rows = 0;
let columns: ColumnProfile[] | undefined;
Papa.parse<string[]>(createReadStream(csv), {
  skipEmptyLines: true,
  step: ({ data }) => {
    if (columns === undefined) {
      columns = data.map((name) => new ColumnProfile(name));
      return;
    }
    rows++;
    for (let i = 0; i < columns.length; i++) columns[i]!.add(data[i]);
  },
  complete: () => {
    const found = (columns ?? []).map((column) => column.finish());
    writeFileSync(json, JSON.stringify({ rows, distinctError: 0, columns: found }));
  },
});
