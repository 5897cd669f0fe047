import { defineConfig } from "vitest/config";

// Stories in a real browser, each from `npm start` in a scratch folder: on the embedded database and on PostgreSQL.
export default defineConfig({
  test: {
    include: ["journeys/**/*.spec.ts"],
    root: new URL("..", import.meta.url).pathname,
    pool: "forks",
    // Two portals side by side: a story mostly waits for its browser.
    maxWorkers: 2,
    // Browsers on a busy machine miss a word now and then: told again once, and then believed.
    retry: 1,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    bail: 0,
  },
});
