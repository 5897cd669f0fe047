import { z } from "zod";
import type { DetailBlock } from "./details.ts";

/**
 * Every kind of institution, where each is looked up, and what each must say. The kind belongs to the institution on a product:
 * one company may be public-service operator, PSP and technology partner at once. Acronyms are the registry's own words.
 */
export const origins = ["IPA", "ANAC", "IVASS", "business-register", "declared"] as const;
export const Origin = z
  .enum(origins)
  .describe(
    "Dove si trovano i dati: IPA = IndicePA; ANAC = piattaforme di e-procurement; IVASS = imprese di assicurazione; business-register = registro delle imprese; declared = dichiarati da chi aderisce",
  );
export type Origin = z.output<typeof Origin>;

type KindRules = {
  origins: readonly Origin[];
  /** Somebody who signs for the institution. A technology partner signs nothing. */
  manager: boolean;
  geographicAreas: boolean;
  /** Whether the platform may send it invoices; a product may renounce. */
  invoiced: boolean;
  /** A person's own code may stand for the institution's. */
  personCode: boolean;
  blocks: readonly DetailBlock[];
};
const rules = (more: Partial<KindRules> & Pick<KindRules, "origins">): KindRules => ({
  manager: true,
  geographicAreas: true,
  invoiced: true,
  personCode: false,
  blocks: [],
  ...more,
});

export const kindRules = {
  PA: rules({ origins: ["IPA"] }),
  GSP: rules({ origins: ["IPA", "declared"] }),
  SCEC: rules({ origins: ["IPA"] }),
  SCP: rules({ origins: ["business-register", "declared"] }),
  PSP: rules({ origins: ["declared"], blocks: ["psp", "dataProtectionOfficer"] }),
  SA: rules({ origins: ["ANAC"], geographicAreas: false, invoiced: false, blocks: ["groupVatNumber"] }),
  AS: rules({ origins: ["IVASS"], geographicAreas: false, invoiced: false }),
  GPU: rules({ origins: ["declared"], blocks: ["fitnessDeclaration"] }),
  PRV: rules({ origins: ["business-register", "declared"] }),
  PRV_PF: rules({ origins: ["business-register"], personCode: true }),
  PT: rules({ origins: ["declared"], manager: false, geographicAreas: false, invoiced: false }),
  CON: rules({ origins: ["declared"] }),
  REC: rules({ origins: ["declared"] }),
} as const satisfies Record<string, KindRules>;

export type InstitutionKind = keyof typeof kindRules;
export const institutionKinds = Object.keys(kindRules) as InstitutionKind[];
export const InstitutionKind = z
  .enum(institutionKinds as [InstitutionKind, ...InstitutionKind[]])
  .describe(
    "Tipo di ente: PA = pubblica amministrazione; GSP = gestore di pubblici servizi; SCEC = società nel conto economico consolidato; SCP = società a controllo pubblico; PSP = prestatore di servizi di pagamento; SA = piattaforma di e-procurement; AS = assicurazione; GPU = operatore privato con dichiarazione; PRV = società privata; PRV_PF = impresa individuale; PT = partner tecnologico; CON, REC = altri soggetti",
  );

/**
 * The categories of IndicePA that are not plain public bodies: S01G the companies of the consolidated public accounts,
 * L37 and SAG the operators of public services.
 */
const kindOfCategory: Record<string, InstitutionKind> = { S01G: "SCEC", L37: "GSP", SAG: "GSP" };
export const kindInRegistry = (category: string): InstitutionKind => kindOfCategory[category] ?? "PA";

export const unitKinds = ["AOO", "UO"] as const;
export const UnitKind = z
  .enum(unitKinds)
  .describe("AOO = area organizzativa omogenea; UO = unità organizzativa, parti di un ente di IndicePA");
export type UnitKind = z.output<typeof UnitKind>;
