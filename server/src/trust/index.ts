import { createHash } from "node:crypto";
import { api } from "@area/api";
import type { Schedule } from "../platform/act.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { type TrustService, type TrustSource, trustSource } from "../ports/signature/index.ts";
import { refreshTrustedLists } from "./refresh-lists.ts";
import * as store from "./store.ts";

export { refreshTrustedLists, type TrustedListsReport } from "./refresh-lists.ts";
export { staleOf as staleList } from "./store.ts";

export type ListDigest = { territory: string; sha256: Uint8Array };

/** As they lie in the database: certificates in base64. */
export type KeptService = Omit<TrustService, "certificate"> & { certificate: string };

const REFRESH_MINUTES = 6 * 60;

export const trust = (parts: Parts) => ({
  handlers: {
    lists: handle(api.trust.lists, async (_input, { db }) => ({
      configured: parts.config.trustedLists !== undefined,
      items: (await store.all(db)).map((list) => ({
        territory: list.territory,
        address: list.address,
        sequence: Number(list.sequence),
        issuedAt: list.issued_at.toISOString(),
        nextUpdate: list.next_update?.toISOString() ?? null,
        services: Number(list.services),
        verifiedAt: list.verified_at.toISOString(),
        lookedAt: list.looked_at.toISOString(),
        problem: list.problem,
        problemSince: list.problem_since?.toISOString() ?? null,
      })),
    })),
  },
  schedules: {
    "trust:lists": {
      everyMinutes: REFRESH_MINUTES,
      run: async () => void (await refreshTrustedLists(parts)),
    } satisfies Schedule,
  },
});

/**
 * What is trusted now: the certificates of the settings, and all that the kept lists say. Read from the database only when
 * a list changed; whoever checks a signature gets the same value again and again.
 * @param pem certificates of TRUST_LIST_FILE
 */
export const trustNow = (parts: Pick<Parts, "database">, pem: () => string): (() => Promise<TrustSource>) => {
  let current: { version: string; source: TrustSource } | undefined;
  return () =>
    parts.database.asSystem(async ({ db }) => {
      const certificates = pem();
      const version = createHash("sha256").update(certificates);
      for (const { territory, sha256 } of await store.digests(db)) version.update(territory).update(sha256);
      const digest = version.digest("hex");
      if (current?.version !== digest) {
        const services = (await store.services(db)).flatMap((list) =>
          (list.services as KeptService[]).map((service) => ({
            ...service,
            certificate: new Uint8Array(Buffer.from(service.certificate, "base64")),
          })),
        );
        current = { version: digest, source: trustSource(certificates, services, digest) };
      }
      return current.source;
    });
};
