import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  api,
  type Call,
  client,
  elevenDigitCode,
  type HeldProfile,
  type NewOnboarding,
  type Permission,
  personCode,
} from "@area/api";
import {
  openTestAuthority,
  type Signer,
  signCades,
  signPades,
  type TestAuthority,
} from "@area/dev-signing-desk/src/index.ts";
import pg from "pg";
import type { z } from "zod";
import { publishTemplate } from "../agreements/index.ts";
import { type Assembled, assemble, referenceData } from "../assemble.ts";
import { openSession, personNamed } from "../identity/index.ts";
import { activate, enterInstitution } from "../institutions/index.ts";
import { importOnboarding } from "../onboarding/index.ts";
import { insertGroup, insertProfile } from "../people/profiles-store.ts";
import { appoint } from "../people/store.ts";
import { readConfig } from "../platform/config.ts";
import type { Engine } from "../platform/database/connection.ts";
import { embeddedEngine } from "../platform/database/embedded.ts";
import { migrate, readMigrations } from "../platform/database/migrate.ts";
import { postgresEngine } from "../platform/database/postgres.ts";
import { hashOfSession } from "../platform/http.ts";
import type { Handler } from "../platform/pipeline.ts";
import type { Federation } from "../ports/identity/federation/index.ts";
import type { IdentityProvider, ServiceProvider } from "../ports/identity/index.ts";
import { makeServiceProviderKeys } from "../ports/identity/index.ts";
import { heldProviders, type ProviderSource } from "../ports/identity/providers.ts";
import type { StaffProvider } from "../ports/identity/staff-provider.ts";
import type { TrustedLists } from "../ports/index.ts";
import type { Message } from "../ports/mail/index.ts";
import type { Probe } from "../ports/outside/probe.ts";
import type { RegisterAnswer } from "../ports/registry/index.ts";
import {
  type CertificateStatus,
  keySeal,
  look,
  type RemoteSignature,
  type Seal,
  signatureChecker,
  trustSource,
} from "../ports/signature/index.ts";
import { folderStorage } from "../ports/storage/index.ts";
import { publish, publishedProduct } from "../products/index.ts";
import { findBody } from "../registries/index.ts";
import { writeBodies } from "../registries/store.ts";
import { enteredMember, openSession as openStaffSession } from "../staff/store.ts";

/*
 * A house for a test: the real application on a real database, with the outside world captured. An institution, a person,
 * a signed-in client, in one line each. Every test makes its own, so nothing is cleaned and tenancy is tested for free.
 */
export const root = join(import.meta.dirname, "../../..");
export const migrations = () => readMigrations(join(root, "server/migrations"));

/** Which database this run is about. The same suite passes on both. */
export const databaseKind = process.env["AREA_TEST_DATABASE_URL"] ? "postgres" : "embedded";

const newEngine = async (): Promise<{ engine: Engine; url: string | null; drop(): Promise<void> }> => {
  const server = process.env["AREA_TEST_DATABASE_URL"];
  if (!server) {
    const seed = process.env["AREA_TEST_SEED"];
    const engine = await embeddedEngine(null, seed ? new Blob([readFileSync(seed)]) : undefined);
    if (!seed) await migrate(engine, migrations());
    return { engine, url: null, drop: async () => undefined };
  }
  const name = `area_${randomBytes(6).toString("hex")}`;
  const owner = async (sql: string) => {
    const c = new pg.Client({ connectionString: server });
    await c.connect();
    await c.query(sql).finally(() => c.end());
  };
  await owner(`create database ${name} template area_template`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    engine: postgresEngine(url.href, { pool: 8, log: silent }),
    url: url.href,
    drop: () => owner(`drop database if exists ${name} with (force)`),
  };
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

export type Body = { ipaCode: string; name: string; taxCode: string; pec: string };
export type NamedPerson = { givenName: string; familyName: string; fiscalCode: string; email: string };
export type SignedIn = {
  id: string;
  name: NamedPerson;
  cookie: string;
  /** As the database knows the session. */
  hash: Buffer;
  call: Call;
  fetch: typeof fetch;
};

let serial = Math.floor(Math.random() * 1e6);
const GIVEN = ["Ada", "Bruna", "Carla", "Dora", "Elsa", "Flora", "Gina", "Ilda", "Lea", "Mara"];
const FAMILY = ["Abete", "Betulla", "Cedro", "Dattero", "Edera", "Faggio", "Ginepro", "Larice", "Mirto", "Olmo"];
/** Somebody invented, with a code that passes every check and that nobody else has. */
export const someone = (): NamedPerson => {
  const n = serial++;
  const givenName = GIVEN[n % 10]!;
  const familyName = FAMILY[Math.floor(n / 10) % 10]!;
  const days = Math.floor(n / 100) % 20_000;
  const dateOfBirth = new Date(Date.UTC(1945, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
  const place = `A${String((Math.floor(n / 2_000_000) % 900) + 100)}`;
  return {
    givenName,
    familyName,
    fiscalCode: personCode({ givenName, familyName, dateOfBirth, sex: "F", place }),
    email: `persona${n}@posta.example`,
  };
};

const nothingThere = async (): Promise<never> => {
  throw new Error("nothing answers");
};

export type World = Awaited<ReturnType<typeof makeWorld>>;

export const makeWorld = async (
  options: {
    clock?: () => Date;
    env?: NodeJS.ProcessEnv;
    beside?: { url: string; dataDir: string };
    federation?: Federation;
    sources?: ProviderSource[];
    staffProvider?: StaffProvider;
    trustedLists?: TrustedLists;
    remoteSignature?: RemoteSignature;
    /** Null: the company has no seal. */
    seal?: Seal | null;
    probe?: Probe;
  } = {},
) => {
  // A second process of the same portal shares the database, the key and the files of the first.
  const dataDir = options.beside?.dataDir ?? mkdtempSync(join(tmpdir(), "area-test-"));
  const { engine, url, drop } = options.beside
    ? {
        engine: postgresEngine(options.beside.url, { pool: 8, log: silent }),
        url: options.beside.url,
        drop: async () => undefined,
      }
    : await newEngine();
  let shift = 0;
  const clock = options.clock ?? (() => new Date(Date.now() + shift));
  const config = readConfig(
    {
      DATA_DIR: dataDir,
      PUBLIC_URL: "http://portal.test",
      REQUEST_RATE_LIMIT: "1000000",
      LOGIN_RATE_LIMIT: "1000000",
      LOG_LEVEL: "silent",
      STAFF_GROUPS:
        "revisori=reviewer:*,revisori-pagopa=reviewer:pagopa,prodotti=product-manager,assistenza=support,auditor=auditor,sicurezza=security",
      ...options.env,
    },
    "development",
  );
  const sent: Message[] = [];
  // Nothing is connected until a test says what the business register answers.
  let register: (taxCode: string) => RegisterAnswer = () => ({ answer: "silent" });
  let mailFails = 0;
  const authority: TestAuthority = await openTestAuthority(join(dataDir, "authority"));
  const trust = trustSource(authority.trustListPem());
  let certificateState: CertificateStatus = { state: "good" };
  // What `providers` holds is trusted as if a source had said it; sources of their own are for the tests of the registry.
  const providers: IdentityProvider[] = [];
  const held = heldProviders(options.sources ?? [], clock);
  const serviceProvider: ServiceProvider = {
    entityId: config.publicUrl,
    acsUrl: `${config.publicUrl}/spid/acs`,
    sloUrl: `${config.publicUrl}/spid/slo`,
    keys: [await serviceProviderKeys()],
    organization: {
      name: "Prova",
      displayName: "Prova",
      url: config.publicUrl,
      ipaCode: "prova",
      email: "prova@example.com",
    },
    attributeSets: [
      { index: 0, name: "Accesso", attributes: ["name", "familyName", "fiscalNumber", "dateOfBirth", "email"] },
    ],
  };
  const storage = folderStorage(join(dataDir, "files"));
  const assembled: Assembled = await assemble({
    config,
    engine,
    log: silent,
    clock,
    root,
    ports: {
      storage,
      mail: {
        send: async (message) => {
          if (mailFails > 0) {
            mailFails--;
            throw new Error("the mail server does not answer");
          }
          sent.push(message);
        },
        close: () => undefined,
      },
      signatures: signatureChecker({
        look,
        trust: () => trust,
        statuses: { of: async () => certificateState },
      }),
      ...(options.remoteSignature ? { remoteSignature: options.remoteSignature } : {}),
      ...(options.seal === null ? {} : { seal: options.seal ?? (await testSeal(authority)) }),
      trustedLists: options.trustedLists ?? { fetch: nothingThere, read: nothingThere, signers: () => [] },
      probe: options.probe ?? (async () => []),
      businessRegister: { find: async (taxCode) => register(taxCode) },
      identityProviders: {
        ...held,
        all: () => [...providers, ...held.all()],
        find: (id) => providers.find((p) => p.entityId === id) ?? held.find(id),
      },
      serviceProvider,
      ...(options.federation ? { federation: options.federation } : {}),
      staffProvider: options.staffProvider ?? null,
    },
  });
  const { parts, app, worker, invoke } = assembled;
  const { database, cipher } = parts;
  const reference = referenceData(root);
  await database.asSystem(async ({ db }) => {
    for (const t of reference.templates) await publishTemplate(db, t);
    for (const p of reference.products) await publish(db, p);
  });
  await app.ready();

  /** `fetch` that walks straight into the application. */
  const reach =
    (headers: Record<string, string> = {}): typeof fetch =>
    async (input, init) => {
      const request = new Request(new URL(String(input), config.publicUrl), init as RequestInit);
      const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
      const response = await app.inject({
        method: request.method as "GET",
        url: request.url.slice(config.publicUrl.length) || "/",
        headers: {
          host: new URL(config.publicUrl).host,
          origin: config.publicUrl,
          ...Object.fromEntries([...(request.headers as unknown as Map<string, string>).entries()]),
          ...headers,
        },
        ...(body ? { payload: body } : {}),
      });
      const answered = new Headers();
      for (const [name, value] of Object.entries(response.headers))
        for (const one of Array.isArray(value) ? value : [value])
          if (one !== undefined) answered.append(name, String(one));
      return new Response([204, 304].includes(response.statusCode) ? null : new Uint8Array(response.rawPayload), {
        status: response.statusCode,
        headers: answered,
      });
    };
  const callWith = (headers: Record<string, string>): Call =>
    client({ base: `${config.publicUrl}/api/v1`, fetch: reach(headers) });

  /** Somebody who entered with SPID just now. */
  const person = async (
    name: NamedPerson = someone(),
    session: { at?: Date; hours?: number } = {},
  ): Promise<SignedIn> => {
    const secret = randomBytes(32).toString("base64url");
    const at = session.at ?? clock();
    const id = await database.asSystem(async ({ db }) => {
      const personId = await personNamed(parts, db, name);
      await openSession(db, {
        idHash: hashOfSession(secret),
        personId,
        scheme: "spid",
        identityProvider: "https://idp.test",
        level: 2,
        authenticatedAt: at,
        at,
        expiresAt: new Date(at.getTime() + (session.hours ?? 9) * 3_600_000),
      });
      return personId;
    });
    const cookie = `ar_session=${secret}`;
    return { id, name, cookie, hash: hashOfSession(secret), call: callWith({ cookie }), fetch: reach({ cookie }) };
  };

  /** As if the person had confirmed who they are just now. */
  const confirm = async <W extends Pick<SignedIn, "hash">>(who: W): Promise<W> => {
    await database.asSystem(({ connection }) =>
      connection.query("update sessions set step_up_until = $2 where id_hash = $1", [
        who.hash,
        new Date(clock().getTime() + 600_000),
      ]),
    );
    return who;
  };

  /** Somebody of the company's staff, in by their own door, with the profiles that these groups give (see STAFF_GROUPS above). */
  const staff = async (groups: string[]): Promise<Omit<SignedIn, "name">> => {
    const secret = randomBytes(32).toString("base64url");
    const at = clock();
    const id = await database.asSystem(async ({ db }) => {
      const staffId = await enteredMember(db, {
        issuer: "https://staff.test",
        subject: randomUUID(),
        name: cipher.seal("Persona del Personale"),
        emailIndex: null,
        groups,
        at,
      });
      await openStaffSession(db, {
        idHash: hashOfSession(secret),
        staffId,
        authenticatedAt: at,
        at,
        expiresAt: new Date(at.getTime() + 9 * 3_600_000),
      });
      return staffId;
    });
    const cookie = `ar_staff=${secret}`;
    return { id, cookie, hash: hashOfSession(secret), call: callWith({ cookie }), fetch: reach({ cookie }) };
  };

  /** A public body in the registry, which has joined nothing. */
  const body = async (name?: string, more: Partial<{ pec: string; taxCode: string }> = {}): Promise<Body> => {
    const n = serial++;
    const made: Body = {
      ipaCode: `c_t${n}`,
      name: name ?? `Comune di Prova ${n}`,
      taxCode: more.taxCode ?? elevenDigitCode(String(8_000_000_000 + n)),
      pec: more.pec ?? `protocollo@pec.prova${n}.example`,
    };
    await database.asSystem(({ connection }) =>
      writeBodies(
        connection,
        [{ ...made, category: "L6", address: "Piazza di Prova, 1", zipCode: "00000", city: "Prova" }],
        clock(),
      ),
    );
    return made;
  };

  /** A municipality active on pagoPA, and its people; or somebody of another kind on the same product. */
  const municipality = async (name?: string, { kind = "PA" }: { kind?: "PA" | "PT" } = {}) => {
    const registered = await body(name);
    const manager = someone();
    const first = someone();
    const id = await parts.act({ kind: "system", name: "world" }, async ({ db, connection, enter, emit, now }) => {
      const b = (await findBody(db, registered.ipaCode))!;
      const product = (await publishedProduct(db, "pagopa"))!;
      const data = {
        taxCode: b.tax_code,
        name: b.name,
        ipaCode: b.ipa_code,
        category: b.category,
        pec: b.pec!,
        address: b.address,
        zipCode: b.zip_code,
        city: b.city,
        readAt: b.read_at,
      };
      const institutionId = await enterInstitution({ db, connection, enter }, data);
      const onboardingId = randomUUID();
      await importOnboarding(
        parts,
        { db, emit, now },
        { id: onboardingId, institutionId, product, data, manager, administrators: [first], recipientCode: "UFTEST" },
      );
      await activate(db, {
        institutionId,
        productId: "pagopa",
        productVersion: product.version,
        kind,
        origin: "IPA",
        onboardingId,
        at: now,
        vatNumber: null,
        recipientCode: "UFTEST",
        invoicedTaxCode: null,
        geographicAreas: [{ level: "national" }],
      });
      emit(
        "institutions.product.activated",
        { productId: "pagopa", externalId: "prod-pagopa", onboardingId },
        { institutionId },
      );
      return institutionId;
    });
    type Held = {
      state?: "active" | "suspended" | "ended";
      productId?: string;
      beginsAt?: Date;
      endsAt?: Date | null;
      profileId?: string;
      groupId?: string;
      permissions?: string[];
    };
    /** Gives somebody who is signed in a membership; somebody new unless said who. */
    const member = async (profile: HeldProfile, m: Held = {}, who?: SignedIn): Promise<SignedIn> => {
      const p = who ?? (await person());
      await database.asSystem(async ({ db }) => {
        const at = m.beginsAt ?? new Date(clock().getTime() - 86_400_000);
        const membershipId = await appoint(db, {
          personId: p.id,
          institutionId: id,
          productId: m.productId ?? "institution",
          profile,
          profileId: m.profileId ?? null,
          groupId: m.groupId ?? null,
          permissions: m.permissions ?? null,
          onboardingId: randomUUID(),
          beginsAt: at,
        });
        await db
          .updateTable("memberships")
          .set({ state: m.state ?? "active", ends_at: m.endsAt ?? null })
          .where("id", "=", membershipId!)
          .execute();
      });
      return p;
    };
    /** A custom profile that somebody answers for, and a group that carries a profile. */
    const customProfile = (madeBy: SignedIn, name: string, permissions: string[], productId = "institution") =>
      database
        .asSystem(({ db }) =>
          insertProfile(db, {
            institutionId: id,
            productId,
            name,
            description: "",
            permissions,
            madeBy: madeBy.id,
            at: clock(),
          }),
        )
        .then((made) => made!);
    const group = (
      name: string,
      profile: string,
      more: { productId?: string; profileId?: string; resources?: string[] } = {},
    ) =>
      database
        .asSystem(({ db }) =>
          insertGroup(db, {
            institutionId: id,
            productId: more.productId ?? "institution",
            name,
            description: "",
            profile,
            profileId: more.profileId ?? null,
            resources: more.resources ?? null,
            at: clock(),
          }),
        )
        .then((made) => made!);
    return {
      id,
      body: registered,
      manager,
      admin: () => member("administrator"),
      member,
      customProfile,
      group,
    };
  };

  /** A technology partner on pagoPA. */
  const partner = (name = `Partner di Prova ${serial++} S.r.l.`) => municipality(name, { kind: "PT" });
  type Party = Awaited<ReturnType<typeof municipality>>;
  /** A delegation on pagoPA that is active, with everybody of the partner assigned, made as people make it. */
  const delegate = async (
    delegator: Party,
    to: Party,
    more: {
      permissions?: Permission[];
      environment?: "test" | "production" | "both";
      endsAt?: string;
      accept?: boolean;
      assign?: boolean;
    } = {},
  ): Promise<string> => {
    const [giver, taker] = [await delegator.admin(), await to.admin()];
    const { id } = await giver.call(api.delegations.offer, {
      params: { institutionId: delegator.id },
      body: {
        partnerId: to.id,
        productId: "pagopa",
        permissions: more.permissions ?? ["pagopa:ibans:read"],
        environment: more.environment ?? "both",
        ...(more.endsAt ? { endsAt: more.endsAt } : {}),
      },
    });
    const at = { params: { institutionId: to.id, delegationId: id } };
    if (more.accept !== false) await taker.call(api.delegations.accept, at);
    if (more.assign !== false)
      await taker
        .call(api.delegations.assignments.make, { params: { institutionId: to.id }, body: { productId: "pagopa" } })
        .catch(() => undefined);
    return id;
  };

  /** What a person would send to join pagoPA for a body. */
  const request = (
    b: Body,
    more: Partial<z.input<typeof NewOnboarding>> = {},
  ): z.input<typeof NewOnboarding> & { manager: NamedPerson } => ({
    productId: "pagopa",
    kind: "PA",
    institution: { ipaCode: b.ipaCode, name: b.name, pec: b.pec },
    billing: { recipientCode: "UFTEST" },
    geographicAreas: [{ level: "municipality", name: "Prova" }],
    administrators: [someone()],
    ...more,
    manager: more.manager ?? someone(),
  });

  /** A private operator in Bolzano that declares its fitness and asks to join pagoPA: somebody looks at it first. */
  const privateOperator = (name?: string, more: { productId?: string } = {}) => {
    const n = serial++;
    return {
      productId: more.productId ?? "pagopa",
      kind: "GPU" as const,
      institution: {
        origin: "declared" as const,
        name: name ?? `Operatore Esempio ${n}`,
        pec: `operatore${n}@pec.operatore-esempio.example`,
        taxCode: elevenDigitCode(String(7_000_000_000 + n)),
        address: "Via di Prova, 1",
        zipCode: "39100",
        city: "Bolzano",
        county: "BZ",
      },
      billing: { recipientCode: "ABCDEF1" },
      geographicAreas: [{ level: "national" as const }],
      details: {
        fitnessDeclaration: {
          businessRegisterNumber: "01234567890",
          legalRegisterName: "Albo di prova",
          legalRegisterNumber: "77",
          longTermPayments: false,
          managerAuthorized: true,
          managerEligible: true,
          managerNotProsecuted: true,
          noCourtMeasures: true,
        },
      },
      manager: someone(),
      administrators: [someone()],
    };
  };

  const signer = (p: NamedPerson, more: Parameters<TestAuthority["issue"]>[0] | object = {}): Promise<Signer> =>
    authority.issue({ givenName: p.givenName, familyName: p.familyName, fiscalCode: p.fiscalCode, ...more });

  return {
    ...assembled,
    config,
    engine,
    url,
    database,
    cipher,
    storage,
    sent,
    authority,
    providers,
    serviceProvider,
    dataDir,
    invoke: (handler: Handler, at: Parameters<typeof invoke>[1]) => invoke(handler, at),
    anonymous: callWith({}),
    fetch: reach(),
    reach,
    callWith,
    person,
    confirm,
    staff,
    body,
    municipality,
    partner,
    delegate,
    request,
    privateOperator,
    signer,
    cades: signCades,
    pades: signPades,
    /** Work by the clock, done now at the application's time. */
    schedule: (name: string) => assembled.schedules[name]!.run(clock()),
    /** Everything that reactions owe, done. */
    settle: () => worker.drain(),
    failMail: (times: number) => {
      mailFails = times;
    },
    /** What the business register says from now on. */
    registerSays: (answers: (taxCode: string) => RegisterAnswer) => {
      register = answers;
    },
    /** What the authorities say of every certificate from now on. */
    authoritiesSay: (status: CertificateStatus) => {
      certificateState = status;
    },
    /** Moves the clock of the application. */
    pass: (ms: number) => {
      shift += ms;
    },
    /** The links of the last message to an address. */
    linksTo: (address: string): string[] =>
      [...(sent.findLast((m) => m.to === address)?.text.matchAll(/https?:\/\/\S+/g) ?? [])].map((m) => m[0]),
    digest: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex"),
    close: async () => {
      await assembled.close();
      await drop();
    },
  };
};

const testSeal = async (authority: TestAuthority): Promise<Seal> => {
  const { privateKeyPem, certificatePem, chainPem } = await authority.issue({
    organization: "Gestore di Prova S.p.A.",
    givenName: "",
    familyName: "",
    fiscalCode: "",
    qualified: "seal",
  });
  return keySeal(privateKeyPem, certificatePem + chainPem);
};

let keys: Promise<ServiceProvider["keys"][number]> | undefined;
const serviceProviderKeys = () => {
  keys ??= makeServiceProviderKeys({
    entityId: "http://portal.test",
    commonName: "Prova",
    organizationName: "Prova",
    locality: "Roma",
    ipaCode: "prova",
  });
  return keys;
};
