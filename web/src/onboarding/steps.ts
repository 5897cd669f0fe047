import type { AnswerOf, api } from "@area/api";
import type { UseFormReturn } from "react-hook-form";
import type { ItemOf } from "../kit/call.ts";
import type { Typed } from "./content.ts";

export type Product = ItemOf<typeof api.products.list>;
export type RegistryBody = AnswerOf<typeof api.registries.read>;
export type Form = UseFormReturn<Typed>;

/** The registry's own pages, where a body mends its data. */
export const REGISTRY = "https://indicepa.gov.it/ipa-portale/";
