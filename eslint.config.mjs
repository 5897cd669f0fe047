import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import tseslint from "typescript-eslint";

const here = dirname(fileURLToPath(import.meta.url));
// Biome formats and has the fast rules; here only what needs types: a promise nobody awaits is a write that may be lost.
export default tseslint.config(
  { ignores: ["**/node_modules/**", "**/dist/**", "**/*.mjs", "web/vite.config.ts", ".data/**"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: here } },
    plugins: { ts: tseslint.plugin },
    rules: {
      "ts/no-floating-promises": "error",
      "ts/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "ts/await-thenable": "error",
      "ts/no-explicit-any": "error",
      "ts/switch-exhaustiveness-check": "off",
    },
  },
);
