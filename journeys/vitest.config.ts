import { defineConfig } from "vitest/config";

// Stories in a real browser, each from `npm start` in a scratch folder: on the embedded database and on PostgreSQL.
export default defineConfig({
  test: {
    include: ["journeys/**/*.spec.ts"],
    root: new URL("..", import.meta.url).pathname,
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    bail: 0,
  },
});
