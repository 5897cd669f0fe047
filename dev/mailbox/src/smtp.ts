import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Store } from "./store.ts";

const LARGEST = 25 * 1024 * 1024;

/** Takes every message from anybody on this machine and sends none on. */
export async function startSmtp(
  port: number,
  host: string,
  store: Store,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    banner: "Casella di prova",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: true,
    size: LARGEST,
    maxClients: 50,
    socketTimeout: 30_000,
    closeTimeout: 500,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom ? mailFrom.address : "";
      collect(stream)
        .then((content) =>
          store.add(
            from,
            rcptTo.map(({ address }) => address),
            content,
          ),
        )
        .then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
  // A client that hangs up half way is its own business.
  server.on("error", (error) => process.stderr.write(`SMTP: ${error.message}\n`));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The whole stream is always read to its end, or the client would never hear the refusal. */
async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  }
  if (size > LARGEST) throw Object.assign(new Error("Message larger than 25 MB"), { responseCode: 552 });
  return Buffer.concat(chunks);
}
