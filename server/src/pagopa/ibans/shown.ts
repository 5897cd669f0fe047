import { barcodeOf, type IbanHolder, type IbanState, isPostal, italianParts, type RegisteredIban } from "@area/api";
import { dayInRome } from "../../platform/days.ts";
import type { IbanRow } from "./store.ts";

const holderOf = (r: IbanRow): IbanHolder =>
  r.holder_kind === "own"
    ? { kind: "own" }
    : {
        kind: "other",
        taxCode: r.holder_tax_code!,
        name: r.holder_name!,
        ground: r.holder_ground as Extract<IbanHolder, { kind: "other" }>["ground"],
      };

/** Where an account stands on a day. */
export const stateOn = (
  r: { valid_from: string; valid_until: string | null; retired_at: Date | null },
  today: string,
): IbanState =>
  r.retired_at
    ? "retired"
    : r.valid_from > today
      ? "planned"
      : r.valid_until && r.valid_until < today
        ? "expired"
        : "active";

/** A row as people and programs see it: where it stands is a matter of today. */
export const shown = (r: IbanRow, now: Date): RegisteredIban => {
  const parts = italianParts(r.iban);
  const today = dayInRome(now);
  return {
    id: r.id,
    iban: r.iban,
    bank: parts ? { abi: parts.abi, cab: parts.cab } : null,
    postal: isPostal(r.iban),
    barcode: barcodeOf(r.iban),
    description: r.description,
    holder: holderOf(r),
    validFrom: r.valid_from,
    validUntil: r.valid_until,
    labels: r.labels,
    state: stateOn(r, today),
    retiresOn: r.retires_on,
    version: r.version,
    changed: { at: r.changed_at.toISOString(), by: r.changed_by_name },
  };
};
