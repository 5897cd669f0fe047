import { portEnv, refuseProduction, requiredEnv, runUntilStopped } from "../../kit/process.ts";
import { startIdp } from "./index.ts";

refuseProduction("The test identity provider");

await runUntilStopped(
  async () =>
    startIdp({
      port: portEnv("IDP_PORT"),
      host: process.env.IDP_HOST,
      origin: process.env.IDP_ORIGIN,
      dataDir: requiredEnv("IDP_DATA_DIR"),
      peopleFile: requiredEnv("IDP_PEOPLE"),
      serviceProviders: (process.env.IDP_SERVICE_PROVIDERS ?? "").split(",").flatMap((url) => url.trim() || []),
    }),
  ({ origin, metadataUrl, cieMetadataUrl }) => ({ origin, metadataUrl, cieMetadataUrl }),
);
