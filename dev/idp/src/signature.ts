import { createSign, createVerify } from "node:crypto";
import { SignedXml } from "xml-crypto";
import { certificateBody, type SigningKey } from "./keys.ts";
import { attribute, children, NS, parseXml } from "./xml.ts";

const EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512";
// SHA-1 never (SPID technical rules, Avviso 1); sha384 is also allowed on the query string.
const QUERY_ALGORITHMS: Record<string, string> = {
  [RSA_SHA256]: "RSA-SHA256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": "RSA-SHA384",
  [RSA_SHA512]: "RSA-SHA512",
};

/** Signs the element with this ID, enveloped; the signature goes right after its Issuer, or first when it has none. */
export function signElement(xmlText: string, id: string, key: SigningKey, afterIssuer = true): string {
  const target = `//*[@ID='${id}']`;
  const signer = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXC_C14N,
    getKeyInfoContent: () =>
      `<ds:X509Data><ds:X509Certificate>${certificateBody(key.certificate)}</ds:X509Certificate></ds:X509Data>`,
  });
  signer.addReference({ xpath: target, transforms: [ENVELOPED, EXC_C14N], digestAlgorithm: SHA256, uri: `#${id}` });
  signer.computeSignature(xmlText, {
    prefix: "ds",
    location: afterIssuer
      ? { reference: `${target}/*[local-name()='Issuer']`, action: "after" }
      : { reference: target, action: "prepend" },
  });
  return signer.getSignedXml();
}

/**
 * The signed bytes of an enveloped signature over the whole document, re-parsed, or undefined when the signature is
 * missing or does not hold. What is verified is what is read: callers never look at the original document again.
 */
export function verifyDocument(xmlText: string, certificates: readonly string[]): Element | undefined {
  const root = parseXml(xmlText);
  const signatures = root.getElementsByTagNameNS(NS.signature, "Signature");
  const signature = children(root, NS.signature, "Signature")[0];
  if (!signature || signatures.length !== 1) return undefined;
  if (!soundShape(signature, attribute(root, "ID"))) return undefined;
  for (const certificate of certificates) {
    // The key comes from the metadata, never from the KeyInfo of the message.
    const verifier = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
    try {
      verifier.loadSignature(signature);
      if (!verifier.checkSignature(xmlText)) continue;
      const [signed, ...others] = verifier.getSignedReferences();
      if (signed && others.length === 0) return parseXml(signed);
    } catch {
      // Not this key.
    }
  }
  return undefined;
}

function soundShape(signature: Element, id: string | undefined): boolean {
  const all = (name: string) => Array.from(signature.getElementsByTagNameNS(NS.signature, name));
  const [reference, ...others] = all("Reference");
  if (!id || !reference || others.length > 0 || reference.getAttribute("URI") !== `#${id}`) return false;
  if (all("SignedInfo").length !== 1) return false;
  const only = (names: string[], allowed: string[]) => {
    const used = names.flatMap(all).map((element) => element.getAttribute("Algorithm") ?? "");
    return used.length > 0 && used.every((algorithm) => allowed.includes(algorithm));
  };
  return (
    only(["SignatureMethod"], [RSA_SHA256, RSA_SHA512]) &&
    only(["DigestMethod"], [SHA256, SHA512]) &&
    only(["Transform", "CanonicalizationMethod"], [ENVELOPED, EXC_C14N])
  );
}

/** Redirect binding: the signature covers the bytes of the query string as they came, in the order of the rules. */
export function verifyQuery(signed: string, algorithm: string, signature: string, certificates: readonly string[]) {
  const name = QUERY_ALGORITHMS[algorithm];
  if (!name) return false;
  return certificates.some((certificate) => {
    try {
      return createVerify(name).update(signed).verify(certificate, signature, "base64");
    } catch {
      return false;
    }
  });
}

export function signQuery(query: string, key: SigningKey): string {
  const signed = `${query}&SigAlg=${encodeURIComponent(RSA_SHA256)}`;
  const signature = createSign("RSA-SHA256").update(signed).sign(key.privateKey, "base64");
  return `${signed}&Signature=${encodeURIComponent(signature)}`;
}
