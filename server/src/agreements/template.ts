import { z } from "zod";
import type { Block } from "../ports/documents/index.ts";

const Text = z.string().max(4000);
/** A block with `when` stands only if the data have something under that name. */
const when = z.string().optional();
const TemplateBlock = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), level: z.union([z.literal(1), z.literal(2)]), text: Text, when }),
  z.object({ kind: z.literal("paragraph"), text: Text }),
  z.object({
    kind: z.literal("facts"),
    facts: z.array(z.object({ label: Text, value: Text, code: z.boolean().optional() })),
    when,
  }),
  z.object({
    kind: z.literal("list"),
    numbered: z.boolean().optional(),
    items: z.array(Text).optional(),
    each: z.string().optional(),
    item: Text.optional(),
    when,
  }),
  z.object({ kind: z.literal("signature"), label: Text, name: Text }),
  z.object({ kind: z.literal("small-print"), text: Text }),
]);

/** A versioned text with places for data: `{{institution.name}}`. Data is text and stays text. */
export const AgreementTemplate = z.object({
  id: z.string(),
  version: z.string(),
  language: z.enum(["it", "en", "de", "fr", "sl"]),
  title: Text,
  blocks: z.array(TemplateBlock).min(1),
});
export type AgreementTemplate = z.output<typeof AgreementTemplate>;

export type Data = { [key: string]: string | Data | Data[] };

const lookUp = (data: Data, path: string): string | null => {
  let value: string | Data | Data[] | undefined = data;
  for (const step of path.split("."))
    value = typeof value === "object" && !Array.isArray(value) ? value[step] : undefined;
  return typeof value === "string" ? value : null;
};

/** A place that the data does not fill is a fault of the template: better no agreement than one with a hole. */
const fill = (text: string, data: Data): string =>
  text.replace(/\{\{([a-zA-Z.]+)\}\}/g, (_, path: string) => {
    const value = lookUp(data, path);
    if (value === null) throw new Error(`the template asks for ${path}, which the data lacks`);
    return value;
  });

const stands = (block: z.output<typeof TemplateBlock>, data: Data): boolean => {
  if (!("when" in block) || block.when === undefined) return true;
  const value = data[block.when];
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
};

export const fillTemplate = (template: AgreementTemplate, data: Data): { title: string; blocks: Block[] } => ({
  title: fill(template.title, data),
  blocks: template.blocks
    .filter((block) => stands(block, data))
    .map((block): Block => {
      switch (block.kind) {
        case "facts":
          // An empty value means that the institution does not have it: the line is left out.
          return {
            kind: "facts",
            facts: block.facts.map((f) => ({ ...f, value: fill(f.value, data) })).filter((f) => f.value !== ""),
          };
        case "list": {
          const each = block.each ? data[block.each] : undefined;
          const items = Array.isArray(each)
            ? each.map((one) => fill(block.item ?? "", one))
            : (block.items ?? []).map((item) => fill(item, data));
          return { kind: "list", items, ...(block.numbered === undefined ? {} : { numbered: block.numbered }) };
        }
        case "signature":
          return { ...block, name: fill(block.name, data) };
        case "heading":
          return { kind: "heading", level: block.level, text: fill(block.text, data) };
        default:
          return { ...block, text: fill(block.text, data) };
      }
    }),
});
