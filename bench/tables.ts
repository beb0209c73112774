/** The tables of the bench: what stands in them, and how many rows a run reads. */
import { mixedChurn, mulberry32, oneHotChurn, type TableOptions } from "../fixtures/churn.ts";

export const TABLE_NAMES = ["one-hot", "mixed", "hostile", "strings", "wide"] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export interface Table {
  readonly shape: string;
  /**
   * Rows of the three inputs. Contenders are compared on the small one; a run reads the medium one,
   * slow contenders the small one; a full run reads the large one, slow contenders the medium one.
   */
  readonly rows: { readonly small: number; readonly medium: number; readonly large: number };
  /** Yields the CSV file in pieces, the header first; fewer rows of one seed are its first rows. */
  pieces(options: TableOptions): Iterable<string>;
}

const WIDE_COLUMNS = 2000;
const CATEGORIES: readonly string[] = Array.from("ABCDEFGHIJKL", (letter) => `grade ${letter}`);

const WORDS: readonly string[] = (
  "account balance billing bundle call cancel change charge claim connect contract credit " +
  "customer data delay device discount drop evening extra family fault fibre handset hour international " +
  "invoice late line location message minute mobile month network night notice number offer " +
  "order outage package payment plan port price promise refund renew request roaming router service " +
  "signal speed support tariff technician transfer upgrade voicemail waiting week wireless"
).split(" ");

export const TABLES: Readonly<Record<TableName, Table>> = {
  "one-hot": {
    shape: "70 columns: 12 of short numbers, 58 of 0 and 1",
    rows: { small: 200_000, medium: 1_000_000, large: 6_000_000 },
    pieces: oneHotChurn,
  },
  mixed: {
    shape: "22 columns: texts, quoted texts, whole numbers, decimals, missing cells",
    rows: { small: 300_000, medium: 1_500_000, large: 10_000_000 },
    pieces: mixedChurn,
  },
  hostile: {
    shape: "20 columns: 14 of doubles in full precision that never repeat, 6 of up to six decimals",
    rows: { small: 100_000, medium: 500_000, large: 3_000_000 },
    pieces: hostileDoubles,
  },
  strings: {
    shape: "6 columns: unique ids, URLs, quoted sentences of 100 to 500 bytes, one number",
    rows: { small: 40_000, medium: 240_000, large: 1_600_000 },
    pieces: longStrings,
  },
  wide: {
    shape: `${WIDE_COLUMNS.toLocaleString("en-US")} columns: flags, whole numbers, decimals, texts`,
    rows: { small: 1_000, medium: 4_000, large: 20_000 },
    pieces: wideTable,
  },
};

/** Seven columns uniform in 53 bits, seven lognormal ones, six of up to six decimals. */
function* hostileDoubles({ rows, seed }: TableOptions): Generator<string> {
  const random = mulberry32(seed);
  const uniform = (): number => (Math.floor(random() * 2 ** 27) + random()) / 2 ** 27;
  const lognormal = (): number =>
    Math.exp(Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
  const short = (): number => Math.round(uniform() * 1e9) / 1e6;
  const draws = [uniform, lognormal, short].flatMap((draw, at) =>
    Array.from({ length: [7, 7, 6][at]! }, () => draw),
  );
  yield header(draws.length, "x");
  for (let i = 0; i < rows; i++) yield `${draws.map((draw) => draw()).join(",")}\n`;
}

function* longStrings({ rows, seed }: TableOptions): Generator<string> {
  const random = mulberry32(seed);
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)]!;
  const words = (count: number): string[] => Array.from({ length: count }, word);
  const hex = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  const notes = Array.from({ length: 500 }, () => words(24).join(" "));
  yield "id,url,sentence,note,reply,amount\n";
  for (let i = 0; i < rows; i++) {
    const id = hex() + hex() + hex() + hex();
    const url = `https://shop.example/${words(4).join("/")}?${word()}=${hex()}`;
    const end = words(10 + random() * 40).join(" ");
    const sentence = `"${words(8).join(" ")}, ""${word()}"", ${end}"`;
    const note = notes[Math.floor(random() * notes.length)];
    const reply = random() < 0.2 ? "" : words(5 + random() * 20).join(" ");
    yield `${id},${url},${sentence},${note},${reply},${(random() * 500).toFixed(2)}\n`;
  }
}

/** Of ten columns five hold flags, two whole numbers, two decimals and one categories. */
function* wideTable({ rows, seed }: TableOptions): Generator<string> {
  const random = mulberry32(seed);
  const flag = (): string => (random() < 0.1 ? "1" : "0");
  const whole = (): string => `${Math.floor(random() * 1000)}`;
  const decimal = (): string => (random() * 100).toFixed(2);
  const category = (): string => CATEGORIES[Math.floor(random() * CATEGORIES.length)]!;
  const kinds = [flag, flag, flag, flag, flag, whole, whole, decimal, decimal, category];
  const draws = Array.from({ length: WIDE_COLUMNS }, (_, i) => kinds[i % kinds.length]!);
  yield header(WIDE_COLUMNS, "column_");
  for (let i = 0; i < rows; i++) yield `${draws.map((draw) => draw()).join(",")}\n`;
}

function header(columns: number, prefix: string): string {
  return `${Array.from({ length: columns }, (_, i) => `${prefix}${i}`).join(",")}\n`;
}
