import { createHash, type KeyObject, verify, X509Certificate } from "node:crypto";
import { ExclusiveCanonicalization, type HashAlgorithm, type SignatureAlgorithm, SignedXml } from "xml-crypto";
import { algorithm, ns } from "./names.ts";
import type { XmlBounds } from "./xml-guard.ts";
import { attribute, childElements, everyElement, is, parseXml, textOf } from "./xml-tree.ts";

/**
 * Enveloped XML signatures, in the one shape SAML's metadata and SPID's rules allow. Whoever verifies gets back the
 * canonical bytes that were signed, parsed anew: nothing of the document as it arrived may be read afterwards.
 */
type Family = "rsa" | "ec";
type Signing = { family: Family; hash: string };

/** SHA-1, HMAC and everything else unnamed here does not exist (SPID rules, §1.1 "signature"). */
const signings = new Map<string, Signing>([
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", { family: "rsa", hash: "sha256" }],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", { family: "rsa", hash: "sha384" }],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", { family: "rsa", hash: "sha512" }],
  ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", { family: "ec", hash: "sha256" }],
  ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", { family: "ec", hash: "sha384" }],
  ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", { family: "ec", hash: "sha512" }],
]);
const digests = new Map<string, string>([
  ["http://www.w3.org/2001/04/xmlenc#sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#sha384", "sha384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "sha512"],
]);
const curves = new Set(["prime256v1", "secp384r1", "secp521r1"]);

/** Reading a certificate costs more than verifying with its key, and providers have few. */
const keysRead = new Map<string, KeyObject | undefined>();
const MOST_KEYS_READ = 500;

/** The public key of a certificate, when it is strong enough to be believed. */
export function keyOfCertificate(pem: string): KeyObject | undefined {
  if (keysRead.has(pem)) return keysRead.get(pem);
  if (keysRead.size >= MOST_KEYS_READ) keysRead.clear();
  const key = readKey(pem);
  keysRead.set(pem, key);
  return key;
}

function readKey(pem: string): KeyObject | undefined {
  try {
    const key = new X509Certificate(pem).publicKey;
    const details = key.asymmetricKeyDetails;
    if (key.asymmetricKeyType === "rsa") return (details?.modulusLength ?? 0) >= 2048 ? key : undefined;
    if (key.asymmetricKeyType === "ec") return curves.has(details?.namedCurve ?? "") ? key : undefined;
    return undefined;
  } catch {
    return undefined;
  }
}

/** IDs name what a signature covers: two elements with one ID are two readings of one signature. */
export function repeatedId(root: Element): string | undefined {
  const seen = new Set<string>();
  for (const element of everyElement(root)) {
    for (const candidate of Array.from(element.attributes)) {
      if (candidate.localName?.toLowerCase() !== "id" || candidate.namespaceURI === "http://www.w3.org/2000/xmlns/")
        continue;
      if (seen.has(candidate.value)) return candidate.value;
      seen.add(candidate.value);
    }
  }
  return undefined;
}

export type Verified = { ok: true; root: Element; canonical: string } | { ok: false; reason: string };

/**
 * Verifies the signature that is a direct child of `signed`, inside the document whose guarded text is `xml`, against
 * keys we already hold (KeyInfo is never looked at), and answers the signed element as the signer saw it.
 */
export function verifyEnveloped(
  xml: string,
  signed: Element,
  signature: Element,
  certificates: readonly string[],
  bounds: XmlBounds,
): Verified {
  const complaint = signatureShapeComplaint(signed, signature);
  if (complaint) return { ok: false, reason: complaint };
  const keys = certificates.map(keyOfCertificate).filter((key) => key !== undefined);
  if (keys.length === 0) return { ok: false, reason: "no usable certificate" };
  try {
    const read = partsOf(signature);
    const signedBytes = read.listsPrefixes
      ? libraryVerdict(xml, signature, keys)
      : verdict(signed, signature, read, keys);
    if (!signedBytes.ok) return signedBytes;
    const { canonical } = signedBytes;
    const { root } = parseXml(canonical, { ...bounds, characters: bounds.characters * 2, comments: "refused" });
    const same =
      root.namespaceURI === signed.namespaceURI &&
      root.localName === signed.localName &&
      attribute(root, "ID") === attribute(signed, "ID");
    return same ? { ok: true, root, canonical } : { ok: false, reason: "signed bytes are of another element" };
  } catch (thrown) {
    return { ok: false, reason: (thrown instanceof Error ? thrown.message : "not verifiable").slice(0, 200) };
  }
}

type SignedBytes = { ok: true; canonical: string } | { ok: false; reason: string };

/** What a signature of the one allowed shape says. */
function partsOf(signature: Element) {
  const [signedInfo, value] = childElements(signature) as [Element, Element];
  const [, method, reference] = childElements(signedInfo) as [Element, Element, Element];
  const [transforms, digest, digestValue] = childElements(reference) as [Element, Element, Element];
  return {
    signedInfo,
    signing: signings.get(attribute(method, "Algorithm") ?? "")!,
    value: textOf(value)!,
    hash: digests.get(attribute(digest, "Algorithm") ?? "")!,
    digest: Buffer.from(textOf(digestValue)!, "base64"),
    listsPrefixes: childElements(transforms).some((transform) => childElements(transform).length > 0),
  };
}

/**
 * The shape leaves nothing to interpret: the parent without this signature, canonical, has the digest, and SignedInfo,
 * canonical, has the value. The library's canonicalization, and none of its searches, which cost most of a login.
 */
function verdict(
  signed: Element,
  signature: Element,
  { signedInfo, signing, value, hash, digest }: ReturnType<typeof partsOf>,
  keys: readonly KeyObject[],
): SignedBytes {
  const after = signature.nextSibling;
  signed.removeChild(signature);
  let canonical: string;
  try {
    canonical = canonicalized(signed);
  } finally {
    signed.insertBefore(signature, after);
  }
  if (!createHash(hash).update(canonical, "utf8").digest().equals(digest))
    return { ok: false, reason: "digest does not match" };
  if (!isSignedBy(keys, signing, canonicalized(signedInfo), value))
    return { ok: false, reason: "value does not verify" };
  return { ok: true, canonical };
}

const canonicalized = (element: Element): string => new ExclusiveCanonicalization().process(element, {}).toString();

/** The whole of it by the library: for lists of prefixes, and in the tests beside our own verdict on everything else. */
export function libraryVerdict(xml: string, signature: Element, keys: readonly KeyObject[]): SignedBytes {
  const verifier = new SignedXml({ publicCert: keys[0]! });
  verifier.idAttributes = ["ID"];
  verifier.SignatureAlgorithms = Object.fromEntries(
    [...signings].map(([name, signing]) => [name, verifying(name, signing, keys)]),
  );
  verifier.HashAlgorithms = Object.fromEntries([...digests].map(([name, hash]) => [name, digesting(name, hash)]));
  verifier.CanonicalizationAlgorithms = only(verifier.CanonicalizationAlgorithms, [
    algorithm.exclusive,
    algorithm.enveloped,
  ]);
  verifier.loadSignature(signature);
  try {
    if (!verifier.checkSignature(xml)) return { ok: false, reason: "digest does not match" };
  } catch (thrown) {
    if (thrown instanceof Error && thrown.message.includes("the signature value"))
      return { ok: false, reason: "value does not verify" };
    throw thrown;
  }
  const [canonical, ...others] = verifier.getSignedReferences();
  if (canonical === undefined || others.length > 0) return { ok: false, reason: "not exactly one signed reference" };
  return { ok: true, canonical };
}

const base64Value = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const identifier = /^[A-Za-z_][A-Za-z0-9_.-]{0,255}$/;

/** NCName in plain letters: also what keeps an ID harmless inside the XPath the library builds from it. */
export const isIdentifier = (text: string | undefined): text is string => text !== undefined && identifier.test(text);

/**
 * One SignedInfo, one Reference to the parent, the two transforms in their order, nothing else: the library looks for
 * some of these names anywhere below Signature, so there must be one of each and only where it belongs.
 */
function signatureShapeComplaint(signed: Element, signature: Element): string | undefined {
  if (signature.parentNode !== signed) return "signature is not a child of what it signs";
  const [signedInfo, value, keyInfo, ...more] = childElements(signature);
  if (!signedInfo || !is(signedInfo, ns.signature, "SignedInfo")) return "SignedInfo missing";
  if (!value || !is(value, ns.signature, "SignatureValue")) return "SignatureValue missing";
  if (more.length > 0 || (keyInfo && !is(keyInfo, ns.signature, "KeyInfo"))) return "unexpected part of Signature";
  if (!isBase64(value)) return "SignatureValue is not base64";
  const [canonicalization, method, reference, ...otherReferences] = childElements(signedInfo);
  if (!isMethod(canonicalization, "CanonicalizationMethod", (name) => name === algorithm.exclusive))
    return "canonicalization not allowed";
  if (!isMethod(method, "SignatureMethod", (name) => signings.has(name))) return "signature algorithm not allowed";
  if (!reference || !is(reference, ns.signature, "Reference") || otherReferences.length > 0)
    return "not exactly one Reference";
  const id = attribute(signed, "ID");
  if (!isIdentifier(id) || attribute(reference, "URI") !== `#${id}`) return "Reference is not to the parent";
  const [transforms, digest, digestValue, ...rest] = childElements(reference);
  if (!transforms || !is(transforms, ns.signature, "Transforms")) return "Transforms missing";
  if (!isMethod(digest, "DigestMethod", (name) => digests.has(name))) return "digest algorithm not allowed";
  if (!digestValue || !is(digestValue, ns.signature, "DigestValue") || !isBase64(digestValue) || rest.length > 0)
    return "DigestValue missing";
  const [enveloped, exclusive, ...otherTransforms] = childElements(transforms);
  const isAllowed =
    isMethod(enveloped, "Transform", (name) => name === algorithm.enveloped) &&
    isMethod(exclusive, "Transform", (name) => name === algorithm.exclusive, true) &&
    otherTransforms.length === 0;
  return isAllowed ? undefined : "transform not allowed";
}

function isMethod(
  element: Element | undefined,
  localName: string,
  isAllowed: (algorithmName: string) => boolean,
  mayListPrefixes = false,
): boolean {
  if (!element || !is(element, ns.signature, localName) || !isAllowed(attribute(element, "Algorithm") ?? ""))
    return false;
  const [prefixes, ...more] = childElements(element);
  if (!prefixes) return textOf(element) === "";
  // A list without end would be walked once per attribute, before any key is tried.
  const list = attribute(prefixes, "PrefixList") ?? "";
  const isShort = /^[A-Za-z0-9_.# -]{0,200}$/.test(list);
  return mayListPrefixes && isShort && more.length === 0 && is(prefixes, algorithm.exclusive, "InclusiveNamespaces");
}

function isBase64(element: Element): boolean {
  const text = textOf(element)?.replace(/[ \t\r\n]/g, "");
  return text !== undefined && text !== "" && base64Value.test(text);
}

function only<T>(all: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

/** True when one of the keys made that signature: a provider publishes several while it rolls over (§1.4). */
function isSignedBy(keys: readonly KeyObject[], signing: Signing, material: string, signatureValue: string): boolean {
  const options = (key: KeyObject) => (signing.family === "ec" ? ({ key, dsaEncoding: "ieee-p1363" } as const) : key);
  return keys.some(
    (key) =>
      key.asymmetricKeyType === signing.family &&
      verify(signing.hash, Buffer.from(material), options(key), Buffer.from(signatureValue, "base64")),
  );
}

/**
 * The Redirect binding signs the query as it travelled (SAML bindings 3.4.4.1), so it is checked letter by letter and
 * never decoded and encoded again. Answers the message's base64, or nothing.
 */
export function verifyQuery(query: string, parameter: string, certificates: readonly string[]): string | undefined {
  const pairs = query.split("&", 10).map((pair) => /^([^=]*)=?(.*)$/s.exec(pair));
  const raw = new Map(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
  const signing = signings.get(decoded(raw.get("SigAlg")));
  if (raw.size !== pairs.length || !signing) return undefined;
  const signed = [parameter, "RelayState", "SigAlg"]
    .filter((name) => raw.has(name))
    .map((name) => `${name}=${raw.get(name)}`);
  const keys = certificates.map(keyOfCertificate).filter((key) => key !== undefined);
  return isSignedBy(keys, signing, signed.join("&"), decoded(raw.get("Signature")))
    ? decoded(raw.get(parameter))
    : undefined;
}

function decoded(raw: string | undefined): string {
  try {
    return decodeURIComponent(raw ?? "");
  } catch {
    return "";
  }
}

// The library wants constructors, and the key it hands over is not looked at: ours are tried one after the other.
function verifying(name: string, signing: Signing, keys: readonly KeyObject[]): new () => SignatureAlgorithm {
  return class implements SignatureAlgorithm {
    getAlgorithmName = () => name;
    getSignature = (): string => {
      throw new Error("verification only");
    };
    verifySignature = (material: string, _key: unknown, signatureValue: string): boolean =>
      isSignedBy(keys, signing, material, signatureValue);
  };
}

function digesting(name: string, hash: string): new () => HashAlgorithm {
  return class implements HashAlgorithm {
    getAlgorithmName = () => name;
    getHash = (xml: string): string => createHash(hash).update(xml, "utf8").digest("base64");
  };
}

/** Signs the root of a document of ours; the signature goes where the schema wants it. */
export function signRoot(
  xml: string,
  key: { privateKeyPem: string; certificatePem: string },
  place: { reference: string; action: "before" | "after" },
): string {
  const signer = new SignedXml({
    privateKey: key.privateKeyPem,
    publicCert: key.certificatePem,
    signatureAlgorithm: algorithm.rsaSha256,
    canonicalizationAlgorithm: algorithm.exclusive,
  });
  signer.idAttributes = ["ID"];
  signer.addReference({
    xpath: "/*",
    transforms: [algorithm.enveloped, algorithm.exclusive],
    digestAlgorithm: algorithm.sha256,
  });
  signer.computeSignature(xml, { prefix: "ds", location: place });
  return signer.getSignedXml();
}
