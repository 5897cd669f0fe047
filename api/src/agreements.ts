import { z } from "zod";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import type { ProblemCode } from "./problems.ts";
import { problemCodes } from "./problems.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

export const SIGNED_FILE_MAX_BYTES = 20 * 1024 * 1024;
/** Every way in which a signed file can be refused, each with its own sentence. */
export const signatureRefusals = [
  "not-a-signature",
  "signature-of-another-document",
  "signature-of-older-version",
  "signature-before-issue",
  "signature-nested-too-deep",
  "signed-copy-to-review",
  "signed-copy-active-content",
  "signature-altered",
  "signature-content-missing",
  "signature-incomplete-coverage",
  "signature-weak-algorithm",
  "signed-file-truncated",
  "signer-not-legal-representative",
  "signer-identity-missing",
  "signer-certificate-expired",
  "signer-certificate-not-yet-valid",
  "signer-certificate-untrusted",
  "signer-certificate-revoked",
  "signer-certificate-status-unknown",
  "signer-certificate-not-qualified",
  "signer-certificate-not-for-signing",
] as const satisfies readonly ProblemCode[];

/** One of those whose signature an agreement wants, in order. */
export const SigningStep = z
  .object({
    party: z.enum(["institution", "company"]),
    name: z.string(),
    state: z.enum(["signed", "next", "later"]),
    since: Instant.nullable().describe("Da quando tocca a questa firma; null: prima ne mancano altre"),
    signedAt: Instant.nullable(),
  })
  .meta({ id: "SigningStep" });
export type SigningStep = z.output<typeof SigningStep>;

export const Agreement = z
  .object({
    id: Id,
    productId: z.string(),
    productTitle: z.string(),
    kind: z
      .enum(["adhesion", "version", "convention"])
      .describe(
        "adhesion = l’accordo con cui si è aderito; version = un testo nuovo accettato dopo; convention = sta su un prodotto attivo",
      ),
    conventionTitle: z.string().nullable().describe("Di una convenzione: come si chiama"),
    state: z.enum(["pending", "active", "ended"]),
    template: z.string().describe("Modello e versione del testo"),
    sha256: z.string().describe("Impronta del documento emesso"),
    writtenAt: Instant,
    signedAt: Instant.nullable(),
    signers: z.array(z.string()),
    signing: z.array(SigningStep).describe("Chi firma, in ordine: chi l’ha fatto, a chi tocca e da quando"),
    signedForm: z.enum(["CAdES", "PAdES"]).nullable().describe("null con una data: confermato nel portale"),
    hasProof: z.boolean().describe("C’è il pacchetto che lo prova a terzi"),
  })
  .meta({ id: "Agreement" });

/** Something signed, as the staff find it in the register. */
export const SignedAgreement = Agreement.omit({ state: true, signedAt: true, writtenAt: true })
  .extend({
    institution: z.object({ id: Id, name: z.string() }),
    signedAt: Instant,
  })
  .meta({ id: "SignedAgreement" });

/** One thing the check looked at. The page shows those that failed with their mend, and those already fine. */
export const SignatureCheck = z.object({
  code: z.enum(["form", "integrity", "document", "trust", "validity", "signer"]),
  outcome: z.enum(["passed", "failed", "to-review", "not-reached"]),
  problem: z.enum(problemCodes as [(typeof problemCodes)[number], ...(typeof problemCodes)[number][]]).optional(),
  facts: z.record(z.string(), z.string()).optional(),
});

/** What a mailed link shows: no more than who holds the PEC must know. */
export const LinkReading = z
  .object({
    purpose: z.enum(["sign", "cancel"]),
    kind: z.enum(["adhesion", "version", "convention", "nomination"]).describe("Che cosa si firma"),
    state: z.enum([
      "awaiting-signature",
      "awaiting-countersignature",
      "completed",
      "cancelled",
      "expired",
      "superseded",
      "submitted",
    ]),
    productTitle: z.string(),
    institutionName: z.string(),
    signer: z.string().describe("Nome del legale rappresentante che deve firmare"),
    signing: z.array(SigningStep),
    expiresAt: Instant,
    agreement: z.object({ name: z.string(), length: z.number().int(), sha256: z.string() }).nullable(),
  })
  .meta({ id: "LinkReading" });

export const agreements = {
  ofInstitution: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/agreements",
    summary: "Gli accordi dell’ente",
    needs: "institution:agreements:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Agreement),
    problems: [],
    example: {},
  }),
  document: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/agreements/:agreementId/document",
    summary: "Scarica l’accordo",
    description: "`form=issued` è il documento emesso, `form=signed` il file firmato così come è stato caricato.",
    needs: "institution:agreements:read",
    params: AtInstitution.extend({ agreementId: Id }),
    query: z.object({ form: z.enum(["issued", "signed"]).default("issued") }),
    result: file("application/pdf", "application/pkcs7-mime"),
    problems: ["agreement-unknown", "agreement-not-ready"],
    example: {},
  }),
  proof: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/agreements/:agreementId/proof",
    summary: "Scarica la prova dell’accordo firmato",
    description:
      "Un pacchetto ZIP che un terzo verifica senza rete: documento, file firmato, certificati, risposte sulle revoche, marche temporali, verifica in PDF e JSON, impronte SHA-256 di tutto (CAD art. 43; linee guida AgID sui documenti informatici).",
    needs: "institution:agreements:read",
    params: AtInstitution.extend({ agreementId: Id }),
    result: file("application/zip"),
    problems: ["agreement-unknown", "agreement-not-ready", "agreement-proof-missing"],
    example: {},
  }),
  register: endpoint({
    method: "GET",
    path: "/staff/agreements",
    summary: "Il registro degli accordi firmati",
    description:
      "Dal più recente; per prodotto, e per inizio delle parole del nome dell’ente. Chi ha un profilo su un prodotto vede i suoi.",
    needs: "staff:agreements:read",
    purpose: "review",
    query: z.object({
      productId: z.string().max(100).optional(),
      search: z.string().max(100).optional(),
      ...PageQuery,
    }),
    result: page(SignedAgreement),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  fileForStaff: endpoint({
    method: "GET",
    path: "/staff/institutions/:institutionId/agreements/:agreementId/file",
    summary: "Scarica un accordo firmato, dal lato del personale",
    description: "`form` è `issued`, `signed` o `proof`. La lettura resta nella storia dell’ente, con il suo scopo.",
    needs: "staff:agreements:read",
    purpose: "review",
    params: AtInstitution.extend({ agreementId: Id }),
    query: z.object({ form: z.enum(["issued", "signed", "proof"]).default("issued") }),
    result: file("application/pdf", "application/pkcs7-mime", "application/zip"),
    problems: ["agreement-unknown", "agreement-not-ready", "agreement-proof-missing"],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type Agreement = z.output<typeof Agreement>;
export type SignedAgreement = z.output<typeof SignedAgreement>;
export type SignatureCheck = z.output<typeof SignatureCheck>;
export type LinkReading = z.output<typeof LinkReading>;
