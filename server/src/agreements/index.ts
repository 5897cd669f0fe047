import { createHash, randomUUID } from "node:crypto";
import { api, type DetailBlock, type Details, type GeographicArea, type InstitutionKind, regions } from "@area/api";
import { day } from "@area/words";
import words from "@area/words/adhesion/it";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import { canonical, type Recorder } from "../platform/record.ts";
import { writeDocument } from "../ports/documents/index.ts";
import type { Parts } from "../ports/index.ts";
import { readAll } from "../ports/storage/index.ts";
import { productVersion } from "../products/index.ts";
import * as store from "./store.ts";
import { AgreementTemplate, fillTemplate } from "./template.ts";

export { endActive, endPending, issuedBefore, ofOnboarding, templatesPublished } from "./store.ts";

export const agreements = (parts: Parts) => ({
  handlers: {
    ofInstitution: handle(api.agreements.ofInstitution, async ({ params, query }, { db }) => {
      const rows = await store.agreementsOf(db, params.institutionId, {
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      });
      const titles = new Map<string, string>();
      for (const r of rows)
        if (!titles.has(r.product_id))
          titles.set(r.product_id, (await productVersion(db, r.product_id, r.product_version)).configuration.title);
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          id: r.id,
          productId: r.product_id,
          productTitle: titles.get(r.product_id)!,
          state: r.state as "pending" | "active" | "ended",
          template: `${r.template_id} ${r.template_version}`,
          sha256: Buffer.from(r.sha256).toString("hex"),
          writtenAt: r.written_at.toISOString(),
          signedAt: r.signed_at?.toISOString() ?? null,
          signers: r.signers as string[],
          signedForm: r.signed_form as "CAdES" | "PAdES" | null,
        }),
        (r) => ({ at: r.written_at.toISOString(), id: r.id }),
      );
    }),
    document: handle(api.agreements.document, {
      // The store of files may be far: it is asked before the transaction, for who was found to may.
      prepare: async ({ params, query }, { read, fail }) => {
        const a = await read({ institution: params.institutionId }, ({ db }) =>
          store.oneOf(db, params.institutionId, params.agreementId),
        );
        if (!a) return fail("agreement-unknown");
        const signed = query.form === "signed";
        if (signed && !a.signed_storage_key) return fail("agreement-not-ready");
        const stored = await parts.ports.storage.get(signed ? a.signed_storage_key! : a.storage_key);
        if (!stored) throw new Error(`agreement ${a.id} has lost its file`);
        const cades = signed && a.signed_form === "CAdES";
        return {
          name: cades ? `${a.file_name}.p7m` : signed ? a.file_name.replace(/\.pdf$/, "-firmato.pdf") : a.file_name,
          mediaType: cades ? "application/pkcs7-mime" : "application/pdf",
          bytes: stored.bytes,
          length: stored.length,
        };
      },
      run: async (_input, _context, found) => found,
    }),
  },
});

/** What goes into an agreement: all that the parties sign. */
export type AgreementData = {
  product: { title: string; version?: number };
  kind?: InstitutionKind;
  institution: {
    name: string;
    taxCode: string;
    ipaCode: string | null;
    registryCode?: string | null;
    unit?: { kind: string; code: string } | null;
    pec: string;
    address: string;
    zipCode: string;
    city: string | null;
  };
  geographicAreas: GeographicArea[];
  billing: { recipientCode?: string | undefined; vatNumber?: string | undefined; invoicedTaxCode?: string | undefined };
  manager: { givenName: string; familyName: string; fiscalCode: string };
  administrators: { givenName: string; familyName: string; fiscalCode: string }[];
  signatureDays: number;
  /** What the kind and the product asked in more. */
  details?: Details;
  attachments?: string[];
};

const areaInWords = (area: GeographicArea): string =>
  area.level === "national"
    ? "tutto il territorio nazionale"
    : area.level === "region"
      ? `Regione ${regions[area.code]}`
      : area.level === "province"
        ? `Provincia di ${area.name}`
        : `Comune di ${area.name}`;

/** Each detail as a line: what it is called, and what was said. A declaration that was made reads "sì". */
const detailLines = (details: Details): { label: string; value: string }[] =>
  Object.entries(details).flatMap(([block, said]) => {
    const labels = words.details[block as DetailBlock].fields as Record<string, string>;
    return Object.entries(said ?? {})
      .filter(([, value]) => value !== "" && value !== undefined)
      .map(([name, value]) => ({
        label: labels[name] ?? name,
        value: typeof value === "boolean" ? (value ? words.yes : words.no) : String(value),
      }));
  });

const kebab = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "ente";

/**
 * Writes the agreement of an onboarding: PDF from the template's version, data embedded, digest kept. Same input, same bytes,
 * so a repeated reaction finds the file as it was. Outside any transaction; the row is the caller's next step.
 */
export const writeAgreement = async (
  parts: Pick<Parts, "database" | "ports">,
  what: {
    onboardingId: string;
    institutionId: string;
    productId: string;
    requestedBy: string;
    template: { id: string; version: string };
    data: AgreementData;
    at: Date;
  },
) => {
  const language = "it" as const;
  const found = await parts.database.asSystem(({ db }) =>
    store.template(db, what.template.id, what.template.version, language),
  );
  if (!found) throw new Error(`template ${what.template.id} ${what.template.version} is not published`);
  const template = AgreementTemplate.parse(found.content);
  const { data } = what;
  const text = fillTemplate(template, {
    product: { title: data.product.title, version: String(data.product.version ?? 1) },
    institution: {
      name: data.institution.name,
      kind: data.kind ? words.kinds[data.kind].name : "",
      taxCode: data.institution.taxCode,
      ipaCode: data.institution.ipaCode ?? "",
      registryCode: data.institution.registryCode ?? "",
      unit: data.institution.unit ? `${data.institution.unit.kind} ${data.institution.unit.code}` : "",
      pec: data.institution.pec,
      seat: [data.institution.address, [data.institution.zipCode, data.institution.city].filter(Boolean).join(" ")]
        .filter(Boolean)
        .join(", "),
    },
    areas: data.geographicAreas.map(areaInWords).join(", "),
    invoiced: data.billing.recipientCode || data.billing.vatNumber ? "yes" : "",
    details: detailLines(data.details ?? {}),
    attachments: (data.attachments ?? []).map((title) => ({ title })),
    billing: {
      recipientCode: data.billing.recipientCode ?? "",
      vatNumber: data.billing.vatNumber ?? "",
      invoicedTaxCode: data.billing.invoicedTaxCode ?? data.institution.taxCode,
    },
    manager: { name: `${data.manager.givenName} ${data.manager.familyName}`, fiscalCode: data.manager.fiscalCode },
    administrators: data.administrators.map((a) => ({
      name: `${a.givenName} ${a.familyName}`,
      fiscalCode: a.fiscalCode,
    })),
    signatureDays: String(data.signatureDays),
    writtenOn: day("it", what.at),
    template: `${template.id} ${template.version}`,
  });
  const bytes = await writeDocument({
    language,
    title: text.title,
    subject: data.institution.name,
    createdAt: what.at,
    reference: `${what.onboardingId} · ${template.id} ${template.version}`,
    blocks: text.blocks,
    attachment: {
      name: "accordo.json",
      mediaType: "application/json",
      bytes: Buffer.from(
        canonical({
          ...data,
          onboardingId: what.onboardingId,
          template: what.template,
          writtenAt: what.at.toISOString(),
        }),
      ),
      description: "I dati dell’accordo, per le macchine",
    },
  });
  const sha256 = createHash("sha256").update(bytes).digest();
  const storageKey = `agreements/${what.onboardingId}-${sha256.toString("hex").slice(0, 16)}.pdf`;
  await parts.ports.storage.put(storageKey, bytes, "application/pdf");
  return {
    id: randomUUID(),
    institutionId: what.institutionId,
    productId: what.productId,
    onboardingId: what.onboardingId,
    requestedBy: what.requestedBy,
    template: { ...what.template, language },
    fileName: `accordo-${kebab(data.product.title)}-${kebab(data.institution.name)}.pdf`,
    length: bytes.length,
    sha256,
    storageKey,
    at: what.at,
  };
};
export type WrittenAgreement = Awaited<ReturnType<typeof writeAgreement>>;

/** Puts a written agreement on record, once for each onboarding. */
export const recordAgreement = async (
  tx: { db: Db; emit: Recorder["emit"] },
  a: WrittenAgreement,
): Promise<boolean> => {
  if (!(await store.insertAgreement(tx.db, a))) return false;
  tx.emit(
    "agreements.agreement.written",
    {
      agreementId: a.id,
      onboardingId: a.onboardingId,
      productId: a.productId,
      template: `${a.template.id} ${a.template.version}`,
      sha256: a.sha256.toString("hex"),
    },
    { institutionId: a.institutionId },
  );
  return true;
};

export type AgreementRow = NonNullable<Awaited<ReturnType<typeof store.ofOnboarding>>>;
export const issuedBytes = async (parts: Pick<Parts, "ports">, a: AgreementRow): Promise<Buffer> => {
  const stored = await parts.ports.storage.get(a.storage_key);
  if (!stored) throw new Error(`agreement ${a.id} has lost its file`);
  return readAll(stored);
};

/** The signed file, put where it will stay. Before the transaction that makes it count. */
export const storeSigned = async (
  parts: Pick<Parts, "ports">,
  a: AgreementRow,
  file: Buffer,
  form: "CAdES" | "PAdES",
  sha256: string,
): Promise<string> => {
  const key = `agreements/${a.onboarding_id}-signed-${sha256.slice(0, 16)}.${form === "CAdES" ? "p7m" : "pdf"}`;
  await parts.ports.storage.put(key, file, form === "CAdES" ? "application/pkcs7-mime" : "application/pdf");
  return key;
};

export const signAgreement = async (
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  a: AgreementRow,
  s: { form: "CAdES" | "PAdES"; sha256: string; length: number; storageKey: string; signers: string[] },
): Promise<void> => {
  await store.markSigned(tx.db, a.id, {
    at: tx.now,
    form: s.form,
    sha256: Buffer.from(s.sha256, "hex"),
    length: s.length,
    storageKey: s.storageKey,
    signers: s.signers,
  });
  tx.emit(
    "agreements.agreement.signed",
    { agreementId: a.id, onboardingId: a.onboarding_id, productId: a.product_id, form: s.form, sha256: s.sha256 },
    { institutionId: a.institution_id, personal: { signers: s.signers.join(", ") } },
  );
};

/** Publishes a template's version, once; the text of a published version never changes. */
export const publishTemplate = async (db: Db, content: unknown): Promise<void> => {
  const template = AgreementTemplate.parse(content);
  const digest = createHash("sha256").update(canonical(template)).digest();
  await store.keepTemplate(db, {
    id: template.id,
    version: template.version,
    language: template.language,
    content: template,
    digest,
  });
  const kept = await store.template(db, template.id, template.version, template.language);
  if (kept && !digest.equals(kept.digest))
    throw new Error(
      `template ${template.id} ${template.version} was published with another text: give this one a new version`,
    );
};
