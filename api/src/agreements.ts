import { z } from "zod";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import { problemCodes } from "./problems.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

export const SIGNED_FILE_MAX_BYTES = 20 * 1024 * 1024;

export const Agreement = z
  .object({
    id: Id,
    productId: z.string(),
    productTitle: z.string(),
    state: z.enum(["pending", "active", "ended"]),
    template: z.string().describe("Modello e versione del testo"),
    sha256: z.string().describe("Impronta del documento emesso"),
    writtenAt: Instant,
    signedAt: Instant.nullable(),
    signers: z.array(z.string()),
    signedForm: z.enum(["CAdES", "PAdES"]).nullable(),
  })
  .meta({ id: "Agreement" });

/** One thing the check looked at. The page shows those that failed with their mend, and those already fine. */
export const SignatureCheck = z.object({
  code: z.enum(["form", "integrity", "document", "trust", "validity", "signer"]),
  outcome: z.enum(["passed", "failed", "not-reached"]),
  problem: z.enum(problemCodes as [(typeof problemCodes)[number], ...(typeof problemCodes)[number][]]).optional(),
  facts: z.record(z.string(), z.string()).optional(),
});

/** What a mailed link shows: no more than who holds the PEC must know. */
export const LinkReading = z
  .object({
    purpose: z.enum(["sign", "cancel"]),
    state: z.enum(["awaiting-signature", "completed", "cancelled", "expired", "superseded", "submitted"]),
    productTitle: z.string(),
    institutionName: z.string(),
    signer: z.string().describe("Nome del legale rappresentante che deve firmare"),
    expiresAt: Instant,
    agreement: z.object({ name: z.string(), length: z.number().int(), sha256: z.string() }).nullable(),
  })
  .meta({ id: "LinkReading" });

const Token = z.string().min(1).max(600).describe("Il segreto del link ricevuto alla PEC");
const linkProblems = ["link-invalid", "link-expired"] as const;

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
  links: {
    read: endpoint({
      method: "POST",
      path: "/agreement-links/readings",
      reads: true,
      summary: "Leggi un link ricevuto alla PEC",
      description: "Non consuma niente: anche chi controlla la posta lo apre.",
      needs: "nobody",
      body: z.object({ token: Token }),
      result: LinkReading,
      problems: [...linkProblems, "onboarding-unknown"],
      example: { body: { token: "esempio" } },
    }),
    document: endpoint({
      method: "POST",
      path: "/agreement-links/documents",
      reads: true,
      summary: "Scarica l’accordo da firmare",
      needs: "nobody",
      body: z.object({ token: Token }),
      result: file("application/pdf"),
      problems: [...linkProblems, "onboarding-unknown", "agreement-not-ready", "onboarding-cancelled"],
      example: { body: { token: "esempio" } },
    }),
    check: endpoint({
      method: "POST",
      path: "/agreement-links/signature-checks",
      reads: true,
      summary: "Controlla un file firmato senza consegnarlo",
      description: "Dice tutto ciò che va e ciò che non va; niente viene registrato e il link resta valido.",
      source: "Reg. UE 910/2014; ETSI EN 319 122-1 e 319 142-1",
      needs: "nobody",
      upload: { maxBytes: SIGNED_FILE_MAX_BYTES, mediaTypes: [] },
      body: z.object({ token: Token }),
      result: z.object({ accepted: z.boolean(), form: z.enum(["CAdES", "PAdES"]).nullable(), checks: z.array(SignatureCheck) }),
      problems: [...linkProblems, "onboarding-unknown", "agreement-not-ready", "file-missing", "file-too-large", "upload-truncated"],
      example: { body: { token: "esempio" } },
    }),
    upload: endpoint({
      method: "POST",
      path: "/agreement-links/uploads",
      summary: "Consegna l’accordo firmato",
      description: "CAdES (.p7m) o PAdES (.pdf), fino a 20 MB. Se è in ordine l’adesione si completa; se no, ogni errore ha il suo codice e il link vale ancora.",
      source: "Reg. UE 910/2014; ETSI EN 319 122-1 e 319 142-1",
      needs: "nobody",
      upload: { maxBytes: SIGNED_FILE_MAX_BYTES, mediaTypes: [] },
      body: z.object({ token: Token }),
      result: z.object({ onboardingId: Id, productTitle: z.string(), institutionName: z.string(), completedAt: Instant, signer: z.string() }),
      problems: [
        ...linkProblems, "link-used", "onboarding-unknown", "onboarding-cancelled", "onboarding-superseded", "agreement-not-ready", "already-active", "file-missing", "file-too-large", "upload-truncated",
        "not-a-signature", "signature-of-another-document", "signature-altered", "signature-content-missing", "signature-incomplete-coverage", "signature-weak-algorithm", "signed-file-truncated",
        "signer-not-legal-representative", "signer-identity-missing", "signer-certificate-expired", "signer-certificate-not-yet-valid", "signer-certificate-untrusted", "signer-certificate-not-for-signing",
      ],
      example: { body: { token: "esempio" } },
    }),
    cancel: endpoint({
      method: "POST",
      path: "/agreement-links/cancellations",
      summary: "Annulla l’adesione dal link ricevuto alla PEC",
      needs: "nobody",
      body: z.object({ token: Token }),
      result: z.object({ productTitle: z.string(), institutionName: z.string(), cancelledAt: Instant }),
      problems: [...linkProblems, "link-used", "onboarding-unknown", "onboarding-not-cancellable"],
      example: { body: { token: "esempio" } },
    }),
  },
};
