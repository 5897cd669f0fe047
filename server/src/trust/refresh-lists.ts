import { createHash } from "node:crypto";
import type { Parts } from "../ports/index.ts";
import type { ListPointer, TrustedList } from "../ports/signature/index.ts";
import * as store from "./store.ts";

/** What came of one look at all lists. */
export type TrustedListsReport = {
  lists: { territory: string; outcome: "new" | "same" | "kept" | "missing"; sequence?: number; problem?: string }[];
};

const EUROPE = "EU";
/** More than there are: a list of lists that points to thousands is none. */
const mostLists = 60;

const messageOf = (problem: unknown): string =>
  (problem instanceof Error ? problem.message : String(problem)).slice(0, 300);

/**
 * Fetches the list of lists, then each list it points to, and keeps what can be verified (ETSI TS 119 615, 4.1). One that
 * is down, broken, not signed by whom it should, or older than the kept one leaves the kept one in place, and says why.
 */
export const refreshTrustedLists = async (parts: Parts): Promise<TrustedListsReport> => {
  const { config, ports, act, clock, log } = parts;
  const settings = config.trustedLists;
  const report: TrustedListsReport = { lists: [] };
  if (!settings) return report;

  const look = async (pointer: ListPointer): Promise<TrustedList | null> => {
    const { territory } = pointer;
    try {
      const xml = await ports.trustedLists.fetch(pointer.address);
      const list = await ports.trustedLists.read(xml, pointer.signers, clock());
      if (list.territory !== territory)
        throw new Error(`the list of ${list.territory} stands where ${territory} should`);
      const sha256 = createHash("sha256").update(xml).digest();
      const outcome = await act({ kind: "system", name: "trust" }, async ({ db, emit, now }) => {
        const before = await store.kept(db, territory);
        const written = await store.keep(db, {
          territory,
          address: pointer.address,
          sequence: list.sequence,
          issuedAt: list.issuedAt,
          nextUpdate: list.nextUpdate,
          sha256,
          services: list.services.map((service) => ({
            ...service,
            certificate: Buffer.from(service.certificate).toString("base64"),
          })),
          at: now,
        });
        // An old list was rightly signed once: sent again, it would bring back a service that was withdrawn.
        if (!written) throw new Error(`number ${list.sequence} is older than the kept ${before?.sequence}`);
        if (before && before.problem !== null) emit("trust.list.restored", { territory });
        if (before && Buffer.from(before.sha256).equals(sha256)) return "same";
        emit("trust.list.changed", { territory, sequence: list.sequence, services: list.services.length });
        return "new";
      });
      report.lists.push({ territory, outcome, sequence: list.sequence });
      return list;
    } catch (problem) {
      const why = messageOf(problem);
      log.warn({ territory, address: pointer.address, error: why }, "a trusted list could not be used");
      const known = await act({ kind: "system", name: "trust" }, async ({ db, emit, now }) => {
        const before = await store.kept(db, territory);
        if (!before) return false;
        await store.failed(db, territory, why, now);
        // Said once, not at every look.
        if (before.problem === null) emit("trust.list.failed", { territory, problem: why });
        return true;
      });
      report.lists.push({ territory, outcome: known ? "kept" : "missing", problem: why });
      return null;
    }
  };

  const europe = await look({ address: settings.address, territory: EUROPE, signers: ports.trustedLists.signers() });
  const wanted = (europe?.pointers ?? [])
    .filter(({ territory }) => settings.territories.length === 0 || settings.territories.includes(territory))
    .slice(0, mostLists);
  // One after the other: they weigh megabytes, and nobody waits.
  for (const pointer of wanted) await look(pointer);
  return report;
};
