import { createHash, X509Certificate } from "node:crypto";
import { day, time } from "@area/words";
import words from "@area/words/pages/it";
import { zipSync } from "fflate";
import { canonical } from "../platform/record.ts";
import { type Block, writeDocument } from "../ports/documents/index.ts";
import type { CheckedAgreement, ToldStatus } from "../ports/signature/index.ts";

/*
 * The proof of a signed agreement: what a third party needs to check it without us and without the net (eIDAS art. 25 and
 * 34; CAD art. 43; AgID guidelines on documents, 4.7: what goes to preservation travels with its evidence).
 * Same input, same bytes.
 */
export interface Proof {
  bytes: Uint8Array;
  sha256: Buffer;
}

export interface ProofInput {
  agreementId: string;
  institutionName: string;
  productTitle: string;
  /** The name of the issued document. */
  fileName: string;
  issued: Uint8Array;
  signed: Uint8Array;
  checked: CheckedAgreement;
  /** When the check was made: the moment of acceptance. */
  at: Date;
}

const moment = (at: Date): string => `${day("it", at)} alle ${time("it", at)}`;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
/** A date that ZIP can write and that tells nothing: the report tells. */
const still = new Date(1980, 0, 1);

/** The dictionary of RFC 5280, 5.3.1, for people. */
const reasons = [
  "non indicato",
  "chiave compromessa",
  "autorità compromessa",
  "affiliazione cambiata",
  "sostituito",
  "attività cessata",
  "sospeso",
];

type Named = { name: string; bytes: Uint8Array };
/** Each once, by content, in the order in which it is met. */
const collector = (folder: string, extension: string) => {
  const found = new Map<string, Named>();
  return {
    add: (bytes: Uint8Array, title = ""): string => {
      const digest = sha256(bytes);
      const plain = title
        .normalize("NFD")
        .replace(/[^A-Za-z0-9]+/g, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 40);
      const name = `${folder}/${String(found.size + 1).padStart(2, "0")}${plain ? `-${plain}` : ""}.${extension}`;
      const known = found.get(digest) ?? { name, bytes };
      found.set(digest, known);
      return known.name;
    },
    all: (): Named[] => [...found.values()],
  };
};

const titleOf = (der: Uint8Array): string => {
  const line = /^CN=(.*)$/m.exec(new X509Certificate(der).subject);
  return line?.[1] ?? "certificato";
};

const told = (status: ToldStatus): string => {
  switch (status.state) {
    case "good":
      return `valido, chiesto con ${status.source === "crl" ? "lista di revoca" : "OCSP"}`;
    case "revoked":
      return `revocato il ${status.since ? moment(status.since) : "?"} (${reasons[status.reason ?? 0] ?? "altro"})`;
    case "not-asked":
      return "non si chiede: dura poco, o non indica dove";
    default:
      return "non si sa";
  }
};

const howTo = (signedName: string, form: "CAdES" | "PAdES", judgedAt: Date): string =>
  [
    "COME VERIFICARE SENZA DI NOI",
    "",
    "1. Impronte. Ogni file di questo pacchetto è elencato in impronte.sha256:",
    "     sha256sum -c impronte.sha256",
    "2. Firma. Il certificato di chi ha firmato e quelli delle autorità sono in certificati/:",
    ...(form === "CAdES"
      ? [
          `     openssl cms -verify -binary -inform DER -in ${signedName} -CAfile autorita.pem -partial_chain -purpose any -attime ${Math.floor(judgedAt.getTime() / 1000)} -out documento.pdf`,
          "   documento.pdf è uguale al documento emesso, in documento/.",
        ]
      : [`     pdfsig ${signedName}`, "   I primi byte del file firmato sono il documento emesso, in documento/."]),
    "3. Revoche. Le risposte delle autorità al momento della verifica sono in revoche/:",
    "     openssl ocsp -respin revoche/01.ocsp -noverify -text",
    "     openssl crl -inform DER -in revoche/01.crl -text",
    "4. Marche temporali, se ci sono, in marche/:",
    "     openssl cms -cmsout -print -inform DER -in marche/01.tst",
    "",
    "verifica.json dice lo stesso alle macchine, verifica.pdf alle persone.",
    "Questo pacchetto si può versare in conservazione così com’è.",
    "",
  ].join("\r\n");

const pemOf = (der: Uint8Array): string => new X509Certificate(der).toString();

/** Writes the package. */
export const writeProof = async (input: ProofInput): Promise<Proof> => {
  const { checked, at } = input;
  const form = checked.form ?? "CAdES";
  const signedName = form === "CAdES" ? `${input.fileName}.p7m` : input.fileName.replace(/\.pdf$/, "-firmato.pdf");
  const certificates = collector("certificati", "cer");
  const ocsp = collector("revoche", "ocsp");
  const lists = collector("revoche", "crl");
  const stamps = collector("marche", "tst");

  const signatures = checked.evidence.map((one) => ({
    signer: one.signer,
    judgedAt: one.judgedAt.toISOString(),
    chain: one.chain.map((der) => certificates.add(der, titleOf(der))),
    timestamps: one.timestamps.map((stamp) => ({
      file: stamps.add(stamp.token),
      at: stamp.at.toISOString(),
      chain: stamp.chain.map((der) => certificates.add(der, titleOf(der))),
    })),
  }));
  const statuses = checked.statuses.map((status) => ({
    certificate: certificates.add(status.certificate, titleOf(status.certificate)),
    of: status.of,
    state: status.state,
    ...(status.since ? { since: status.since.toISOString() } : {}),
    ...(status.reason === undefined ? {} : { reason: status.reason }),
    ...(status.address ? { address: status.address } : {}),
    ...(status.answer ? { answer: (status.source === "crl" ? lists : ocsp).add(status.answer) } : {}),
    ...(status.thisUpdate ? { thisUpdate: status.thisUpdate.toISOString() } : {}),
    ...(status.nextUpdate ? { nextUpdate: status.nextUpdate.toISOString() } : {}),
  }));
  const report = {
    agreement: {
      id: input.agreementId,
      institution: input.institutionName,
      product: input.productTitle,
      issued: { file: `documento/${input.fileName}`, sha256: sha256(input.issued), length: input.issued.length },
      signed: { file: `firmato/${signedName}`, sha256: checked.sha256, length: input.signed.length, form },
    },
    checkedAt: at.toISOString(),
    accepted: checked.accepted,
    checks: checked.checks,
    signers: checked.signers,
    signatures,
    statuses,
  };

  const blocks: Block[] = [
    { kind: "heading", level: 1, text: "Verifica dell’accordo firmato" },
    {
      kind: "paragraph",
      text: `L’accordo «${input.productTitle}» di ${input.institutionName} è stato verificato il ${moment(at)} e accettato. Il pacchetto che contiene questa pagina porta tutto ciò che serve per verificarlo di nuovo, senza l’Area Riservata e senza rete: LEGGIMI.txt dice come.`,
    },
    {
      kind: "facts",
      facts: [
        { label: "Documento emesso", value: input.fileName },
        { label: "Impronta SHA-256", value: sha256(input.issued), code: true },
        { label: "File firmato", value: `${signedName} (${form})` },
        { label: "Impronta SHA-256", value: checked.sha256, code: true },
      ],
    },
    { kind: "heading", level: 2, text: "Controlli" },
    {
      kind: "facts",
      facts: checked.checks.map((check) => ({
        label: words.verdict.ok[check.code].title,
        value: check.outcome === "passed" ? "sì" : "no",
      })),
    },
    { kind: "heading", level: 2, text: "Firme" },
    ...checked.signers.map(
      (signer): Block => ({
        kind: "facts",
        facts: [
          { label: "Firma di", value: signer.name },
          { label: "Codice fiscale", value: signer.maskedFiscalCode || "non indicato", code: true },
          { label: "Certificatore", value: signer.service ? `${signer.issuer} (${signer.service})` : signer.issuer },
          { label: "Certificato valido fino al", value: moment(new Date(signer.notAfter)) },
          {
            label: "Momento della firma",
            value: signer.provenAt
              ? `${moment(new Date(signer.provenAt))}, provato da ${signer.timestampAuthority ?? "una marca temporale"}`
              : signer.signedAt
                ? `${moment(new Date(signer.signedAt))}, dichiarato da chi ha firmato`
                : "non dichiarato",
          },
        ],
      }),
    ),
    { kind: "heading", level: 2, text: "Revoche" },
    {
      kind: "list",
      items: checked.statuses.map((status) => `${titleOf(status.certificate)}: ${told(status)}`),
    },
  ];
  const pdf = await writeDocument({
    language: "it",
    title: "Verifica dell’accordo firmato",
    subject: input.institutionName,
    createdAt: at,
    reference: input.agreementId,
    blocks,
    attachment: {
      name: "verifica.json",
      mediaType: "application/json",
      bytes: Buffer.from(canonical(report)),
      description: "La stessa verifica, per le macchine",
    },
  });

  const authorities = checked.evidence.flatMap((one) => one.chain.slice(1));
  const files: Named[] = [
    {
      name: "LEGGIMI.txt",
      bytes: Buffer.from(howTo(`firmato/${signedName}`, form, checked.evidence[0]?.judgedAt ?? at)),
    },
    { name: `documento/${input.fileName}`, bytes: input.issued },
    { name: `firmato/${signedName}`, bytes: input.signed },
    { name: "verifica.json", bytes: Buffer.from(`${JSON.stringify(JSON.parse(canonical(report)), null, 2)}\n`) },
    { name: "verifica.pdf", bytes: pdf },
    { name: "autorita.pem", bytes: Buffer.from([...new Set(authorities.map(pemOf))].join("")) },
    ...certificates.all(),
    ...ocsp.all(),
    ...lists.all(),
    ...stamps.all(),
  ];
  const digests = files.map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`).join("");
  const bytes = zipSync(
    Object.fromEntries(
      [...files, { name: "impronte.sha256", bytes: Buffer.from(digests) }].map(({ name, bytes: content }) => [
        name,
        // Signed files and PDF do not shrink: they are stored as they are.
        [content, { level: /\.(pdf|p7m)$/.test(name) ? 0 : 6 }] as [Uint8Array, { level: 0 | 6 }],
      ]),
    ),
    { mtime: still },
  );
  return { bytes, sha256: createHash("sha256").update(bytes).digest() };
};
