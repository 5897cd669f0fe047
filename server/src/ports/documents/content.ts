/** What a document says; how it looks is `writeDocument`'s business. Begins with a heading of level 1. */
export interface DocumentContent {
  language: "it" | "en" | "de" | "fr" | "sl";
  title: string;
  subject: string;
  createdAt: Date;
  /** Short text at the foot of each page: which document this is, for whoever finds a loose sheet. */
  reference: string;
  blocks: Block[];
  /** The same facts for machines, carried inside the PDF (PDF/A-3, ISO 19005-3). */
  attachment?: { name: string; mediaType: "application/json"; bytes: Uint8Array; description: string };
}

export type Block =
  | { kind: "heading"; level: 1 | 2; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "facts"; facts: Fact[] }
  | { kind: "list"; numbered?: boolean; items: string[] }
  | { kind: "signature"; label: string; name: string }
  | { kind: "small-print"; text: string };

export interface Fact {
  label: string;
  value: string;
  /** Something to copy, compare or dictate: set in a fixed-width face. */
  code?: boolean;
}
