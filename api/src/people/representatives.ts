import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Manager } from "../onboarding.ts";
import { Id, Instant } from "../values/index.ts";

export const LegalRepresentative = z
  .object({
    id: Id,
    givenName: z.string(),
    familyName: z.string(),
    maskedFiscalCode: z.string(),
    email: z.string().nullable(),
    source: z.enum(["onboarding", "declared"]).describe("Da un accordo firmato, o dichiarato da un amministratore"),
    declaredBy: z.string().nullable(),
    since: Instant,
    until: Instant.nullable(),
  })
  .meta({ id: "LegalRepresentative" });

const Known = z
  .object({
    current: LegalRepresentative.nullable(),
    past: z.array(LegalRepresentative).describe("Chi lo è stato, dal più recente; al massimo 20"),
    registry: z
      .object({
        name: z.string(),
        title: z.string().nullable(),
        agrees: z.boolean().describe("È la stessa persona, per nome"),
      })
      .nullable()
      .describe("Chi risulta responsabile nel registro, se lo dice"),
  })
  .meta({ id: "LegalRepresentatives" });

export const representativesApi = {
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/legal-representative",
    summary: "Chi firma per l’ente, e chi lo ha fatto prima",
    needs: "institution:people:read",
    params: AtInstitution,
    result: Known,
    problems: [],
    example: {},
  }),
  declare: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/legal-representative",
    summary: "Dichiara che è cambiato",
    description:
      "Vale da subito per i recuperi e le nomine. Gli accordi già inviati aspettano ancora la firma di chi c’era: l’ente trova fra le cose da fare di inviarli di nuovo. Lo scriviamo alla PEC e a chi c’era prima.",
    needs: "institution:people:write",
    stepUp: "fresh",
    params: AtInstitution,
    body: Manager,
    result: Known,
    problems: ["representative-unchanged"],
    example: {
      body: {
        givenName: "Ada",
        familyName: "Abete",
        fiscalCode: "BTADAA80A41H501Q",
        email: "ada.abete@posta.example",
      },
    },
  }),
};
export type LegalRepresentative = z.output<typeof LegalRepresentative>;
