import { hasElevenDigitCheck, hasPersonCheck } from "@area/api";
import { cityIn } from "./names.ts";
import { onceEach, pecIn, readRows } from "./read-rows.ts";

export type IpaBody = {
  ipaCode: string;
  name: string;
  taxCode: string;
  category: string;
  pec: string | null;
  address: string;
  zipCode: string;
  city: string | null;
  /** Who the registry says is responsible; many bodies leave it empty. */
  responsible?: { givenName: string; familyName: string; title: string } | null;
};
export type IpaFile = { bodies: IpaBody[]; doubtfulTaxCodes: number };

const REQUIRED = [
  "Codice_IPA",
  "Denominazione_ente",
  "Codice_fiscale_ente",
  "Codice_Categoria",
  "Indirizzo",
  "CAP",
  "Mail1",
  "Tipo_Mail1",
];

/**
 * Reads the open data file "Enti" of IndicePA, by column names. A malformed file is refused whole, with line and reason.
 * Source: IndicePA open data, dataset "Enti" (AgID, CC BY 4.0).
 */
export const readIpaFile = (bytes: Uint8Array): IpaFile => {
  const once = onceEach();
  let doubtfulTaxCodes = 0;
  const bodies = readRows(bytes, REQUIRED, "nessun ente").map((row) => {
    const ipaCode = row.field("Codice_IPA");
    if (!/^[A-Za-z0-9_.-]{1,20}$/.test(ipaCode)) row.refuse("Codice_IPA mancante o non valido");
    once(row, ipaCode, "Codice_IPA");
    const name = row.field("Denominazione_ente");
    if (!name) row.refuse("Denominazione_ente mancante");
    const taxCode = row.field("Codice_fiscale_ente").toUpperCase();
    if (!(hasElevenDigitCheck(taxCode) || hasPersonCheck(taxCode))) doubtfulTaxCodes++;
    return {
      ipaCode,
      name,
      taxCode,
      category: row.field("Codice_Categoria"),
      pec: pecIn(row),
      address: row.field("Indirizzo"),
      zipCode: row.field("CAP"),
      city: row.field("Denominazione_comune") || cityIn(name),
      responsible: row.field("Cognome_responsabile")
        ? {
            givenName: row.field("Nome_responsabile"),
            familyName: row.field("Cognome_responsabile"),
            title: row.field("Titolo_responsabile"),
          }
        : null,
    };
  });
  return { bodies, doubtfulTaxCodes };
};
