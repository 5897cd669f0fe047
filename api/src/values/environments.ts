import { z } from "zod";

/** Where something configured on a product holds: rehearsed with the platform's test systems, or live. */
export const environments = ["test", "production"] as const;
export type Environment = (typeof environments)[number];
export const Environment = z
  .enum(environments)
  .describe(
    "Ambiente: `test` (Collaudo) o `production` (Produzione). Sempre da indicare: nessuno dei due è sottinteso",
  );
