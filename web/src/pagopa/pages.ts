/** The pages of pagoPA, loaded when first opened. */
export { IbanPage } from "./ibans/IbanPage.tsx";
export { Ibans } from "./ibans/Ibans.tsx";
export { RegisterIban } from "./ibans/RegisterIban.tsx";
