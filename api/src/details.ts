import { z } from "zod";
import { Email, Pec, rule, Text, VatNumber } from "./values/index.ts";

/*
 * What some kinds of institution must say besides name, seat and certified mail: one shape for each block, read by form,
 * server, files and documentation. Which kind owes which block stands in institution-kinds.ts; a product may ask for more.
 */
const digits = (length: number) =>
  z
    .string()
    .max(40)
    .transform((text) => text.replace(/\s+/g, ""))
    .pipe(
      z
        .string()
        .min(1, { abort: true })
        .refine((c) => /^\d*$/.test(c), { ...rule("wrong-format"), abort: true })
        .refine((c) => c.length === length, rule("wrong-length", { expected: length })),
    );
const numeric = z
  .string()
  .max(40)
  .transform((text) => text.replace(/\s+/g, ""))
  .pipe(z.string().min(1).max(30).regex(/^\d+$/));
/** A declaration counts only when it is made: a box that is left empty is missing, not false. */
const Declared = z.boolean().refine((yes) => yes, rule("required"));
const Said = z.boolean().default(false);
const Note = Text(300, 0).optional();

export const psp = z
  .object({
    abiCode: digits(5).describe("Codice ABI (5 cifre)"),
    businessRegisterNumber: digits(11).describe("Numero di iscrizione al registro delle imprese (11 cifre)"),
    legalRegisterName: Text(120).describe("Albo di vigilanza in cui è iscritto"),
    legalRegisterNumber: numeric.describe("Numero di iscrizione all’albo"),
    vatNumberGroup: Said.describe("La partita IVA è quella di un gruppo IVA"),
  })
  .describe("Prestatore di servizi di pagamento (PSP)");

export const dataProtectionOfficer = z
  .object({ address: Text(300), email: Email, pec: Pec })
  .describe("Responsabile della protezione dei dati (DPO)");

export const fitnessDeclaration = z
  .object({
    businessRegisterNumber: digits(11).describe("Numero di iscrizione al registro delle imprese (11 cifre)"),
    legalRegisterName: Text(120).describe("Albo o elenco in cui è iscritto"),
    legalRegisterNumber: numeric.describe("Numero di iscrizione all’albo"),
    longTermPayments: Said.describe("Riceve pagamenti rateali o periodici"),
    managerAuthorized: Declared.describe("Chi firma ha il potere di impegnare l’operatore"),
    managerEligible: Declared.describe("Chi firma ha i requisiti di onorabilità"),
    managerNotProsecuted: Declared.describe("Chi firma non ha condanne né procedimenti che lo escludono"),
    noCourtMeasures: Declared.describe("L’operatore non ha procedure concorsuali né misure del tribunale"),
  })
  .describe("Dichiarazione di idoneità dell’operatore privato (GPU)");

export const publicService = z
  .object({
    regulatedMarket: Said.describe("Opera in un mercato regolato"),
    regulatedMarketNote: Note,
    establishedByLaw: Said.describe("Istituito con un provvedimento di legge"),
    establishedByLawNote: Note,
    agentOfPublicService: Said.describe("Gestisce un servizio pubblico per conto di un ente"),
    agentOfPublicServiceNote: Note,
    otherNote: Note.describe("Altro titolo: obbligatorio se nessuna delle voci vale"),
  })
  .superRefine((said, context) => {
    if (!(said.regulatedMarket || said.establishedByLaw || said.agentOfPublicService || said.otherNote))
      context.addIssue({ code: "custom", path: ["otherNote"], ...rule("required") });
  })
  .describe("Titolo del gestore di pubblici servizi che non è in IndicePA");

const Rea = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]+/g, "").toUpperCase())
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .regex(/^[A-Z]{2}\d{1,9}$/),
  )
  .describe("Numero REA: sigla della provincia e cifre, per esempio RM 123456");
const Money = z
  .string()
  .max(40)
  .transform((text) => text.replace(/\s+/g, "").replace(",", "."))
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .regex(/^\d{1,15}(\.\d{1,2})?$/),
  )
  .describe("Capitale sociale in euro");
export const companyRea = z.object({ rea: Rea }).describe("Iscrizione al registro delle imprese: numero REA");
export const company = z
  .object({ rea: Rea, businessRegisterPlace: Text(120).describe("Camera di commercio di iscrizione") })
  .describe("Iscrizione al registro delle imprese: REA e luogo");
export const companyCapital = z
  .object({
    rea: Rea,
    businessRegisterPlace: Text(120).describe("Camera di commercio di iscrizione"),
    shareCapital: Money,
  })
  .describe("Iscrizione al registro delle imprese: REA, luogo e capitale sociale");

export const support = z.object({ email: Email }).describe("Assistenza dell’ente ai propri utenti");

/** The Italian form: IT, two check digits, a letter, ten digits, twelve letters or digits; the sum modulo 97 is 1 (ISO 13616). */
const Iban = z
  .string()
  .max(50)
  .transform((text) => text.replace(/\s+/g, "").toUpperCase())
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .refine((c) => c.length === 27, { ...rule("wrong-length", { expected: 27 }), abort: true })
      .refine((c) => /^IT\d{2}[A-Z]\d{10}[A-Z0-9]{12}$/.test(c), { ...rule("wrong-format"), abort: true })
      .refine((c) => mod97(c) === 1, rule("wrong-check-digit")),
  );
const mod97 = (iban: string): number =>
  [...(iban.slice(4) + iban.slice(0, 4))].reduce((rest, c) => Number(`${rest}${Number.parseInt(c, 36)}`) % 97, 0);
export const reimbursement = z
  .object({ holder: Text(120).describe("Intestatario del conto"), iban: Iban.describe("IBAN") })
  .describe("Conto su cui ricevere i rimborsi");

export const groupVatNumber = z
  .object({ vatNumber: VatNumber })
  .describe("Partita IVA, per chi non riceve fatture dalla piattaforma");

export const detailBlocks = {
  psp,
  dataProtectionOfficer,
  fitnessDeclaration,
  publicService,
  companyRea,
  company,
  companyCapital,
  support,
  reimbursement,
  groupVatNumber,
} as const;
export type DetailBlock = keyof typeof detailBlocks;
export const detailBlockNames = Object.keys(detailBlocks) as DetailBlock[];

/** Every block may be sent; the kind and the product say which must be. */
export const Details = z
  .object({
    psp: psp.optional(),
    dataProtectionOfficer: dataProtectionOfficer.optional(),
    fitnessDeclaration: fitnessDeclaration.optional(),
    publicService: publicService.optional(),
    companyRea: companyRea.optional(),
    company: company.optional(),
    companyCapital: companyCapital.optional(),
    support: support.optional(),
    reimbursement: reimbursement.optional(),
    groupVatNumber: groupVatNumber.optional(),
  })
  .describe("I dati che il tipo di ente e il prodotto chiedono in più: quali, lo dice il catalogo");
export type Details = z.output<typeof Details>;

/** The fields of a block as a form shows them: in order, with what kind of thing each is. */
export const fieldsOf = (block: DetailBlock): { name: string; kind: "text" | "yes"; optional: boolean }[] =>
  Object.entries(detailBlocks[block].shape as Record<string, z.ZodType>).map(([name, type]) => {
    const yes = type.safeParse(true).success;
    return { name, kind: yes ? "yes" : "text", optional: type.safeParse(undefined).success };
  });
