import { defineConfig } from "vitest/config";

// One suite, two databases: tools/test.mjs runs it embedded, then again with AREA_TEST_DATABASE_URL on a real PostgreSQL.
// What never meets a database runs once.
const withoutDatabase = [
  "{api,words,web,dev}/**",
  "server/src/ports/**",
  "server/src/pages/**",
  "server/src/strict-start.test.ts",
  "*.test.ts",
];

export default defineConfig({
  test: {
    include: ["{api,words,server,web,dev}/**/*.test.ts", "*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", ...(process.env["AREA_TEST_DATABASE_URL"] ? withoutDatabase : [])],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ["server/src/testing/prepare.ts"],
  },
});
