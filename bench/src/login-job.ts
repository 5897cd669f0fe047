import { readFileSync, writeFileSync } from "node:fs";
import { peekResponse, verifyResponse } from "../../server/src/ports/identity/index.ts";
import { hostileShapes } from "../../server/src/ports/identity/testing/hostile-shapes.ts";
import {
  encode,
  makeResponse,
  makeWorld,
  now,
  request,
} from "../../server/src/ports/identity/testing/response-maker.ts";

/* A process that receives logins as the server does, and tells what each cost: started by the measure. */
const resident = (field: "VmHWM" | "VmRSS"): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024;

const world = await makeWorld();
const made = (n: number, signedTwice: boolean): string =>
  makeResponse({
    world,
    assertion: (xml) => xml.replace('"_assertion1"', `"_assertion${n}"`),
    response: (xml) => xml.replace('"_response1"', `"_response${n}"`),
    ...(signedTwice ? { signResponse: world.idpKeys } : {}),
  });
const arrives = (samlResponse: string): boolean => {
  const peeked = peekResponse(samlResponse);
  if (!peeked.ok) return false;
  const { relayState } = request;
  const given = { request, relayState, identityProvider: world.spid, sp: world.sp, now };
  return verifyResponse({ ...given, samlResponse: peeked.opened }).ok;
};

const WARM = 200;
const COUNTED = 500;
const costOf = (signedTwice: boolean) => {
  const responses = Array.from({ length: WARM + COUNTED }, (_, n) => made(n, signedTwice));
  for (const one of responses.slice(0, WARM)) arrives(one);
  const before = process.cpuUsage();
  for (const one of responses.slice(WARM)) if (!arrives(one)) throw new Error("a good response was refused");
  const { user, system } = process.cpuUsage(before);
  const bytes = responses.reduce((sum, one) => sum + one.length, 0) / responses.length;
  return { ms: (user + system) / 1000 / COUNTED, kb: bytes / 1000 };
};
const accepted = costOf(true);
const once = costOf(false);

// Each shape just within the cap, and far beyond it; and inside a response that would otherwise be good.
const good = Buffer.from(made(0, true), "base64").toString("utf8");
const hostile = hostileShapes.flatMap(([, shape]) => [
  () => encode(shape(190_000)),
  () => encode(shape(2_000_000)),
  () =>
    encode(
      good.replace("<samlp:Status>", () => `<samlp:Extensions>${shape(150_000)}</samlp:Extensions><samlp:Status>`),
    ),
]);
const texts = hostile.map((make) => make());
const ROUNDS = 10;
globalThis.gc?.();
const idle = resident("VmRSS");
writeFileSync("/proc/self/clear_refs", "5");
const before = process.cpuUsage();
for (let turn = 0; turn < ROUNDS; turn++)
  for (const text of texts) if (arrives(text)) throw new Error("a hostile document was let in");
const { user, system } = process.cpuUsage(before);
const documents = ROUNDS * texts.length;
process.stdout.write(
  JSON.stringify({
    accepted,
    once,
    hostile: { documents, ms: (user + system) / 1000 / documents, grewMb: resident("VmHWM") - idle },
  }),
);
