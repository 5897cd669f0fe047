import { admissionOf, type Details, type InstitutionKind } from "@area/api";
import type { AgreementData } from "../agreements/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import type { PublishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

type Institution = AgreementData["institution"] & {
  county?: string | null;
  aggregates?: { accepted: number; sha256: string };
};

/** What a request says, as its agreement needs it; null where nobody signs. */
export const agreementDataOf = async (
  parts: Pick<Parts, "cipher">,
  db: Db,
  onboardingId: string,
  product: PublishedProduct,
): Promise<{ data: AgreementData; requestedBy: string } | null> => {
  const o = await store.onboarding(db, onboardingId);
  if (!o?.manager_given_name || !o.manager_family_name || !o.manager_fiscal_code) return null;
  const { cipher } = parts;
  const institution = o.institution_data as Institution;
  const { aggregates } = institution;
  return {
    requestedBy: o.requested_by,
    data: {
      product: { title: product.configuration.title, version: product.version },
      kind: o.kind as InstitutionKind,
      institution,
      geographicAreas: o.geographic_areas as AgreementData["geographicAreas"],
      billing: o.billing as AgreementData["billing"],
      signatureDays: product.configuration.signatureDays,
      details: o.details as Details,
      attachments: [
        ...(admissionOf(product.configuration, o.kind, o.origin)?.attachments ?? []).map((one) => one.title),
        // What is signed for others is named by its number and its digest.
        ...(aggregates
          ? [`Elenco di ${aggregates.accepted} enti aggregati, impronta SHA-256 ${aggregates.sha256}`]
          : []),
      ],
      manager: {
        givenName: o.manager_given_name,
        familyName: o.manager_family_name,
        fiscalCode: cipher.open(o.manager_fiscal_code),
      },
      administrators: (await store.administratorsOf(db, o.id)).map((a) => ({
        givenName: a.given_name,
        familyName: a.family_name,
        fiscalCode: cipher.open(a.fiscal_code),
      })),
    },
  };
};
