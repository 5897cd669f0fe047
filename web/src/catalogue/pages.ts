/** The catalogue's screens, loaded together. */
export { Catalogue } from "./Catalogue.tsx";
export { ProductEditor } from "./ProductEditor.tsx";
