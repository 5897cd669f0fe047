import { portEnv, refuseProduction, requiredEnv, runUntilStopped } from "../../kit/process.ts";
import { startBackOffice } from "./index.ts";

refuseProduction("The test back office");

await runUntilStopped(
  async () =>
    startBackOffice({
      port: portEnv("BACK_OFFICE_PORT"),
      host: process.env.BACK_OFFICE_HOST,
      origin: process.env.BACK_OFFICE_ORIGIN,
      issuer: requiredEnv("BACK_OFFICE_ISSUER"),
      keys: requiredEnv("BACK_OFFICE_KEYS"),
      audiences: requiredEnv("BACK_OFFICE_AUDIENCES").split(","),
    }),
  ({ origin }) => ({ origin }),
);
