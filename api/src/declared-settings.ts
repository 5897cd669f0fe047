import { z } from "zod";
import { Day, Email, Iban, rule, TaxCode } from "./values/index.ts";

/*
 * What a product asks an institution to set, declared by the product itself as JSON Schema (2020-12): the part of it that a form
 * can show and a person can fill. Each property of the schema is a step of the integration, an object; its properties are the
 * fields. A validator of JSON Schema reads it too.
 */
const Name = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const Texts = {
  title: z.string().min(1).max(100),
  description: z.string().max(500).optional(),
  "x-translations": z
    .partialRecord(
      z.enum(["en", "de", "fr", "sl"]),
      z.object({ title: z.string().min(1).max(100), description: z.string().max(500).optional() }).strict(),
    )
    .optional()
    .describe("Titolo e descrizione nelle altre lingue; senza, si leggono in italiano"),
};

/** Forms of text that the portal checks as it does everywhere. */
export const declaredFormats = ["email", "uri", "hostname", "date", "iban", "tax-code"] as const;
const StringField = z
  .object({
    ...Texts,
    type: z.literal("string"),
    format: z.enum(declaredFormats).optional(),
    enum: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
    minLength: z.number().int().min(0).max(2000).optional(),
    maxLength: z.number().int().min(1).max(2000).default(300),
  })
  .strict();
const NumberField = z
  .object({
    ...Texts,
    type: z.enum(["integer", "number"]),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  })
  .strict();
const BooleanField = z
  .object({
    ...Texts,
    type: z.literal("boolean"),
    const: z.literal(true).optional().describe("Una conferma: vale solo se c’è"),
  })
  .strict();
const ListField = z
  .object({
    ...Texts,
    type: z.literal("array"),
    items: StringField.omit({ title: true, description: true, "x-translations": true }),
    minItems: z.number().int().min(0).max(50).default(0),
    maxItems: z.number().int().min(1).max(50).default(20),
    uniqueItems: z.literal(true),
  })
  .strict();
const Field = z.discriminatedUnion("type", [StringField, NumberField, BooleanField, ListField]);
export type DeclaredField = z.output<typeof Field>;

/** JSON has no order of properties once it is stored: the order in which they are asked is written beside them. */
const ordered = (value: { properties: Record<string, unknown>; "x-order": string[]; required: string[] }) => {
  const names = Object.keys(value.properties).sort();
  return [...value["x-order"]].sort().join() === names.join() && value.required.every((name) => names.includes(name));
};
const ORDER = { message: "x-order names every property once, and required only what is there" };
const Step = z
  .object({
    ...Texts,
    type: z.literal("object"),
    properties: z.record(Name, Field),
    required: z.array(Name).default([]),
    additionalProperties: z.literal(false),
    "x-order": z.array(Name).min(1).max(40),
  })
  .strict()
  .refine(ordered, ORDER);
export type DeclaredStep = z.output<typeof Step>;

export const SettingsSchema = z
  .object({
    $schema: z.literal("https://json-schema.org/draft/2020-12/schema"),
    type: z.literal("object"),
    properties: z.record(Name, Step),
    required: z.array(Name).default([]),
    additionalProperties: z.literal(false),
    "x-order": z.array(Name).min(1).max(12).describe("I passi, nell’ordine in cui si fanno"),
  })
  .strict()
  .refine(ordered, ORDER)
  .meta({ id: "SettingsSchema" });
export type SettingsSchema = z.output<typeof SettingsSchema>;

export const DeclaredSettings = z.object({
  schema: SettingsSchema,
  review: z
    .enum(["none", "staff"])
    .default("none")
    .describe("staff = in Produzione una modifica vale quando il personale l’ha vista"),
});

const hostname = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;
const isWebAddress = (text: string): boolean => {
  try {
    const { protocol, username, hash } = new URL(text);
    return protocol === "https:" && username === "" && hash === "";
  } catch {
    return false;
  }
};
const formats: Record<(typeof declaredFormats)[number], z.ZodType<string, string>> = {
  email: Email,
  uri: z.string().refine(isWebAddress, rule("wrong-format")),
  hostname: z.string().regex(hostname),
  date: Day,
  iban: Iban,
  "tax-code": TaxCode,
};

const typeOfString = (f: Omit<z.output<typeof StringField>, "title">): z.ZodType => {
  if (f.enum) return z.enum(f.enum as [string, ...string[]]);
  const text = z
    .string()
    .min(f.minLength ?? 0)
    .max(f.maxLength)
    .refine((t) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(t) && t.isWellFormed(), rule("wrong-format"));
  return f.format ? text.pipe(formats[f.format]) : text;
};
const typeOf = (f: DeclaredField): z.ZodType => {
  switch (f.type) {
    case "string":
      return typeOfString(f);
    case "boolean":
      return f.const ? z.literal(true) : z.boolean();
    case "array":
      return z
        .array(typeOfString(f.items))
        .min(f.minItems)
        .max(f.maxItems)
        .refine((all) => new Set(all.map(String)).size === all.length, rule("not-allowed"));
    default: {
      const number = f.type === "integer" ? z.int() : z.number();
      return number.min(f.minimum ?? -1e12).max(f.maximum ?? 1e12);
    }
  }
};

/** A field that is absent or empty is not filled yet. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
const withoutEmpty = (values: unknown): unknown =>
  typeof values === "object" && values !== null && !Array.isArray(values)
    ? Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))
    : values;

/**
 * The values of a schema as a type. `whole`: every step and field that is required is there, as when they are to hold; otherwise
 * what is there is right, and the rest may follow.
 */
export const typeOfSettings = (schema: SettingsSchema, { whole }: { whole: boolean }) =>
  z.preprocess(
    (values) => withoutEmpty(values),
    z.strictObject(
      Object.fromEntries(
        Object.entries(schema.properties).map(([name, step]) => {
          const fields = z.preprocess(
            withoutEmpty,
            z.strictObject(
              Object.fromEntries(
                Object.entries(step.properties).map(([field, declared]) => [
                  field,
                  whole && step.required.includes(field) ? typeOf(declared) : typeOf(declared).optional(),
                ]),
              ),
            ),
          );
          return [name, whole && schema.required.includes(name) ? fields : fields.optional()];
        }),
      ),
    ),
  );
export type SettingsValues = Record<string, Record<string, string | number | boolean | string[]>>;

/** Which steps are done: what they require is there and right. */
export const stepsDone = (schema: SettingsSchema, values: SettingsValues): string[] =>
  schema["x-order"].filter((name) => {
    const one = { ...schema, properties: { [name]: schema.properties[name]! }, required: [name], "x-order": [name] };
    return typeOfSettings(one, { whole: true }).safeParse({ [name]: values[name] ?? {} }).success;
  });
