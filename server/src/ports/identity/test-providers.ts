import { X509Certificate } from "node:crypto";
import { isOutsideAddress } from "./federation/reach.ts";
import type { IdentityProvider } from "./identity-provider-metadata.ts";

/** Validators, demonstrations and environments of proof of the two federations: who logs in there is invented. */
const notInService = /^(?:validator|demo)\.spid\.gov\.it$|^(?:[\w-]+\.)*(?:preproduzione|collaudo)\.[\w.-]+$/i;

/** What the development provider writes on its certificates, so that nobody takes them for real ones. */
export const isDevelopmentCertificate = (pem: string): boolean =>
  new X509Certificate(pem).subject.split("\n").includes("O=DEV IdP");

/** Why a provider must not let people into a portal in service; undefined when it may. */
export const whyNotInService = ({
  entityId,
  singleSignOn,
  singleLogout,
  signingCertificates,
}: IdentityProvider): string | undefined => {
  if (!isOutsideAddress(entityId, true)) return `${entityId} is the name of a provider for development`;
  if (notInService.test(new URL(entityId).hostname)) return `${entityId} is a test provider`;
  const addresses = [...Object.values(singleSignOn), ...Object.values(singleLogout)];
  const inside = addresses.find((address) => !isOutsideAddress(address, true));
  if (inside) return `${entityId} answers at ${inside}, which is not https on a public host`;
  if (signingCertificates.some(isDevelopmentCertificate)) return `${entityId} signs with a development key`;
  return undefined;
};
