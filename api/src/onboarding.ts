import { z } from "zod";
import { LinkReading, SIGNED_FILE_MAX_BYTES, SignatureCheck, SigningStep, signatureRefusals } from "./agreements.ts";
import { Details } from "./details.ts";
import { InstitutionKind, Origin, UnitKind } from "./institution-kinds.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import { Workflow } from "./products.ts";
import {
  AnyRecipientCode,
  agreesWithNames,
  CompanyRecipientCode,
  County,
  Email,
  FiscalCode,
  GeographicArea,
  Id,
  Instant,
  IpaCode,
  PageQuery,
  PersonalEmail,
  page,
  RecipientCode,
  rule,
  TaxCode,
  Text,
  VatNumber,
  ZipCode,
} from "./values/index.ts";

/** The life of an onboarding: from which state to which. Server, screens and documents read it here. */
export const onboardingMoves = {
  submitted: ["awaiting-signature", "cancelled", "superseded"],
  // Approved, an agreement is written and signed; where nobody signs, approval completes.
  "to-be-reviewed": ["submitted", "completed", "changes-requested", "rejected", "cancelled", "superseded"],
  "changes-requested": ["to-be-reviewed", "cancelled", "expired", "superseded"],
  // Where the company signs too, the product is active after it.
  "awaiting-signature": ["awaiting-countersignature", "completed", "cancelled", "expired", "superseded"],
  "awaiting-countersignature": ["completed", "superseded"],
  completed: [],
  rejected: [],
  cancelled: [],
  expired: [],
  superseded: [],
} as const satisfies Record<string, readonly string[]>;
export type OnboardingState = keyof typeof onboardingMoves;
export const onboardingStates = Object.keys(onboardingMoves) as OnboardingState[];
/** States of a request that still goes somewhere. */
export const openOnboardingStates = onboardingStates.filter((state) => onboardingMoves[state].length > 0);
export const mayMove = (from: OnboardingState, to: OnboardingState): boolean =>
  (onboardingMoves[from] as readonly string[]).includes(to);

/** What sends a request to a person though its product would not: said to the applicant, and to who looks. */
export const reviewReasons = ["register-silent", "register-unknown", "pec-differs"] as const;

/** How long a request that came back waits for its correction. */
export const CORRECTION_DAYS = 60;
/** The letter to sign may be sent again after so long. */
export const RESEND_MINUTES = 60;

/** How long an unfinished draft is kept. */
export const DRAFT_DAYS = 60;

/** A person named in an onboarding. The names must agree with the code (surname and name triples). */
const NamedPerson = (Mail: typeof PersonalEmail | typeof Email) =>
  z
    .object({ givenName: Text(80), familyName: Text(80), fiscalCode: FiscalCode, email: Mail })
    .superRefine((person, context) => {
      // Names or a code that are wrong by themselves have been told already.
      if (context.issues.some((issue) => issue.path?.[0] !== "email")) return;
      if (!agreesWithNames(person.fiscalCode, person.givenName, person.familyName))
        context.addIssue({ code: "custom", path: ["fiscalCode"], ...rule("name-disagrees") });
    });
export const Manager = NamedPerson(Email).describe("Legale rappresentante: chi firma l’accordo");
export const Administrator = NamedPerson(PersonalEmail).describe("Amministratore: chi gestirà il prodotto per l’ente");

const billingWith = <T extends z.ZodType>(code: T) =>
  z.object({
    recipientCode: code
      .optional()
      .describe(
        "Codice SDI: obbligatorio dove il prodotto lo chiede. 6 caratteri per chi è in IndicePA, e di un suo ufficio con fatturazione; 7 per gli altri",
      ),
    vatNumber: VatNumber.optional().describe("Se l’ente la possiede"),
    invoicedTaxCode: TaxCode.optional().describe(
      "Codice fiscale dell’ufficio a cui va intestata la fattura, se diverso dall’ente",
    ),
  });
export const Billing = billingWith(AnyRecipientCode);
const billingOfBody = billingWith(RecipientCode);
const billingOfOthers = billingWith(CompanyRecipientCode);
/** The recipient code of a public body's office has six characters, everybody else's seven (FatturaPA). */
export const billingOfOrigin = (origin: Origin) => (origin === "IPA" ? billingOfBody : billingOfOthers);

/**
 * The institution that joins. What a registry holds is read from the registry: name and certified mail come along so that a change
 * in the meantime is said before the agreement is written. What no registry holds is declared, field by field.
 */
export const ChosenInstitution = z
  .object({
    origin: Origin.default("IPA"),
    ipaCode: IpaCode.optional().describe("IPA: il codice dell’ente"),
    unit: z.object({ kind: UnitKind, code: IpaCode }).optional().describe("IPA: la AOO o la UO che aderisce"),
    code: z.string().trim().max(40).optional().describe("IVASS e ANAC: il codice nell’elenco"),
    name: z.string().max(400).describe("La denominazione che la persona ha visto, o che dichiara"),
    pec: z.string().max(254).describe("La PEC che la persona ha visto, o che dichiara"),
    taxCode: TaxCode.optional().describe("Registro delle imprese e dichiarati: il codice fiscale"),
    address: Text(200, 0).optional().describe("Dichiarati: sede legale"),
    zipCode: ZipCode.optional().describe("Dichiarati: CAP"),
    city: Text(80, 0).optional().describe("Dichiarati: comune"),
    county: County.optional().describe("Dichiarati: sigla della provincia"),
  })
  .describe("L’ente scelto nel registro, o dichiarato");

export const NewOnboarding = z
  .object({
    productId: z.string().min(1).max(40),
    kind: InstitutionKind,
    institution: ChosenInstitution,
    billing: Billing.default({}),
    geographicAreas: z.array(GeographicArea).max(20).default([]),
    details: Details.default({}),
    manager: Manager.optional().describe("Assente solo dove nessuno firma: il partner tecnologico"),
    administrators: z.array(Administrator).min(1).max(3),
    draftId: Id.optional().describe("La bozza da cui nasce: si chiude con l’invio"),
  })
  .superRefine((o, context) => {
    const billing = billingOfOrigin(o.institution.origin).safeParse(o.billing);
    // What is wrong whatever the origin has been told already.
    for (const issue of billing.error?.issues ?? [])
      if (issue.path[0] === "recipientCode")
        context.addIssue({ ...issue, path: ["billing", ...issue.path] } as Parameters<typeof context.addIssue>[0]);
    const seen = new Set<string>();
    o.administrators.forEach((a, i) => {
      if (seen.has(a.fiscalCode))
        context.addIssue({
          code: "custom",
          path: ["administrators", i, "fiscalCode"],
          ...rule("not-allowed", { because: "administrator-repeated" }),
        });
      seen.add(a.fiscalCode);
    });
  })
  .meta({ id: "NewOnboarding" });

export const Onboarding = z
  .object({
    id: Id,
    productId: z.string(),
    productTitle: z.string(),
    institution: z.object({ id: Id, name: z.string(), taxCode: z.string(), pec: z.string() }),
    state: z.enum(onboardingStates as [OnboardingState, ...OnboardingState[]]),
    submittedAt: Instant,
    expiresAt: Instant.nullable().describe("Entro quando firmare"),
    extended: z.boolean().describe("Il tempo per firmare è già stato allungato"),
    endedAt: Instant.nullable(),
    kind: InstitutionKind,
    workflow: Workflow,
    reviewReasons: z
      .array(z.enum(reviewReasons))
      .describe("Perché la guarda una persona, oltre a ciò che vuole il prodotto"),
    reviewNote: z.string().nullable().describe("Che cosa ha scritto chi l’ha guardata"),
    manager: z.object({ givenName: z.string(), familyName: z.string() }).nullable(),
    agreement: z.object({ id: Id, sha256: z.string(), writtenAt: Instant }).nullable(),
    signing: z.array(SigningStep).describe("Chi firma l’accordo, in ordine; vuoto finché non è scritto"),
  })
  .meta({ id: "Onboarding" });

/** Fewer than these would point at somebody, or say nothing about how long a thing takes. */
export const FEWEST_PUBLISHED = 5;
const Count = z.number().int().nullable().describe(`null: meno di ${FEWEST_PUBLISHED}`);
const Seconds = z.number().int().nullable().describe("Mediana in secondi; null: ancora troppo poche");
export const AdhesionNumbers = z
  .object({
    at: Instant,
    institutions: Count,
    products: z.array(
      z.object({
        productId: z.string(),
        title: z.string(),
        institutions: Count,
        completed: Count.describe("Adesioni concluse negli ultimi 12 mesi"),
        toDecision: Seconds.describe("Dall’invio alla decisione, dove una persona controlla"),
        toSignature: Seconds.describe("Dall’accordo alla firma"),
        whole: Seconds.describe("Dall’invio all’attivazione"),
      }),
    ),
    regions: z.array(
      z.object({
        region: z.string().nullable().describe("Codice ISTAT della regione della sede; null: non si sa"),
        institutions: Count,
        products: z.array(z.object({ productId: z.string(), institutions: Count })),
      }),
    ),
  })
  .meta({ id: "AdhesionNumbers" });
export type AdhesionNumbers = z.output<typeof AdhesionNumbers>;

const Typed = z.string().max(400);
const TypedPerson = z.object({ givenName: Typed, familyName: Typed, fiscalCode: Typed, email: Typed }).partial();
/** What was typed so far, as it was typed: a draft refuses nothing but size. */
export const DraftContent = z.object({
  step: z.number().int().min(1).max(6).default(1),
  kind: Typed.optional(),
  institution: z
    .object({
      origin: Typed,
      ipaCode: Typed,
      unitKind: Typed,
      unitCode: Typed,
      unitName: Typed,
      code: Typed,
      answer: Typed,
      held: Typed,
      name: Typed,
      pec: Typed,
      taxCode: Typed,
      address: Typed,
      zipCode: Typed,
      city: Typed,
      county: Typed,
    })
    .partial()
    .optional(),
  details: z.record(Typed, z.record(Typed, z.union([Typed, z.boolean()]))).optional(),
  billing: z
    .object({ recipientCode: Typed, vatNumber: Typed, invoicedTaxCode: Typed, invoiceTo: Typed })
    .partial()
    .optional(),
  geographicAreas: z
    .array(z.object({ level: Typed, code: Typed.optional(), name: Typed.optional() }))
    .max(20)
    .optional(),
  manager: TypedPerson.optional(),
  administrators: z.array(TypedPerson).max(3).optional(),
});

export const Draft = z
  .object({
    id: Id,
    productId: z.string(),
    version: z.number().int(),
    content: DraftContent,
    openedAt: Instant,
    savedAt: Instant,
    keptUntil: Instant,
    openedBy: z.object({ name: z.string(), me: z.boolean() }),
    revision: z
      .object({
        onboardingId: Id,
        note: z.string().nullable(),
        fields: z.array(z.object({ path: z.string(), note: z.string() })),
      })
      .nullable()
      .describe("Corregge un’adesione già inviata: che cosa è stato chiesto di cambiare"),
    handedTo: z.array(z.object({ email: z.string(), accepted: z.boolean() })).describe("A chi è stata passata"),
  })
  .meta({ id: "Draft" });

const Token = z.string().min(1).max(600).describe("Il segreto del link ricevuto alla PEC");
const linkProblems = ["link-invalid", "link-expired"] as const;

const OneDraft = z.object({ draftId: Id });

export const exampleOnboarding = {
  productId: "pagopa",
  kind: "PA",
  institution: { ipaCode: "c_bes0", name: "Comune di Borgo Esempio", pec: "protocollo@pec.borgo-esempio.example" },
  billing: { recipientCode: "UFB0E5" },
  geographicAreas: [{ level: "municipality", name: "Borgo Esempio" }],
  manager: {
    givenName: "Elena",
    familyName: "Conti",
    fiscalCode: "CNTLNE71D52F205V",
    email: "sindaca@borgo-esempio.example",
  },
  administrators: [
    { givenName: "Giulia", familyName: "Ferri", fiscalCode: "FRRGLI84P67A944J", email: "giulia.ferri@posta.example" },
  ],
};

export const onboarding = {
  drafts: {
    open: endpoint({
      method: "POST",
      path: "/drafts",
      summary: "Apri una bozza di adesione",
      needs: "anyone",
      body: z.object({ productId: z.string().min(1).max(40), content: DraftContent.default({ step: 1 }) }),
      result: Draft,
      problems: ["product-unknown"],
      example: { body: { productId: "pagopa" } },
    }),
    list: endpoint({
      method: "GET",
      path: "/drafts",
      summary: "Le mie bozze",
      description: "Quelle che ho aperto e quelle che un collega mi ha passato, al massimo 100, la più recente prima.",
      needs: "anyone",
      result: z.object({ items: z.array(Draft) }),
      problems: [],
      example: {},
    }),
    read: endpoint({
      method: "GET",
      path: "/drafts/:draftId",
      summary: "Una bozza",
      needs: "anyone",
      params: OneDraft,
      result: Draft,
      problems: ["draft-unknown", "draft-expired"],
      example: {},
    }),
    save: endpoint({
      method: "PUT",
      path: "/drafts/:draftId",
      summary: "Salva la bozza",
      description:
        "Sostituisce il contenuto. `If-Match` porta la versione letta: se un collega ha salvato nel frattempo, 412 e niente si perde.",
      needs: "anyone",
      params: OneDraft,
      body: DraftContent,
      result: Draft,
      versioned: true,
      problems: ["draft-unknown", "draft-expired"],
      example: { body: { step: 2 } },
    }),
    discard: endpoint({
      method: "DELETE",
      path: "/drafts/:draftId",
      summary: "Elimina la bozza",
      needs: "anyone",
      params: OneDraft,
      problems: ["draft-unknown"],
      example: {},
    }),
    handOver: endpoint({
      method: "POST",
      path: "/drafts/:draftId/hand-overs",
      summary: "Passa la bozza a un collega",
      description:
        "Gli arriva una mail con un link che vale 7 giorni; entra con la sua identità e trova tutto compilato. Chi l’ha aperta continua a vederla.",
      needs: "anyone",
      params: OneDraft,
      body: z.object({ email: PersonalEmail }),
      result: Draft,
      problems: ["draft-unknown", "draft-expired"],
      example: { body: { email: "collega@posta.example" } },
    }),
    accept: endpoint({
      method: "POST",
      path: "/draft-hand-overs",
      summary: "Prendi una bozza che ti è stata passata",
      needs: "anyone",
      body: z.object({ token: z.string().min(1).max(600) }),
      result: Draft,
      problems: ["hand-over-link-invalid", "link-expired", "draft-unknown", "draft-expired"],
      example: { body: { token: "esempio" } },
    }),
  },
  submit: endpoint({
    method: "POST",
    path: "/onboardings",
    summary: "Invia un’adesione",
    description:
      "Chiunque può iniziare: l’accordo arriva alla PEC dell’ente in IndicePA e vale solo con la firma del legale rappresentante. I dati dell’ente si leggono dal registro, non dalla richiesta. Una bozza che corregge un’adesione tornata indietro rimanda quella.",
    source: "Manuale operativo Area Riservata; IndicePA art. 6-ter CAD",
    needs: "anyone",
    body: NewOnboarding,
    result: Onboarding,
    problems: [
      "product-unknown",
      "registry-body-unknown",
      "registry-body-ended",
      "institution-kind-not-admitted",
      "institution-not-admitted",
      "parent-product-missing",
      "registry-entry-unknown",
      "recipient-code-not-of-institution",
      "recipient-code-without-invoicing",
      "institution-data-differ",
      "already-active",
      "already-awaiting-signature",
      "manager-among-administrators",
      "administrator-repeated",
      "draft-unknown",
      "onboarding-not-to-correct",
      "onboarding-of-another-institution",
    ],
    example: { body: exampleOnboarding },
  }),
  numbers: endpoint({
    method: "GET",
    path: "/adhesion-numbers",
    summary: "I numeri dell’adesione, per tutti",
    description:
      "Enti attivi per prodotto e per regione della sede, e i tempi reali (mediane) degli ultimi 12 mesi. Sotto i 5 il numero non si dice. Si aggiorna ogni dieci minuti.",
    needs: "nobody",
    result: AdhesionNumbers,
    problems: [],
    example: {},
  }),
  mine: endpoint({
    method: "GET",
    path: "/onboardings",
    summary: "Le adesioni che ho inviato",
    needs: "anyone",
    query: z.object(PageQuery),
    result: page(Onboarding),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/onboardings/:onboardingId",
    summary: "A che punto è un’adesione che ho inviato",
    needs: "anyone",
    params: z.object({ onboardingId: Id }),
    result: Onboarding,
    problems: ["onboarding-unknown"],
    example: {},
  }),
  cancel: endpoint({
    method: "POST",
    path: "/onboardings/:onboardingId/cancellation",
    summary: "Annulla un’adesione che ho inviato",
    needs: "anyone",
    params: z.object({ onboardingId: Id }),
    result: Onboarding,
    problems: ["onboarding-unknown", "onboarding-not-cancellable"],
    example: {},
  }),
  resend: endpoint({
    method: "POST",
    path: "/onboardings/:onboardingId/resending",
    summary: "Rimanda alla PEC l’accordo da firmare",
    description:
      "Lo stesso accordo e gli stessi link, di nuovo. Per chi è in IndicePA parte verso la PEC che il registro ha adesso: se quella di prima non funziona, basta correggerla lì. Una volta ogni ora.",
    needs: "anyone",
    params: z.object({ onboardingId: Id }),
    result: Onboarding,
    problems: ["onboarding-unknown", "onboarding-not-to-sign", "onboarding-resent-already"],
    example: {},
  }),
  extend: endpoint({
    method: "POST",
    path: "/onboardings/:onboardingId/extension",
    summary: "Allunga il tempo per firmare",
    description:
      "Una volta sola, di altrettanti giorni da oggi; alla PEC arrivano link che valgono fino al nuovo termine.",
    needs: "anyone",
    params: z.object({ onboardingId: Id }),
    result: Onboarding,
    problems: ["onboarding-unknown", "onboarding-not-to-sign", "onboarding-extended-already"],
    example: {},
  }),
  ofInstitution: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/onboardings",
    summary: "Le adesioni dell’ente",
    needs: "institution:onboardings:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Onboarding),
    problems: [],
    example: {},
  }),
  leaving: {
    preview: endpoint({
      method: "GET",
      path: "/institutions/:institutionId/products/:productId/leaving",
      summary: "Che cosa si spegne lasciando un prodotto",
      needs: "institution:onboardings:write",
      params: AtInstitution.extend({ productId: z.string().max(40) }),
      result: z.object({
        productId: z.string(),
        title: z.string(),
        switchesOff: z.array(z.string()).describe("Come lo dice il prodotto"),
        twins: z.array(z.string()).describe("I prodotti di prova che finiscono insieme"),
        first: z.array(z.string()).describe("I prodotti che si aggiungono a questo, da lasciare prima"),
        people: z.number().int().describe("Quante persone ci perdono un profilo"),
      }),
      problems: ["product-not-active"],
      example: {},
    }),
    leave: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/products/:productId/leaving",
      summary: "Lascia un prodotto",
      description:
        "L’accordo finisce, i profili sul prodotto anche, i suoi prodotti di prova con lui. L’ente riceve una PEC. Si può aderire di nuovo.",
      needs: "institution:onboardings:write",
      stepUp: "fresh",
      params: AtInstitution.extend({ productId: z.string().max(40) }),
      result: z.object({ productId: z.string(), title: z.string(), endedAt: Instant }),
      problems: ["product-not-active", "product-has-children"],
      example: {},
    }),
  },
  links: {
    read: endpoint({
      method: "POST",
      path: "/onboarding-links/readings",
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
      path: "/onboarding-links/documents",
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
      path: "/onboarding-links/signature-checks",
      reads: true,
      summary: "Controlla un file firmato senza consegnarlo",
      description: "Dice tutto ciò che va e ciò che non va; niente viene registrato e il link resta valido.",
      source: "Reg. UE 910/2014; ETSI EN 319 122-1 e 319 142-1",
      needs: "nobody",
      upload: { maxBytes: SIGNED_FILE_MAX_BYTES, mediaTypes: [] },
      body: z.object({ token: Token }),
      result: z.object({
        accepted: z.boolean(),
        form: z.enum(["CAdES", "PAdES"]).nullable(),
        checks: z.array(SignatureCheck),
      }),
      problems: [
        ...linkProblems,
        "onboarding-unknown",
        "agreement-not-ready",
        "file-missing",
        "file-too-large",
        "upload-truncated",
      ],
      example: { body: { token: "esempio" } },
    }),
    upload: endpoint({
      method: "POST",
      path: "/onboarding-links/uploads",
      summary: "Consegna l’accordo firmato",
      description:
        "CAdES (.p7m) o PAdES (.pdf), fino a 20 MB. Se è in ordine l’adesione si completa; se no, ogni errore ha il suo codice e il link vale ancora.",
      source: "Reg. UE 910/2014; ETSI EN 319 122-1 e 319 142-1",
      needs: "nobody",
      upload: { maxBytes: SIGNED_FILE_MAX_BYTES, mediaTypes: [] },
      body: z.object({ token: Token }),
      result: z.object({
        onboardingId: Id.nullable().describe("null: non era un’adesione"),
        kind: LinkReading.shape.kind,
        productTitle: z.string(),
        institutionName: z.string(),
        signedAt: Instant,
        completedAt: Instant.nullable().describe("null: manca ancora una firma"),
        signer: z.string(),
        signing: z.array(SigningStep),
      }),
      problems: [
        ...linkProblems,
        "link-used",
        "onboarding-unknown",
        "onboarding-cancelled",
        "onboarding-superseded",
        "agreement-not-ready",
        "product-not-active",
        "already-active",
        "nomination-outdated",
        "nomination-closed",
        "membership-repeated",
        "profiles-not-combinable",
        "file-missing",
        "file-too-large",
        "upload-truncated",
        ...signatureRefusals,
      ],
      example: { body: { token: "esempio" } },
    }),
    cancel: endpoint({
      method: "POST",
      path: "/onboarding-links/cancellations",
      summary: "Annulla l’adesione dal link ricevuto alla PEC",
      needs: "nobody",
      body: z.object({ token: Token }),
      result: z.object({ productTitle: z.string(), institutionName: z.string(), cancelledAt: Instant }),
      problems: [...linkProblems, "link-used", "onboarding-unknown", "onboarding-not-cancellable"],
      example: { body: { token: "esempio" } },
    }),
  },
};

// What the shapes hold, for who reads them.
export type NewOnboarding = z.output<typeof NewOnboarding>;
export type Onboarding = z.output<typeof Onboarding>;
export type Draft = z.output<typeof Draft>;
export type DraftContent = z.output<typeof DraftContent>;
export type Manager = z.output<typeof Manager>;
export type Administrator = z.output<typeof Administrator>;
export type Billing = z.output<typeof Billing>;
