import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText, hostileInsights } from "../../../fixtures/hostile-insights.ts";
import { WHOLE_INSIGHTS } from "../../../fixtures/whole-insights.ts";
import { renderSlackMessage } from "./render-slack-message.ts";
import { newsOf, newsOfFault } from "./run-news.ts";

const PLAN = { command: "check", output: "report" } as const;

interface Message {
  readonly text: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly text?: { readonly type: string; readonly text: string };
    readonly elements?: readonly { readonly type: string; readonly text: string }[];
  }[];
}

const messageOf = (...[news]: Parameters<typeof renderSlackMessage>): Message =>
  JSON.parse(renderSlackMessage(news));

const textsIn = ({ text, blocks }: Message): string[] => [
  text,
  ...blocks.flatMap((block) => [
    ...(block.text === undefined ? [] : [block.text.text]),
    ...(block.elements ?? []).map((element) => element.text),
  ]),
];

describe("the message to Slack", () => {
  it("tells the verdict, the violations and where the report lies", () => {
    const window = { start: "2026-11-20T10:00:00Z", end: "2026-11-20T11:00:00Z" };
    const news = newsOf(WHOLE_INSIGHTS, { ...PLAN, window, labels: { model: "churn" } });
    expect(messageOf(news)).toEqual(WHOLE_MESSAGE);
  });

  it("of a run that failed has no list", () => {
    const error = { code: "input", message: "a_b.csv: <!channel> `x` & so on." } as const;
    expect(messageOf(newsOfFault(error, PLAN))).toEqual({
      text: "FAILED: a_\u200bb.csv: &lt;!channel&gt; `\u200bx`\u200b &amp; so on.",
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text:
              ":black_circle: *tidemark check*  " +
              "FAILED: a_\u200bb.csv: &lt;!channel&gt; `\u200bx`\u200b &amp; so on.",
          },
        },
        { type: "context", elements: [{ type: "mrkdwn", text: "report in `report`" }] },
      ],
    });
  });

  it("shows a value where values are shown", () => {
    const texts = (showsValues: boolean): string =>
      textsIn(messageOf(newsOf(WHOLE_INSIGHTS, { ...PLAN, showsValues }))).join("\n");
    expect(texts(true)).toContain("First value: `n/a`.");
    expect(texts(false)).not.toContain("First value");
  });

  it("keeps to Slack's limits and mentions nobody, whatever texts it holds", () => {
    fc.assert(
      fc.property(
        hostileInsights,
        anyText,
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        (insights, text, showsValues, power) => {
          const long = text.repeat(10 ** power).slice(0, 20_000);
          const features = insights.features.map((each) => ({ ...each, name: each.name + long }));
          const plan = { ...PLAN, showsValues, output: long, labels: { a: long, b: text } };
          const messages = [
            messageOf(newsOf({ ...insights, features }, plan)),
            messageOf(newsOfFault({ code: "input", message: long }, plan)),
          ];
          for (const message of messages) {
            expect(message.blocks.length).toBeLessThanOrEqual(50);
            for (const each of textsIn(message)) {
              expect(each.length).toBeGreaterThan(0);
              expect(each.length).toBeLessThanOrEqual(3000);
              expect(each).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
            }
          }
        },
      ),
    );
  });
});

const SUMMARY =
  "FAIL: 7 violations in 2,000 records, 4 features, by tidemark. 2 checks not judged.";
const VIOLATIONS = `• \`Missing columns\` Columns of the baseline are missing: 1.
• \`Int'l Plan\` The chi-squared statistic 27.85 is above 3.841 (p = 1.3e-7, threshold 0.05).
• \`Day Mins\` The distance of the distributions 0.2666 is above 0.1.
• \`Area Code\` 90.95% of the cells are present; at least 100% must be.
• \`Int'l Plan\` 96% of the cells hold a known category; at least 100% must.
• \`Day Mins\` 99% of the cells are Fractional; at least 100% must be.
• \`Day Mins\` 99.75% of the values are from 0 on; all must be.`;
const CONTEXT =
  "`model` `churn` · 2026-11-20T10:00:00Z to 2026-11-20T11:00:00Z · 2,000 records · " +
  "report in `report`";

const WHOLE_MESSAGE: Message = {
  text: SUMMARY,
  blocks: [
    {
      type: "section",
      text: { type: "mrkdwn", text: `:red_circle: *tidemark check*  ${SUMMARY}` },
    },
    { type: "section", text: { type: "mrkdwn", text: VIOLATIONS } },
    { type: "context", elements: [{ type: "mrkdwn", text: CONTEXT }] },
  ],
};
