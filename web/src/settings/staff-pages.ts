/** The staff's side of the settings of products. */
export { SettingsChangePage } from "./SettingsChangePage.tsx";
export { SettingsChanges } from "./SettingsChanges.tsx";
