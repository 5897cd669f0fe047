import type { DeclaredField, SettingsSchema, SettingsValues } from "@area/api";

/** What is typed in a form made from a schema: text for everything but a tick. */
export type Typed = Record<string, Record<string, string | boolean>>;

/** Title and description of something declared, in the reader's language where the product wrote it. */
export const textsOf = (
  one: { title: string; description?: string | undefined; "x-translations"?: Record<string, unknown> | undefined },
  language: string,
): { title: string; description?: string } =>
  (one["x-translations"]?.[language] as { title: string; description?: string } | undefined) ?? {
    title: one.title,
    ...(one.description ? { description: one.description } : {}),
  };

const typedOf = (field: DeclaredField, value: unknown): string | boolean =>
  field.type === "boolean"
    ? value === true
    : Array.isArray(value)
      ? value.join("\n")
      : value === undefined || value === null
        ? ""
        : String(value as string | number);
export const typedIn = (schema: SettingsSchema, values: SettingsValues | undefined): Typed =>
  Object.fromEntries(
    Object.entries(schema.properties).map(([name, step]) => [
      name,
      Object.fromEntries(
        Object.entries(step.properties).map(([field, declared]) => [field, typedOf(declared, values?.[name]?.[field])]),
      ),
    ]),
  );

const readTyped = (field: DeclaredField, typed: string | boolean | undefined): unknown => {
  if (field.type === "boolean") return typed === true ? true : field.const ? undefined : false;
  const text = String(typed ?? "").trim();
  if (text === "") return undefined;
  if (field.type === "array")
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  if (field.type === "string") return text;
  // A number that is not one is sent as it is: the refusal says so at its field.
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : text;
};
/** What goes out: fields left empty are absent. */
export const valuesOf = (schema: SettingsSchema, typed: Typed): SettingsValues =>
  Object.fromEntries(
    Object.entries(schema.properties).map(([name, step]) => [
      name,
      Object.fromEntries(
        Object.entries(step.properties).flatMap(([field, declared]) => {
          const value = readTyped(declared, typed[name]?.[field]);
          return value === undefined ? [] : [[field, value]];
        }),
      ) as SettingsValues[string],
    ]),
  );

/** A value as somebody reads it. */
export const said = (value: unknown, say: { yes: string; no: string }): string =>
  value === undefined
    ? ""
    : typeof value === "boolean"
      ? value
        ? say.yes
        : say.no
      : Array.isArray(value)
        ? value.join(", ")
        : String(value as string | number);
