import type { JobOptions } from "./job/job-options.ts";
import { renderProgress } from "./report/progress.ts";
import { terminal } from "./standard-streams.ts";

const PROGRESS_INTERVAL_MS = 100;
const PROGRESS_DELAY_MS = 500;

/** Draws a bar on stderr when it is a terminal and the run takes longer than a moment. */
export function progressOnTerminal(isQuiet: boolean): {
  onProgress: JobOptions["onProgress"];
  clear: () => void;
} {
  const drawn = isQuiet ? undefined : terminal("stderr");
  if (drawn === undefined) return { onProgress: undefined, clear: () => {} };
  const startMs = Date.now();
  let drawnMs = 0;
  return {
    onProgress: (progress) => {
      const nowMs = Date.now();
      const isDue = nowMs - startMs > PROGRESS_DELAY_MS && nowMs - drawnMs > PROGRESS_INTERVAL_MS;
      if (!isDue) return;
      drawnMs = nowMs;
      drawn.write(`\r${renderProgress(progress, (drawn.columns || 80) - 1)}`);
    },
    clear: () => {
      if (drawnMs > 0) drawn.write("\r\u001b[K");
    },
  };
}
