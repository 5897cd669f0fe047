import type { DetailBlock } from "@area/api";
import type { AdhesionWords } from "./adhesion/it.ts";

/** What a field of a request is called, by its path: on the desk, in the mails, for who corrects it. */
export const fieldLabel = (words: AdhesionWords, path: string): string => {
  const { labels } = words.review;
  const { wizard, details } = words;
  const [root, ...rest] = path.split(".");
  const name = rest.at(-1) ?? root!;
  const plain = { ...labels, ...wizard } as Record<string, unknown>;
  const said = (key: string): string => (typeof plain[key] === "string" ? (plain[key] as string) : key);
  if (root === "details") {
    const block = details[rest[0] as DetailBlock] as { title: string; fields: Record<string, string> } | undefined;
    return block?.fields[name] ?? name;
  }
  if (root === "manager") return `${labels.manager}, ${said(name)}`;
  if (root === "administrators") return `${labels.administrator(Number(rest[0]) + 1)}, ${said(name)}`;
  return name === "kind" ? labels.kind : name === "origin" ? labels.origin : said(name);
};
