import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const freePort = () =>
  new Promise<number>((done) => {
    const s = createServer();
    s.listen(0, "127.0.0.1", () => {
      const { port } = s.address() as { port: number };
      s.close(() => done(port));
    });
  });

export type Portal = {
  url: string;
  mailbox: string;
  signingDesk: string;
  dataDir: string;
  seconds: number;
  stop(): Promise<void>;
};

/**
 * `npm start`, as a newcomer types it, in a folder of its own. Two portals start side by side: a port that was free a moment
 * ago may be taken by the other, and then it is started again.
 */
export const startPortal = async (env: NodeJS.ProcessEnv = {}, dataDir?: string, tries = 4): Promise<Portal> => {
  try {
    return await startOnce(env, dataDir);
  } catch (problem) {
    if (tries === 1 || !(problem instanceof Error) || !/EADDRINUSE|is in use/.test(problem.message)) throw problem;
    return startPortal(env, dataDir, tries - 1);
  }
};

const startOnce = async (
  env: NodeJS.ProcessEnv = {},
  dataDir = mkdtempSync(join(tmpdir(), "area-journey-")),
): Promise<Portal> => {
  const port = await freePort();
  const began = Date.now();
  const child: ChildProcess = spawn(process.execPath, [join(root, "tools/start.mjs")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "development",
      PORT: String(port),
      DATA_DIR: dataDir,
      LOGIN_RATE_LIMIT: "1000",
      REQUEST_RATE_LIMIT: "100000",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  await new Promise<void>((ready, failed) => {
    const giveUp = setTimeout(() => failed(new Error(`the portal did not start:\n${said}`)), 90_000);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("Ctrl C per fermare")) return;
      clearTimeout(giveUp);
      ready();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("exit", (code) => failed(new Error(`the portal ended with ${code}:\n${said}`)));
  });
  const after = (label: string) => new RegExp(`${label}\\s+(\\S+)`).exec(said)?.[1] ?? "";
  return {
    url: `http://localhost:${port}`,
    mailbox: after("Posta e PEC di prova"),
    signingDesk: after("Tavolo di firma"),
    dataDir,
    seconds: (Date.now() - began) / 1000,
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.removeAllListeners("exit");
        child.once("exit", () => done());
        child.kill("SIGTERM");
      }),
  };
};

export const forget = (portal: Portal) => rmSync(portal.dataDir, { recursive: true, force: true });

export type Mail = { id: string; to: string[]; subject: string; kind: string; text: string; links: string[] };
/** The last message to an address, waited for: mail leaves after the commit. */
export const mailTo = async (portal: Portal, address: string, subject = ""): Promise<Mail> => {
  for (let i = 0; i < 100; i++) {
    const found = (
      (await (await fetch(`${portal.mailbox}/api/messages?to=${encodeURIComponent(address)}`)).json()) as {
        messages: Mail[];
      }
    ).messages.find((m) => m.subject.includes(subject));
    if (found) return found;
    await new Promise((r) => setTimeout(r, 200));
  }
  throw new Error(`no message to ${address} about «${subject}»`);
};
