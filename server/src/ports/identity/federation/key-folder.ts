import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RefusedToStart } from "../../../platform/config.ts";
import { makeKeys, readKeys, withKeysTurned, withNextKeys, writeKeys } from "./keys.ts";

/** Our keys, made and rolled over where their operator keeps them. Answers their names, the first of each kind at work. */
export const keysInFolder = async (folder: string, step: "make" | "next" | "turn") => {
  const [federation, core] = [join(folder, "federation.jwks.json"), join(folder, "core.jwks.json")];
  const there = existsSync(federation) && existsSync(core);
  if (there && step === "make")
    throw new RefusedToStart(`${folder} holds keys already: --next adds the next ones, --turn puts them to work.`);
  if (!there && step !== "make")
    throw new RefusedToStart(`${folder} holds no keys yet: make them first, without --next and --turn.`);
  const change = { make: makeKeys, next: withNextKeys, turn: withKeysTurned }[step];
  const keys = await change(
    there
      ? await readKeys({ federation: readFileSync(federation, "utf8"), core: readFileSync(core, "utf8") })
      : { federation: [], signing: [], encryption: [] },
  );
  const files = writeKeys(keys);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Whole or not at all: a file half-written would leave the service without keys.
  for (const [file, text] of [
    [federation, files.federation],
    [core, files.core],
  ] as const) {
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const names = Object.entries(keys).map(([kind, list]) => [kind, list.map((key) => key.kid)]);
  return { folder, keys: Object.fromEntries(names) as Record<string, string[]> };
};
