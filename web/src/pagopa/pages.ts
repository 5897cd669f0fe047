/** The pages of pagoPA, loaded when first opened. */
export { IbanImportPage } from "./ibans/IbanImportPage.tsx";
export { IbanImports } from "./ibans/IbanImports.tsx";
export { IbanPage } from "./ibans/IbanPage.tsx";
export { Ibans } from "./ibans/Ibans.tsx";
export { PartnerIbans } from "./ibans/PartnerIbans.tsx";
export { RegisterIban } from "./ibans/RegisterIban.tsx";
