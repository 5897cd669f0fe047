import { ibans } from "./ibans.ts";

/** What an institution configures on pagoPA. */
export const pagopa = { ibans };

export * from "./ibans.ts";
