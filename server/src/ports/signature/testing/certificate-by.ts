import { generateKeyPairSync } from "node:crypto";
import { childrenOf, concat, der, oid, sequence } from "@area/dev-signing-desk/src/der.ts";
import type { Signer } from "@area/dev-signing-desk/src/index.ts";

/** The same certificate over, for another key, with `issuer` as the one who signed it. */
export const certificateBy = (issuer: Signer, signTbs: (tbs: Uint8Array) => Uint8Array): Signer => {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [tbs = new Uint8Array()] = childrenOf(issuer.certificate);
  const [
    version = new Uint8Array(),
    serial = new Uint8Array(),
    algorithm = new Uint8Array(),
    ,
    validity = new Uint8Array(),
    subject = new Uint8Array(),
  ] = childrenOf(tbs);
  const extensions = childrenOf(tbs).at(-1) ?? new Uint8Array();
  const other = Uint8Array.from(serial);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  const body = sequence(
    version,
    other,
    algorithm,
    subject,
    validity,
    subject,
    new Uint8Array(keys.publicKey.export({ type: "spki", format: "der" })),
    extensions,
  );
  const bits = der(0x03, Uint8Array.of(0), signTbs(body));
  const certificate = sequence(body, sequence(oid("1.2.840.10045.4.3.2")), bits);
  return {
    ...issuer,
    certificate: concat(certificate),
    chain: [issuer.certificate, ...issuer.chain],
    privateKey: keys.privateKey,
  };
};
