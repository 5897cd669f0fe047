// Writing the documents people sign and keep.

export type { Block, DocumentContent, Fact } from "./content.ts";
export { freeMargins, writeDocument } from "./write-document.ts";
