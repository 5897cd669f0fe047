import type { Environment } from "@area/api";
import { useParams } from "@tanstack/react-router";

/** The environment is a word of the address: a link leads where it says, and nowhere else. */
const words = { collaudo: "test", produzione: "production" } as const satisfies Record<string, Environment>;
export type EnvironmentWord = keyof typeof words;
export const environmentWord: Record<Environment, EnvironmentWord> = { test: "collaudo", production: "produzione" };

/** Where one is working, on a page of something configured per environment; null elsewhere. */
export const useEnvironmentHere = (): Environment | null => {
  const { ambiente } = useParams({ strict: false }) as { ambiente?: string };
  return ambiente && ambiente in words ? words[ambiente as EnvironmentWord] : null;
};
export const useEnvironment = (): Environment => useEnvironmentHere() ?? "production";
