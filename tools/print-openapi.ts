import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { api, openapi } from "@area/api";

/** Prints docs/openapi.json from the promise. `--check` fails when the committed file is stale. */
const target = new URL("../docs/openapi.json", import.meta.url);
const text = `${JSON.stringify(openapi(api, { version: "0.1.0", server: "https://area-riservata.example" }), null, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
  process.stderr.write("docs/openapi.json is stale: run `npx tsx tools/print-openapi.ts`\n");
  process.exit(1);
}
