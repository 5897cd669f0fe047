import { ibanImports } from "./iban-imports.ts";
import { ibans } from "./ibans.ts";

/** What an institution configures on pagoPA. */
export const pagopa = { ibans, ibanImports };

export * from "./iban-imports.ts";
export * from "./ibans.ts";
