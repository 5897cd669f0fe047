import { portEnv, refuseProduction, runUntilStopped } from "../../kit/process.ts";
import { startMailbox } from "./index.ts";

refuseProduction("The test mailbox");

await runUntilStopped(
  async () =>
    startMailbox({
      smtpPort: portEnv("MAILBOX_SMTP_PORT"),
      httpPort: portEnv("MAILBOX_HTTP_PORT"),
      host: process.env.MAILBOX_HOST,
      origin: process.env.MAILBOX_ORIGIN,
      dataDir: process.env.MAILBOX_DATA_DIR,
    }),
  ({ origin, smtpUrl }) => ({ origin, smtpUrl }),
);
