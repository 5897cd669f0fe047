import type { Environment } from "@area/api";
import type { Connection } from "../../platform/database/connection.ts";
import type { Known } from "./verdicts.ts";

/** What the portal knows of the institutions, stations and accounts that a file names: five statements for a file of any length. */
export const knownOf = async (
  connection: Connection,
  environment: Environment,
  named: { taxCodes: readonly string[]; stations: readonly string[]; ibans: readonly string[] },
): Promise<Known> => {
  const institutions = await connection.query<{
    tax_code: string;
    name: string;
    registered: boolean;
    codes: { kind: string; code: string }[];
  }>(
    `select i.tax_code, i.name, exists (select 1 from node_registrations r where r.institution_id = i.id and r.environment = $2) as registered,
       coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'code', e.code)) from node_encodings e where e.institution_id = i.id and e.environment = $2), '[]') as codes
     from institutions i where i.tax_code = any ($1::text[]) and i.subunit_code is null`,
    [named.taxCodes, environment],
  );
  const stations = await connection.query<{ code: string; tax_code: string; primitive_version: number }>(
    `select s.code, i.tax_code, s.primitive_version from stations s join institutions i on i.id = s.institution_id
     where s.environment = $2 and s.code = any ($1::text[]) and s.state = 'active'`,
    [named.stations, environment],
  );
  const associations = await connection.query<{
    tax_code: string;
    station_code: string;
    segregation_code: string | null;
    application_code: string | null;
    aux_digit: number | null;
    broadcast: boolean;
  }>(
    `select tax_code, station_code, segregation_code, application_code, aux_digit, broadcast from station_associations
     where environment = $2 and tax_code = any ($1::text[]) and state = 'active'`,
    [named.taxCodes, environment],
  );
  const accounts = await connection.query<{ tax_code: string; iban: string }>(
    `select i.tax_code, x.iban from ibans x join institutions i on i.id = x.institution_id
     where x.environment = $2 and x.iban = any ($1::text[]) and x.retired_at is null`,
    [named.ibans, environment],
  );
  return {
    institutions: new Map(
      institutions.rows.map((r) => [
        r.tax_code,
        {
          name: r.name,
          registered: r.registered,
          qrCode: r.codes.some((c) => c.kind === "qr-code"),
          barcodes: r.codes.filter((c) => c.kind === "barcode-128-aim").map((c) => c.code),
        },
      ]),
    ),
    stations: new Map(
      stations.rows.map((r) => [r.code, { brokerTaxCode: r.tax_code, primitiveVersion: r.primitive_version }]),
    ),
    associations: associations.rows.map((r) => ({
      taxCode: r.tax_code,
      stationCode: r.station_code,
      segregationCode: r.segregation_code,
      applicationCode: r.application_code,
      auxDigit: r.aux_digit === null ? (r.segregation_code ? "3" : "0") : String(r.aux_digit),
      broadcast: r.broadcast,
    })),
    accounts: new Set(accounts.rows.map((r) => `${r.tax_code} ${r.iban}`)),
    postalElsewhere: new Map(
      accounts.rows
        .filter((r) => r.iban.startsWith("IT") && r.iban.slice(5, 10) === "07601")
        .map((r) => [r.iban, r.tax_code]),
    ),
  };
};
