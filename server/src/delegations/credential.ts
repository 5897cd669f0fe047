import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { deflateSync } from "node:zlib";
import { api, type DelegationEnvironment } from "@area/api";
import { calculateJwkThumbprint, compactVerify, exportJWK, SignJWT } from "jose";
import { z } from "zod";
import { type CredentialCheck, credentialPage } from "../pages/index.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Page, PageRequest } from "../platform/page.ts";
import { type Handler, handle, type Invoke } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { titleOf } from "./shown.ts";
import * as store from "./store.ts";

/*
 * A delegation as a statement: a JWS over who delegated whom, for what and until when, and where its state is to be read. Whoever has
 * the public keys and the list of states checks it without us (docs/decisions/0032-delegation-credential.md).
 */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const LIST = "/api/v1/delegation-status-list";
/** How long a statement lasts at most, and a copy of the list. */
const STATEMENT_DAYS = 365;
const LIST_SECONDS = 900;
/** Of the status list: two bits for each. */
export const VALID = 0;
export const INVALID = 1;
export const SUSPENDED = 2;

export type Signing = {
  key: KeyObject;
  jwk: { kty: string; crv: string; x: string; kid: string; alg: string; use: string };
};
export const signingKey = async (seed: Buffer): Promise<Signing> => {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const { kty, crv, x } = await exportJWK(createPublicKey(key));
  const bare = { kty: kty!, crv: crv!, x: x! };
  return { key, jwk: { ...bare, kid: await calculateJwkThumbprint(bare), alg: "EdDSA", use: "sig" } };
};

/** The states of all delegations as bits, from the low end of each byte, compressed (ZLIB). What is not known is not valid. */
export const statusBits = async (connection: Connection, now: Date): Promise<Buffer> => {
  const last = (await connection.query<{ last: number }>("select delegation_last_status() as last")).rows[0]!.last;
  const bytes = Buffer.alloc(Math.max(1, Math.ceil((last + 1) / 4)), 0b01010101);
  const { rows } = await connection.query<{ status_index: number; suspended: boolean }>(
    "select * from delegation_statuses($1)",
    [now],
  );
  for (const { status_index: index, suspended } of rows) {
    const at = index >> 2;
    const shift = (index & 3) * 2;
    bytes[at] = (bytes[at]! & ~(0b11 << shift)) | ((suspended ? SUSPENDED : VALID) << shift);
  }
  return bytes;
};

const Statement = z.object({
  iat: z.number(),
  exp: z.number(),
  delegation: z.object({
    delegator: z.object({ name: z.string(), taxCode: z.string() }),
    partner: z.object({ name: z.string(), taxCode: z.string() }),
    product: z.string(),
    environment: z.enum(["test", "production", "both"]),
    permissions: z.array(z.string()),
    endsAt: z.string().nullable(),
  }),
  status: z.object({ status_list: z.object({ idx: z.number().int().min(0), uri: z.string() }) }),
});
const text = (bytes: string, mediaType: string, name: string) => ({
  name,
  mediaType,
  bytes: Buffer.from(bytes, "utf8"),
  length: Buffer.byteLength(bytes),
});

export const credentials = ({ config, cipher }: Pick<Parts, "config" | "cipher">) => {
  const made = new Map<number, Promise<Signing>>();
  const keyOf = (generation: number) => {
    const key = made.get(generation) ?? signingKey(cipher.statementSeed(generation));
    made.set(generation, key);
    return key;
  };
  /** The key whose turn it is. */
  const signing = (now: Date) =>
    keyOf(
      (config.statementKeys.findLast(({ from }) => from === null || from <= now) ?? config.statementKeys[0]!)
        .generation,
    );
  /** Those that are known to everybody: the next ones ahead of their turn, and each until the last statement it signed is over. */
  const published = (now: Date) =>
    Promise.all(
      config.statementKeys
        .filter((_, i) => {
          const next = config.statementKeys[i + 1]?.from;
          return !next || next.getTime() + STATEMENT_DAYS * 86_400_000 > now.getTime();
        })
        .map(({ generation }) => keyOf(generation)),
    );
  const uri = `${config.publicUrl}${LIST}`;
  const handlers = {
    credential: handle(api.delegations.credential, async ({ params }, { db, connection, now, fail }) => {
      const row = await store.delegationOf(connection, params.institutionId, params.delegationId);
      if (!row) return fail("delegation-unknown");
      if (row.state !== "active" && row.state !== "suspended") return fail("delegation-state", { state: row.state });
      const { key, jwk } = await signing(now);
      const issued = Math.floor(now.getTime() / 1000);
      const latest = issued + STATEMENT_DAYS * 86_400;
      const ends = row.ends_at ? Math.floor(row.ends_at.getTime() / 1000) : latest;
      const jws = await new SignJWT({
        delegation: {
          delegator: { name: row.name, taxCode: row.tax_code },
          partner: { name: row.partner_name, taxCode: row.partner_tax_code },
          product: await titleOf(db, row.product_id),
          environment: row.environment,
          permissions: row.permissions,
          resources: row.resources,
          ...(row.aggregates ? { aggregates: true } : {}),
          endsAt: row.ends_at?.toISOString() ?? null,
        },
        status: { status_list: { idx: await store.statusIndexOf(db, row.id), uri } },
      })
        .setProtectedHeader({ alg: "EdDSA", typ: "delegation+jwt", kid: jwk.kid })
        .setIssuer(config.publicUrl)
        .setSubject(`urn:uuid:${row.id}`)
        .setIssuedAt(issued)
        .setExpirationTime(Math.min(ends, latest))
        .sign(key);
      return text(jws, "application/jwt", "delega.jwt");
    }),

    statusList: handle(api.delegations.statusList, async (_input, { connection, now, headers }) => {
      const { key, jwk } = await signing(now);
      const issued = Math.floor(now.getTime() / 1000);
      const lst = deflateSync(await statusBits(connection, now), { level: 9 }).toString("base64url");
      headers["access-control-allow-origin"] = "*";
      const jws = await new SignJWT({ ttl: LIST_SECONDS, status_list: { bits: 2, lst } })
        .setProtectedHeader({ alg: "EdDSA", typ: "statuslist+jwt", kid: jwk.kid })
        .setSubject(uri)
        .setIssuedAt(issued)
        .setExpirationTime(issued + LIST_SECONDS)
        .sign(key);
      return text(jws, "application/statuslist+jwt", "delegation-status-list.jwt");
    }),

    keys: handle(api.delegations.keys, async (_input, { now, headers }) => {
      headers["access-control-allow-origin"] = "*";
      return { keys: (await published(now)).map(({ jwk }) => jwk) };
    }),

    check: handle(api.delegations.check, async ({ body }, { connection, now }) => {
      const checkedAt = now.toISOString();
      const known = await published(now);
      const read = await compactVerify(
        body.credential.trim(),
        ({ kid }) => {
          const one = known.find(({ jwk }) => jwk.kid === kid);
          if (!one) throw new Error("a key that is not published");
          return createPublicKey(one.key);
        },
        { algorithms: ["EdDSA"] },
      ).catch(() => null);
      const parsed =
        read?.protectedHeader.typ === "delegation+jwt"
          ? Statement.safeParse(JSON.parse(Buffer.from(read.payload).toString("utf8")))
          : null;
      if (!parsed?.success) return { verdict: "not-ours" as const, statement: null, checkedAt };
      const { iat, exp, delegation: d, status } = parsed.data;
      const statement = {
        delegator: d.delegator,
        partner: d.partner,
        product: d.product,
        environment: d.environment as DelegationEnvironment,
        permissions: d.permissions,
        issuedAt: new Date(iat * 1000).toISOString(),
        endsAt: d.endsAt,
      };
      if (exp * 1000 <= now.getTime()) return { verdict: "expired" as const, statement, checkedAt };
      const bits = await statusBits(connection, now);
      const { idx } = status.status_list;
      const state = idx >> 2 < bits.length ? (bits[idx >> 2]! >> ((idx & 3) * 2)) & 0b11 : INVALID;
      const verdict = state === VALID ? "valid" : state === SUSPENDED ? "suspended" : "not-valid";
      return { verdict: verdict as "valid", statement, checkedAt };
    }),
  };
  const page = ({ language, path }: PageRequest, typed: string, checked: CredentialCheck | null) => ({
    html: credentialPage({ language, path, typed, checked }),
  });
  return {
    handlers,
    pages: (invoke: Invoke): Page[] => [
      { method: "GET", path: "/verifica-delega", answer: async (request) => page(request, "", null) },
      {
        method: "POST",
        path: "/verifica-delega",
        answer: async (request) => {
          const typed = (request.form["credential"] ?? "").slice(0, 20_000);
          if (!typed.trim()) return page(request, "", null);
          const { result } = await invoke(handlers.check as unknown as Handler, {
            params: {},
            query: {},
            body: { credential: typed },
            traceId: request.traceId,
          });
          return page(request, typed, result as CredentialCheck);
        },
      },
    ],
  };
};
