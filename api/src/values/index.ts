export * from "./codes.ts";
export * from "./contacts.ts";
export * from "./environments.ts";
export * from "./geographic-areas.ts";
export * from "./iban.ts";
export * from "./region-of.ts";
export * from "./rules.ts";
export * from "./tax-codes.ts";
