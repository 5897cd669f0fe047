import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Email, isProblem } from "@area/api";
import { problemText } from "@area/words";
import { publishTemplate } from "./agreements/index.ts";
import { type Assembled, assemble, referenceData } from "./assemble.ts";
import { verifyChain } from "./audit/index.ts";
import { sendToHolder, serveControl } from "./control.ts";
import { seedDemo } from "./demo/index.ts";
import { type RegisterFinding, refreshFederation, searchLoginRegister, startProviders } from "./identity/index.ts";
import { type Config, type Mode, RefusedToStart, readConfig } from "./platform/config.ts";
import type { Engine } from "./platform/database/connection.ts";
import { embeddedEngine } from "./platform/database/embedded.ts";
import { holdDirectory } from "./platform/database/lock.ts";
import { migrate, readMigrations } from "./platform/database/migrate.ts";
import { postgresEngine } from "./platform/database/postgres.ts";
import { type Log, makeLog } from "./platform/log.ts";
import { type Federation, keysInFolder } from "./ports/identity/federation/index.ts";
import { ownFederation } from "./ports/identity/federation/settings.ts";
import { heldProviders, ownServiceProvider, providerSources } from "./ports/identity/providers.ts";
import { staffProvider } from "./ports/identity/staff-provider.ts";
import type { Parts, Ports, TrustedLists } from "./ports/index.ts";
import { folderMail, smtpMail } from "./ports/mail/index.ts";
import { openOutside } from "./ports/outside/index.ts";
import { openProbe } from "./ports/outside/probe.ts";
import { businessRegister } from "./ports/registry/index.ts";
import {
  certificateStatuses,
  certificatesInPem,
  keySeal,
  listBounds,
  loadTrustList,
  openPool,
  remoteSeal,
  remoteSignature,
  type Seal,
  type SignatureChecker,
  signatureChecker,
  type TrustSource,
  trustSource,
} from "./ports/signature/index.ts";
import { folderStorage, objectStorage } from "./ports/storage/index.ts";
import { publish } from "./products/index.ts";
import { importIpa, importList, listNames } from "./registries/index.ts";
import { nameFirstStaff } from "./staff/index.ts";
import { refreshTrustedLists, type TrustedListsReport, trustNow } from "./trust/index.ts";

/*
 * The command `area-server`: serve · work · migrate · seed · import · trusted-lists · staff-first · login-register · verify-audit. The only file that knows every other.
 */
const USAGE = `area-server serve [--development]    the portal; strict unless told otherwise
                                     --without-work: leaves reactions and schedules to area-server work
area-server work                     reactions and schedules alone (PostgreSQL)
area-server migrate                  brings the database to this version and publishes the catalogue
area-server seed                     invented institutions and people (development alone)
area-server import ipa FILE          the open data file "Enti" of IndicePA [--allow-many-ended]
area-server import NAME FILE         another list, row by row: ipa-aoo and ipa-uo (open data of IndicePA), ivass (register of
                                     insurers), anac (e-procurement platforms). The same file again changes nothing
area-server trusted-lists            fetches the European trusted lists now (LOTL_URL): one line of JSON each
area-server cie-keys FOLDER          makes the keys of CIE by OpenID; --next adds the next ones, --turn puts them to work
area-server staff-first EMAIL        who enters at /staff before the groups exist, with every profile; --nobody takes it away
area-server login-register SEARCH    pairs of request and response, by an id of theirs, the issuer of the response or a fiscal
                                     code: one line of JSON each, and the look is written in the trail
area-server verify-audit [CHAIN]     walks a chain of the audit trail (an institution's id, or "portal")`;

/** The folder of the project: the bundle lies in server/dist, the source in server/src. */
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Certificates of the settings. In development the test authority may be made after us. */
const certificatesFrom = ({ trustListFile: file, mode }: Config): (() => string) => {
  let read: string | undefined;
  if (mode === "strict" && file) checkTrustFile(file);
  return () => {
    if (!read && file && existsSync(file)) read = readFileSync(file, "utf8");
    return read ?? "";
  };
};
/** In strict mode the list is there from the start, and is not the one of the development desk. */
const checkTrustFile = (file: string): void => {
  let pem: string;
  try {
    pem = readFileSync(file, "utf8");
    loadTrustList(pem);
  } catch (error) {
    throw new RefusedToStart(
      `TRUST_LIST_FILE cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.some((one) => new X509Certificate(one).subject.includes("O=DEV Firma di prova")))
    throw new RefusedToStart("TRUST_LIST_FILE holds the authority of the development desk: for development only.");
};
/** Signed files and trusted lists: looked at in threads, and certificates asked about. What is trusted is known once the database is. */
const signatures = (config: Config, log: Log) => {
  const pool = openPool({ log });
  const pem = certificatesFrom(config);
  let trusted: (() => Promise<TrustSource>) | undefined;
  // The authority of development answers on this machine.
  const outside = openOutside({ loopback: config.mode === "development" });
  const checker: SignatureChecker = signatureChecker({
    look: pool.look,
    trust: () => trusted?.() ?? trustSource(pem()),
    statuses: certificateStatuses(outside),
    close: pool.close,
  });
  const lists: TrustedLists = {
    fetch: async (address) => {
      const { status, bytes } = await outside.ask({ url: address, timeout: 120_000, maxBytes: listBounds.characters });
      if (status !== 200) throw new Error(`status ${status}`);
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    },
    read: (xml, signers, now) => pool.readList(xml, [...signers], now),
    signers: () => certificatesInPem(readFileSync(config.trustedLists?.certificatesFile ?? "", "utf8")),
  };
  return {
    checker,
    lists,
    know: (parts: Parts) => {
      trusted = trustNow(parts, pem);
    },
  };
};

const makePorts = async (
  config: Config,
  log: Log,
  { checker, lists }: ReturnType<typeof signatures>,
): Promise<Ports> => ({
  storage: config.s3 ? await objectStorage(config.s3) : folderStorage(join(config.dataDir, "files")),
  mail: config.mail.smtpUrl
    ? smtpMail({ smtpUrl: config.mail.smtpUrl, from: config.mail.from, pecFrom: config.mail.pecFrom })
    : folderMail(join(config.dataDir, "mail")),
  signatures: checker,
  trustedLists: lists,
  ...(config.remoteSignature
    ? { remoteSignature: remoteSignature({ ...config.remoteSignature, insecure: config.mode === "development" }) }
    : {}),
  ...sealFrom(config),
  businessRegister: businessRegister({ url: config.businessRegisterUrl, warn: log.warn }),
  probe: openProbe({ loopback: config.mode === "development" }),
  identityProviders: heldProviders(providerSources(config)),
  serviceProvider: await ownServiceProvider(config, log),
  ...given(await ownFederation(config)),
  staffProvider: config.staff.provider
    ? await staffProvider(config.staff.provider, { insecure: config.mode === "development", log })
    : null,
});
/** In development the desk that makes the key may start after us: the file is read when it is needed. */
const sealFrom = ({ seal, mode }: Config): { seal?: Seal } => {
  if (!seal) return {};
  if (seal.kind === "service") return { seal: remoteSeal({ ...seal, insecure: mode === "development" }) };
  const open = () => keySeal(readFileSync(seal.key, "utf8"), readFileSync(seal.certificate, "utf8"));
  return { seal: { credential: async () => open().credential(), sign: async (hash) => open().sign(hash) } };
};
const given = (federation: Federation | undefined) => (federation ? { federation } : {});

type Opened = { engine: Engine; announce(control: { port: number; secret: string }): void };

/** Embedded or real PostgreSQL: one line. An embedded directory belongs to one process at a time. */
const openDatabase = async (config: Config, log: Log): Promise<Opened> => {
  if (config.databaseUrl)
    return {
      engine: postgresEngine(config.databaseUrl, { pool: config.databasePool, log }),
      announce: () => undefined,
    };
  const directory = join(config.dataDir, "database");
  const held = holdDirectory(config.dataDir);
  if (!held.held)
    throw new RefusedToStart(
      `The embedded database in ${config.dataDir} is in use by process ${held.holder.pid} since ${held.holder.since}. Stop it first, or use DATABASE_URL.`,
    );
  return { engine: await embeddedEngine(directory), announce: held.announce };
};

const prepareDatabase = async (assembled: Pick<Assembled, "parts">, engine: Engine, log: Log) => {
  const applied = await migrate(engine, readMigrations(join(root, "server/migrations")));
  if (applied.length) log.info({ applied }, "database brought to this version");
  const reference = referenceData(root);
  await assembled.parts.database.asSystem(async ({ db }) => {
    for (const template of reference.templates) await publishTemplate(db, template);
    for (const product of reference.products) await publish(db, product);
  });
};

const open = async (mode: Mode) => {
  const config = readConfig(process.env, mode);
  const log = makeLog(config.logLevel);
  // What the settings alone decide is refused before anything is opened.
  const signed = signatures(config, log);
  const ports = await makePorts(config, log, signed);
  const { engine, announce } = await openDatabase(config, log);
  const assembled = await assemble({ config, engine, ports, log, root });
  signed.know(assembled.parts);
  await prepareDatabase(assembled, engine, log);
  return { ...assembled, engine, announce };
};

const untilStopped = (close: () => Promise<void>) =>
  new Promise<void>((resolve) => {
    const stop = () => {
      const giveUp = setTimeout(() => process.exit(1), 10_000);
      giveUp.unref();
      close().then(resolve, resolve);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  });

/** At a first start nothing is trusted yet; in development the desk that publishes the lists may start after us. */
const soonTrustedLists = (parts: Parts, tries = 10): void => {
  const again = () => setTimeout(() => soonTrustedLists(parts, tries - 1), 3_000).unref();
  refreshTrustedLists(parts).then(
    ({ lists }) => {
      if (tries > 0 && lists.some(({ outcome }) => outcome === "missing")) again();
    },
    (error: unknown) => parts.log.warn({ error: String(error) }, "trusted lists not asked"),
  );
};

const serve = async (mode: Mode, options: { seed: boolean; work: boolean }) => {
  const { app, worker, parts, close, announce } = await open(mode);
  if (options.seed) await seedDemo(parts, root);
  const providers = await startProviders(parts).catch((error: unknown) => close().then(() => Promise.reject(error)));
  await app.listen({ port: parts.config.port, host: parts.config.host });
  const control = parts.database.kind === "embedded" ? await serveControl(parts) : null;
  if (control) announce(control.address);
  if (options.work) {
    await worker.start();
    soonTrustedLists(parts);
    refreshFederation(parts).catch((error: unknown) =>
      parts.log.warn({ error: String(error) }, "federation not asked"),
    );
  }
  const stopped = untilStopped(async () => {
    providers.stop();
    await control?.close();
    await close();
  });
  // Last: whoever reads it may stop us at once.
  process.stdout.write(`${JSON.stringify({ ready: true, url: parts.config.publicUrl })}\n`);
  await stopped;
};

const run = async ([command, ...rest]: string[]): Promise<void> => {
  const flags = new Set(rest.filter((r) => r.startsWith("--")));
  const words = rest.filter((r) => !r.startsWith("--"));
  const mode: Mode =
    flags.has("--development") || process.env["AREA_MODE"] === "development" ? "development" : "strict";
  switch (command) {
    case "serve":
      return serve(mode, { seed: flags.has("--seed"), work: !flags.has("--without-work") });
    case "work": {
      const { worker, close, parts } = await open(mode);
      if (parts.database.kind === "embedded")
        throw new RefusedToStart("The embedded database works in one process: `serve` does this work too.");
      await worker.start();
      return untilStopped(close);
    }
    case "migrate": {
      const { close } = await open(mode);
      return close();
    }
    case "seed": {
      if (mode !== "development")
        throw new RefusedToStart("Invented people are for development alone: area-server seed --development.");
      const { parts, close } = await open(mode);
      await seedDemo(parts, root);
      return close();
    }
    case "import": {
      const [registry, file] = words;
      const list = listNames.find((name) => name === registry);
      if ((registry !== "ipa" && !list) || !file) throw new RefusedToStart(USAGE);
      const bytes = readFileSync(file);
      const allowManyEnded = flags.has("--allow-many-ended");
      // While the portal runs on the embedded database it does the work itself: two processes never open one directory.
      const sent = await sendToHolder(process.env, `/imports/${list ?? "ipa"}?allowManyEnded=${allowManyEnded}`, bytes);
      if (sent) return report(sent);
      const { parts, worker, close } = await open(mode);
      try {
        report(
          await (list
            ? importList(parts, list, bytes, { allowManyEnded })
            : importIpa(parts, bytes, { allowManyEnded })),
        );
        await worker.drain();
      } finally {
        await close();
      }
      return;
    }
    case "trusted-lists": {
      const sent = await sendToHolder<TrustedListsReport>(process.env, "/trusted-lists", Buffer.alloc(0));
      if (sent) return sent.lists.forEach(report);
      const { parts, close } = await open(mode);
      const { lists } = await refreshTrustedLists(parts).finally(close);
      return lists.forEach(report);
    }
    case "cie-keys": {
      const [folder] = words;
      if (!folder) throw new RefusedToStart(USAGE);
      return report(await keysInFolder(folder, flags.has("--next") ? "next" : flags.has("--turn") ? "turn" : "make"));
    }
    case "staff-first": {
      const email = flags.has("--nobody") ? null : (words[0] ?? "");
      if (email !== null && !Email.safeParse(email).success) throw new RefusedToStart(USAGE);
      // As for an import: the running portal does it, when it holds the embedded database.
      if (await sendToHolder(process.env, "/staff/first", Buffer.from(email ?? ""))) return report({ named: email });
      const { parts, close } = await open(mode);
      await nameFirstStaff(parts, email).finally(close);
      return report({ named: email });
    }
    case "login-register": {
      const search = words.join(" ").trim();
      if (!search) throw new RefusedToStart(USAGE);
      const sent = await sendToHolder<{ found: RegisterFinding[] }>(
        process.env,
        "/login-register",
        Buffer.from(search),
      );
      if (sent) return sent.found.forEach(report);
      const { parts, close } = await open(mode);
      const found = await searchLoginRegister(parts, search).finally(close);
      return found.forEach(report);
    }
    case "verify-audit": {
      const { parts, close } = await open(mode);
      const verdict = await verifyChain(parts.database, words[0] ?? "portal");
      process.stdout.write(`${JSON.stringify(verdict)}\n`);
      await close();
      if (!verdict.whole) process.exitCode = 1;
      return;
    }
    default:
      process.stderr.write(`${USAGE}\n`);
      process.exitCode = command ? 2 : 0;
  }
};

/** What the system says when it cannot: in a sentence that tells what to do. */
const known = (error: unknown): string | undefined => {
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is in use: stop what holds it, or choose another with PORT.`;
    case "EACCES":
      return port ? `Port ${port} may not be opened by this user: choose one above 1023 with PORT.` : undefined;
    case "ECONNREFUSED":
    case "ENOTFOUND":
      return `DATABASE_URL: no PostgreSQL answers at ${address ?? "its host"}${port ? `:${port}` : ""}.`;
    case "28P01":
    case "28000":
      return "DATABASE_URL: PostgreSQL refuses this user or password.";
    case "3D000":
      return "DATABASE_URL: this database does not exist: create it first (createdb).";
    default:
      return undefined;
  }
};

const report = (r: object) => void process.stdout.write(`${JSON.stringify(r)}\n`);

run(process.argv.slice(2)).then(
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    if (error instanceof RefusedToStart) process.stderr.write(`${error.message}\n`);
    else if (known(error)) process.stderr.write(`${known(error)}\n`);
    else if (isProblem(error))
      process.stderr.write(`${error.code}: ${problemText("it", error.code, error.facts).detail}\n`);
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
