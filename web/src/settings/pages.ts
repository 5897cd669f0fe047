/** What a product declares, set by the institution; loaded when first opened. */
export { ManageBackOffice } from "./ManageBackOffice.tsx";
export { ProductSettingsPage } from "./ProductSettingsPage.tsx";
