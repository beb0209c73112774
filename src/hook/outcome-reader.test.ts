/** Outcomes as they are sent, read back. */
import { describe, expect, it } from "vitest";
import type { HookOutcome } from "../source/preprocess/preprocessor.ts";
import { OutcomeReader } from "./outcome-reader.ts";

function namesOf(outcome: HookOutcome): readonly (readonly string[] | undefined)[] {
  return outcome.kind === "rows" ? outcome.rows.map(({ names }) => names) : [];
}

describe("OutcomeReader", () => {
  it("reads every kind, names by the last row that had some", () => {
    const reader = new OutcomeReader(false);
    expect(
      reader.read([
        0,
        "why",
        [],
        [
          ["b", "a"],
          ["1", null],
        ],
        [[], ["x"], null, ["2", "3"]],
      ]),
    ).toEqual([
      { kind: "same" },
      { kind: "fault", detail: "why" },
      { kind: "rows", rows: [] },
      { kind: "rows", rows: [{ names: ["b", "a"], texts: ["1", null] }] },
      {
        kind: "rows",
        rows: [
          { names: undefined, texts: ["x"] },
          { names: ["b", "a"], texts: ["2", "3"] },
        ],
      },
    ]);
  });

  it("sorts columns by name where asked to", () => {
    const [outcome] = new OutcomeReader(true).read([
      [
        ["b", "10", "9", "a"],
        ["1", "2", "3", "4"],
      ],
    ]);
    const row = { names: ["10", "9", "a", "b"], texts: ["2", "3", "4", "1"] };
    expect(outcome).toEqual({ kind: "rows", rows: [row] });
  });

  it("forgets names when there are too many, and reads on", () => {
    const reader = new OutcomeReader(true);
    const long = "x".repeat(1024 * 1024);
    for (let i = 0; i < 9; i++) {
      const [outcome] = reader.read([
        [
          [`b${i}`, `a${long}`],
          ["1", "2"],
        ],
      ]);
      expect(outcome).toEqual({
        kind: "rows",
        rows: [{ names: [`a${long}`, `b${i}`], texts: ["2", "1"] }],
      });
    }
  });

  it("shares equal names across replies", () => {
    const reader = new OutcomeReader(true);
    const [first, other] = reader.read([
      [["a"], ["1"]],
      [["b"], ["1"]],
    ]);
    const [again] = reader.read([[["a"], ["2"]]]);
    expect(namesOf(again!)[0]).toBe(namesOf(first!)[0]);
    expect(namesOf(other!)[0]).not.toBe(namesOf(first!)[0]);
  });
});
