import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FederationKeys, publicPart, seconds, sign } from "./keys.ts";

/*
 * The anchor of the federation: says who the provider is, gives the marks, and admits services at once, without papers. What
 * a service must receive by another way than the net, it writes into files: its own public keys, and the marks given out.
 */
export const STATEMENT = "entity-statement+jwt";
const DAY = 86_400;

export interface Anchor {
  id: string;
  configuration(): Promise<string>;
  /** What it says about one of its own; undefined about anybody else. */
  statement(subject: string): Promise<string | undefined>;
  list(): string[];
  providerMark(): Promise<{ id: string; trust_mark: string }>;
}

export async function openAnchor(options: {
  origin: string;
  providerId: string;
  clients: readonly string[];
  keys: FederationKeys;
  dataDir: string;
}): Promise<Anchor> {
  const { origin, providerId, clients, keys, dataDir } = options;
  const id = `${origin}/openid/anchor`;
  const markIds = { provider: `${id}/marks/openid_provider`, client: `${id}/marks/openid_relying_party` };
  const life = (days: number) => ({ iat: seconds(), exp: seconds() + days * DAY });
  const mark = async (kind: keyof typeof markIds, subject: string) => ({
    id: markIds[kind],
    trust_mark: await sign(
      keys.anchor,
      { iss: id, sub: subject, id: markIds[kind], organization_type: "public", ...life(365) },
      "trust-mark+jwt",
    ),
  });
  writeFileSync(join(dataDir, "openid-anchor.jwks.json"), JSON.stringify({ keys: [publicPart(keys.anchor)] }));
  writeFileSync(
    join(dataDir, "openid-trust-marks.json"),
    JSON.stringify(await Promise.all(clients.slice(0, 1).map((client) => mark("client", client)))),
  );
  return {
    id,
    list: () => [providerId],
    providerMark: () => mark("provider", providerId),
    configuration: () =>
      sign(
        keys.anchor,
        {
          iss: id,
          sub: id,
          ...life(2),
          jwks: { keys: [publicPart(keys.anchor)] },
          metadata: {
            federation_entity: {
              organization_name: "DEV Federazione CIE",
              federation_fetch_endpoint: `${id}/fetch`,
              federation_list_endpoint: `${id}/list`,
            },
          },
          trust_mark_issuers: { [markIds.provider]: [id], [markIds.client]: [id] },
        },
        STATEMENT,
      ),
    statement: async (subject) =>
      subject === providerId
        ? sign(
            keys.anchor,
            {
              iss: id,
              sub: subject,
              ...life(1),
              jwks: { keys: [publicPart(keys.provider)] },
              metadata_policy: {
                openid_provider: {
                  id_token_signing_alg_values_supported: { subset_of: ["RS256", "RS512", "ES256", "PS256"] },
                  response_types_supported: { value: ["code"] },
                },
              },
            },
            STATEMENT,
          )
        : undefined,
  };
}
