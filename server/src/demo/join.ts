import { randomUUID } from "node:crypto";
import { activate, enterInstitution, type InstitutionData } from "../institutions/index.ts";
import { importOnboarding } from "../onboarding/index.ts";
import { appointAdministrator, appointOperator } from "../people/index.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";

export type Tx = Parameters<Parameters<Parts["act"]>[1]>[0];
export type Person = { key: string; givenName: string; familyName: string; fiscalNumber: string; email: string };
export type People = ReadonlyMap<string, Person>;

export const named = (people: People, key: string) => {
  const p = people.get(key)!;
  return { givenName: p.givenName, familyName: p.familyName, fiscalCode: p.fiscalNumber, email: p.email };
};

/** An institution active on pagoPA, with its people, as if the agreement had been signed. */
export const join = async (
  parts: Parts,
  tx: Tx,
  people: People,
  data: InstitutionData,
  who: {
    kind?: "PA" | "PT";
    administrators: readonly string[];
    operators?: readonly string[];
    gone?: boolean;
    /** Other products that it has joined. */
    also?: readonly string[];
  },
): Promise<{ institutionId: string; personIds: string[] }> => {
  const { db, connection, enter, emit, now } = tx;
  const kind = who.kind ?? "PA";
  const recipientCode = kind === "PA" ? "UFDEM0" : null;
  const product = (await publishedProduct(db, "pagopa"))!;
  const institutionId = await enterInstitution({ db, connection, enter }, data);
  const onboardingId = randomUUID();
  const administrators = who.administrators.map((key) => named(people, key));
  await importOnboarding(
    parts,
    { db, emit, now },
    {
      id: onboardingId,
      institutionId,
      product,
      data,
      manager: named(people, "elena-conti"),
      administrators,
      recipientCode: recipientCode ?? "",
    },
  );
  await activate(db, {
    institutionId,
    productId: product.id,
    productVersion: product.version,
    kind,
    origin: kind === "PA" ? "IPA" : "declared",
    onboardingId,
    at: now,
    vatNumber: null,
    recipientCode,
    invoicedTaxCode: null,
    geographicAreas: [{ level: "national" }],
  });
  emit(
    "institutions.product.activated",
    { productId: product.id, externalId: product.configuration.externalId, onboardingId },
    { institutionId },
  );
  for (const id of who.also ?? []) {
    const more = (await publishedProduct(db, id))!;
    await activate(db, {
      institutionId,
      productId: more.id,
      productVersion: more.version,
      kind,
      origin: kind === "PA" ? "IPA" : "declared",
      onboardingId,
      at: now,
      vatNumber: null,
      recipientCode: null,
      invoicedTaxCode: null,
      geographicAreas: [{ level: "national" }],
    });
    emit(
      "institutions.product.activated",
      { productId: more.id, externalId: more.configuration.externalId, onboardingId },
      { institutionId },
    );
  }
  for (const key of who.operators ?? [])
    await appointOperator(parts, { db, emit, now }, named(people, key), institutionId);
  const personIds: string[] = [];
  for (const a of who.gone ? [] : administrators)
    personIds.push(
      await appointAdministrator(parts, { db, emit, now }, a, {
        institutionId,
        productId: product.id,
        onboardingId,
        profiles: Object.fromEntries(
          ["institution", product.id, ...(who.also ?? [])].map((id) => [id, "administrator" as const]),
        ),
      }),
    );
  return { institutionId, personIds };
};
