import { z } from "zod";

/** Regions of Italy with their ISTAT code. */
export const regions = {
  "01": "Piemonte",
  "02": "Valle d’Aosta",
  "03": "Lombardia",
  "04": "Trentino-Alto Adige",
  "05": "Veneto",
  "06": "Friuli-Venezia Giulia",
  "07": "Liguria",
  "08": "Emilia-Romagna",
  "09": "Toscana",
  "10": "Umbria",
  "11": "Marche",
  "12": "Lazio",
  "13": "Abruzzo",
  "14": "Molise",
  "15": "Campania",
  "16": "Puglia",
  "17": "Basilicata",
  "18": "Calabria",
  "19": "Sicilia",
  "20": "Sardegna",
} as const;
export type RegionCode = keyof typeof regions;
export const regionCodes = Object.keys(regions) as RegionCode[];

/**
 * Where a body works. A municipality or a province is written by its name, since the registry gives the seat as text;
 * a region by its code, so that lists can be made by it.
 */
export const GeographicArea = z.discriminatedUnion("level", [
  z.object({ level: z.literal("national") }),
  z.object({ level: z.literal("region"), code: z.enum(regionCodes as [RegionCode, ...RegionCode[]]) }),
  z.object({ level: z.literal("province"), name: z.string().trim().min(2).max(80) }),
  z.object({ level: z.literal("municipality"), name: z.string().trim().min(2).max(80) }),
]);
export type GeographicArea = z.output<typeof GeographicArea>;
