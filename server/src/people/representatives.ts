import { api, type LegalRepresentative, maskFiscalCode } from "@area/api";
import { languagesAt, notify } from "../notifications/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Cipher } from "../platform/cipher.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { findBody } from "../registries/index.ts";
import { representativeChanged } from "./mails.ts";
import * as store from "./representatives-store.ts";
import * as people from "./store.ts";

/**
 * A signed agreement says who signs for an institution: from now on it is they. The same person stays as they are. The
 * transaction must already work for the institution.
 */
export const keepRepresentative = async (
  { cipher }: Pick<Parts, "cipher">,
  { db, emit, now }: { db: Db; emit: Recorder["emit"]; now: Date },
  at: { institutionId: string; onboardingId: string },
  named: { givenName: string; familyName: string; fiscalCode: string; email: string },
): Promise<void> => {
  const fiscalCodeIndex = cipher.index("fiscal-code", named.fiscalCode);
  const known = await store.currentRepresentative(db, at.institutionId);
  if (known && fiscalCodeIndex.equals(Buffer.from(known.fiscal_code_index))) return;
  const representativeId = await store.replaceRepresentative(db, {
    institutionId: at.institutionId,
    givenName: named.givenName,
    familyName: named.familyName,
    fiscalCode: cipher.seal(named.fiscalCode),
    fiscalCodeIndex,
    email: cipher.seal(named.email),
    source: "onboarding",
    onboardingId: at.onboardingId,
    at: now,
  });
  emit(
    "people.representative.changed",
    { representativeId, source: "onboarding" },
    { institutionId: at.institutionId, personal: { representative: `${named.givenName} ${named.familyName}` } },
  );
};

/** Who signs now, by the equality index of the fiscal code. */
export const representativeCode = async (db: Db, institutionId: string): Promise<Buffer | null> => {
  const known = await store.currentRepresentative(db, institutionId);
  return known ? Buffer.from(known.fiscal_code_index) : null;
};

const shown = (cipher: Cipher, r: store.RepresentativeRow): LegalRepresentative => ({
  id: r.id,
  givenName: r.given_name,
  familyName: r.family_name,
  maskedFiscalCode: maskFiscalCode(cipher.open(r.fiscal_code)),
  email: r.email ? cipher.open(r.email) : null,
  source: r.source as LegalRepresentative["source"],
  declaredBy: r.declared_by_name,
  since: r.since.toISOString(),
  until: r.until?.toISOString() ?? null,
});
const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    .trim();

export const representatives = (parts: Parts) => {
  const { cipher, config, database } = parts;
  const known = async (db: Db, institutionId: string) => {
    const rows = await store.representativesOf(db, institutionId);
    const current = rows.find((r) => r.until === null);
    const ipaCode = await store.ipaCodeOf(db, institutionId);
    const body = ipaCode ? await findBody(db, ipaCode) : undefined;
    const responsible = [body?.responsible_given_name, body?.responsible_family_name].filter(Boolean).join(" ");
    return {
      current: current ? shown(cipher, current) : null,
      past: rows.filter((r) => r.until !== null).map((r) => shown(cipher, r)),
      registry: responsible
        ? {
            name: responsible,
            title: body?.responsible_title || null,
            agrees:
              current !== undefined && plain(responsible) === plain(`${current.given_name} ${current.family_name}`),
          }
        : null,
    };
  };
  return {
    handlers: {
      read: handle(api.people.representative.read, async ({ params }, { db }) => known(db, params.institutionId)),
      declare: handle(api.people.representative.declare, async ({ params, body }, { db, actor, now, fail, emit }) => {
        const { institutionId } = params;
        await people.lockPeople(db, institutionId);
        const fiscalCodeIndex = cipher.index("fiscal-code", body.fiscalCode);
        const before = await store.currentRepresentative(db, institutionId);
        if (before && fiscalCodeIndex.equals(Buffer.from(before.fiscal_code_index)))
          return fail("representative-unchanged");
        const representativeId = await store.replaceRepresentative(db, {
          institutionId,
          givenName: body.givenName,
          familyName: body.familyName,
          fiscalCode: cipher.seal(body.fiscalCode),
          fiscalCodeIndex,
          email: cipher.seal(body.email),
          source: "declared",
          declaredBy: actor.personId,
          at: now,
        });
        // The letters to the PEC and to who signed until now leave after the commit.
        emit(
          "people.representative.changed",
          { representativeId, source: "declared" },
          { institutionId, personal: { representative: `${body.givenName} ${body.familyName}` } },
        );
        return known(db, institutionId);
      }),
    },
    reactions: {
      /** A declaration is somebody's word: who would notice a false one is told. */
      "people:representative-declared": {
        on: ["people.representative.changed"],
        react: async (fact) => {
          const { representativeId, source } = fact.payload as { representativeId: string; source: string };
          const { institutionId } = fact;
          if (source !== "declared" || !institutionId) return;
          const found = await database.asSystem(async ({ db }) => {
            const rows = await store.representativesOf(db, institutionId);
            const now = rows.find((r) => r.id === representativeId);
            const before = rows.find((r) => r.until !== null && r.until.getTime() === now?.since.getTime());
            const at = await store.pecAndName(db, institutionId);
            return now && at ? { now, before, at, languages: await languagesAt(db, institutionId) } : null;
          });
          if (!found) return;
          const letter = representativeChanged(found.languages, {
            institution: found.at.name,
            now: `${found.now.given_name} ${found.now.family_name}`,
            before: found.before ? `${found.before.given_name} ${found.before.family_name}` : null,
            by: found.now.declared_by_name,
            link: `${config.publicUrl}/enti/${institutionId}/ente`,
          });
          await notify(parts, `event ${fact.id}`, { kind: "pec", to: found.at.pec, institutionId, ...letter });
          if (found.before?.email)
            await notify(parts, `event ${fact.id}`, {
              kind: "mail",
              to: cipher.open(found.before.email),
              institutionId,
              ...letter,
            });
        },
      },
    } satisfies Record<string, Reaction>,
  };
};
