import { describe, expect, test } from "vitest";
import { selectColumns } from "./column-selection.ts";

/** Matches an error by its whole message. */
const saying = (message: string) => expect.objectContaining({ message });

const NAMES = ["age", "_c7", "state", "3", "State name"];

function select(columns?: string[], exclude?: string[]): readonly number[] | undefined {
  return selectColumns(NAMES, { columns, exclude }, "train.csv");
}

describe("a column selection", () => {
  test("is undefined when nothing is asked for", () => {
    expect(select()).toBeUndefined();
  });

  test("keeps the columns named, in the file's order and once", () => {
    expect(select(["state", "age", "state"])).toEqual([0, 2]);
  });

  test("takes a name before a position, and a position with or without _c", () => {
    expect(select(["3", "_c7", "2", "_c0"])).toEqual([0, 1, 2, 3]);
    expect(select(["4"])).toEqual([4]);
  });

  test("leaves excluded columns out, of all or of those kept", () => {
    expect(select(undefined, ["age", "_c2"])).toEqual([1, 3, 4]);
    expect(select(["age", "state"], ["age"])).toEqual([2]);
  });

  test("refuses an unknown name and lists close ones", () => {
    expect(() => select(["stats"])).toThrow(
      saying(
        '--columns names "stats", which is not a column of train.csv; ' +
          'expected a column name, or a position from 0 to 4. Did you mean "state"?',
      ),
    );
    expect(() => selectColumns(["rate", "date", "late"], { exclude: ["fate"] }, "-")).toThrow(
      saying(
        '--exclude names "fate", which is not a column of -; ' +
          "expected a column name, or a position from 0 to 2. " +
          'Did you mean "rate" or "date" or "late"?',
      ),
    );
  });

  test("refuses an unknown name that is close to none, and a position past the end", () => {
    expect(() => select(undefined, ["zzzzzz"])).toThrow(
      saying(
        '--exclude names "zzzzzz", which is not a column of train.csv; ' +
          "expected a column name, or a position from 0 to 4.",
      ),
    );
    expect(() => select(["_c55"])).toThrow(
      saying(
        '--columns names "_c55", which is not a column of train.csv; ' +
          "expected a column name, or a position from 0 to 4.",
      ),
    );
  });

  test("refuses to leave nothing", () => {
    expect(() => select(["age"], ["age"])).toThrow(
      saying("--columns and --exclude leave no column; expected at least one column to read."),
    );
  });
});
