import { createTransport } from "nodemailer";
import type { Mail } from "./mail.ts";

/** Through an SMTP server. Certified mail (PEC) leaves from its own address; ordinary mail from the other. */
export const smtpMail = (settings: { smtpUrl: string; from: string; pecFrom: string }): Mail => {
  const transport = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
    tls: { rejectUnauthorized: true },
  });
  return {
    send: async ({ id, kind, to, subject, text }) => {
      await transport.sendMail({
        messageId: `<${id}@area-riservata>`,
        from: kind === "pec" ? settings.pecFrom : settings.from,
        to,
        subject,
        text,
        headers: { "Area-Mail-Kind": kind },
      });
    },
    close: () => transport.close(),
  };
};
