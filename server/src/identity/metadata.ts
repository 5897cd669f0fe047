import type { Page } from "../platform/page.ts";
import { cieMetadata, serviceProviderMetadata } from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";

/** Our documents for the two federations: the same doors and keys, their own attributes and contacts (§1.2, §2.1). */
export const metadataPages = ({ ports }: Parts): Page[] => {
  const page = (path: string, document: typeof cieMetadata): Page => {
    // Signing takes milliseconds of a core and the content never changes while the process lives.
    let body: string | undefined;
    return {
      method: "GET",
      path,
      answer: async () => {
        body ??= document(ports.serviceProvider);
        return {
          text: { body, mediaType: "application/samlmetadata+xml; charset=utf-8" },
          cache: "public, max-age=300",
        };
      },
    };
  };
  return [page("/spid/metadata", serviceProviderMetadata), page("/cie/metadata", cieMetadata)];
};
