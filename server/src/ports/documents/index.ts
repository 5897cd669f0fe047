// Writing the documents people sign and keep.

export type { Block, DocumentContent, Fact } from "./content";
export { writeDocument } from "./write-document";
