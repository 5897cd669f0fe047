import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { activate, enterInstitution } from "../institutions/index.ts";
import { importOnboarding } from "../onboarding/index.ts";
import { appointAdministrator, appointOperator } from "../people/index.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { findBody, importIpa } from "../registries/index.ts";

type Person = { key: string; givenName: string; familyName: string; fiscalNumber: string; email: string };

/** Institutions that already joined, with who administers them. */
const JOINED: { ipaCode: string; administrators: string[]; operators?: string[]; gone?: boolean }[] = [
  { ipaCode: "utc_00", administrators: ["giulia-ferri", "chiara-fontana"] },
  { ipaCode: "c_vca0", administrators: ["chiara-fontana", "marta-vitali"] },
  // Its administrators have left: somebody who works there can recover it.
  { ipaCode: "c_lpr0", administrators: ["paolo-neri"], operators: ["niccolo-dangio"], gone: true },
];

/** Invented institutions and people, once: a second start finds them and changes nothing. */
export const seedDemo = async (parts: Parts, root: string): Promise<void> => {
  const already = await parts.database.asSystem(async ({ db }) => (await findBody(db, "c_bes0")) !== undefined);
  if (already || !existsSync(join(root, "demo/enti.csv"))) return;
  await importIpa(parts, readFileSync(join(root, "demo/enti.csv")));
  const people = new Map(
    (JSON.parse(readFileSync(join(root, "demo/people.json"), "utf8")) as Person[]).map((p) => [p.key, p]),
  );
  for (const joined of JOINED)
    await parts.act({ kind: "system", name: "demo data" }, async ({ db, connection, enter, emit, now }) => {
      const body = (await findBody(db, joined.ipaCode))!;
      const product = (await publishedProduct(db, "pagopa"))!;
      const data = {
        taxCode: body.tax_code,
        name: body.name,
        ipaCode: body.ipa_code,
        category: body.category,
        pec: body.pec!,
        address: body.address,
        zipCode: body.zip_code,
        city: body.city,
        readAt: body.read_at,
      };
      const institutionId = await enterInstitution({ db, connection, enter }, data);
      const onboardingId = randomUUID();
      const administrators = joined.administrators
        .map((key) => people.get(key)!)
        .map((p) => ({ givenName: p.givenName, familyName: p.familyName, fiscalCode: p.fiscalNumber, email: p.email }));
      await importOnboarding(
        parts,
        { db, emit, now },
        {
          id: onboardingId,
          institutionId,
          product,
          data,
          manager: { ...people.get("elena-conti")!, fiscalCode: people.get("elena-conti")!.fiscalNumber },
          administrators,
          recipientCode: "UFDEM0",
        },
      );
      await activate(db, {
        institutionId,
        productId: product.id,
        productVersion: product.version,
        kind: "PA",
        origin: "IPA",
        onboardingId,
        at: now,
        vatNumber: null,
        recipientCode: "UFDEM0",
        invoicedTaxCode: null,
        geographicAreas: [{ level: "national" }],
      });
      emit(
        "institutions.product.activated",
        { productId: product.id, externalId: product.configuration.externalId, onboardingId },
        { institutionId },
      );
      for (const key of joined.operators ?? []) {
        const p = people.get(key)!;
        await appointOperator(parts, { db, emit, now }, { ...p, fiscalCode: p.fiscalNumber }, institutionId);
      }
      for (const a of joined.gone ? [] : administrators)
        await appointAdministrator(parts, { db, emit, now }, a, { institutionId, productId: product.id, onboardingId });
    });
};
