import { defineConfig } from "vitest/config";

// One suite, two databases: tools/test.mjs runs it embedded, then again with AREA_TEST_DATABASE_URL on a real PostgreSQL.
export default defineConfig({
  test: {
    include: ["{api,words,server,web,dev}/**/*.test.ts", "*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ["server/src/testing/prepare.ts"],
  },
});
