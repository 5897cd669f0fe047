import { z } from "zod";
import { endpoint } from "./kit/endpoint.ts";
import { Instant } from "./values/index.ts";

export const TrustedListState = z
  .object({
    territory: z.string().describe("Lo Stato, in due lettere; `EU` è l’elenco degli elenchi"),
    address: z.string(),
    sequence: z.number().int().describe("Il numero che l’elenco dà a sé stesso"),
    issuedAt: Instant,
    nextUpdate: Instant.nullable().describe("Entro quando ne è promesso uno nuovo; null: è chiuso"),
    services: z.number().int().describe("Servizi su cui una firma può poggiare"),
    verifiedAt: Instant.describe("Quando è stato verificato ciò che usiamo"),
    lookedAt: Instant,
    problem: z.string().nullable().describe("Perché l’ultima lettura non è servita; si usa la copia verificata prima"),
    problemSince: Instant.nullable(),
  })
  .meta({ id: "TrustedListState" });

export const trust = {
  lists: endpoint({
    method: "GET",
    path: "/staff/trusted-lists",
    summary: "Gli elenchi europei di fiducia",
    description:
      "Che cosa vale oggi degli elenchi dei prestatori di servizi fiduciari (regolamento UE 910/2014, art. 22; ETSI TS 119 612): uno per Stato, al massimo 100.",
    needs: "staff:findings:read",
    purpose: "monitoring",
    result: z.object({
      configured: z
        .boolean()
        .describe("Gli elenchi sono impostati; altrimenti valgono solo i certificati dell’operatore"),
      items: z.array(TrustedListState),
    }),
    problems: [],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type TrustedListState = z.output<typeof TrustedListState>;
