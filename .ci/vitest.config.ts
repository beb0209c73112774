import { defineConfig } from "vitest/config";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["src/**/*.test.ts", "fixtures/**/*.test.ts", ".ci/**/*.test.ts"],
    testTimeout: 60_000,
    env: { TZ: "UTC", NO_COLOR: "1" },
  },
});
