import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningMailbox, startMailbox } from "./index.ts";
import { linksOf, type Message, pieces } from "./message.ts";
import { openStore } from "./store.ts";

let mailbox: RunningMailbox;
const dataDir = mkdtempSync(join(tmpdir(), "mailbox-"));

beforeAll(async () => {
  mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir });
});
afterEach(async () => {
  await fetch(`${mailbox.origin}/api/messages`, { method: "DELETE" });
});
afterAll(async () => {
  await mailbox.close();
  rmSync(dataDir, { recursive: true });
});

const base = {
  from: "Area Riservata <no-reply@area.example>",
  to: "elena.conti@posta.example",
  subject: "Invito",
  text: "Ciao",
};
async function post(
  message: Parameters<ReturnType<typeof createTransport>["sendMail"]>[0] = {},
  url = mailbox.smtpUrl,
) {
  await createTransport(url).sendMail({ ...base, ...message });
}
async function list(query = ""): Promise<Message[]> {
  const { messages } = (await (await fetch(`${mailbox.origin}/api/messages${query}`)).json()) as {
    messages: Message[];
  };
  return messages;
}
const pageAt = async (path: string) => (await fetch(mailbox.origin + path)).text();

describe("the mailbox", () => {
  it("keeps what it receives, newest first, with its kind, links and attachments", async () => {
    await post({ subject: "Primo" });
    await post({
      to: ["giulia.ferri@posta.example"],
      bcc: "protocollo@pec.borgo.example",
      subject: "Perché è arrivata la PEC: già € 5",
      headers: { "Area-Mail-Kind": "pec", "Delivered-To": "finto@altri.example" },
      text: "Apri https://area.example/inviti/abc?x=1&y=2. Poi (http://area.example/aiuto), grazie.",
      html: "<p>Altro <script>alert(1)</script></p>",
      attachments: [{ filename: "accordo à.pdf", content: Buffer.from("%PDF-1.7"), contentType: "application/pdf" }],
    });
    const [second, first, ...others] = await list();
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      kind: "mail",
      subject: "Primo",
      to: ["elena.conti@posta.example"],
      from: "no-reply@area.example",
    });
    expect(second).toMatchObject({
      kind: "pec",
      subject: "Perché è arrivata la PEC: già € 5",
      to: ["giulia.ferri@posta.example", "protocollo@pec.borgo.example"],
      links: ["https://area.example/inviti/abc?x=1&y=2", "http://area.example/aiuto"],
      attachments: [{ name: "accordo à.pdf", type: "application/pdf", size: 8 }],
    });
    expect(Math.abs(Date.parse(second!.at) - Date.now())).toBeLessThan(10_000);

    const raw = await pageAt(`/api/messages/${second!.id}/raw`);
    expect(raw).toContain("Delivered-To: protocollo@pec.borgo.example");
    const file = await fetch(`${mailbox.origin}/messaggi/${second!.id}/allegati/0`);
    expect(await file.text()).toBe("%PDF-1.7");
    expect(file.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''accordo%20%C3%A0.pdf");
    expect((await fetch(`${mailbox.origin}/messaggi/${second!.id}/allegati/7`)).status).toBe(404);
    expect(await (await fetch(`${mailbox.origin}/api/messages/${second!.id}`)).json()).toEqual(second);
  });

  it("finds by recipient and by subject", async () => {
    await post({ subject: "Invito a Giulia", to: "giulia.ferri@posta.example" });
    await post({ subject: "Accordo firmato" });
    expect((await list("?to=GIULIA")).map((m) => m.subject)).toEqual(["Invito a Giulia"]);
    expect((await list("?subject=accordo")).map((m) => m.subject)).toEqual(["Accordo firmato"]);
    expect(await list("?to=giulia&subject=accordo")).toEqual([]);
    expect(await pageAt("/?q=giulia")).not.toContain("Accordo firmato");
    expect(await pageAt("/?q=%3Cb%3E")).toContain("Nessun messaggio con «&#60;b&#62;»");
  });

  it("shows a list, an empty state, and a message with everything escaped and the HTML part left alone", async () => {
    expect(await pageAt("/")).toContain("Ancora nessun messaggio");
    await post({
      subject: "<img src=x onerror=alert(1)>",
      text: '<b>non grassetto</b> https://area.example/?a="x"&b=<i>',
      html: "<h1>parte ricca</h1>",
    });
    const [message] = await list();
    expect(await pageAt("/")).toContain("&#60;img src=x");
    const response = await fetch(`${mailbox.origin}/messaggi/${message!.id}`);
    const page = await response.text();
    expect(page).not.toMatch(/<img|<b>non|parte ricca/);
    expect(page).toContain('href="https://area.example/?a="');
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("answers what is not there", async () => {
    expect((await fetch(`${mailbox.origin}/messaggi/000000000000001`)).status).toBe(404);
    expect((await fetch(`${mailbox.origin}/api/messages/..%2f..%2fx/raw`)).status).toBe(404);
    expect((await fetch(`${mailbox.origin}/boh`)).status).toBe(404);
    expect((await fetch(mailbox.origin, { method: "POST" })).status).toBe(405);
  });

  it("empties", async () => {
    await post();
    expect((await fetch(`${mailbox.origin}/api/messages`, { method: "DELETE" })).status).toBe(204);
    expect(await list()).toEqual([]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("refuses more than 25 MB and goes on", async () => {
    await expect(post({ attachments: [{ filename: "x", content: Buffer.alloc(20 * 1024 * 1024) }] })).rejects.toThrow(
      /552/,
    );
    await post();
    expect(await list()).toHaveLength(1);
  }, 30_000);
});

describe("the store", () => {
  it("finds its messages again and lets the oldest go", async () => {
    const folder = mkdtempSync(join(tmpdir(), "store-"));
    const store = await openStore(folder, 3);
    for (const n of [1, 2, 3, 4, 5]) {
      await store.add("a@x.example", ["b@x.example"], Buffer.from(`From: a@x.example\r\nSubject: n${n}\r\n\r\ntesto`));
    }
    const again = await openStore(folder, 3);
    expect(again.all().map((m) => m.subject)).toEqual(["n5", "n4", "n3"]);
    expect(again.all()).toEqual(store.all());
    expect(readdirSync(folder)).toHaveLength(3);
    rmSync(folder, { recursive: true });
  });
});

describe("links", () => {
  it("end where the sentence goes on", () => {
    expect(linksOf("Vai su https://a.example/x, o https://b.example/y_(z). Fine")).toEqual([
      "https://a.example/x",
      "https://b.example/y_(z)",
    ]);
    const text = "a https://a.example/x. b";
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
    expect(linksOf("javascript:alert(1) ftp://x")).toEqual([]);
  });
});

describe("the process", () => {
  const main = new URL("./main.ts", import.meta.url).pathname;
  const run = ["--import", "tsx", main];

  it("says it is ready in one line and ends on SIGTERM", async () => {
    const child = spawn(process.execPath, run, { env: { ...process.env, NODE_ENV: "test", MAILBOX_DATA_DIR: "" } });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("\n")) child.kill("SIGTERM");
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ready: true,
      origin: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      smtpUrl: expect.stringMatching(/^smtp:\/\/127\.0\.0\.1:\d+$/),
    });
  }, 30_000);

  it("does not run in production", () => {
    const { status, stderr } = spawnSync(process.execPath, run, {
      env: { ...process.env, NODE_ENV: "production" },
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(status).toBe(1);
    expect(stderr).toContain("does not run with NODE_ENV=production");
  }, 30_000);
});
