import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderStorage, objectStorage, readAll, type Storage } from "./index.ts";

// s3rver tells no types: what is used of it.
type S3rver = new (options: object) => { run(): Promise<{ port: number }>; close(): Promise<void> };
const S3rver = createRequire(import.meta.url)("s3rver") as S3rver;

const scratch = mkdtempSync(join(tmpdir(), "area-storage-"));
let store: InstanceType<S3rver>;
let endpoint: string;
beforeAll(async () => {
  store = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory: join(scratch, "s3"),
    configureBuckets: [{ name: "area" }],
  });
  endpoint = `http://127.0.0.1:${(await store.run()).port}`;
});
afterAll(async () => {
  await store.close();
  rmSync(scratch, { recursive: true, force: true });
});

const kinds: [string, () => Storage | Promise<Storage>][] = [
  ["a folder", () => folderStorage(join(scratch, "files"))],
  [
    "an S3 store",
    () =>
      objectStorage({
        endpoint,
        region: "eu-south-1",
        bucket: "area",
        accessKeyId: "S3RVER",
        secretAccessKey: "S3RVER",
      }),
  ],
];
for (const [what, open] of kinds)
  describe(`files kept in ${what}`, () => {
    let storage: Storage;
    beforeAll(async () => {
      storage = await open();
    });
    const read = async (key: string) => {
      const found = await storage.get(key);
      return found ? { length: found.length, bytes: await readAll(found) } : null;
    };

    it("come back byte for byte, with their length, large and empty ones alike", async () => {
      for (const size of [0, 1, 1024, 20 * 1024 * 1024]) {
        const bytes = randomBytes(size);
        await storage.put(`agreements/size-${size}.pdf`, bytes, "application/pdf");
        const back = await read(`agreements/size-${size}.pdf`);
        expect([back?.length, back?.bytes.equals(bytes)]).toEqual([size, true]);
      }
    });
    it("that do not exist are nothing", async () => {
      expect(await storage.get("agreements/nobody.pdf")).toBeNull();
      expect(await storage.get("elsewhere/nobody.pdf")).toBeNull();
    });
    it("written again under their key are replaced", async () => {
      await storage.put("agreements/again.pdf", Buffer.from("a longer first text"), "application/pdf");
      await storage.put("agreements/again.pdf", Buffer.from("second"), "application/pdf");
      expect((await read("agreements/again.pdf"))?.bytes.toString()).toBe("second");
    });
    it("written by several at once are whole", async () => {
      const texts = Array.from({ length: 8 }, (_, n) => Buffer.alloc(100_000, String(n)));
      await Promise.all(texts.map((t) => storage.put("agreements/race.pdf", t, "application/pdf")));
      const { bytes } = (await read("agreements/race.pdf"))!;
      expect(texts.some((t) => t.equals(bytes))).toBe(true);
    });
    it("removed are gone, and to remove them again is no fault", async () => {
      await storage.put("agreements/gone.pdf", Buffer.from("x"), "application/pdf");
      await storage.remove("agreements/gone.pdf");
      expect(await storage.get("agreements/gone.pdf")).toBeNull();
      await storage.remove("agreements/gone.pdf");
    });
    it("have keys of plain words: anything else is refused before it is looked for", async () => {
      for (const key of [
        "",
        "plain",
        "/etc/passwd",
        "../outside/x",
        "agreements/../x",
        "agreements/./x",
        "agreements//x",
        "agreements/x/",
        "agreements/.x",
        "agreements/X",
        "agreements/x\u0000",
        "agreements/x y",
        "agreements\\x",
        "agreements/x..y",
      ]) {
        await expect(Promise.resolve().then(() => storage.put(key, Buffer.from("x"), "text/plain"))).rejects.toThrow(
          "not a storage key",
        );
        await expect(Promise.resolve().then(() => storage.get(key))).rejects.toThrow("not a storage key");
        await expect(Promise.resolve().then(() => storage.remove(key))).rejects.toThrow("not a storage key");
      }
    });
  });

it("a folder keeps no half files and nothing outside itself", () => {
  expect(readdirSync(join(scratch, "files/agreements")).filter((n) => n.endsWith(".part"))).toEqual([]);
  expect(existsSync(join(scratch, "outside"))).toBe(false);
});

it("an S3 store that does not answer is an error, not an absence", async () => {
  const closed = await objectStorage({
    endpoint: "http://127.0.0.1:9",
    region: "eu-south-1",
    bucket: "area",
    accessKeyId: "x",
    secretAccessKey: "x",
  });
  await expect(closed.get("agreements/x.pdf")).rejects.toThrow();
  const elsewhere = await objectStorage({
    endpoint,
    region: "eu-south-1",
    bucket: "nowhere",
    accessKeyId: "S3RVER",
    secretAccessKey: "S3RVER",
  });
  await expect(elsewhere.get("agreements/x.pdf")).rejects.toThrow();
});
