import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileInsights } from "../../fixtures/hostile-insights.ts";
import { WHOLE_CONSTRAINTS, WHOLE_INSIGHTS } from "../../fixtures/whole-insights.ts";
import { renderGithub } from "./github.ts";
import { printable } from "./printable.ts";

/** Reads a command as the runner does: a level, properties, a message, percent codes decoded. */
function readCommand(line: string) {
  const [, level = "", list = "", text = ""] = /^::(error|warning|notice) (.*?)::(.*)$/s.exec(
    line,
  )!;
  const properties = Object.fromEntries(
    list.split(",").map((pair) => {
      const [, key = "", value = ""] = /^(\w+)=(.*)$/s.exec(pair)!;
      return [key, decode(value).replaceAll("%3A", ":").replaceAll("%2C", ",")];
    }),
  );
  return { level, properties, text: decode(text) };
}

function decode(text: string): string {
  return text.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
}

function commandsOf(insights: typeof WHOLE_INSIGHTS) {
  const text = renderGithub({ insights, constraintsText: WHOLE_CONSTRAINTS });
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n").map(readCommand);
}

describe("renderGithub", () => {
  it("makes an error of each violation, warnings of doubts and a notice of the verdict", () => {
    const commands = commandsOf(WHOLE_INSIGHTS);
    expect(commands.map(({ level }) => level)).toEqual([
      ...Array.from({ length: 7 }, () => "error"),
      ...Array.from({ length: 4 }, () => "warning"),
      "notice",
    ]);
    expect(commands[2]!.properties).toEqual({
      file: "baseline/constraints.json",
      line: "17",
      col: "31",
      title: "Day Mins: drift",
    });
  });

  it("stays one command a line that says the names, whatever texts there are", () => {
    fc.assert(
      fc.property(hostileInsights, (insights) => {
        const commands = commandsOf(insights);
        expect(commands).toHaveLength(12);
        const [, ...drifts] = commands.slice(0, 3);
        const names = [insights.features[1]!.name, insights.features[0]!.name];
        // A percent sign of a name is decoded last by the runner, and so stays what it was.
        expect(drifts.map(({ properties }) => properties["title"])).toEqual(
          names.map((name) => `${printable(name)}: drift`),
        );
      }),
      { numRuns: 100 },
    );
  });
});
