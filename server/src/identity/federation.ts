import type { Reaction, Schedule } from "../platform/act.ts";
import type { Page } from "../platform/page.ts";
import {
  type ChainDocuments,
  coreKeys,
  entityConfiguration,
  type Federation,
  fetchChain,
  logo,
  type OpenIdProvider,
  resolveResponse,
  revokeAccessToken,
  verifyChain,
} from "../ports/identity/federation/index.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

/*
 * Our place in the federation: what we publish of ourselves, and the chain that lets us believe the provider. The chain is
 * fetched by a timer, kept in the database for every process, and checked again each time it is used.
 */

const REFRESH_MINUTES = 6 * 60;
const RETRY_MINUTES = 5;
/** A chain this near its end, and not renewed, is somebody's to look at. */
const ALARM_MINUTES = 12 * 60;

const minutesAfter = (moment: Date, minutes: number) => new Date(moment.getTime() + minutes * 60_000);

/** The provider, if its chain still holds now. */
export const believedProvider = async (
  parts: Pick<Parts, "database" | "clock" | "log">,
  { trusted }: Federation,
): Promise<OpenIdProvider | undefined> => {
  const kept = await parts.database.asSystem(({ db }) => store.chainOf(db, trusted.provider));
  if (!kept) return undefined;
  try {
    return await verifyChain(trusted, kept.documents as ChainDocuments, parts.clock());
  } catch (error) {
    parts.log.error({ provider: trusted.provider, error: messageOf(error) }, "the trust chain of CIE does not hold");
    return undefined;
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const hasChain = async ({ database }: Parts, { trusted }: Federation): Promise<boolean> =>
  (await database.asSystem(({ db }) => store.chainOf(db, trusted.provider))) !== undefined;

/** Fetches the chain when it is due. A failure keeps the last good copy, which ends by itself. */
export const refreshChain = async (parts: Parts, { trusted, reach }: Federation): Promise<void> => {
  const { database, clock, log, act } = parts;
  const kept = await database.asSystem(({ db }) => store.chainOf(db, trusted.provider));
  const now = clock();
  if (kept && kept.refresh_at > now) return;
  try {
    const documents = await fetchChain(trusted, reach, now);
    const provider = await verifyChain(trusted, documents, now);
    const before = kept
      ? await verifyChain(trusted, kept.documents as ChainDocuments, now).catch(() => undefined)
      : undefined;
    // Ahead of its end: at half of what is left, and never later than six hours from now.
    const half = new Date((now.getTime() + provider.expiresAt.getTime()) / 2);
    const latest = minutesAfter(now, REFRESH_MINUTES);
    await act({ kind: "system", name: "federation" }, async ({ db, emit }) => {
      await store.saveChain(db, {
        provider: provider.issuer,
        documents,
        fetchedAt: now,
        expiresAt: provider.expiresAt,
        refreshAt: half < latest ? half : latest,
      });
      if (!before || JSON.stringify(shown(before)) !== JSON.stringify(shown(provider)))
        emit("identity.federation.changed", {
          identityProvider: provider.issuer,
          anchor: trusted.anchor,
          ...shown(provider),
        });
    });
  } catch (error) {
    const ending = !kept || kept.expires_at <= minutesAfter(now, ALARM_MINUTES);
    log[ending ? "error" : "warn"](
      { provider: trusted.provider, error: messageOf(error), keptUntil: kept?.expires_at },
      "the trust chain of CIE could not be renewed",
    );
    if (kept)
      await database.asSystem(({ db }) => store.refreshChainAt(db, trusted.provider, minutesAfter(now, RETRY_MINUTES)));
  }
};

/** What of a provider is worth a line in the trail when it changes. */
const shown = (provider: OpenIdProvider) => ({
  keys: provider.keys.map((key) => key.kid!).sort(),
  endpoints: [
    provider.authorizationEndpoint,
    provider.tokenEndpoint,
    provider.userinfoEndpoint,
    ...(provider.revocationEndpoint ? [provider.revocationEndpoint] : []),
  ],
  trustMarks: provider.trustMarks.map((mark) => mark.id).sort(),
});

/** A token did not fit the chain: it is fetched again, but not for every bad token that somebody sends. */
export const refreshSoon = (parts: Parts, { trusted }: Federation): Promise<void> =>
  parts.database.asSystem(async ({ db }) => {
    const kept = await store.chainOf(db, trusted.provider);
    const now = parts.clock();
    if (kept && kept.fetched_at <= minutesAfter(now, -RETRY_MINUTES))
      await store.refreshChainAt(db, trusted.provider, now);
  });

const MOST_TOKENS = 50;

/** Gives access tokens back when their session is over, whichever way: asked of the provider outside any transaction. */
export const giveBackTokens = async (parts: Parts, federation: Federation): Promise<void> => {
  const { database, clock, config, cipher } = parts;
  const now = clock();
  const due = await database.asSystem(({ db }) =>
    store.tokensToRevoke(db, federation.trusted.provider, now, config.session.idleMinutes, MOST_TOKENS),
  );
  if (due.length === 0) return;
  const provider = await believedProvider(parts, federation);
  if (!provider) throw new Error("no good trust chain to give tokens back by");
  for (const { session_hash: sessionHash, token } of due) {
    const done = await revokeAccessToken({
      rp: federation.rp,
      provider,
      accessToken: cipher.open(token),
      reach: federation.reach,
      now,
    });
    if (!done) throw new Error("the provider did not take a token back");
    await database.asSystem(({ db }) => store.forgetAccessToken(db, sessionHash));
  }
};

export const federationWork = (parts: Parts, federation: Federation) => ({
  reactions: {
    "identity:give-back-token": {
      on: ["identity.person.left"],
      react: () => giveBackTokens(parts, federation),
    } satisfies Reaction,
  } as Record<string, Reaction>,
  schedules: {
    "identity:federation": {
      everyMinutes: 1,
      run: () => refreshChain(parts, federation),
    },
    // Sessions also end by themselves, and nobody announces it.
    "identity:give-back-tokens": {
      everyMinutes: 5,
      run: () => giveBackTokens(parts, federation),
    },
  } satisfies Record<string, Schedule>,
});

/** What we publish: our configuration, our keys, and what we know of the provider. */
export const federationPages = (parts: Parts, federation: Federation): Page[] => {
  const { rp, trusted } = federation;
  const { clock } = parts;
  const base = new URL(rp.clientId).pathname.replace(/\/$/, "");
  const signed = (body: string, kind: string) => ({
    text: { body, mediaType: `application/${kind}+jwt` },
    cache: "public, max-age=300",
  });
  const refuse = (status: number, error: string) => ({
    status,
    text: { body: JSON.stringify({ error }), mediaType: "application/json" },
  });
  return [
    {
      method: "GET",
      path: `${base}/.well-known/openid-federation`,
      answer: async () => signed(await entityConfiguration(rp, clock()), "entity-statement"),
    },
    {
      // OpenID Federation 1.0, 8.3 (`anchor` in the drafts that the Italian profile follows).
      method: "GET",
      path: `${base}/resolve`,
      answer: async ({ query }) => {
        const { sub, trust_anchor: named, anchor = named, entity_type: type, type: kind = type } = query;
        if (!sub || !anchor) return refuse(400, "invalid_request");
        if (anchor !== trusted.anchor) return refuse(404, "invalid_trust_anchor");
        if (sub !== trusted.provider || (kind !== undefined && kind !== "openid_provider"))
          return refuse(404, "not_found");
        const provider = await believedProvider(parts, federation);
        if (!provider) return refuse(503, "temporarily_unavailable");
        return signed(await resolveResponse(rp, provider, clock()), "resolve-response");
      },
    },
    {
      method: "GET",
      path: `${base}/jwks.json`,
      answer: async () => ({
        text: { body: JSON.stringify(coreKeys(rp)), mediaType: "application/jwk-set+json" },
        cache: "public, max-age=300",
      }),
    },
    {
      method: "GET",
      path: "/cie/oidc/logo.svg",
      answer: async () => ({ text: { body: logo, mediaType: "image/svg+xml" }, cache: "public, max-age=86400" }),
    },
  ];
};
