import { z } from "zod";
import { SIGNED_FILE_MAX_BYTES, signatureRefusals } from "./agreements.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import { Administrator } from "./onboarding.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

export const Nomination = z
  .object({
    id: Id,
    productId: z.string(),
    person: z.object({ givenName: z.string(), familyName: z.string() }),
    signer: z.string().describe("Il legale rappresentante che firma"),
    state: z.enum(["pending", "signed", "cancelled"]),
    openedBy: z.string(),
    openedAt: Instant,
    endsAt: Instant.nullable(),
    sha256: z.string(),
    signedAt: Instant.nullable(),
  })
  .meta({ id: "Nomination" });

const AtNomination = z.object({ ...AtInstitution.shape, nominationId: Id });

export const nominations = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/nominations",
    summary: "Le nomine da firmare e quelle firmate",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Nomination),
    problems: [],
    example: {},
  }),
  open: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/nominations",
    summary: "Scrive una nomina da far firmare",
    description:
      "Per i prodotti che vogliono gli amministratori nominati su un documento. La persona ha accesso quando il documento torna firmato dal legale rappresentante.",
    needs: "institution:people:write",
    params: AtInstitution,
    body: z.object({
      productId: z.string().min(1).max(40),
      person: Administrator,
      endsAt: Instant.nullable().default(null),
    }),
    result: Nomination,
    problems: [
      "product-not-active",
      "nomination-not-needed",
      "representative-missing",
      "grant-exceeds-own",
      "dates-out-of-order",
      "nomination-pending",
      "membership-repeated",
    ],
    example: {
      body: {
        productId: "pagopa",
        person: {
          givenName: "Giulia",
          familyName: "Ferri",
          fiscalCode: "FRRGLI84P67A944J",
          email: "giulia.ferri@posta.example",
        },
      },
    },
  }),
  document: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/nominations/:nominationId/document",
    summary: "Il documento da firmare",
    needs: "institution:people:read",
    params: AtNomination,
    result: file("application/pdf"),
    problems: ["nomination-unknown"],
    example: {},
  }),
  sign: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/nominations/:nominationId/signed",
    summary: "Carica la nomina firmata",
    description: "Passa per lo stesso controllo degli accordi. Se è in ordine la persona ha accesso da subito.",
    needs: "institution:people:write",
    params: AtNomination,
    upload: { maxBytes: SIGNED_FILE_MAX_BYTES, mediaTypes: ["application/pkcs7-mime", "application/pdf"] },
    result: Nomination,
    problems: [
      "nomination-unknown",
      "nomination-closed",
      "nomination-outdated",
      "product-not-active",
      "membership-repeated",
      "profiles-not-combinable",
      "file-missing",
      "file-too-large",
      "upload-truncated",
      ...signatureRefusals,
    ],
    example: {},
  }),
  signingLink: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/nominations/:nominationId/signing-link",
    summary: "La pagina per firmare una nomina",
    description:
      "La stessa a cui porta il link della PEC: si scarica, si firma qui o con il proprio programma, si carica.",
    needs: "institution:people:write",
    params: AtNomination,
    result: z.object({ url: z.string() }),
    once: ["url"],
    problems: ["nomination-unknown", "nomination-closed"],
    example: {},
  }),
  cancel: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/nominations/:nominationId",
    summary: "Ritira una nomina non ancora firmata",
    needs: "institution:people:write",
    params: AtNomination,
    problems: ["nomination-unknown", "nomination-closed"],
    example: {},
  }),
};
export type Nomination = z.output<typeof Nomination>;
