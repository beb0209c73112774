/**
 * The byte scanner against papaparse. papaparse finds the rows; every way in which the two differ
 * stands in DIFFERENCES, and after applying them the readings must be equal to the byte.
 */
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { MISSING } from "../../base/cells.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import { ScannedRecords } from "./csv-records.ts";
import { RFC_4180 } from "./csv-scanner.ts";

/** What became of the text, in order: records (null is a missing cell) and rejections. */
type Event = (string | null)[] | "rejected: unclosed" | "rejected: trailing";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const builder = new BatchBuilder();

function scan(text: string): Event[] {
  const events: Event[] = [];
  const records = new ScannedRecords("x.csv", RFC_4180, builder, ({ detail }) => {
    events.push(detail === "quote is never closed" ? "rejected: unclosed" : "rejected: trailing");
  });
  records.append(Buffer.from(text));
  records.end();
  while (records.read() === "record") {
    const { starts, ends, cells } = records;
    const found: (string | null)[] = [];
    for (let cell = 0; cell < cells; cell++) {
      const range = builder.bytes.subarray(starts[cell], ends[cell]);
      found.push(starts[cell] === MISSING ? null : decoder.decode(range));
    }
    events.push(found);
  }
  builder.skip(builder.filled);
  return events;
}

/** A row of papaparse, with the text it was made of, its line end included. */
interface Row {
  cells: string[];
  text: string;
  errors: string[];
}

function parseRows(text: string): Row[] {
  const rows: Row[] = [];
  let from = 0;
  const parser = new Papa.Parser({
    delimiter: ",",
    newline: "\n",
    fastMode: false,
    step: ({ data, errors, meta }: Papa.ParseStepResult<string[][]>) => {
      const codes = errors.map(({ code }) => code);
      rows.push({ cells: data[0]!, text: text.slice(from, meta.cursor), errors: codes });
      from = meta.cursor;
    },
  });
  parser.parse(text, 0, false);
  return rows;
}

/** A cell of a row: its text as it stands there, and what follows it up to its delimiter. */
interface Place {
  start: number;
  isQuoted: boolean;
  /** Index of the quote that closes it, -1 where there is none. */
  close: number;
  /** Text between the closing quote and the delimiter, the line end or the end. */
  tail: string;
  isLast: boolean;
}

/**
 * Finds where each of papaparse's cells stands, up to the first one that RFC 4180 does not spell.
 */
function placesOf(row: Row): Place[] {
  const places: Place[] = [];
  const content = row.text.endsWith("\n") ? row.text.slice(0, -1) : row.text;
  let start = 0;
  for (const [at, cell] of row.cells.entries()) {
    const isLast = at === row.cells.length - 1;
    if (row.text[start] !== '"') {
      places.push({ start, isQuoted: false, close: -1, tail: "", isLast });
      start += cell.length + 1;
      continue;
    }
    const spelled = `"${cell.replaceAll('"', '""')}"`;
    const isSpelled = row.text.startsWith(spelled, start);
    const close = isSpelled ? start + spelled.length - 1 : closingQuote(row.text, start);
    const rest = close < 0 ? "" : content.slice(close + 1);
    const tail = isLast ? rest : rest.slice(0, rest.indexOf(","));
    places.push({ start, isQuoted: true, close, tail, isLast });
    if (!isSpelled) break;
    start = close + 1 + tail.length + 1;
  }
  return places;
}

function closingQuote(text: string, open: number): number {
  const match = /"(?:[^"]|"")*"(?!")/y;
  match.lastIndex = open;
  return match.test(text) ? match.lastIndex - 1 : -1;
}

/** The `\r` of a line end is the one thing that may stand between a closing quote and `\n`. */
function isLineEnd(row: Row, place: Place): boolean {
  return place.isLast && place.tail === "\r" && row.text.endsWith("\r\n");
}

interface Outcome {
  event: Event | undefined;
  /** Where in the row's text reading goes on; its end where absent. */
  resume?: number;
}

interface Difference {
  reason: string;
  /**
   * What the scanner makes of the row instead, or undefined where the two agree in this respect.
   */
  apply(row: Row, cells: (string | null)[], places: Place[], rest: string): Outcome | undefined;
}

const nextLine = (text: string, from: number): number => {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline + 1;
};

/**
 * Tried in this order; the first one that gives an outcome ends the row, the others change cells.
 */
const DIFFERENCES: Difference[] = [
  {
    reason: "papaparse makes a row of a blank line and of the nothing behind the last newline",
    apply: ({ text }) => (["", "\n", "\r\n"].includes(text) ? { event: undefined } : undefined),
  },
  {
    reason: "papaparse drops white space between a closing quote and the delimiter or newline",
    apply(row, _cells, places, rest) {
      const fault = places.find(
        (place) =>
          place.isQuoted &&
          place.close >= 0 &&
          /^[\s\ufeff]+$/.test(place.tail) &&
          !isLineEnd(row, place),
      );
      const isFirst = row.errors.length === 0 || fault !== places.at(-1);
      if (fault === undefined || !isFirst) return undefined;
      return { event: "rejected: trailing", resume: nextLine(rest, fault.close + 1) };
    },
  },
  {
    reason: "papaparse takes text behind a closing quote as data up to another quote",
    apply(row, _cells, places, rest) {
      if (row.errors[0] !== "InvalidQuotes") return undefined;
      const { close } = places.at(-1)!;
      return { event: "rejected: trailing", resume: nextLine(rest, close + 1) };
    },
  },
  {
    reason: "papaparse takes all that is left as the cell of a quote that is never closed",
    apply(row, _cells, places, rest) {
      if (row.errors[0] !== "MissingQuotes") return undefined;
      return { event: "rejected: unclosed", resume: nextLine(rest, places.at(-1)!.start) };
    },
  },
  {
    reason: "papaparse leaves the carriage return of a line end in an unquoted last cell",
    apply(row, cells, places) {
      if (places.at(-1)!.isQuoted || !row.text.endsWith("\r\n")) return undefined;
      cells[cells.length - 1] = row.cells.at(-1)!.slice(0, -1);
      return undefined;
    },
  },
  {
    reason: "papaparse does not tell an unquoted empty cell from a quoted one",
    apply(_row, cells, places) {
      for (const [at, { isQuoted }] of places.entries()) {
        if (cells[at] === "" && !isQuoted) cells[at] = null;
      }
      return undefined;
    },
  },
];

/** papaparse's reading with the differences applied; `fired` counts them by reason. */
function translate(text: string, fired: Map<string, number>): Event[] {
  const events: Event[] = [];
  let rest = text;
  rows: while (rest !== "") {
    for (const row of parseRows(rest)) {
      const outcome = translateRow(row, rest, fired);
      if (outcome.event !== undefined) events.push(outcome.event);
      rest = rest.slice(outcome.resume ?? row.text.length);
      if (outcome.resume !== undefined) continue rows;
    }
    break;
  }
  return events;
}

function translateRow(row: Row, rest: string, fired: Map<string, number>): Outcome {
  const places = placesOf(row);
  const cells: (string | null)[] = [...row.cells];
  for (const { reason, apply } of DIFFERENCES) {
    const before = cells.join("\n");
    const emptiesBefore = cells.filter((cell) => cell === null).length;
    const outcome = apply(row, cells, places, rest);
    const isChanged =
      outcome !== undefined ||
      cells.join("\n") !== before ||
      cells.filter((cell) => cell === null).length !== emptiesBefore;
    if (isChanged) fired.set(reason, (fired.get(reason) ?? 0) + 1);
    if (outcome !== undefined) return outcome;
  }
  return { event: cells };
}

function check(text: string, fired: Map<string, number>): void {
  const scanned = scan(text);
  const translated = translate(text, fired);
  // Comparing as JSON first keeps the matcher out of a hundred thousand equal cases.
  if (JSON.stringify(scanned) === JSON.stringify(translated)) return;
  expect(scanned, JSON.stringify(text)).toEqual(translated);
}

/** Every text of up to `length` characters of `alphabet`. */
function* allTexts(alphabet: readonly string[], length: number): Generator<string> {
  yield "";
  if (length === 0) return;
  for (const shorter of allTexts(alphabet, length - 1)) {
    for (const character of alphabet) yield shorter + character;
  }
}

/** A multiplicative generator of numbers in [0, 1), after Park and Miller. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}

const CASES = casesOf(20_000, 200_000);
const CLEAN = ["a", "12.5", "", '"x,y"', '"two\nlines"', '"say ""so"""', '""', "é€😀", " b ", "0"];
const HOSTILE = ['"', '""', ",", "\n", "\r\n", "\r", "a", " ", "\0", "\ufeff", "\u00a0", '"a"'];

function cleanText(random: () => number): string {
  const pick = (): string => CLEAN[Math.floor(random() * CLEAN.length)]!;
  const lineEnd = random() < 0.5 ? "\n" : "\r\n";
  const width = 1 + Math.floor(random() * 5);
  const rows = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
    Array.from({ length: width }, pick).join(","),
  );
  return rows.join(lineEnd) + (random() < 0.5 ? lineEnd : "");
}

function hostileText(random: () => number): string {
  const length = 1 + Math.floor(random() * 20);
  const pick = (): string => HOSTILE[Math.floor(random() * HOSTILE.length)]!;
  return Array.from({ length }, pick).join("");
}

describe("the byte scanner reads as papaparse does, the listed differences apart", () => {
  test("on every text of up to six characters of a quote, a comma, line ends and a letter", () => {
    const fired = new Map<string, number>();
    const texts = new Set(allTexts(["a", '"', ",", "\n", "\r"], 6));
    expect(texts.size).toBe(19_531);
    for (const text of texts) check(text, fired);
    expect([...fired.keys()].sort()).toEqual(DIFFERENCES.map(({ reason }) => reason).sort());
  });

  test(`on ${CASES} generated texts, half of them clean and half hostile`, () => {
    const fired = new Map<string, number>();
    const random = seeded(1);
    for (let i = 0; i < CASES; i += 2) {
      check(cleanText(random), fired);
      check(hostileText(random), fired);
    }
    expect([...fired.keys()].sort()).toEqual(DIFFERENCES.map(({ reason }) => reason).sort());
  });

  test("without any difference on clean texts of present cells", () => {
    const fired = new Map<string, number>();
    const text = 'a,"b ""c"" d",e\n"x\ny",",",z';
    check(text, fired);
    expect([...fired]).toEqual([]);
    expect(scan(text)).toEqual([
      ["a", 'b "c" d', "e"],
      ["x\ny", ",", "z"],
    ]);
  });
});
