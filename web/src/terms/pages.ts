/** The screens of texts and their versions, loaded together. */
export { AcceptancePage } from "./AcceptancePage.tsx";
export { TextPage } from "./TextPage.tsx";
export { Texts } from "./Texts.tsx";
