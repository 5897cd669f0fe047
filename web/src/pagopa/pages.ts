/** The pages of pagoPA, loaded when first opened. */
export { IbanImportPage } from "./ibans/IbanImportPage.tsx";
export { IbanImports } from "./ibans/IbanImports.tsx";
export { IbanPage } from "./ibans/IbanPage.tsx";
export { Ibans } from "./ibans/Ibans.tsx";
export { PartnerIbans } from "./ibans/PartnerIbans.tsx";
export { RegisterIban } from "./ibans/RegisterIban.tsx";
export { Registration } from "./registration/Registration.tsx";
export { Associate } from "./stations/Associate.tsx";
export { StationForm } from "./stations/StationForm.tsx";
export { StationPage } from "./stations/StationPage.tsx";
export { Stations } from "./stations/Stations.tsx";
