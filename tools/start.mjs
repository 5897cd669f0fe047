// One command for a newcomer: installs, builds, starts the portal in development mode with its helpers, and says where to go.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { installWhatIsMissing } from "./install.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: the portal needs 20.19 or newer.`);
  process.exit(1);
}
const began = Date.now();
const say = (text) => console.log(text);
installWhatIsMissing(() => say("Installo le librerie (solo la prima volta)…"));
const { buildWhatChanged, root } = await import("./build.mjs");
await buildWhatChanged({ say: (part) => say(part === "web" ? "Costruisco le pagine…" : "Costruisco il server…") });

const dataDir = resolve(process.env.DATA_DIR ?? join(root, ".data"));
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
const port = Number(process.env.PORT ?? 3000);
const publicUrl = new URL(process.env.PUBLIC_URL ?? `http://localhost:${port}`);

/** Ports of the helpers are found free at the first start and kept: the identity provider's address is its name. */
const portsFile = join(dataDir, "dev-ports.json");
const free = () =>
  new Promise((done, failed) => {
    const s = createServer();
    s.on("error", failed);
    s.listen(0, "127.0.0.1", () => {
      const { port: p } = s.address();
      s.close(() => done(p));
    });
  });
const isFree = (p) =>
  new Promise((done) => {
    const s = createServer();
    s.on("error", () => done(false));
    s.listen(p, "127.0.0.1", () => s.close(() => done(true)));
  });
const kept = existsSync(portsFile) ? JSON.parse(readFileSync(portsFile, "utf8")) : {};
const ports = {};
for (const name of ["idp", "smtp", "mailbox", "signingDesk"])
  ports[name] = kept[name] && (await isFree(kept[name])) ? kept[name] : await free();
writeFileSync(portsFile, JSON.stringify(ports));

// The helpers are reached under the portal's own host name: on plain http its cookies travel only within one site.
const at = (p) => `http://${publicUrl.hostname}:${p}`;
const host = publicUrl.hostname === "localhost" || publicUrl.hostname === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0";
const peopleFile = join(root, "demo/people.json");
const people = JSON.parse(readFileSync(peopleFile, "utf8"));
const ownProviders = !process.env.IDP_METADATA;
const ownStaff = ownProviders && !process.env.STAFF_ISSUER;
const staffPeople = JSON.parse(readFileSync(join(root, "demo/staff.json"), "utf8"));
// One client, with a secret that lives as long as this run.
const staffSecret = randomBytes(24).toString("base64url");
const signatureSecret = randomBytes(24).toString("base64url");

const children = [];
let stopping = false;
const run = (name, file, env, args = []) =>
  new Promise((ready, failed) => {
    const child = spawn(process.execPath, ["--enable-source-maps", join(root, file), ...args], {
      cwd: process.cwd(),
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        if (line.startsWith('{"ready":true')) ready(JSON.parse(line));
        else if (line) console.log(line);
      }
    });
    child.on("exit", (code) => {
      if (stopping) return;
      failed(new Error(`${name} ended with code ${code}`));
      stop(code || 1);
    });
  });
const stop = (code) => {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill("SIGTERM");
  setTimeout(() => {
    for (const child of children) child.kill("SIGKILL");
  }, 8000);
  // Whoever waits for us may start again on the same data: we leave last, even after the hard way.
  setInterval(() => {
    if (children.every((c) => c.exitCode !== null || c.signalCode !== null)) process.exit(code);
  }, 50);
};
process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));

const helper = (sub) => join(dataDir, sub);
const starting = [
  run("mailbox", "dev/mailbox/dist/main.js", {
    MAILBOX_SMTP_PORT: ports.smtp,
    MAILBOX_HTTP_PORT: ports.mailbox,
    MAILBOX_HOST: host,
    MAILBOX_ORIGIN: at(ports.mailbox),
    MAILBOX_DATA_DIR: helper("mailbox"),
  }),
  run("signing desk", "dev/signing-desk/dist/main.js", {
    SIGNING_DESK_PORT: ports.signingDesk,
    SIGNING_DESK_HOST: host,
    SIGNING_DESK_ORIGIN: at(ports.signingDesk),
    SIGNING_DESK_DATA_DIR: helper("signing-desk"),
    SIGNING_DESK_PEOPLE: peopleFile,
    SIGNING_DESK_CLIENT: `area-riservata ${signatureSecret} ${publicUrl.origin}/firma-remota/ritorno`,
  }),
  ...(ownProviders
    ? [
        run("identity provider", "dev/idp/dist/main.js", {
          IDP_PORT: ports.idp,
          IDP_HOST: host,
          IDP_ORIGIN: at(ports.idp),
          IDP_DATA_DIR: helper("idp"),
          IDP_PEOPLE: peopleFile,
          IDP_SERVICE_PROVIDERS: ["spid", "cie"].map((s) => `http://127.0.0.1:${port}/${s}/metadata`).join(","),
          IDP_OPENID_CLIENTS: `${publicUrl.origin}/cie/oidc`,
          IDP_STAFF: join(root, "demo/staff.json"),
          ...(ownStaff ? { IDP_STAFF_CLIENT: `area-riservata ${staffSecret} ${publicUrl.origin}/staff/callback` } : {}),
        }),
      ]
    : []),
  run(
    "portal",
    "server/dist/area-server.js",
    {
      NODE_ENV: process.env.NODE_ENV ?? "development",
      PORT: String(port),
      PUBLIC_URL: publicUrl.origin,
      DATA_DIR: dataDir,
      LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
      SMTP_URL: process.env.SMTP_URL ?? `smtp://127.0.0.1:${ports.smtp}`,
      ...(process.env.REMOTE_SIGNATURE_URL
        ? {}
        : {
            // Under the portal's own host name: the person's browser goes there.
            REMOTE_SIGNATURE_URL: at(ports.signingDesk),
            REMOTE_SIGNATURE_CLIENT_ID: "area-riservata",
            REMOTE_SIGNATURE_CLIENT_SECRET: signatureSecret,
          }),
      // The test key of the company's seal, which the desk made.
      ...(process.env.SEAL_URL
        ? {}
        : {
            SEAL_KEY_FILE: join(helper("signing-desk"), "seal.key.pem"),
            SEAL_CERTIFICATE_FILE: join(helper("signing-desk"), "seal.pem"),
          }),
      ...(process.env.LOTL_URL
        ? {}
        : {
            LOTL_URL: `http://127.0.0.1:${ports.signingDesk}/lotl.xml`,
            LOTL_CERTIFICATES_FILE: join(helper("signing-desk"), "lists.pem"),
          }),
      TRUST_LIST_FILE: process.env.TRUST_LIST_FILE ?? join(helper("signing-desk"), "trust.pem"),
      ...(ownProviders
        ? {
            DEV_IDP_METADATA: ["/metadata", "/cie/metadata"].map((p) => `http://127.0.0.1:${ports.idp}${p}`).join(","),
            ...(process.env.CIE_OIDC_PROVIDER
              ? {}
              : {
                  CIE_OIDC_PROVIDER: `${at(ports.idp)}/openid/cie`,
                  CIE_OIDC_TRUST_ANCHOR: `${at(ports.idp)}/openid/anchor`,
                  CIE_OIDC_TRUST_ANCHOR_KEYS: join(helper("idp"), "openid-anchor.jwks.json"),
                  CIE_OIDC_TRUST_MARKS: join(helper("idp"), "openid-trust-marks.json"),
                }),
          }
        : {}),
      ...(ownStaff
        ? {
            STAFF_ISSUER: `${at(ports.idp)}/staff`,
            STAFF_CLIENT_ID: "area-riservata",
            STAFF_CLIENT_SECRET: staffSecret,
            STAFF_GROUPS:
              process.env.STAFF_GROUPS ??
              "ar-revisori-pagopa=reviewer:pagopa, ar-revisori=reviewer:*, ar-prodotti=product-manager, ar-assistenza=support, ar-auditor=auditor, ar-sicurezza=security",
          }
        : {}),
      DEV_LINKS: JSON.stringify({
        people: people.slice(0, 3).map((p) => ({ name: `${p.givenName} ${p.familyName}`, note: p.note })),
        mailbox: at(ports.mailbox),
        signingDesk: at(ports.signingDesk),
      }),
    },
    ["serve", "--development", "--seed"],
  ),
];
try {
  await Promise.all(starting);
} catch (error) {
  if (!stopping) console.error(error.message);
  stop(1);
  await new Promise(() => {});
}
say(`
Area Riservata è pronta in ${((Date.now() - began) / 1000).toFixed(1)} s:

  ${publicUrl.origin}

Entra con SPID o CIE (gestori di prova) come:
${people
  .slice(0, 3)
  .map((p) => `  · ${`${p.givenName} ${p.familyName}`.padEnd(14)} ${p.note}`)
  .join("\n")}

${ownStaff ? `Personale della società: ${publicUrl.origin}/staff, come ${staffPeople.map((p) => p.name).join(", ")}.\n\n` : ""}  Posta e PEC di prova   ${at(ports.mailbox)}
  Tavolo di firma        ${at(ports.signingDesk)}
  I dati stanno in       ${dataDir}

Ctrl C per fermare.`);
