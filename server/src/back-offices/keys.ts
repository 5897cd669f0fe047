import { generateKeyPair as generate, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { calculateJwkThumbprint, exportJWK, importPKCS8 } from "jose";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

const DAY = 86_400_000;
/** How long a key signs; how long it is published before, so that every back office knows it, and after. */
export const SIGNS_DAYS = 30;
export const PUBLISHED_DAYS = 1;

export type TokenKey = { kid: string; key: Awaited<ReturnType<typeof importPKCS8>> };
type Jwk = { kty: string; n: string; e: string; kid: string; alg: string; use: string };

/** RSA, 2048 bits, RS256: what the back offices of today verify. */
const make = async (): Promise<{ kid: string; jwk: Jwk; pkcs8: string }> => {
  const { privateKey, publicKey } = (await promisify(generate)("rsa", { modulusLength: 2048 })) as unknown as {
    privateKey: KeyObject;
    publicKey: KeyObject;
  };
  const { kty, n, e } = await exportJWK(publicKey);
  const bare = { kty: kty!, n: n!, e: e! };
  const kid = await calculateJwkThumbprint(bare);
  return {
    kid,
    jwk: { ...bare, kid, alg: "RS256", use: "sig" },
    pkcs8: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
  };
};

/** The keys of the tokens, by turns: one signs, the next is already published, the last still is. */
export const tokenKeys = ({ database, cipher }: Pick<Parts, "database" | "cipher">) => {
  /** Makes what is missing: a key for now, and the next one in time to be published before it signs. */
  const turn = async (now: Date): Promise<void> => {
    const missing = (keys: readonly store.KeyRow[]): Date | null => {
      const last = keys.at(-1);
      if (!last || !keys.some((k) => k.signs_from <= now)) return now;
      return last.signs_until.getTime() - now.getTime() <= PUBLISHED_DAYS * DAY ? last.signs_until : null;
    };
    if (missing(await database.asSystem(({ db }) => store.keysAfter(db, now))) === null) return;
    // Made outside the transaction: it takes a while.
    const made = await make();
    await database.asSystem(async ({ db, connection }) => {
      await store.lockKeys(connection);
      const from = missing(await store.keysAfter(db, now));
      if (from === null) return;
      const signsUntil = new Date(from.getTime() + SIGNS_DAYS * DAY);
      await store.insertKey(db, {
        kid: made.kid,
        jwk: made.jwk,
        privateKey: cipher.seal(made.pkcs8),
        madeAt: now,
        signsFrom: from,
        signsUntil,
      });
    });
  };
  return {
    turn,
    /** The key that signs at this moment. */
    signing: async (now: Date): Promise<TokenKey> => {
      const find = async () =>
        (await database.asSystem(({ db }) => store.keysAfter(db, now))).find((k) => k.signs_from <= now);
      const row = (await find()) ?? (await turn(now).then(find));
      if (!row) throw new Error("no key signs the tokens of back offices");
      return { kid: row.kid, key: await importPKCS8(cipher.open(row.private_key), "RS256") };
    },
    /** All that somebody may need to verify a token: from a day before a key signs until a day after. */
    published: async (db: Db, now: Date): Promise<Jwk[]> =>
      (await store.keysAfter(db, new Date(now.getTime() - PUBLISHED_DAYS * DAY))).map((k) => k.public_jwk as Jwk),
    sweep: (now: Date) =>
      database.asSystem(({ db }) => store.forgetKeys(db, new Date(now.getTime() - PUBLISHED_DAYS * DAY))),
  };
};
