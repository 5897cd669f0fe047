import type { Company } from "@area/api";
import { z } from "zod";

/** What the register says of a tax code. `silent`: it is not connected, did not answer in time, or answered something else. */
export type RegisterAnswer = { answer: "found"; company: Company } | { answer: "unknown" } | { answer: "silent" };
export type BusinessRegister = { find(taxCode: string): Promise<RegisterAnswer> };

/** An answer is small: what is longer is no answer. */
const LARGEST = 64 * 1024;
const Text = z.string().max(400).optional();

/**
 * A company as the business register gives it through PDND. Everything but code and name may be missing.
 * Source: the e-service of the register on PDND, resource of one institution.
 */
const Answered = z.object({
  businessTaxId: z.string().max(16),
  businessName: z.string().min(1).max(400),
  businessStatus: Text,
  digitalAddress: Text,
  address: Text,
  zipCode: Text,
  city: Text,
  county: Text,
  cciaa: Text,
  nRea: Text,
  vatNumber: Text,
  atecoCodes: z.array(z.string().max(20)).max(200).optional(),
});

const read = (a: z.output<typeof Answered>): Company => ({
  taxCode: a.businessTaxId.toUpperCase(),
  name: a.businessName,
  pec: a.digitalAddress?.toLowerCase() || null,
  address: a.address ?? "",
  zipCode: a.zipCode ?? "",
  city: a.city || null,
  county: a.county || null,
  rea: a.cciaa && a.nRea ? `${a.cciaa}${a.nRea}`.replace(/\W/g, "").toUpperCase() : null,
  businessRegisterPlace: a.cciaa || null,
  vatNumber: a.vatNumber || null,
  // ATTIVA, in the register's words; what it does not say is taken for active.
  active: a.businessStatus === undefined || /^attiv/i.test(a.businessStatus),
  atecoCodes: a.atecoCodes ?? [],
});

/**
 * The business register over HTTP. A register that is down or slow must not stop who joins: the answer says so, and a person
 * checks what was declared. Asked once, and once more when the connection itself failed.
 */
export const businessRegister = (settings: {
  url: string | undefined;
  timeoutMs?: number;
  warn?: (facts: object, message: string) => void;
}): BusinessRegister => {
  const { url, timeoutMs = 4_000, warn } = settings;
  const ask = async (taxCode: string): Promise<RegisterAnswer> => {
    const response = await fetch(`${url}/institution/${encodeURIComponent(taxCode)}`, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return { answer: "unknown" };
    }
    if (!response.ok || Number(response.headers.get("content-length") ?? 0) > LARGEST) {
      await response.body?.cancel();
      throw new Error(`the register answered ${response.status}`);
    }
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LARGEST) throw new Error("the register answered too much");
    }
    const company = read(Answered.parse(JSON.parse(text)));
    // Another company's data under this code would go into an agreement.
    if (company.taxCode !== taxCode) throw new Error("the register answered for another code");
    return { answer: "found", company };
  };
  return {
    find: async (taxCode) => {
      if (!url) return { answer: "silent" };
      const began = Date.now();
      for (;;) {
        try {
          return await ask(taxCode);
        } catch (error) {
          // A second try only for what failed at once: who waits in front of a form has waited enough.
          if (error instanceof TypeError && Date.now() - began < 500) {
            await new Promise((go) => setTimeout(go, 500));
            continue;
          }
          warn?.({ error: String(error) }, "the business register did not answer");
          return { answer: "silent" };
        }
      }
    },
  };
};
