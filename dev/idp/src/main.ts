import { portEnv, refuseProduction, requiredEnv, runUntilStopped } from "../../kit/process.ts";
import { startIdp } from "./index.ts";

refuseProduction("The test identity provider");

/** `id secret address`, parted by spaces. */
const staffClient = (text: string | undefined) => {
  const [id, secret, redirectUri] = (text ?? "").split(" ");
  return id && secret && redirectUri ? { id, secret, redirectUri } : undefined;
};
const client = staffClient(process.env.IDP_STAFF_CLIENT);

await runUntilStopped(
  async () =>
    startIdp({
      port: portEnv("IDP_PORT"),
      host: process.env.IDP_HOST,
      origin: process.env.IDP_ORIGIN,
      dataDir: requiredEnv("IDP_DATA_DIR"),
      peopleFile: requiredEnv("IDP_PEOPLE"),
      staff: client && { peopleFile: requiredEnv("IDP_STAFF"), client },
      openIdClients: (process.env.IDP_OPENID_CLIENTS ?? "").split(",").flatMap((id) => id.trim() || []),
      serviceProviders: (process.env.IDP_SERVICE_PROVIDERS ?? "").split(",").flatMap((url) => url.trim() || []),
    }),
  ({ close: _close, port: _port, ...addresses }) => addresses,
);
