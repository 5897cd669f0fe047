import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SignedXml } from "xml-crypto";
import { ACS, ENTITY, fakeServiceProvider, type RequestOptions } from "./fake-service-provider.ts";
import { type RunningIdp, startIdp } from "./index.ts";
import { makeKey } from "./keys.ts";
import { BROKEN, ERRORS, OUTCOMES } from "./outcomes.ts";
import { loadPeople } from "./people.ts";
import { verifyDocument } from "./signature.ts";
import { attribute, child, children, ENTITY_FORMAT, NS, parseXml, TRANSIENT_FORMAT, textOf } from "./xml.ts";

const peopleFile = new URL("../../../demo/people.json", import.meta.url).pathname;
const dataDir = mkdtempSync(join(tmpdir(), "idp-"));
let sp: Awaited<ReturnType<typeof fakeServiceProvider>>;
let idp: RunningIdp;
let certificate: string;

beforeAll(async () => {
  sp = await fakeServiceProvider();
  idp = await startIdp({ port: 0, dataDir, peopleFile, serviceProviders: [sp.metadataUrl] });
  const root = parseXml(await (await fetch(idp.metadataUrl)).text());
  const body = root.getElementsByTagNameNS(NS.signature, "X509Certificate")[0]!.textContent!;
  certificate = `-----BEGIN CERTIFICATE-----\n${body.match(/.{1,64}/g)!.join("\n")}\n-----END CERTIFICATE-----\n`;
});
afterAll(async () => {
  await idp.close();
  await sp.close();
  rmSync(dataDir, { recursive: true });
});

type Preset = Record<string, string>;

/** Signs in with the preset cookie and returns the response document that the page carries. */
async function signIn(
  preset: Preset,
  options: RequestOptions = {},
  scheme = "spid",
  binding: "post" | "redirect" = "post",
) {
  const destination = `${idp.origin}/${scheme}/sso`;
  const request = sp.authnRequest(destination, options);
  const value = Object.entries(preset)
    .map((pair) => pair.join(":"))
    .join(";");
  const cookie = `dev_idp_auto=${encodeURIComponent(value)}`;
  const response = await sp.deliver(binding, destination, request, options, { cookie });
  return { request, ...(await carried(response)) };
}

async function carried(response: Response) {
  const page = await response.text();
  const encoded = /name="SAMLResponse" value="([^"]+)"/.exec(page)?.[1];
  if (!encoded) throw new Error(`No response in the page: ${page}`);
  const text = Buffer.from(encoded, "base64").toString("utf8");
  return { page, text, headers: response.headers, root: parseXml(text) };
}

function assertionOf(root: Element): Element {
  return child(root, NS.assertion, "Assertion")!;
}

/** The canonical bytes of a signed element, when its signature holds; read like a service provider would. */
function verified(text: string, id: string, pem = certificate): Element | undefined {
  const root = parseXml(text);
  const signature = Array.from(root.getElementsByTagNameNS(NS.signature, "Signature")).find(
    (s) => s.getElementsByTagNameNS(NS.signature, "Reference")[0]!.getAttribute("URI") === `#${id}`,
  );
  if (!signature) return undefined;
  const verifier = new SignedXml({ publicCert: pem, getCertFromKeyInfo: () => null });
  verifier.loadSignature(signature);
  try {
    return verifier.checkSignature(text) ? parseXml(verifier.getSignedReferences()[0]!) : undefined;
  } catch {
    return undefined;
  }
}

const ids = (root: Element) => ({
  response: root.getAttribute("ID")!,
  assertion: assertionOf(root)?.getAttribute("ID") ?? "",
});
const attributesOf = (root: Element) =>
  Object.fromEntries(
    children(child(assertionOf(root), NS.assertion, "AttributeStatement")!, NS.assertion, "Attribute").map((a) => [
      attribute(a, "Name"),
      a.textContent,
    ]),
  );
const statusMessage = (root: Element) =>
  textOf(child(child(root, NS.protocol, "Status"), NS.protocol, "StatusMessage"));

describe("metadata", () => {
  it.each(["/metadata", "/cie/metadata"])("%s is signed and complete", async (path) => {
    const text = await (await fetch(idp.origin + path)).text();
    const root = verifyDocument(text, [certificate])!;
    expect(root.getAttribute("entityID")).toBe(`${idp.origin}/${path === "/metadata" ? "spid" : "cie"}`);
    const role = child(root, NS.metadata, "IDPSSODescriptor")!;
    expect(children(role, NS.metadata, "SingleSignOnService")).toHaveLength(2);
    expect(textOf(child(role, NS.metadata, "NameIDFormat"))).toBe(TRANSIENT_FORMAT);
    expect(root.textContent).toContain(path === "/metadata" ? "IdP di prova (SPID)" : "IdP di prova (CIE)");
  });

  it("satisfies an independent verifier", async (context) => {
    if (spawnSync("xmlsec1", ["--version"]).error) context.skip();
    const pem = join(dataDir, "cert.pem");
    writeFileSync(pem, certificate);
    const { text } = await signIn({ person: "elena-conti", level: "2", outcome: "ok" });
    const documents = [
      [await (await fetch(idp.metadataUrl)).text(), "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor"],
      [text, "urn:oasis:names:tc:SAML:2.0:protocol:Response"],
    ] as const;
    for (const [document, node] of documents) {
      const file = join(dataDir, "document.xml");
      writeFileSync(file, document);
      const more = node.endsWith("Response") ? ["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"] : [];
      const args = ["--verify", "--pubkey-cert-pem", pem, "--id-attr:ID", node, ...more, file];
      const run = spawnSync("xmlsec1", args, { encoding: "utf8", timeout: 10_000 });
      expect(run.stderr + run.stdout).toMatch(/OK|succeeded/);
      expect(run.status).toBe(0);
    }
  });

  it("keeps its key between runs, readable by its owner alone", async () => {
    const [file] = readdirSync(dataDir).filter((name) => name.endsWith("signing.pem"));
    expect(statSync(join(dataDir, file!)).mode & 0o777).toBe(0o600);
    const again = await startIdp({ port: 0, dataDir, peopleFile, serviceProviders: [] });
    expect(await (await fetch(again.metadataUrl)).text()).toContain(certificate.split("\n")[1]);
    await again.close();
  });
});

describe("a login", () => {
  it.each(["post", "redirect"] as const)(
    "by %s answers with two good signatures and fields that fit",
    async (binding) => {
      const relayState = "opaco+/= &è";
      const { request, text, root, page, headers } = await signIn(
        { person: "elena-conti", level: "2", outcome: "ok" },
        { relayState },
        "spid",
        binding,
      );
      const id = ids(root);
      expect(verified(text, id.response)?.getAttribute("ID")).toBe(id.response);
      const assertion = verified(text, id.assertion)!;
      expect(page).toContain(`action="${ACS}"`);
      expect(page).toContain('name="RelayState" value="opaco+/= &#38;è"');
      expect(page).toContain("Continua");
      expect(headers.get("content-security-policy")).toContain("form-action 'self' https://sp.borgo.example");

      expect(root.getAttribute("InResponseTo")).toBe(request.id);
      expect(root.getAttribute("Destination")).toBe(ACS);
      for (const issuer of [child(root, NS.assertion, "Issuer")!, child(assertion, NS.assertion, "Issuer")!]) {
        expect(textOf(issuer)).toBe(`${idp.origin}/spid`);
        expect(issuer.getAttribute("Format")).toBe(ENTITY_FORMAT);
      }
      const subject = child(assertion, NS.assertion, "Subject")!;
      const name = child(subject, NS.assertion, "NameID")!;
      expect(name.getAttribute("Format")).toBe(TRANSIENT_FORMAT);
      expect(name.getAttribute("NameQualifier")).toBe(`${idp.origin}/spid`);
      const confirmation = child(
        child(subject, NS.assertion, "SubjectConfirmation"),
        NS.assertion,
        "SubjectConfirmationData",
      )!;
      expect(confirmation.getAttribute("Recipient")).toBe(ACS);
      expect(confirmation.getAttribute("InResponseTo")).toBe(request.id);
      expect(Date.parse(confirmation.getAttribute("NotOnOrAfter")!)).toBeGreaterThan(Date.now());
      const conditions = child(assertion, NS.assertion, "Conditions")!;
      expect(Date.parse(conditions.getAttribute("NotBefore")!)).toBeLessThanOrEqual(Date.now());
      expect(textOf(conditions)).toBe(ENTITY);
      const statement = child(assertion, NS.assertion, "AuthnStatement")!;
      expect(statement.hasAttribute("SessionIndex")).toBe(false);
      expect(textOf(statement)).toBe("https://www.spid.gov.it/SpidL2");
      expect(attributesOf(root)).toEqual({
        name: "Elena",
        familyName: "Conti",
        fiscalNumber: "TINIT-CNTLNE71D52F205V",
        dateOfBirth: "1971-04-12",
        email: "elena.conti@posta.example",
        spidCode: expect.stringMatching(/^DEVI[0-9A-F]{10}$/),
      });
    },
  );

  it("at level 1 names a session", async () => {
    const { root } = await signIn({ person: "matteo-riva" }, { level: 1 });
    expect(child(assertionOf(root), NS.assertion, "AuthnStatement")!.getAttribute("SessionIndex")).toMatch(/^_/);
  });

  it("by CIE sends four attributes, in capitals, and no Format on Issuer", async () => {
    const { root, text } = await signIn({ person: "marta-vitali", level: "3" }, { level: 2 }, "cie");
    expect(verified(text, ids(root).assertion)).toBeDefined();
    expect(child(root, NS.assertion, "Issuer")!.hasAttribute("Format")).toBe(false);
    expect(child(assertionOf(root), NS.assertion, "Issuer")!.hasAttribute("Format")).toBe(false);
    expect(attributesOf(root)).toEqual({
      name: "MARTA  LUCIA",
      familyName: "VITALI ",
      dateOfBirth: "1982-05-14",
      fiscalNumber: expect.stringMatching(/^TINIT-/),
    });
    expect(text).not.toContain("xs:date");
  });

  it("gives 20 to who cannot reach the level, and uses a higher one when the least is asked", async () => {
    expect(statusMessage((await signIn({ person: "matteo-riva" }, { level: 2 })).root)).toBe("ErrorCode nr20");
    expect(statusMessage((await signIn({ person: "luca-marini", level: "3" }, { level: 2 })).root)).toBe(
      "ErrorCode nr20",
    );
    const higher = await signIn({ person: "elena-conti", level: "3" }, { level: 2 });
    expect(textOf(child(assertionOf(higher.root), NS.assertion, "AuthnStatement"))).toMatch(/SpidL3$/);
  });

  it("reads every Comparison", async () => {
    const level = async (person: string, asked: number, comparison: string) => {
      const { root } = await signIn({ person }, { level: asked, comparison });
      return statusMessage(root) || textOf(child(assertionOf(root), NS.assertion, "AuthnStatement")).slice(-2);
    };
    expect(await level("elena-conti", 1, "exact")).toBe("L1");
    expect(await level("elena-conti", 1, "better")).toBe("L2");
    expect(await level("matteo-riva", 2, "maximum")).toBe("L1");
    expect(await level("luca-marini", 3, "exact")).toBe("ErrorCode nr20");
    expect(await level("luca-marini", 2, "better")).toBe("ErrorCode nr20");
  });

  it.each([
    [undefined, "luca-marini", true],
    [undefined, "andrea-leone", true],
    [undefined, "valeria-bassi", false],
    ["P", "luca-marini", false],
    ["PX", "valeria-bassi", true],
    ["PG", "andrea-leone", false],
    ["LP", "roberto-greco", true],
  ] as const)("with purpose %s lets %s in: %s", async (purpose, person, lets) => {
    const { root } = await signIn({ person }, { purpose, attributeSet: "1" });
    if (!lets) expect(statusMessage(root)).toBe("ErrorCode nr30");
    else if (person === "valeria-bassi") {
      expect(attributesOf(root)).toMatchObject({
        companyName: "Nuvola Campione S.r.l.",
        companyFiscalNumber: expect.stringMatching(/^TINIT-\d{11}$/),
        ivaCode: expect.stringMatching(/^VATIT-\d{11}$/),
      });
    } else expect(attributesOf(root).fiscalNumber).toMatch(/^TINIT-/);
  });
});

describe("the outcomes", () => {
  it.each(ERRORS)("%s says so, signed, without an assertion", async (outcome) => {
    const { root, text } = await signIn({ person: "elena-conti", outcome });
    expect(statusMessage(root)).toBe(`ErrorCode ${outcome}`);
    expect(assertionOf(root)).toBeUndefined();
    expect(verified(text, ids(root).response)).toBeDefined();
  });

  it("breaks each response in its own way", async () => {
    const answers = Object.fromEntries(
      await Promise.all(
        BROKEN.map(async (outcome) => [outcome, await signIn({ person: "elena-conti", outcome })] as const),
      ),
    );
    const holds = (outcome: string) => {
      const { text, root } = answers[outcome]!;
      return [verified(text, ids(root).response) !== undefined, verified(text, ids(root).assertion) !== undefined];
    };
    expect(Object.fromEntries(BROKEN.map((outcome) => [outcome, holds(outcome)]))).toEqual({
      expired: [true, true],
      "wrong-audience": [true, true],
      "wrong-destination": [true, true],
      "unsigned-assertion": [true, false],
      tampered: [false, false],
      "other-key": [false, false],
    });
    const conditions = child(assertionOf(answers.expired!.root), NS.assertion, "Conditions")!;
    expect(Date.parse(conditions.getAttribute("NotOnOrAfter")!)).toBeLessThan(Date.now());
    expect(textOf(child(assertionOf(answers["wrong-audience"]!.root), NS.assertion, "Conditions"))).not.toBe(ENTITY);
    expect(answers["wrong-destination"]!.root.getAttribute("Destination")).not.toBe(ACS);
  });
});

describe("a request that does not fit", () => {
  const cases: [number, string, (text: string) => string][] = [
    [9, "version", (t) => t.replace('Version="2.0"', 'Version="1.0"')],
    [10, "issuer without format", (t) => t.replace(` Format="${ENTITY_FORMAT}"`, "")],
    [10, "unknown issuer", (t) => t.replaceAll(ENTITY, "https://sconosciuto.example")],
    [
      12,
      "old class",
      (t) => t.replace("https://www.spid.gov.it/SpidL2", "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL2"),
    ],
    [13, "old instant", (t) => t.replace(/IssueInstant="[^"]+"/, 'IssueInstant="2020-01-01T00:00:00Z"')],
    [14, "other destination", (t) => t.replace(/Destination="[^"]+"/, 'Destination="https://altro.example"')],
    [15, "passive", (t) => t.replace(" ForceAuthn", ' IsPassive="true" ForceAuthn')],
    [8, "not forced", (t) => t.replace(' ForceAuthn="true"', "")],
    [16, "unknown ACS", (t) => t.replace('ServiceIndex="0"', 'ServiceIndex="9"')],
    [17, "no NameIDPolicy", (t) => t.replace(/<samlp:NameIDPolicy[^>]+>/, "")],
    [17, "AllowCreate", (t) => t.replace("<samlp:NameIDPolicy", '<samlp:NameIDPolicy AllowCreate="true"')],
    [18, "unknown set", (t) => t.replace('AttributeConsumingServiceIndex="0"', 'AttributeConsumingServiceIndex="7"')],
    [8, "a DTD", (t) => `<!DOCTYPE x>${t}`],
  ];
  it.each(cases)("%i: %s", async (nr, _name, edit) => {
    const destination = `${idp.origin}/spid/sso`;
    const options = { edit, attributeSet: "0" };
    const request = sp.authnRequest(destination, options);
    const response = await sp.deliver("redirect", destination, request, options);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).toContain(`errore ${nr}<`);
  });

  it.each(["post", "redirect"] as const)(
    "is refused by %s when unsigned or signed by somebody else",
    async (binding) => {
      const destination = `${idp.origin}/spid/sso`;
      const stranger = await makeKey();
      for (const [options, nr] of [
        [{ signed: false }, 7],
        [{ key: stranger }, 5],
      ] as const) {
        const response = await sp.deliver(binding, destination, sp.authnRequest(destination), options);
        expect(response.status).toBe(403);
        expect(await response.text()).toContain(`errore ${nr}<`);
      }
    },
  );

  it("is refused when changed after signing, too big, or no form at all", async () => {
    const destination = `${idp.origin}/spid/sso`;
    const post = (body: string, type = "application/x-www-form-urlencoded") =>
      fetch(destination, { method: "POST", body, headers: { "content-type": type } });
    expect((await post("x=1")).status).toBe(403);
    expect((await post("{}", "application/json")).status).toBe(415);
    expect((await post(`SAMLRequest=${"A".repeat(300_000)}`)).status).toBe(413);
    expect((await fetch(destination, { method: "PUT" })).status).toBe(403);
  });

  it("reads the metadata again when the key has changed", async () => {
    await sp.rollKey();
    expect(statusMessage((await signIn({ outcome: "nr25" })).root)).toBe("ErrorCode nr25");
  });
});

describe("the page", () => {
  async function open(scheme = "spid", options: RequestOptions = {}) {
    const destination = `${idp.origin}/${scheme}/sso`;
    const response = await sp.deliver("post", destination, sp.authnRequest(destination, options), {
      relayState: "abc",
      ...options,
    });
    expect(response.status).toBe(303);
    return new URL(response.headers.get("location")!, idp.origin).href;
  }

  it("lists the people, the levels and the outcomes, and says it is not real", async () => {
    const text = await (await fetch(await open())).text();
    for (const person of loadPeople(peopleFile)) expect(text).toContain(`value="${person.key}"`);
    for (const outcome of Object.keys(OUTCOMES)) expect(text).toContain(`value="${outcome}"`);
    expect(text.indexOf("Entra come Elena Conti")).toBeLessThan(text.indexOf("Entra come Giulia Ferri"));
    expect(text.indexOf("Entra come Giulia Ferri")).toBeLessThan(text.indexOf("Entra come Luca Marini"));
    expect(text).toContain("le persone sono inventate");
    expect(text).toContain("Portale &#60;di prova&#62;");
    expect(text).toContain('value="2" checked');
  });

  it("shows on CIE only who has the card", async () => {
    const text = await (await fetch(await open("cie"))).text();
    expect(text).toContain("Entra come Elena Conti");
    expect(text).not.toContain("Luca Marini");
  });

  it("answers by one press, by its query, and by cancelling", async () => {
    const url = await open();
    const token = new URL(url).searchParams.get("request")!;
    const press = (fields: Record<string, string>) =>
      fetch(`${idp.origin}/accesso`, { method: "POST", body: new URLSearchParams({ request: token, ...fields }) });
    const pressed = await carried(await press({ level: "2", outcome: "ok", person: "giulia-ferri" }));
    expect(attributesOf(pressed.root).name).toBe("Giulia");
    expect(pressed.page).toContain('name="RelayState" value="abc"');
    const asked = await carried(await fetch(`${url}&person=luca-marini&level=2&outcome=ok&auto=1`));
    expect(attributesOf(asked.root).name).toBe("Luca");
    const left = await carried(await press({ level: "2", outcome: "ok", cancel: "1" }));
    expect(statusMessage(left.root)).toBe("ErrorCode nr25");
  });

  it("answers by a header too, and by the query of the endpoint", async () => {
    const destination = `${idp.origin}/spid/sso`;
    const byHeader = await sp.deliver(
      "post",
      destination,
      sp.authnRequest(destination),
      {},
      {
        "dev-idp-auto": encodeURIComponent("person:luca-marini"),
      },
    );
    expect(attributesOf((await carried(byHeader)).root).name).toBe("Luca");
    const byQuery = await sp.deliver(
      "redirect",
      `${destination}?person=elena-conti&auto=1`,
      sp.authnRequest(destination),
    );
    expect(attributesOf((await carried(byQuery)).root).name).toBe("Elena");
  });

  it("refuses a choice it does not know", async () => {
    for (const value of ["person:nessuno", "person:elena-conti;outcome:boh", "person:elena-conti;level:4", "boh"]) {
      const destination = `${idp.origin}/spid/sso`;
      const cookie = `dev_idp_auto=${encodeURIComponent(value)}`;
      const response = await sp.deliver("post", destination, sp.authnRequest(destination), {}, { cookie });
      expect(response.status).toBe(400);
    }
    expect((await fetch(`${idp.origin}/accesso?request=boh`)).status).toBe(404);
  });
});

describe("a logout", () => {
  it("is answered, signed, by the binding it came with", async () => {
    const destination = `${idp.origin}/spid/slo`;
    const request = sp.logoutRequest(destination);
    const { root, text, page } = await carried(await sp.deliver("post", destination, request, { relayState: "r" }));
    expect(root.localName).toBe("LogoutResponse");
    expect(root.getAttribute("InResponseTo")).toBe(request.id);
    expect(verifyDocument(text, [certificate])).toBeDefined();
    expect(page).toContain('action="https://sp.borgo.example/slo"');
    const redirected = await sp.deliver("redirect", destination, sp.logoutRequest(destination));
    expect(redirected.status).toBe(303);
    expect(redirected.headers.get("location")).toMatch(
      /^https:\/\/sp\.borgo\.example\/slo\?SAMLResponse=.+&SigAlg=.+&Signature=/,
    );
  });

  it("is refused when unsigned", async () => {
    const destination = `${idp.origin}/spid/slo`;
    const response = await sp.deliver("post", destination, sp.logoutRequest(destination), { signed: false });
    expect(response.status).toBe(403);
  });
});

describe("the process", () => {
  it("does not run in production", () => {
    const main = new URL("./main.ts", import.meta.url).pathname;
    const run = spawnSync(process.execPath, ["--import", "tsx", main], {
      env: { ...process.env, NODE_ENV: "production" },
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("does not run with NODE_ENV=production");
    expect(run.stdout).toBe("");
  }, 30_000);
});
