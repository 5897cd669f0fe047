import type { UnitKind } from "@area/api";
import { eachRow, onceEach, pecIn, type RefusedRow, type Row, readRows } from "./read-rows.ts";

export type Unit = {
  kind: UnitKind;
  code: string;
  ipaCode: string;
  name: string;
  parentCode: string | null;
  pec: string | null;
  address: string;
  zipCode: string;
  invoicing: boolean;
  invoicingTaxCode: string | null;
};
export type Entry = {
  registry: "IVASS" | "ANAC";
  code: string;
  name: string;
  taxCode: string | null;
  pec: string | null;
  address: string;
  zipCode: string;
  city: string | null;
  country: string | null;
  detail: string | null;
};

/** What a file says, with the rows that could not be taken; `named` are the codes of all its rows, taken or not. */
export type ReadList<T> = { taken: T[]; refused: RefusedRow[]; named: Set<string> };
const readEach = <T>(rows: readonly Row[], codeOf: (row: Row) => string, read: (row: Row) => T): ReadList<T> => ({
  ...eachRow(rows, read),
  named: new Set(rows.map(codeOf)),
});

const codeIn = (row: Row, column: string): string => {
  const code = row.field(column);
  if (!/^[A-Za-z0-9_.-]{1,20}$/.test(code)) row.refuse(`${column} mancante o non valido`);
  return code;
};
const wordsIn = (row: Row, column: string): string => {
  const words = row.field(column);
  if (!words) row.refuse(`${column} mancante`);
  return words;
};
const mailIn = (row: Row, column: string): string | null => {
  const mail = row.field(column).toLowerCase();
  if (mail && !/^\S+@\S+\.\S+$/.test(mail)) row.refuse(`${column} non è un indirizzo`);
  return mail || null;
};

/**
 * The open data files "Aree organizzative omogenee" and "Unità organizzative" of IndicePA. A unit with a tax code for invoicing
 * (`Codice_fiscale_sfe`) receives invoices under its own code. Source: IndicePA open data (AgID, CC BY 4.0).
 */
export const readUnitFile = (kind: UnitKind, bytes: Uint8Array): ReadList<Unit> => {
  const column = kind === "AOO" ? "Codice_uni_aoo" : "Codice_uni_uo";
  const named = kind === "AOO" ? "Denominazione_aoo" : "Descrizione_uo";
  const once = onceEach();
  return readEach(
    readRows(bytes, ["Codice_IPA", column, named, "Indirizzo", "CAP", "Mail1", "Tipo_Mail1"], "nessuna unità"),
    (row) => row.field(column).toUpperCase(),
    (row) => {
      const code = codeIn(row, column).toUpperCase();
      once(row, code, column);
      const invoicingTaxCode = kind === "UO" ? row.field("Codice_fiscale_sfe").toUpperCase() || null : null;
      return {
        kind,
        code,
        ipaCode: codeIn(row, "Codice_IPA"),
        name: wordsIn(row, named),
        parentCode: kind === "UO" ? row.field("Codice_uni_aoo").toUpperCase() || null : null,
        pec: pecIn(row),
        address: row.field("Indirizzo"),
        zipCode: row.field("CAP"),
        invoicing: invoicingTaxCode !== null,
        invoicingTaxCode,
      };
    },
  );
};

/** The register of insurers: five-digit codes; foreign ones ("Elenco II") may have no Italian tax code. Source: IVASS, Albo delle imprese. */
export const readIvassFile = (bytes: Uint8Array): ReadList<Entry> => {
  const once = onceEach();
  return readEach(
    readRows(bytes, ["CODICE_IVASS", "DENOMINAZIONE_IMPRESA", "PEC", "TIPO_ALBO"], "nessuna impresa"),
    (row) => row.field("CODICE_IVASS").padStart(5, "0"),
    (row) => {
      const written = row.field("CODICE_IVASS");
      if (!/^\d{1,5}$/.test(written)) row.refuse("CODICE_IVASS mancante o non valido");
      // Some editions of the file lose the zeros in front.
      const code = written.padStart(5, "0");
      once(row, code, "CODICE_IVASS");
      const register = wordsIn(row, "TIPO_ALBO");
      return {
        registry: "IVASS",
        code,
        name: wordsIn(row, "DENOMINAZIONE_IMPRESA"),
        taxCode: row.field("CODICE_FISCALE").toUpperCase() || null,
        pec: mailIn(row, "PEC"),
        address: row.field("INDIRIZZO_SEDE_LEGALE_RAPPRESENTANZA_IN_ITALIA"),
        zipCode: row.field("CAP"),
        city: row.field("COMUNE") || null,
        country: row.field("NAZIONE") || (/^elenco ii\b/i.test(register) ? null : "IT"),
        detail: [register, row.field("TIPO_LAVORO")].filter(Boolean).join(", "),
      };
    },
  );
};

/** The platforms of e-procurement that ANAC certified and enabled. Source: ANAC, art. 26 d.lgs. 36/2023. */
export const readAnacFile = (bytes: Uint8Array): ReadList<Entry> => {
  const once = onceEach();
  const enabled = readRows(
    bytes,
    ["cf_gestore", "denominazione", "domicilio_digitale", "anac_abilitato"],
    "nessuna piattaforma",
  ).filter((row) => /^(1|true|s[iì])$/i.test(row.field("anac_abilitato")));
  return readEach(
    enabled,
    (row) => row.field("cf_gestore").toUpperCase(),
    (row) => {
      const code = codeIn(row, "cf_gestore").toUpperCase();
      once(row, code, "cf_gestore");
      return {
        registry: "ANAC",
        code,
        name: wordsIn(row, "denominazione"),
        taxCode: code,
        pec: mailIn(row, "domicilio_digitale"),
        address: row.field("indirizzo"),
        zipCode: row.field("cap"),
        city: row.field("comune") || null,
        country: "IT",
        detail: null,
      };
    },
  );
};
