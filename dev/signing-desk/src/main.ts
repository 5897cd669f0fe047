import { resolve } from "node:path";
import { startSigningDesk } from "./desk.ts";

const refuse = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const {
  NODE_ENV,
  SIGNING_DESK_PORT,
  SIGNING_DESK_HOST,
  SIGNING_DESK_ORIGIN,
  SIGNING_DESK_DATA_DIR,
  SIGNING_DESK_PEOPLE,
  SIGNING_DESK_CLIENT,
} = process.env;

// Whoever trusts this root accepts a signature by anybody: it has no business near real agreements.
if (NODE_ENV === "production")
  refuse("The signing desk makes signatures by invented people and never runs in production.");
const dataDir =
  SIGNING_DESK_DATA_DIR ?? refuse("Set SIGNING_DESK_DATA_DIR to the folder that keeps the test authority.");
const peopleFile =
  SIGNING_DESK_PEOPLE ?? refuse("Set SIGNING_DESK_PEOPLE to the JSON file that lists the invented people.");

/** `id secret redirect-uri`: who may ask for remote signatures. */
const [clientId, clientSecret, redirectUri] = (SIGNING_DESK_CLIENT ?? "").split(" ");

try {
  const desk = await startSigningDesk({
    port: Number(SIGNING_DESK_PORT ?? 0),
    host: SIGNING_DESK_HOST,
    origin: SIGNING_DESK_ORIGIN,
    dataDir: resolve(dataDir),
    peopleFile: resolve(peopleFile),
    client: clientId && clientSecret && redirectUri ? { id: clientId, secret: clientSecret, redirectUri } : undefined,
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      void desk.close().then(() => process.exit(0));
    });
  process.stdout.write(`${JSON.stringify({ ready: true, origin: desk.origin, trustFile: desk.trustFile })}\n`);
} catch (problem) {
  refuse(`The signing desk did not start: ${problem instanceof Error ? problem.message : String(problem)}`);
}
