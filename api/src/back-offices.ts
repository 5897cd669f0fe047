import { z } from "zod";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Environment, Instant } from "./values/index.ts";

/** "Gestisci": the way into the back office of a product that runs its own, with a short token made for it alone. */
export const backOffices = {
  enter: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/products/:productId/back-office-entry",
    summary: "Entra nel back office di un prodotto",
    description:
      "Un token d’identità per quel back office soltanto, che vale due minuti: chi è, per quale ente, con quali ruoli e per quale delega. Il suo `jti` lo fa accettare una volta sola. Viaggia nel frammento dell’indirizzo, che nessun server registra.",
    source: "OpenID Connect Core 1.0, §2; RFC 7519; RFC 8725",
    needs: "product:back-office:read",
    params: AtInstitution.extend({ productId: z.string().max(40) }),
    body: z.object({ environment: Environment }),
    result: z.object({
      url: z.string().describe("Dove andare, con il token nel frammento `selfcareToken`"),
      expiresAt: Instant,
    }),
    once: ["url"],
    problems: ["product-not-active", "product-without-back-office"],
    example: { body: { environment: "test" } },
  }),
  keys: endpoint({
    method: "GET",
    path: "/back-office-keys",
    summary: "Le chiavi pubbliche con cui si controllano i token dei back office",
    description:
      "Una chiave nuova compare qui un giorno prima di firmare, e una vecchia vi resta un giorno dopo l’ultima firma.",
    source: "RFC 7517",
    needs: "nobody",
    result: z.object({
      keys: z.array(
        z.object({
          kty: z.string(),
          n: z.string(),
          e: z.string(),
          kid: z.string(),
          alg: z.string(),
          use: z.string(),
        }),
      ),
    }),
    problems: [],
    example: {},
  }),
};
