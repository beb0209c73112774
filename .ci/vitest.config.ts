import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["src", "fixtures", "bench", ".ci"].map((folder) => `${folder}/**/*.test.ts`),
    globalSetup: ".ci/build-if-missing.ts",
    maxWorkers: "100%",
    testTimeout: 60_000,
    env: { TZ: "UTC", NO_COLOR: "1" },
  },
};

export default config;
