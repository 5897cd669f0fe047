import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deliveryHeaders, type Message, readMessage } from "./message.ts";

const MOST = 2_000;
const FILE = /^(\d{15})\.eml$/;

export interface Store {
  add(from: string, to: readonly string[], content: Buffer): Promise<Message>;
  /** Newest first. */
  all(): Message[];
  find(id: string): Message | undefined;
  raw(id: string): Promise<Buffer | undefined>;
  clear(): Promise<void>;
}

/** Messages as .eml files named by arrival; without a folder they live in memory. The oldest give way to the newest. */
export async function openStore(dataDir?: string, most = MOST): Promise<Store> {
  const messages = new Map<string, Message>();
  const inMemory = new Map<string, Buffer>();
  const path = (id: string) => join(dataDir ?? "", `${id}.eml`);
  let last = 0;

  async function remove(id: string): Promise<void> {
    messages.delete(id);
    inMemory.delete(id);
    if (dataDir) await rm(path(id), { force: true });
  }
  async function trim(): Promise<void> {
    for (const id of messages.keys()) {
      if (messages.size <= most) return;
      await remove(id);
    }
  }

  if (dataDir) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const kept = readdirSync(dataDir).filter((name) => FILE.test(name));
    for (const name of kept.sort()) {
      const id = name.slice(0, 15);
      messages.set(id, await readMessage(id, Number(id), await readFile(path(id))));
      last = Number(id);
    }
    await trim();
  }

  return {
    async add(from, to, content) {
      // Two messages of one millisecond keep their order and their own name.
      last = Math.max(Date.now(), last + 1);
      const at = last;
      const id = String(at).padStart(15, "0");
      const raw = Buffer.concat([Buffer.from(deliveryHeaders(from, to)), content]);
      const message = await readMessage(id, at, raw);
      if (dataDir) {
        await writeFile(`${path(id)}.part`, raw, { mode: 0o600 });
        renameSync(`${path(id)}.part`, path(id));
      } else {
        inMemory.set(id, raw);
      }
      messages.set(id, message);
      await trim();
      return message;
    },
    all: () => [...messages.values()].sort((a, b) => (a.id < b.id ? 1 : -1)),
    find: (id) => messages.get(id),
    async raw(id) {
      if (!messages.has(id)) return undefined;
      // It may be removed between the two looks.
      return dataDir ? readFile(path(id)).catch(() => undefined) : inMemory.get(id);
    },
    async clear() {
      for (const id of [...messages.keys()]) await remove(id);
    },
  };
}
