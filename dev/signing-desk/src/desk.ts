import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import busboy from "busboy";
import {
  type NewCertificate,
  openTestAuthority,
  type Signer,
  type TestAuthority,
  untrustedSigner,
} from "./authority.ts";
import { signCades } from "./cades.ts";
import { type CscClient, cscService } from "./csc.ts";
import { signPades } from "./pades.ts";
import { type Choices, deskPage, type Format, formats, style, type Variant, variants } from "./page.ts";
import { type Person, readPeople } from "./people.ts";
import { crlOf, ocspAnswer, serialOf } from "./revocation.ts";
import { writeTrustedList } from "./trusted-lists.ts";

export interface SigningDeskSettings {
  port: number;
  host?: string;
  /** How browsers reach the desk, when not at host and port. */
  origin?: string;
  dataDir: string;
  peopleFile: string;
  /** Whoever may ask for remote signatures. */
  client?: CscClient | undefined;
}

export interface SigningDesk {
  origin: string;
  port: number;
  /** The root certificate in PEM: give it to whoever must accept these signatures. */
  trustFile: string;
  close: () => Promise<void>;
}

const largest = 20 * 1024 * 1024;
const day = 24 * 3600 * 1000;
const hour = 3600 * 1000;
/** A question about one certificate is short. */
const longestQuestion = 4096;

interface Upload {
  choices: Choices;
  name: string;
  bytes: Uint8Array;
  tooLarge: boolean;
}

const readUpload = (request: IncomingMessage): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const upload: Upload = {
      choices: { person: "", format: "cades", variant: "valid" },
      name: "",
      bytes: new Uint8Array(),
      tooLarge: false,
    };
    const form = busboy({
      headers: request.headers,
      defParamCharset: "utf8",
      limits: { fileSize: largest, files: 1, fields: 10 },
    });
    form.on("field", (field, value) => {
      if (field === "person" || field === "format" || field === "variant") upload.choices[field] = value;
    });
    form.on("file", (_field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      upload.name = filename ?? "";
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("limit", () => {
        upload.tooLarge = true;
      });
      stream.on("end", () => {
        upload.bytes = new Uint8Array(Buffer.concat(chunks));
      });
    });
    form.on("close", () => resolve(upload));
    form.on("error", reject);
    request.on("error", reject);
    request.pipe(form);
  });

const certificateFor = (
  authority: TestAuthority,
  person: Person,
  variant: Variant,
  asked: Pick<NewCertificate, "ocsp" | "crl">,
): Promise<Signer> => {
  const { givenName, familyName, fiscalCode } = person;
  const wanted: NewCertificate = { givenName, familyName, fiscalCode, ...asked };
  switch (variant) {
    case "valid":
    case "revoked":
      return authority.issue(wanted);
    case "expired":
      return authority.issue({
        ...wanted,
        notBefore: new Date(Date.now() - 400 * day),
        notAfter: new Date(Date.now() - day),
      });
    case "untrusted":
      return untrustedSigner(wanted);
    case "not-qualified":
      return authority.issue({ ...wanted, qualified: "no" });
    case "not-for-signing":
      return authority.issue({ ...wanted, keyUsage: ["digitalSignature"] });
  }
};

/** Kept in two files, which the portal of development reads. */
const companySeal = async (authority: TestAuthority, dataDir: string, asked: string): Promise<Signer> => {
  const seal = await authority.issue({
    ocsp: `${asked}/ocsp`,
    crl: `${asked}/crl`,
    organization: "DEV Società di prova",
    givenName: "",
    familyName: "",
    fiscalCode: "",
    qualified: "seal",
  });
  await writeFile(join(dataDir, "seal.key.pem"), seal.privateKeyPem, { mode: 0o600 });
  await writeFile(join(dataDir, "seal.pem"), seal.certificatePem + seal.chainPem, { mode: 0o644 });
  return seal;
};

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-";

const signedName = (name: string, format: Format): string => {
  const base = name.replace(/^.*[/\\]/, "").replace(/\.pdf$/i, "") || "documento";
  return format === "cades" ? `${base}.pdf.p7m` : `${base}-firmato.pdf`;
};

/** RFC 6266: a plain name for old readers, the full one for the rest. */
const asAttachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\w.() -]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)}`;

const send = (response: ServerResponse, status: number, type: string, body: string | Uint8Array, more = {}): void => {
  response.writeHead(status, {
    "content-type": type,
    "content-security-policy":
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    ...more,
  });
  response.end(body);
};

/** The desk: a page for people, and the same form for tests. */
export const startSigningDesk = async (settings: SigningDeskSettings): Promise<SigningDesk> => {
  const { port, host = "127.0.0.1", dataDir, peopleFile } = settings;
  const people = await readPeople(peopleFile);
  const authority = await openTestAuthority(dataDir);
  const trustFile = join(dataDir, "trust.pem");
  await writeFile(trustFile, authority.trustListPem(), { mode: 0o644 });
  await writeFile(join(dataDir, "lists.pem"), authority.issuer.certificatePem, { mode: 0o644 });

  /** Where certificates say that their state can be asked: at this desk. Set once its port is known. */
  let asked = "";
  const revoked = new Map<string, Date>();

  /** The trusted lists of this desk’s little world, signed by the authority itself. */
  const lists = {
    europe: () =>
      writeTrustedList(
        {
          type: "EUlistofthelists",
          territory: "EU",
          sequence: Math.floor(Date.now() / 1000),
          pointers: [{ address: `${asked}/elenco-it.xml`, territory: "IT", signers: [authority.issuer.certificate] }],
        },
        authority.issuer,
      ),
    italy: () =>
      writeTrustedList(
        {
          type: "EUgeneric",
          territory: "IT",
          sequence: Math.floor(Date.now() / 1000),
          services: (["CA/QC", "TSA/QTST"] as const).map((kind) => ({
            kind,
            name: kind === "CA/QC" ? "DEV Firme qualificate di prova" : "DEV Marche temporali di prova",
            certificate: authority.issuer.certificate,
            statuses: [{ status: "granted", since: new Date("2020-01-01T00:00:00Z") }],
          })),
        },
        authority.issuer,
      ),
  };

  /** One certificate per person and variant, while the desk is open: like a smart card. */
  const cards = new Map<string, Promise<Signer>>();
  const cardOf = (person: Person, variant: Variant): Promise<Signer> => {
    const key = `${variant} ${person.key}`;
    const card =
      cards.get(key) ?? certificateFor(authority, person, variant, { ocsp: `${asked}/ocsp`, crl: `${asked}/crl` });
    cards.set(key, card);
    // An hour ago somebody reported this one lost.
    if (variant === "revoked")
      void card.then(({ certificate }) => revoked.set(serialOf(certificate), new Date(Date.now() - hour)));
    return card;
  };

  /** The company's seal, made when it is known where its state can be asked. */
  let seal: Signer | undefined;
  const csc = settings.client
    ? cscService({ people, client: settings.client, cardOf: (person) => cardOf(person, "valid"), seal: () => seal })
    : null;

  const page = (response: ServerResponse, choices: Choices, status = 200, problem?: string): void =>
    send(response, status, "text/html; charset=utf-8", deskPage(people, choices, problem));

  const sign = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const initial = { person: "", format: "cades", variant: "valid" };
    const upload = await readUpload(request).catch(() => null);
    if (!upload)
      return page(response, initial, 400, "Il modulo è arrivato incompleto. Scegli di nuovo il file e firma.");
    const { choices, bytes, name, tooLarge } = upload;
    const person = people.find(({ key }) => key === choices.person);
    const format = formats.find(({ key }) => key === choices.format)?.key;
    const variant = variants.find(({ key }) => key === choices.variant)?.key;
    if (tooLarge) return page(response, choices, 413, "Il file supera 20 MB. Scegline uno più piccolo.");
    if (!person) return page(response, choices, 400, "Scegli chi firma.");
    if (!format || !variant) return page(response, choices, 400, "Scegli il formato e com’è la firma.");
    if (!isPdf(bytes))
      return page(response, choices, 400, "Il file scelto non è un PDF. Scegli il documento scaricato dal portale.");
    const signer = await cardOf(person, variant);
    try {
      const signed = format === "cades" ? signCades(bytes, signer) : await signPades(bytes, signer);
      const type = format === "cades" ? "application/pkcs7-mime" : "application/pdf";
      send(response, 200, type, signed, { "content-disposition": asAttachment(signedName(name, format)) });
    } catch {
      page(response, choices, 400, "Il PDF è danneggiato e non si lascia firmare. Scarica di nuovo l’originale.");
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://desk");
    if (await csc?.(request, response)) return;
    const reading = request.method === "GET" || request.method === "HEAD";
    if (request.method === "POST" && pathname === "/sign") return sign(request, response);
    if (request.method === "POST" && pathname === "/ocsp") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const question = Buffer.concat(chunks);
      if (question.length > longestQuestion) return send(response, 413, "text/plain", "");
      return send(response, 200, "application/ocsp-response", ocspAnswer(question, authority.issuer, revoked));
    }
    if (reading && pathname === "/crl")
      return send(response, 200, "application/pkix-crl", crlOf(authority.issuer, revoked));
    if (reading && pathname === "/lotl.xml") return send(response, 200, "application/vnd.etsi.tsl+xml", lists.europe());
    if (reading && pathname === "/elenco-it.xml")
      return send(response, 200, "application/vnd.etsi.tsl+xml", lists.italy());
    if (reading && pathname === "/style.css") return send(response, 200, "text/css; charset=utf-8", style);
    if (reading && pathname === "/trust.pem")
      return send(response, 200, "application/x-pem-file", authority.trustListPem(), {
        "content-disposition": asAttachment("firma-di-prova.pem"),
      });
    const chosen = (name: string, otherwise: string): string => searchParams.get(name) ?? otherwise;
    const choices = {
      person: chosen("person", ""),
      format: chosen("format", "cades"),
      variant: chosen("variant", "valid"),
    };
    if (reading && pathname === "/") return page(response, choices);
    page(response, choices, 404, "Questo indirizzo non c’è. Qui sotto puoi firmare un documento.");
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  asked = `http://127.0.0.1:${bound}`;
  seal = await companySeal(authority, dataDir, asked);
  return {
    origin: settings.origin ?? `http://${host}:${bound}`,
    port: bound,
    trustFile,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
