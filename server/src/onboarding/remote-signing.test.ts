import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { api } from "@area/api";
import { type SigningDesk, startSigningDesk } from "@area/dev-signing-desk/src/index.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RemoteSignature, remoteSignature } from "../ports/signature/index.ts";
import { makeWorld, someone, type World } from "../testing/world.ts";

/* Signing without a file: the portal, the person's browser, and a service that speaks the protocol for real. */
const client = {
  id: "area-riservata",
  secret: "a-secret-of-the-test",
  redirectUri: "http://portal.test/firma-remota/ritorno",
};
const mayor = someone();
const stranger = someone();
let world: World;
let desk: SigningDesk;
let real: RemoteSignature;
beforeAll(async () => {
  const service: RemoteSignature = {
    name: () => real.name(),
    askService: (...given) => real.askService(...given),
    askCredential: (...given) => real.askCredential(...given),
    token: (...given) => real.token(...given),
    credentials: (...given) => real.credentials(...given),
    sign: (...given) => real.sign(...given),
  };
  world = await makeWorld({ remoteSignature: service });
  const peopleFile = join(world.dataDir, "people.json");
  writeFileSync(
    peopleFile,
    JSON.stringify(
      [mayor, stranger].map((one, at) => ({
        key: ["mayor", "stranger"][at],
        ...one,
        fiscalNumber: `TINIT-${one.fiscalCode}`,
      })),
    ),
  );
  // The same authority that the portal trusts.
  desk = await startSigningDesk({ port: 0, dataDir: join(world.dataDir, "authority"), peopleFile, client });
  real = remoteSignature({ url: desk.origin, clientId: client.id, clientSecret: client.secret, insecure: true });
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

/** An agreement that waits for the mayor's signature, and where its link leads. */
const waiting = async () => {
  const requester = await world.person();
  const body = await world.body();
  const { id } = await requester.call(api.onboarding.submit, { body: world.request(body, { manager: mayor }) });
  await world.settle();
  const [link, cancelLink] = world.linksTo(body.pec).map((one) => new URL(one).pathname);
  const state = async () => (await requester.call(api.onboarding.read, { params: { onboardingId: id } })).state;
  return { link: link!, cancelToken: cancelLink!.split("/").at(-1)!, state };
};
/** A browser: its cookies, and pages that are not followed by themselves. */
const browser = () => {
  let cookie = "";
  return {
    open: async (path: string) => {
      const response = await world.fetch(`http://portal.test${path}`, {
        redirect: "manual",
        headers: { accept: "text/html", ...(cookie ? { cookie } : {}) },
      });
      cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      return { status: response.status, to: response.headers.get("location") ?? "", text: await response.text() };
    },
  };
};
/** What the person does at the service: its form, filled in and sent. Answers where it leads. */
const answer = async (address: string, choice: "yes" | "no", person = "mayor"): Promise<string> => {
  const page = await (await fetch(address)).text();
  const fields = new URLSearchParams(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((m) => [
      m[1]!,
      m[2]!.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code))),
    ]),
  );
  if (page.includes("<select")) fields.set("person", person);
  fields.set("answer", choice);
  const response = await fetch(`${desk.origin}/oauth2/authorize`, { method: "POST", body: fields, redirect: "manual" });
  const back = new URL(response.headers.get("location")!);
  expect(back.origin + back.pathname).toBe(client.redirectUri);
  return back.pathname + back.search;
};

it("signs in two confirmations, and the request is completed with the same check as an upload", async () => {
  const { link, state } = await waiting();
  const { open } = browser();
  const landing = await open(link);
  expect(landing.text).toContain("Firma remota di prova");
  const first = await open(`${link}/firma`);
  expect(first.status).toBe(302);
  const second = await open(await answer(first.to, "yes"));
  expect(second.status).toBe(302);
  // The service sees a digest and nothing of the document.
  expect(new URL(second.to).searchParams.get("hashes")).toMatch(/^[\w-]{43}$/);
  expect(await state()).toBe("awaiting-signature");
  const done = await open(await answer(second.to, "yes"));
  expect(done.status).toBe(200);
  expect(done.text).toContain("Adesione completata");
  expect(await state()).toBe("completed");

  const kept = await world.database.asSystem(({ db }) =>
    db
      .selectFrom("agreements")
      .select(["signed_storage_key", "signed_form"])
      .where("signed_at", "is not", null)
      .execute(),
  );
  expect(kept[0]?.signed_form).toBe("PAdES");
  // Another program agrees with what we wrote.
  const stored = await world.storage.get(kept[0]!.signed_storage_key!);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stored!.bytes) chunks.push(chunk);
  const file = join(world.dataDir, "firmato.pdf");
  writeFileSync(file, Buffer.concat(chunks));
  const said = execFileSync("pdfsig", ["-nocert", file]).toString();
  expect(said).toContain("Signature is Valid");
  expect(said).toContain("Total document signed");
});

it("leaves everything as it was when the person says no, at either step", async () => {
  const { link, state } = await waiting();
  const { open } = browser();
  const refused = await open(await answer((await open(`${link}/firma`)).to, "no"));
  expect(refused.status).toBe(409);
  expect(refused.text).toContain("Firma non autorizzata");
  const second = await open(await answer((await open(`${link}/firma`)).to, "yes"));
  const again = await open(await answer(second.to, "no"));
  expect(again.status).toBe(409);
  expect(await state()).toBe("awaiting-signature");
});

it("stops before any PIN when the certificate is of somebody else, and says who should sign", async () => {
  const { link, state } = await waiting();
  const { open } = browser();
  const stopped = await open(await answer((await open(`${link}/firma`)).to, "yes", "stranger"));
  expect(stopped.status).toBe(422);
  expect(stopped.text).toContain(`${stranger.givenName} ${stranger.familyName}`);
  expect(await state()).toBe("awaiting-signature");
});

it("takes each answer once, from the browser that asked, within its time", async () => {
  const { link, state } = await waiting();
  const first = browser();
  const second = browser();
  await second.open(link);
  const back = await answer((await first.open(`${link}/firma`)).to, "yes");
  const other = await second.open(back);
  expect(other.status).toBe(410);
  expect(other.text).toContain("La firma è stata interrotta");
  // Taken by the wrong browser, it is over for the right one too: whoever stole the address gains nothing.
  expect((await first.open(back)).status).toBe(410);
  const late = await answer((await first.open(`${link}/firma`)).to, "yes");
  world.pass(16 * 60_000);
  expect((await first.open(late)).status).toBe(410);
  expect((await first.open("/firma-remota/ritorno?state=inventato&code=x")).status).toBe(410);
  expect((await first.open("/firma-remota/ritorno")).status).toBe(410);
  expect(await state()).toBe("awaiting-signature");
});

it("goes on with uploads while the service is down, and says so to whoever was on the way", async () => {
  const { link, state } = await waiting();
  const { open } = browser();
  const back = await answer((await open(`${link}/firma`)).to, "yes");
  const whole = real;
  real = remoteSignature({
    url: "http://127.0.0.1:9",
    clientId: client.id,
    clientSecret: client.secret,
    insecure: true,
  });
  try {
    const page = await open(back);
    expect(page.status).toBe(503);
    expect(page.text).toContain("La firma remota non risponde");
    const landing = await open(link);
    expect(landing.status).toBe(200);
    expect(landing.text).not.toContain('/firma"');
    expect(landing.text).toContain("Accordo firmato");
  } finally {
    real = whole;
  }
  expect(await state()).toBe("awaiting-signature");
});

it("asks the service its name once for a while, and waits for it briefly", async () => {
  let asked = 0;
  let answers = true;
  const slow = createServer((_request, response) => {
    asked++;
    if (answers) response.end(JSON.stringify({ name: "Firma lenta" }));
  });
  await new Promise<void>((ready) => slow.listen(0, "127.0.0.1", ready));
  const at = () =>
    remoteSignature({
      url: `http://127.0.0.1:${(slow.address() as AddressInfo).port}`,
      clientId: client.id,
      clientSecret: client.secret,
      insecure: true,
    });
  const quick = at();
  expect([await quick.name(), await quick.name()]).toEqual(["Firma lenta", "Firma lenta"]);
  expect(asked).toBe(1);
  answers = false;
  const silent = at();
  const began = Date.now();
  await expect(silent.name()).rejects.toThrow("unavailable");
  expect(Date.now() - began).toBeLessThan(3_000);
  // Silence is remembered too: the next page does not wait again.
  const again = Date.now();
  await expect(silent.name()).rejects.toThrow("unavailable");
  expect(Date.now() - again).toBeLessThan(500);
  expect(asked).toBe(2);
  slow.closeAllConnections();
  slow.close();
});

it("is offered only while there is something to sign, and a link for cancelling opens nothing", async () => {
  const { link, cancelToken } = await waiting();
  const { open } = browser();
  expect((await open("/accordo/inventato/firma")).status).toBe(403);
  expect((await open(`/accordo/${cancelToken}/firma`)).status).toBe(403);
  const first = await open(await answer((await open(`${link}/firma`)).to, "yes"));
  await open(await answer(first.to, "yes"));
  const over = await open(`${link}/firma`);
  expect(over.status).toBe(302);
  expect(over.to).toBe(link);
});
