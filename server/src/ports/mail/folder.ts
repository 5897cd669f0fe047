import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mail } from "./mail.ts";

/** Without a mail server (development alone): each message is a text file, to be read by hand. */
export const folderMail = (directory: string): Mail => ({
  send: async ({ id, kind, to, subject, text }) => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(join(directory, `${id}.txt`), `Kind: ${kind}\nTo: ${to}\nSubject: ${subject}\n\n${text}\n`, {
      mode: 0o600,
    });
  },
  close: () => undefined,
});
