/** What the advisories must reach, and whether the results show it with 95 % confidence. */
import type { WindowsResult } from "./measure-windows.ts";
import type { Results } from "./results.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const FALSE_ALARMS_MAX = 0.01;
const DETECTION_MIN = 0.99;
const ROWS_MIN = 100;
/** Fewer windows can not show 1 %. */
const WINDOWS_MIN = 2000;

export interface Goal {
  readonly goal: string;
  readonly count: number;
  readonly of: number;
  readonly isMet: boolean;
}

/** Judges rows of enough windows one by one, and all rows together. */
export function judgeGoals({ windows }: Results): Goal[] {
  const counted = windows.filter(({ n }) => n >= ROWS_MIN);
  const decisive = counted.filter((row) => row.windows >= WINDOWS_MIN);
  return [
    ...decisive.map((row) => judgeAlarms(`${row.mix}, ${row.n} rows`, [row])),
    judgeAlarms(`all windows from ${ROWS_MIN} rows on`, counted),
    ...windows.flatMap(({ mix, n, m, windows: all, plantings, detections }) =>
      detections.map(({ drift, detected }): Goal => {
        const of = all * plantings;
        const isMet = wilsonInterval(detected, of)[0] >= DETECTION_MIN;
        const goal = `detection at least 99 %: ${mix}, ${drift}, ${n} rows against ${m}`;
        return { goal, count: detected, of, isMet };
      }),
    ),
  ];
}

function judgeAlarms(name: string, rows: readonly WindowsResult[]): Goal {
  const count = rows.reduce((sum, { alarms }) => sum + alarms, 0);
  const of = rows.reduce((sum, { windows }) => sum + windows, 0);
  const isMet = wilsonInterval(count, of)[1] <= FALSE_ALARMS_MAX;
  return { goal: `false alarms at most 1 %: ${name}`, count, of, isMet };
}
