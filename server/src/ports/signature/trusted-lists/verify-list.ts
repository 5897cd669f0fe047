import { createHash, type KeyObject, verify, X509Certificate } from "node:crypto";
import { type HashAlgorithm, type SignatureAlgorithm, SignedXml } from "xml-crypto";
import type { XmlBounds } from "../../identity/xml-guard.ts";
import { attribute, childElements, children, everyElement, is, parseXml, textOf } from "../../identity/xml-tree.ts";

/*
 * The signature of a trusted list (ETSI TS 119 612, 5.7 and Annex B): XAdES, enveloped, over the whole document, by one of
 * the certificates that the list above announced (or, for the list of lists, that the operator pinned). What is read
 * afterwards are the canonical bytes that were signed, and nothing of the document as it arrived.
 */
export const listNamespace = "http://uri.etsi.org/02231/v2#";
const ds = "http://www.w3.org/2000/09/xmldsig#";
const xades = "http://uri.etsi.org/01903/v1.3.2#";
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = `${ds}enveloped-signature`;
const signedProperties = "http://uri.etsi.org/01903#SignedProperties";

/** National lists weigh up to some megabytes. */
export const listBounds: XmlBounds = {
  characters: 24 * 1024 * 1024,
  depth: 40,
  elements: 600_000,
  attributesPerElement: 16,
  attributes: 600_000,
  comments: "dropped",
};

export type ListFailure = "unreadable" | "signature" | "signer-unknown" | "not-a-list";
export class ListProblem extends Error {
  override readonly name = "ListProblem";
  constructor(
    readonly why: ListFailure,
    readonly detail: string,
  ) {
    super(`${why}: ${detail}`.slice(0, 300));
  }
}

type Family = "rsa" | "ec";
const more = "http://www.w3.org/2001/04/xmldsig-more#";
const signings = new Map<string, { family: Family; hash: string; pss?: true }>(
  (["256", "384", "512"] as const).flatMap((size) => [
    [`${more}rsa-sha${size}`, { family: "rsa", hash: `sha${size}` }],
    [`${more}ecdsa-sha${size}`, { family: "ec", hash: `sha${size}` }],
    [`http://www.w3.org/2007/05/xmldsig-more#sha${size}-rsa-MGF1`, { family: "rsa", hash: `sha${size}`, pss: true }],
  ]),
);
const digests = new Map<string, string>([
  ["http://www.w3.org/2001/04/xmlenc#sha256", "sha256"],
  [`${more}sha384`, "sha384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "sha512"],
]);

const algorithmOf = (element: Element | undefined): string => (element ? (attribute(element, "Algorithm") ?? "") : "");

/** One SignedInfo with two references: the whole document by the two transforms, and the signed properties. */
const shapeComplaint = (root: Element, signature: Element): string | null => {
  const [info, value, keyInfo, object, ...others] = childElements(signature);
  if (!info || !is(info, ds, "SignedInfo") || !value || !is(value, ds, "SignatureValue")) return "no SignedInfo";
  if (!keyInfo || !is(keyInfo, ds, "KeyInfo") || !object || !is(object, ds, "Object") || others.length > 0)
    return "KeyInfo or Object missing";
  const [canonicalization, method, ...references] = childElements(info);
  if (algorithmOf(canonicalization) !== exclusive) return "canonicalization";
  if (!signings.has(algorithmOf(method))) return "signature algorithm";
  if (references.length !== 2 || !references.every((one) => is(one, ds, "Reference"))) return "not two references";
  const whole = references.find((one) => attribute(one, "URI") === "");
  const properties = references.find((one) => attribute(one, "Type") === signedProperties);
  if (!whole || !properties || whole === properties) return "references to something else";
  for (const one of references) {
    const digest = children(one, ds, "DigestMethod");
    if (digest.length !== 1 || !digests.has(algorithmOf(digest[0]))) return "digest algorithm";
    const transforms = children(one, ds, "Transforms").flatMap(childElements).map(algorithmOf);
    const allowed = one === whole ? [enveloped, exclusive] : [exclusive];
    if (transforms.join(" ") !== allowed.join(" ") && !(one === properties && transforms.length === 0))
      return "transforms";
  }
  const id = (attribute(properties, "URI") ?? "").slice(1);
  if (!/^[A-Za-z_][\w.-]{0,200}$/.test(id)) return "reference to the properties";
  const named = [...everyElement(root)].filter((one) => attribute(one, "Id") === id || attribute(one, "ID") === id);
  const [target, ...doubles] = named;
  return target && is(target, xades, "SignedProperties") && doubles.length === 0 ? null : "signed properties";
};

const isStrong = (key: KeyObject): boolean =>
  key.asymmetricKeyType === "ec" ||
  (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048);

const derOf = (element: Element): Buffer | null => {
  const text = textOf(element)?.replace(/\s/g, "");
  return text && /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : null;
};

/** XAdES binds the certificate into what is signed (ETSI EN 319 132-1, 5.2.2): the digest there must be of the one used. */
const bindsCertificate = (properties: Element, certificate: Buffer): boolean =>
  [...everyElement(properties)]
    .filter((one) => is(one, xades, "CertDigest"))
    .slice(0, 5)
    .some((one) => {
      const [method, value] = childElements(one);
      const hash = digests.get(algorithmOf(method));
      const told = value && derOf(value);
      return hash !== undefined && told?.equals(createHash(hash).update(certificate).digest()) === true;
    });

export interface VerifiedList {
  root: Element;
  /** Who signed: one of the certificates given. */
  signer: X509Certificate;
}

/**
 * Verifies a list and answers what was signed.
 * @param signers certificates in DER that may sign it
 * @throws ListProblem
 */
export const verifyList = (source: string, signers: readonly Uint8Array[]): VerifiedList => {
  let parsed: ReturnType<typeof parseXml>;
  try {
    // Some lists carry the address of a style sheet for people: it is outside what is signed.
    parsed = parseXml(source.replace(/^\uFEFF/, "").replace(/<\?xml-stylesheet[^<>]{0,500}\?>/, ""), listBounds);
  } catch (problem) {
    throw new ListProblem("unreadable", problem instanceof Error ? problem.message : "?");
  }
  const { root, xml } = parsed;
  if (!is(root, listNamespace, "TrustServiceStatusList")) throw new ListProblem("not-a-list", root.localName ?? "");
  const [signature, ...others] = children(root, ds, "Signature");
  if (!signature || others.length > 0) throw new ListProblem("signature", "not exactly one");
  const complaint = shapeComplaint(root, signature);
  if (complaint) throw new ListProblem("signature", complaint);

  const carried = [...everyElement(signature)].filter((one) => is(one, ds, "X509Certificate")).map(derOf);
  const trusted = signers.map((one) => Buffer.from(one));
  const der = carried.find((one) => one && trusted.some((known) => known.equals(one)));
  if (!der) throw new ListProblem("signer-unknown", "signed by a certificate that was not announced");
  const signer = new X509Certificate(der);
  const key = signer.publicKey;
  if (!isStrong(key)) throw new ListProblem("signature", "weak key");

  let signed: string[];
  try {
    const verifier = new SignedXml({ publicCert: key });
    verifier.idAttributes = ["Id", "ID"];
    verifier.SignatureAlgorithms = Object.fromEntries(
      [...signings].map(([name, { family, hash, pss }]) => [
        name,
        class implements SignatureAlgorithm {
          getAlgorithmName = () => name;
          getSignature = () => {
            throw new Error("lists are not signed here");
          };
          verifySignature = (material: string, _key: unknown, value: string) =>
            key.asymmetricKeyType === family &&
            verify(
              hash,
              Buffer.from(material),
              {
                key,
                ...(family === "ec" ? { dsaEncoding: "ieee-p1363" as const } : {}),
                ...(pss ? { padding: 6, saltLength: Number(hash.slice(3)) / 8 } : {}),
              },
              Buffer.from(value, "base64"),
            );
        },
      ]),
    ) as unknown as SignedXml["SignatureAlgorithms"];
    verifier.HashAlgorithms = Object.fromEntries(
      [...digests].map(([name, hash]) => [
        name,
        class implements HashAlgorithm {
          getAlgorithmName = () => name;
          getHash = (text: string) => createHash(hash).update(text, "utf8").digest("base64");
        },
      ]),
    ) as unknown as SignedXml["HashAlgorithms"];
    verifier.loadSignature(signature);
    if (!verifier.checkSignature(xml)) throw new Error("digest does not match");
    signed = verifier.getSignedReferences();
  } catch (problem) {
    throw new ListProblem("signature", problem instanceof Error ? problem.message : "?");
  }
  const roots = signed.map(
    (canonical) =>
      parseXml(canonical, { ...listBounds, characters: listBounds.characters * 2, comments: "refused" }).root,
  );
  const list = roots.find((one) => is(one, listNamespace, "TrustServiceStatusList"));
  const properties = roots.find((one) => is(one, xades, "SignedProperties"));
  if (!list || !properties) throw new ListProblem("signature", "signed bytes are of something else");
  if (!bindsCertificate(properties, der)) throw new ListProblem("signature", "certificate not bound");
  return { root: list, signer };
};
