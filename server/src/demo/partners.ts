import { randomUUID } from "node:crypto";
import { elevenDigitCode, partnerProfile } from "@area/api";
import { importAssignment, importDelegation } from "../delegations/index.ts";
import { activate, enterInstitution } from "../institutions/index.ts";
import { importIban } from "../pagopa/index.ts";
import { appointAdministrator } from "../people/index.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { findBody } from "../registries/index.ts";
import { bodyData } from "./body-data.ts";
import { join, named, type People } from "./join.ts";

/** Small towns that are administered together and let a partner do their technical work. */
const TOWNS = Array.from({ length: 12 }, (_, n) => `c_x${String(n).padStart(2, "0")}`);
/** A technology partner, with who administers it and who works there. */
const PARTNER = {
  name: "Nuvola Campione S.r.l.",
  taxCode: elevenDigitCode("9990500000"),
  pec: "nuvola@pec.campione.example",
  administrator: "davide-riva",
  technician: "nina-sala",
};
/** Another one, which nobody delegated yet: to go over to. */
const OTHER = {
  name: "Ponte Campione S.r.l.",
  taxCode: elevenDigitCode("9990500001"),
  pec: "ponte@pec.campione.example",
  administrator: "francesca-gallo",
};
/** DEMO_DELEGATIONS asks for a portfolio of so many: what a partner of some size has to work through. */
const wanted = (): number => Math.min(5000, Number(process.env["DEMO_DELEGATIONS"] ?? 0) || 0);
/** How their delegations stand: most are active, one ends soon, one is suspended, two wait for an answer; a few more among the first sixty. */
const standing = (n: number) => ({
  environment: n % 4 === 1 ? ("test" as const) : ("both" as const),
  state:
    n === 10 || n === 11 || (n > 12 && n < 60 && n % 8 === 7)
      ? ("offered" as const)
      : n === 6
        ? ("suspended" as const)
        : ("active" as const),
  days: n === 3 ? 12 : n % 2 ? 400 : null,
});

export const seedPartners = async (parts: Parts, people: People): Promise<void> => {
  const by = { kind: "system", name: "demo data" } as const;
  const towns: { institutionId: string; personIds: string[] }[] = [];
  for (const ipaCode of TOWNS)
    await parts.act(by, async (tx) => {
      const body = (await findBody(tx.db, ipaCode))!;
      towns.push(await join(parts, tx, people, bodyData(body), { administrators: ["agnese-torre"] }));
    });
  // The rest of a large portfolio is names alone: nobody enters there, and nothing is told.
  const byHand = towns[0]!.personIds;
  for (let n = TOWNS.length; n < wanted(); n += 100)
    await parts.act(by, async ({ db, connection, enter, now }) => {
      const product = (await publishedProduct(db, "pagopa"))!;
      for (let k = n; k < Math.min(n + 100, wanted()); k++) {
        const institutionId = await enterInstitution(
          { db, connection, enter },
          {
            taxCode: elevenDigitCode(String(9_990_600_000 + k)),
            name: `Comune di Prova ${String(k).padStart(4, "0")}`,
            ipaCode: null,
            category: null,
            pec: `comune${k}@pec.prova.example`,
            address: "Piazza di Prova, 1",
            zipCode: "00000",
            city: `Prova ${k}`,
            registry: null,
            readAt: null,
          },
        );
        await activate(db, {
          institutionId,
          productId: product.id,
          productVersion: product.version,
          kind: "PA",
          origin: "declared",
          onboardingId: randomUUID(),
          at: now,
          vatNumber: null,
          recipientCode: "UFDEM0",
          invoicedTaxCode: null,
          geographicAreas: [{ level: "national" }],
        });
        towns.push({ institutionId, personIds: byHand });
      }
    });
  const firm = (one: { taxCode: string; name: string; pec: string }) => ({
    taxCode: one.taxCode,
    name: one.name,
    ipaCode: null,
    category: null,
    pec: one.pec,
    address: "Via dei Prototipi, 8",
    zipCode: "00000",
    city: "Prova",
    registry: null,
    readAt: null,
  });
  await parts.act(by, (tx) =>
    join(parts, tx, people, firm(OTHER), { kind: "PT", administrators: [OTHER.administrator] }),
  );
  await parts.act(by, async (tx) => {
    const joined = await join(parts, tx, people, firm(PARTNER), {
      kind: "PT",
      administrators: [PARTNER.administrator],
    });
    const { institutionId: partnerId, personIds } = joined;
    const technician = await appointAdministrator(parts, tx, named(people, PARTNER.technician), {
      institutionId: partnerId,
      productId: "pagopa",
      onboardingId: randomUUID(),
      profiles: { institution: "technical-referent", pagopa: "administrator" },
    });
    await importAssignment(tx, { partnerId, productId: "pagopa", personId: technician, by: personIds[0]! });
    for (const [n, town] of towns.entries()) {
      tx.enter({ institution: town.institutionId });
      // Some have no account yet: it is what stops them.
      if (n % 5 !== 3)
        for (const environment of ["test", "production"] as const)
          await importIban(tx.db, {
            institutionId: town.institutionId,
            environment,
            iban: "IT60X0542811101000000123456",
            description: "Conto di tesoreria",
            validFrom: "2026-01-01",
            validUntil: null,
            holder: { kind: "own" },
            by: town.personIds[0]!,
            at: tx.now,
          });
      const { environment, state, days } = standing(n);
      await importDelegation(tx, {
        institutionId: town.institutionId,
        partnerId,
        productId: "pagopa",
        environment,
        permissions: partnerProfile("pagopa"),
        endsAt: days === null ? null : new Date(tx.now.getTime() + days * 86_400_000),
        state,
        by: town.personIds[0]!,
        quiet: n >= TOWNS.length,
      });
    }
  });
};
