import { createHash, randomUUID } from "node:crypto";
import {
  api,
  type DetailBlock,
  type Details,
  type FileAnswer,
  type GeographicArea,
  type InstitutionKind,
  regions,
  type SigningStep,
  staffMay,
  staffProducts,
} from "@area/api";
import { day } from "@area/words";
import words from "@area/words/adhesion/it";
import type { z } from "zod";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle, handleAhead } from "../platform/pipeline.ts";
import { canonical, type Recorder } from "../platform/record.ts";
import { writeDocument } from "../ports/documents/index.ts";
import type { Parts } from "../ports/index.ts";
import { readAll } from "../ports/storage/index.ts";
import { productVersion } from "../products/index.ts";
import { type ProofInput, writeProof } from "./proof.ts";
import * as store from "./store.ts";
import { AgreementTemplate, type Data, fillTemplate } from "./template.ts";

export { differenceOf } from "./difference.ts";
export type { Signable, SignedFile, ToSign } from "./signable.ts";
export {
  countersignatureLate,
  endInForce,
  endOnProducts,
  endPending,
  issuedBefore,
  ofOnboarding,
  signaturesOf,
  templatesPublished,
} from "./store.ts";
export { AgreementTemplate } from "./template.ts";

export const agreements = (parts: Parts) => ({
  handlers: {
    ofInstitution: handleAhead(api.agreements.ofInstitution, async ({ params, query }, { db }) => {
      const rows = await store.agreementsOf(db, params.institutionId, {
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      });
      const titles = await titlesOf(db, rows);
      const conventions = await conventionsOf(db, rows);
      const signing = await signingOf(
        db,
        rows.map((r) => r.id),
      );
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          id: r.id,
          productId: r.product_id,
          productTitle: titles.get(r.product_id)!,
          signing: signing(r.id),
          kind: r.kind as "adhesion",
          conventionTitle: conventions(r),
          state: r.state as "pending" | "active" | "ended",
          template: `${r.template_id} ${r.template_version}`,
          sha256: Buffer.from(r.sha256).toString("hex"),
          writtenAt: r.written_at.toISOString(),
          signedAt: r.signed_at?.toISOString() ?? null,
          signers: r.signers as string[],
          signedForm: r.signed_form as "CAdES" | "PAdES" | null,
          hasProof: r.proof_length !== null,
        }),
        (r) => ({ at: r.written_at.toISOString(), id: r.id }),
      );
    }),
    // The store of files may be far: it is asked before the transaction, for who was found to may.
    document: handle(api.agreements.document, {
      prepare: async ({ params, query }, { read, fail }) =>
        fileOf(parts, query.form, await read({ institution: params.institutionId }, readOne(params)), fail),
      run: async (_input, _context, found) => found,
    }),
    proof: handle(api.agreements.proof, {
      prepare: async ({ params }, { read, fail }) =>
        fileOf(parts, "proof", await read({ institution: params.institutionId }, readOne(params)), fail, () =>
          fail("agreement-proof-missing"),
        ),
      run: async (_input, _context, found) => found,
    }),
    register: handle(api.agreements.register, async ({ query }, { db, actor }) => {
      const mine = staffProducts(actor.holdings, "staff:agreements:read");
      const asked = query.productId;
      const rows = await store.signedOfAll(db, {
        products: !asked ? mine : mine === "all" || mine.includes(asked) ? [asked] : [],
        search: query.search?.trim() || null,
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      });
      const titles = await titlesOf(db, rows);
      const conventions = await conventionsOf(db, rows);
      const signing = await signingOf(
        db,
        rows.map((r) => r.id),
      );
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          id: r.id,
          signing: signing(r.id),
          kind: r.kind as "adhesion",
          conventionTitle: conventions(r),
          institution: { id: r.institution_id, name: r.institution_name },
          productId: r.product_id,
          productTitle: titles.get(r.product_id)!,
          template: `${r.template_id} ${r.template_version}`,
          sha256: Buffer.from(r.sha256).toString("hex"),
          signedAt: r.signed_at!.toISOString(),
          signers: r.signers as string[],
          signedForm: r.signed_form as "CAdES" | "PAdES" | null,
          hasProof: r.proof_length !== null,
        }),
        (r) => ({ at: r.signed_at!.toISOString(), id: r.id }),
      );
    }),
    fileForStaff: handle(api.agreements.fileForStaff, {
      prepare: async ({ params, query }, { read, fail, actor }) => {
        const found = await read({ institution: params.institutionId }, readOne(params));
        // One of a product that is not theirs is not there for them.
        const mine = staffMay(actor!.holdings, "staff:agreements:read", found?.product_id ?? null);
        return fileOf(parts, query.form, mine ? found : undefined, fail, () => fail("agreement-proof-missing"));
      },
      run: async (_input, _context, found) => found,
    }),
  },
});

const readOne =
  (params: { institutionId: string; agreementId: string }) =>
  ({ db }: { db: Db }) =>
    store.oneOf(db, params.institutionId, params.agreementId);

/** Who signs each of these agreements, in order: who did, whose turn it is and since when. */
export const signingOf = async (
  db: Db,
  agreementIds: readonly string[],
): Promise<(agreementId: string) => z.input<typeof SigningStep>[]> => {
  const rows = await store.signaturesOf(db, agreementIds);
  return (agreementId) =>
    rows
      .filter((r) => r.agreement_id === agreementId)
      .map((r) => ({
        party: r.party as "institution",
        name: r.name,
        state: r.signed_at ? "signed" : r.since ? "next" : "later",
        since: r.since?.toISOString() ?? null,
        signedAt: r.signed_at?.toISOString() ?? null,
      }));
};

/** What each convention was called in the version of the product under which it was asked for. */
const conventionsOf = async (
  db: Db,
  rows: readonly { product_id: string; product_version: number; convention_id: string | null }[],
): Promise<(row: (typeof rows)[number]) => string | null> => {
  const titles = new Map<string, string>();
  for (const r of rows)
    if (r.convention_id) {
      const { conventions } = (await productVersion(db, r.product_id, r.product_version)).configuration;
      const title = conventions.find((one) => one.id === r.convention_id)?.title ?? r.convention_id;
      titles.set(`${r.product_id} ${r.product_version} ${r.convention_id}`, title);
    }
  return (r) => titles.get(`${r.product_id} ${r.product_version} ${r.convention_id}`) ?? null;
};

/** Each product's title, as the newest of these agreements had it. */
const titlesOf = async (db: Db, rows: readonly { product_id: string; product_version: number }[]) => {
  const titles = new Map<string, string>();
  for (const r of rows)
    if (!titles.has(r.product_id))
      titles.set(r.product_id, (await productVersion(db, r.product_id, r.product_version)).configuration.title);
  return titles;
};

/** One of the files of an agreement, as it is downloaded. */
const fileOf = async (
  parts: Pick<Parts, "ports">,
  form: "issued" | "signed" | "proof",
  a: AgreementRow | undefined,
  fail: (code: "agreement-unknown" | "agreement-not-ready") => never,
  withoutProof: () => never = () => fail("agreement-not-ready"),
): Promise<FileAnswer> => {
  if (!a) return fail("agreement-unknown");
  if (form !== "issued" && !a.signed_storage_key) return fail("agreement-not-ready");
  if (form === "proof" && !a.proof_storage_key) return withoutProof();
  const cades = a.signed_form === "CAdES";
  const [key, name, mediaType] = {
    issued: [a.storage_key, a.file_name, "application/pdf"],
    signed: [
      a.signed_storage_key,
      cades ? `${a.file_name}.p7m` : a.file_name.replace(/\.pdf$/, "-firmato.pdf"),
      cades ? "application/pkcs7-mime" : "application/pdf",
    ],
    proof: [a.proof_storage_key, a.file_name.replace(/\.pdf$/, "-prova.zip"), "application/zip"],
  }[form] as [string, string, string];
  const stored = await parts.ports.storage.get(key);
  if (!stored) throw new Error(`agreement ${a.id} has lost its file`);
  return { name, mediaType, bytes: stored.bytes, length: stored.length };
};

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
  parts: Pick<Parts, "database" | "ports" | "cipher">,
  what: {
    /** What asked for it: names the file and stands at its foot. */
    key: string;
    onboardingId: string | null;
    kind: "adhesion" | "version" | "convention";
    conventionId?: string;
    expiresAt: Date | null;
    institutionId: string;
    productId: string;
    productVersion: number;
    requestedBy: string;
    template: { id: string; version: string };
    data: AgreementData;
    /** Also the company signs, after the institution. */
    countersigner: string | null;
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
    reference: `${what.key} · ${template.id} ${template.version}`,
    blocks: text.blocks,
    attachment: {
      name: "accordo.json",
      mediaType: "application/json",
      bytes: Buffer.from(
        canonical({
          ...data,
          ...(what.onboardingId ? { onboardingId: what.onboardingId } : { reference: what.key }),
          template: what.template,
          writtenAt: what.at.toISOString(),
        }),
      ),
      description: "I dati dell’accordo, per le macchine",
    },
  });
  const sha256 = createHash("sha256").update(bytes).digest();
  const storageKey = `agreements/${what.key}-${sha256.toString("hex").slice(0, 16)}.pdf`;
  await parts.ports.storage.put(storageKey, bytes, "application/pdf");
  return {
    id: randomUUID(),
    institutionId: what.institutionId,
    productId: what.productId,
    productVersion: what.productVersion,
    onboardingId: what.onboardingId,
    kind: what.kind,
    conventionId: what.conventionId ?? null,
    expiresAt: what.expiresAt,
    requestedBy: what.requestedBy,
    template: { ...what.template, language },
    parties: [
      {
        party: "institution" as const,
        name: `${data.manager.givenName} ${data.manager.familyName}`,
        fiscalCode: parts.cipher.seal(data.manager.fiscalCode),
      },
      ...(what.countersigner ? [{ party: "company" as const, name: what.countersigner, fiscalCode: null }] : []),
    ],
    fileName: `accordo-${kebab(data.product.title)}-${kebab(data.institution.name)}.pdf`,
    length: bytes.length,
    sha256,
    storageKey,
    at: what.at,
  };
};
export type WrittenAgreement = Awaited<ReturnType<typeof writeAgreement>>;

/** Another document that somebody signs, from a published template: the same PDF, kept as agreements are. */
export const writeFromTemplate = async (
  parts: Pick<Parts, "database" | "ports">,
  what: {
    id: string;
    folder: string;
    template: { id: string; version: string };
    fileName: string;
    subject: string;
    at: Date;
    data: Data;
    /** False: only tried. */
    keep: boolean;
  },
): Promise<{ fileName: string; length: number; sha256: Buffer; storageKey: string }> => {
  const { id, template } = what;
  const found = await parts.database.asSystem(({ db }) => store.template(db, template.id, template.version, "it"));
  if (!found) throw new Error(`template ${template.id} ${template.version} is not published`);
  const text = fillTemplate(AgreementTemplate.parse(found.content), what.data);
  const bytes = await writeDocument({
    language: "it",
    title: text.title,
    subject: what.subject,
    createdAt: what.at,
    reference: `${id} · ${template.id} ${template.version}`,
    blocks: text.blocks,
    attachment: {
      name: "dati.json",
      mediaType: "application/json",
      bytes: Buffer.from(canonical({ ...what.data, id, template, writtenAt: what.at.toISOString() })),
      description: "I dati del documento, per le macchine",
    },
  });
  const sha256 = createHash("sha256").update(bytes).digest();
  const storageKey = `${what.folder}/${id}-${sha256.toString("hex").slice(0, 16)}.pdf`;
  if (what.keep) await parts.ports.storage.put(storageKey, bytes, "application/pdf");
  return { fileName: `${kebab(what.fileName)}-${kebab(what.subject)}.pdf`, length: bytes.length, sha256, storageKey };
};

/** Puts a written agreement on record, with those who sign it; false when it is there already. */
export const recordPending = async (db: Db, a: WrittenAgreement): Promise<boolean> => {
  if (!(await store.insertAgreement(db, a))) return false;
  await store.insertSignatures(db, a, a.parties);
  return true;
};
/** The same, in force at once: confirmed in the portal, nobody signs it. */
export const recordAccepted = async (db: Db, a: WrittenAgreement, by: { name: string; at: Date }): Promise<void> => {
  await store.insertAgreement(db, a);
  await store.markConfirmed(db, a.id, by);
};

/** Puts the agreement of an onboarding on record, once for each. */
export const recordAgreement = async (
  tx: { db: Db; emit: Recorder["emit"] },
  a: WrittenAgreement,
): Promise<boolean> => {
  if (!(await recordPending(tx.db, a)) || !a.onboardingId) return false;
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

/** The file as it was signed last. */
export const signedBytes = async (parts: Pick<Parts, "ports">, a: AgreementRow): Promise<Buffer> => {
  const stored = a.signed_storage_key ? await parts.ports.storage.get(a.signed_storage_key) : null;
  if (!stored) throw new Error(`agreement ${a.id} has lost its signed file`);
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
  const key = `agreements/${a.onboarding_id ?? a.id}-signed-${sha256.slice(0, 16)}.${form === "CAdES" ? "p7m" : "pdf"}`;
  await parts.ports.storage.put(key, file, form === "CAdES" ? "application/pkcs7-mime" : "application/pdf");
  return key;
};

export type StoredProof = { sha256: Buffer; length: number; storageKey: string };
/** Writes the proof of a signed agreement and puts it where it will stay, before the transaction that makes it count. */
export const storeProof = async (
  parts: Pick<Parts, "ports">,
  a: AgreementRow,
  input: Omit<ProofInput, "agreementId" | "fileName">,
): Promise<StoredProof> => {
  const proof = await writeProof({ ...input, agreementId: a.id, fileName: a.file_name });
  const storageKey = `agreements/${a.onboarding_id ?? a.id}-proof-${proof.sha256.toString("hex").slice(0, 16)}.zip`;
  await parts.ports.storage.put(storageKey, proof.bytes, "application/zip");
  return { sha256: proof.sha256, length: proof.bytes.length, storageKey };
};

/**
 * A file that carries the next signature: kept, and in force once it is the last. The agreement must be locked by its owner.
 * Answers whose turn it is now.
 */
export const signAgreement = async (
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  a: AgreementRow,
  s: {
    form: "CAdES" | "PAdES";
    sha256: string;
    length: number;
    storageKey: string;
    signers: string[];
    /** Kept with the last signature. */
    proof: StoredProof;
    /** Of the company, as its certificate says. */
    seal?: string;
  },
): Promise<{ next: "institution" | "company" | null }> => {
  const steps = await store.signaturesOf(tx.db, [a.id]);
  const party = s.seal ? "company" : "institution";
  const turn = steps.find((one) => !one.signed_at);
  // What was written before steps were kept has none, and one signature.
  if (steps.length > 0 && turn?.party !== party) throw new Error(`agreement ${a.id} does not wait for ${party}`);
  const next = turn && steps.find((one) => one.position > turn.position);
  const sha256 = Buffer.from(s.sha256, "hex");
  await store.markSigned(tx.db, a.id, {
    at: tx.now,
    form: s.form,
    sha256,
    length: s.length,
    storageKey: s.storageKey,
    signers: s.signers,
    proof: next ? null : s.proof,
  });
  if (turn)
    await store.markStep(
      tx.db,
      { agreementId: a.id, position: turn.position, ...(s.seal ? { name: s.seal } : {}) },
      { at: tx.now, form: s.form, sha256 },
    );
  if (next) await store.beginStep(tx.db, { agreementId: a.id, position: next.position }, tx.now);
  tx.emit(
    s.seal ? "agreements.agreement.countersigned" : "agreements.agreement.signed",
    {
      agreementId: a.id,
      ...(a.onboarding_id ? { onboardingId: a.onboarding_id } : {}),
      productId: a.product_id,
      form: s.form,
      sha256: s.sha256,
    },
    { institutionId: a.institution_id, personal: { signers: s.signers.join(", ") } },
  );
  return { next: (next?.party as "company" | undefined) ?? null };
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
