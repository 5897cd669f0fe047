import { createHash, randomInt, X509Certificate } from "node:crypto";
import type { Schedule } from "../platform/act.ts";
import { RefusedToStart } from "../platform/config.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { IdentityProvider } from "../ports/identity/index.ts";
import type { ProviderSource } from "../ports/identity/providers.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./providers-store.ts";

/*
 * The registry of identity providers (§1.4). One process asks the sources, off the road of a login, and keeps in the database
 * the last document that was believed. Every process reads it there, checks it again, and holds in memory what it says.
 */

const REFRESH_MINUTES = 6 * 60;
const JITTER_MINUTES = 30;
const RETRY_MINUTES = 5;
const ALARM_HOURS = 48;
const LOOK_SECONDS = 30;

const minutesAfter = (moment: Date, minutes: number) => new Date(moment.getTime() + minutes * 60_000);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const fingerprint = (pem: string) => createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
const shown = ({
  entityId,
  scheme,
  signingCertificates,
  singleSignOn,
  singleLogout,
}: IdentityProvider): store.Shown => ({
  entityId,
  scheme,
  keys: signingCertificates.map(fingerprint).sort(),
  endpoints: [
    ...Object.entries(singleSignOn).map(([binding, address]) => `sign-on ${binding} ${address}`),
    ...Object.entries(singleLogout).map(([binding, address]) => `logout ${binding} ${address}`),
  ].sort(),
});
const without = (list: readonly string[], others: readonly string[]) => list.filter((one) => !others.includes(one));

/** Says what changed between two documents of a source: somebody came, somebody left, a key or an address is another. */
const announce = (
  emit: Recorder["emit"],
  source: string,
  before: readonly store.Shown[],
  after: readonly store.Shown[],
): void => {
  const among = (list: readonly store.Shown[], one: store.Shown) => list.find((p) => p.entityId === one.entityId);
  for (const { entityId, ...is } of after.filter((p) => !among(before, p)))
    emit("identity.provider.added", { identityProvider: entityId, source, ...is });
  for (const { entityId, ...was } of before.filter((p) => !among(after, p)))
    emit("identity.provider.removed", { identityProvider: entityId, source, ...was });
  for (const is of after) {
    const was = among(before, is);
    if (
      !was ||
      JSON.stringify([was.scheme, was.keys, was.endpoints]) === JSON.stringify([is.scheme, is.keys, is.endpoints])
    )
      continue;
    emit("identity.provider.changed", {
      identityProvider: is.entityId,
      source,
      scheme: is.scheme,
      keysAdded: without(is.keys, was.keys),
      keysRemoved: without(was.keys, is.keys),
      endpointsAdded: without(is.endpoints, was.endpoints),
      endpointsRemoved: without(was.endpoints, is.endpoints),
    });
  }
};

/** Asks one source, and keeps what is to be believed. A failure keeps the last good copy. */
const ask = async (
  parts: Parts,
  source: ProviderSource,
): Promise<{ ok: true } | { ok: false; why: string; silent: boolean }> => {
  const { act, clock, log, ports } = parts;
  const by = { kind: "system", name: "registry of providers" } as const;
  const failed = async (error: unknown, silent: boolean) => {
    const why = messageOf(error);
    const now = clock();
    const kept = await act(by, async ({ db }) => {
      const copy = await store.heldCopy(db, source.name, now);
      const failures = copy.failures + 1;
      // Sooner than a refresh, and ever less often: a source that is down is not helped by being asked.
      const refreshAt = minutesAfter(now, Math.min(RETRY_MINUTES * 2 ** (failures - 1), REFRESH_MINUTES / 2));
      await store.noteFailure(db, { source: source.name, error: why.slice(0, 500), failures, refreshAt });
      return copy.good_at;
    });
    log.warn(
      { source: source.name, error: why, keptSince: kept },
      "metadata of identity providers could not be renewed",
    );
    return { ok: false, why, silent } as const;
  };
  let document: string;
  try {
    document = await source.fetch();
  } catch (error) {
    return failed(error, true);
  }
  let providers: IdentityProvider[];
  try {
    providers = source.read(document, clock());
  } catch (error) {
    return failed(error, false);
  }
  const digest = createHash("sha256").update(document).digest("hex");
  await act(by, async ({ db, emit, now }) => {
    const before = await store.heldCopy(db, source.name, now);
    const after = providers.map(shown);
    await store.saveGoodCopy(db, {
      source: source.name,
      document,
      digest,
      providers: after,
      goodAt: now,
      refreshAt: minutesAfter(now, REFRESH_MINUTES - randomInt(JITTER_MINUTES)),
    });
    if (before.digest !== digest) announce(emit, source.name, before.providers as store.Shown[], after);
    if (before.alarmed_at) emit("identity.metadata.restored", { source: source.name });
  });
  ports.identityProviders.hold(source.name, providers);
  return { ok: true };
};

/** What this process read of each source, by the digest of the document. */
const readAlready = new WeakMap<Parts["ports"]["identityProviders"], Map<string, string>>();

/** Holds in memory what the copies in the database say; answers the sources that have none. */
export const readCopies = async (parts: Parts): Promise<ProviderSource[]> => {
  const { database, clock, log, ports } = parts;
  const { sources, hold } = ports.identityProviders;
  const known = readAlready.get(ports.identityProviders) ?? new Map<string, string>();
  readAlready.set(ports.identityProviders, known);
  if (sources.length === 0) return [];
  const rows = await database.asSystem(({ db }) =>
    store.copiesOf(
      db,
      sources.map((s) => s.name),
    ),
  );
  const missing: ProviderSource[] = [];
  for (const source of sources) {
    const row = rows.find((r) => r.source === source.name);
    if (!row?.digest) {
      missing.push(source);
      continue;
    }
    if (known.get(source.name) === row.digest) continue;
    const document = await database.asSystem(({ db }) => store.documentOf(db, source.name));
    try {
      hold(source.name, source.read(document ?? "", clock()));
      known.set(source.name, row.digest);
    } catch (error) {
      log.error({ source: source.name, error: messageOf(error) }, "a kept copy of metadata is not believed any more");
      hold(source.name, []);
      known.delete(source.name);
      missing.push(source);
    }
  }
  return missing;
};

/** Asks the sources that are due, and tells the staff of those that gave nothing good for too long. */
export const refreshProviders = async (parts: Parts): Promise<void> => {
  const { database, clock, act, log, ports } = parts;
  const { sources } = ports.identityProviders;
  if (sources.length === 0) return;
  const rows = await database.asSystem(({ db }) =>
    store.copiesOf(
      db,
      sources.map((s) => s.name),
    ),
  );
  for (const source of sources) {
    const due = rows.find((r) => r.source === source.name)?.refresh_at;
    if (!due || due <= clock()) await ask(parts, source);
  }
  await act({ kind: "system", name: "registry of providers" }, async ({ db, emit, now }) => {
    for (const { source, good_at: goodAt } of await store.alarmStale(db, minutesAfter(now, -ALARM_HOURS * 60), now)) {
      log.error({ source, goodAt }, "no good copy of the metadata of identity providers for too long");
      emit("identity.metadata.stale", { source, goodAt: goodAt?.toISOString() ?? null });
    }
  });
};

/** While an alarm stands: since when nothing good came. */
export const staleMetadata = async (db: Db, source: string): Promise<{ goodAt: Date | null } | undefined> => {
  const row = await store.alarmOf(db, source);
  return row && { goodAt: row.good_at };
};

/** What the settings do not name any more leaves, with whom it brought. */
const forgetOthers = (parts: Parts): Promise<void> =>
  parts.act({ kind: "system", name: "registry of providers" }, async ({ db, emit }) => {
    const named = parts.ports.identityProviders.sources.map((s) => s.name);
    for (const { source, providers, alarmed_at: alarmed } of await store.forgetOthers(db, named)) {
      announce(emit, source, providers as store.Shown[], []);
      if (alarmed) emit("identity.metadata.restored", { source });
    }
  });

/**
 * At the start of a process that lets people in: the kept copies are read, and only what has none is waited for; the others
 * are asked meanwhile. Strict mode does not start on a source that answers what must not be believed, nor without any
 * provider at all.
 */
export const startProviders = async (parts: Parts): Promise<{ stop(): void }> => {
  const { config, log, ports } = parts;
  const strict = config.mode === "strict";
  await forgetOthers(parts);
  const answers = [];
  const missing = await readCopies(parts);
  for (const source of missing) answers.push({ source, answer: await ask(parts, source) });
  if (strict) {
    const refused = answers.flatMap(({ source, answer }) =>
      answer.ok || (answer.silent && ports.identityProviders.all().length > 0) ? [] : [`${source.name}: ${answer.why}`],
    );
    if (refused.length > 0 || ports.identityProviders.all().length === 0)
      throw new RefusedToStart(
        `No metadata of identity providers to be believed: check IDP_METADATA and IDP_METADATA_CERTS.${refused.map((r) => `\n  ${r}`).join("")}`,
      );
  }
  const others = ports.identityProviders.sources.filter((source) => !missing.includes(source));
  const asked = Promise.all(others.map((source) => ask(parts, source))).catch((error: unknown) =>
    log.warn({ error: messageOf(error) }, "sources of identity providers not asked at the start"),
  );
  // The development provider makes its keys anew when its folder is emptied: nobody should meet the old ones.
  if (!strict) await asked;
  const look = () =>
    readCopies(parts).catch((error: unknown) => {
      log.warn({ error: messageOf(error) }, "copies of metadata could not be read");
      return [];
    });
  const timer = setInterval(() => void look(), LOOK_SECONDS * 1000);
  // The development provider may start after us: it is asked again soon while something is missing.
  let tries = 0;
  let asking = false;
  const askMissing = async () => {
    const missing = strict || tries++ > 60 ? [] : await look();
    for (const source of missing) await ask(parts, source);
    if (missing.length === 0) clearInterval(soon);
  };
  const soon = setInterval(() => {
    if (asking) return;
    asking = true;
    askMissing()
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  }, 1_000);
  timer.unref();
  soon.unref();
  return {
    stop: () => {
      clearInterval(timer);
      clearInterval(soon);
    },
  };
};

export const providersWork = (parts: Parts): Record<string, Schedule> => ({
  "identity:providers": { everyMinutes: 1, run: () => refreshProviders(parts) },
});
