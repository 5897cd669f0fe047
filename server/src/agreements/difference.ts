import type { ParagraphChange } from "@area/api";
import type { AgreementTemplate } from "./template.ts";

type Part = { kind: ParagraphChange["kind"]; text: string };

/** A place for data, as a person reads it: the last word of its name says enough. */
const places: Record<string, string> = {
  "product.title": "nome del prodotto",
  "product.version": "versione del prodotto",
  "institution.name": "denominazione",
  "institution.kind": "tipo di ente",
  "institution.taxCode": "codice fiscale dell’ente",
  "institution.ipaCode": "codice IPA",
  "institution.unit": "unità",
  "institution.registryCode": "codice nel registro",
  "institution.seat": "sede legale",
  "institution.pec": "PEC",
  areas: "ambito territoriale",
  "billing.recipientCode": "codice SDI",
  "billing.vatNumber": "partita IVA",
  "billing.invoicedTaxCode": "codice fiscale a cui si fattura",
  "manager.name": "legale rappresentante",
  "manager.fiscalCode": "codice fiscale",
  name: "nome e cognome",
  fiscalCode: "codice fiscale",
  label: "dato",
  value: "valore",
  title: "titolo",
  signatureDays: "giorni per firmare",
  writtenOn: "data",
  template: "modello e versione",
};
const readable = (text: string): string =>
  text.replace(/\{\{([a-zA-Z.]+)\}\}/g, (_, path: string) => `‹${places[path] ?? path}›`);

/** A text as its paragraphs, in the order in which they are read. */
export const paragraphsOf = (template: AgreementTemplate): Part[] => [
  { kind: "title", text: readable(template.title) },
  ...template.blocks.flatMap((block): Part[] => {
    switch (block.kind) {
      case "heading":
        return [{ kind: "heading", text: readable(block.text) }];
      case "facts":
        return block.facts.map((f) => ({ kind: "data", text: `${f.label}: ${readable(f.value)}` }));
      case "list":
        return (block.items ?? [block.item ?? ""]).map((item) => ({ kind: "item", text: readable(item) }));
      case "signature":
        return [{ kind: "data", text: `${block.label}: ${readable(block.name)}` }];
      default:
        return [{ kind: "paragraph", text: readable(block.text) }];
    }
  }),
];

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []);
/** Two paragraphs that share half of their words are one that changed. */
const alike = (one: Part, other: Part): boolean => {
  if (one.kind !== other.kind) return false;
  const [a, b] = [wordsOf(one.text), wordsOf(other.text)];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared * 2 >= Math.max(a.size, b.size);
};

/**
 * What changes between two versions, paragraph by paragraph: the longest common sequence stays, and what was taken and put in
 * the same place is one change when it still resembles itself. Texts have tens of paragraphs.
 */
export const differenceOf = (before: AgreementTemplate, after: AgreementTemplate): ParagraphChange[] => {
  const [a, b] = [paragraphsOf(before), paragraphsOf(after)];
  const same = (i: number, j: number) => a[i]!.kind === b[j]!.kind && a[i]!.text === b[j]!.text;
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] = same(i, j) ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const out: ParagraphChange[] = [];
  let taken: Part[] = [];
  let put: Part[] = [];
  const flush = () => {
    const left = [...put];
    for (const one of taken) {
      const at = left.findIndex((other) => alike(one, other));
      // What stands before its match came new.
      const fresh = at < 0 ? [] : left.splice(0, at + 1);
      for (const other of fresh.slice(0, -1))
        out.push({ change: "added", kind: other.kind, before: null, after: other.text });
      const match = fresh.at(-1);
      out.push(
        match
          ? { change: "changed", kind: one.kind, before: one.text, after: match.text }
          : { change: "removed", kind: one.kind, before: one.text, after: null },
      );
    }
    for (const other of left) out.push({ change: "added", kind: other.kind, before: null, after: other.text });
    taken = [];
    put = [];
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(i, j)) {
      flush();
      out.push({ change: "same", kind: a[i]!.kind, before: a[i]!.text, after: b[j]!.text });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) taken.push(a[i++]!);
    else put.push(b[j++]!);
  }
  flush();
  return out;
};
