import { writeFileSync } from "node:fs";
import { it } from "vitest";
import { manyInsights } from "../../../fixtures/many-insights.ts";
import { renderHtml } from "./render-html.ts";

it("sizes", () => {
  for (const n of [0, 1, 22, 100, 300, 1000, 3000]) {
    const t = performance.now();
    const text = renderHtml(manyInsights(n));
    console.log(
      n,
      Buffer.byteLength(text),
      Math.round(performance.now() - t),
      /(\d+) more features/.exec(text)?.[0],
      (text.match(/<tbody class=/g) ?? []).length,
      (text.match(/cumulative share/g) ?? []).length,
      (text.match(/Buckets as/g) ?? []).length,
    );
    if (n === 100 || n === 1000) writeFileSync(`/tmp/shots/many-${n}.html`, text);
  }
});
