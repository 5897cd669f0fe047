// Writing the documents people sign and keep.

export type { Block, DocumentContent, Fact } from "./content.ts";
export { writeDocument } from "./write-document.ts";
