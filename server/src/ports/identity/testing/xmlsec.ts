import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A second opinion on signatures, from a reader that shares no code with ours. */
export const xmlsecIsHere = ((): boolean => {
  try {
    execFileSync("xmlsec1", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** The title says why the test was skipped, where it was. */
export const secondOpinion = (title: string): string =>
  xmlsecIsHere ? `${title} (xmlsec1 agrees)` : `${title} (skipped: xmlsec1 is not installed)`;

export function xmlsecVerifies(xml: string, certificatePem: string, idElement: string): boolean {
  return withFiles({ "signed.xml": xml, "certificate.pem": certificatePem }, (at) => {
    const args = [
      "--verify",
      "--id-attr:ID",
      idElement,
      "--pubkey-cert-pem",
      at("certificate.pem"),
      "--enabled-key-data",
      "rsa",
    ];
    try {
      execFileSync("xmlsec1", [...args, at("signed.xml")], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

/** Signs a document that already holds an empty signature template. */
export function xmlsecSigns(xml: string, privateKeyPem: string, idElement: string): string {
  return withFiles({ "template.xml": xml, "key.pem": privateKeyPem }, (at) =>
    execFileSync("xmlsec1", ["--sign", "--id-attr:ID", idElement, "--privkey-pem", at("key.pem"), at("template.xml")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
}

function withFiles<T>(files: Record<string, string>, work: (at: (name: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "xmlsec-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return work((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
