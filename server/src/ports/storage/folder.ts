import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { storageKey } from "./storage-key.ts";
import type { Storage } from "./stored.ts";

/** Files in a folder beside the embedded database. Written aside and renamed, so that a killed process leaves no half file. */
export const folderStorage = (directory: string): Storage => {
  const path = (key: string) => join(directory, storageKey(key));
  return {
    put: async (key, bytes) => {
      await mkdir(dirname(path(key)), { recursive: true, mode: 0o700 });
      const aside = `${path(key)}.${randomUUID()}.part`;
      await writeFile(aside, bytes, { mode: 0o600 });
      await rename(aside, path(key));
    },
    get: async (key) => {
      const found = await stat(path(key)).catch(() => null);
      return found ? { length: found.size, bytes: createReadStream(path(key)) } : null;
    },
    remove: (key) => rm(path(key), { force: true }),
  };
};
