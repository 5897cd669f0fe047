import type { Recovery } from "@area/api";
import { type Language, languages } from "@area/words";
import { pageWords } from "@area/words/pages/index";
import { describe, expect, it } from "vitest";
import { html } from "../platform/page.ts";
import {
  type Check,
  cancelLandingPage,
  cancelledPage,
  entryPage,
  errorPage,
  footerPages,
  footSlugs,
  loginErrorPage,
  type Reading,
  recoveryLinkPage,
  securityTxt,
  signedPage,
  signLandingPage,
  signVerdictPage,
} from "./index.ts";
import { fill, ownAddress } from "./layout.ts";
import { reasonOfSpidError } from "./login-error.ts";

const hostile = `"><script>alert('x')</script><img src=x onerror=y>`;
const now = new Date("2026-11-23T09:42:00Z");
const reading: Reading = {
  purpose: "sign",
  state: "awaiting-signature",
  productTitle: `SEND ${hostile}`,
  institutionName: `Comune di Borgo Esempio ${hostile}`,
  signing: [],
  kind: "adhesion",
  signer: `Elena Conti ${hostile}`,
  expiresAt: "2026-12-12T22:59:00Z",
  agreement: { name: `accordo ${hostile}.pdf`, length: 412_345, sha256: "9f2c8a10".repeat(8) },
};
const recovery: Recovery = {
  id: "00000000-0000-4000-8000-000000000001",
  institution: { id: "00000000-0000-4000-8000-000000000002", name: `Comune di Borgo Esempio ${hostile}` },
  person: { id: "00000000-0000-4000-8000-000000000003", name: `Ada Abete ${hostile}` },
  says: "member",
  message: hostile,
  state: "open",
  askedAt: "2026-11-23T09:42:00Z",
  expiresAt: "2026-12-23T09:42:00Z",
  pec: "protocollo@pec.example",
  pecConfirmedAt: null,
  representativeKnown: true,
  vouchedAt: null,
  vouchedBy: null,
  waitsUntil: "2026-11-28T09:42:00Z",
  endedAt: null,
  stoppedBy: null,
  stoppedByName: null,
  asksMe: false,
};
const checks: Check[] = [
  { code: "form", outcome: "passed" },
  { code: "integrity", outcome: "failed", problem: "signature-altered" },
  {
    code: "document",
    outcome: "failed",
    problem: "signature-of-another-document",
    facts: { expected: "9f2c", actual: hostile, difference: "changed-after-issue" },
  },
  {
    code: "trust",
    outcome: "failed",
    problem: "signer-certificate-untrusted",
    facts: { issuer: hostile },
  },
  {
    code: "validity",
    outcome: "failed",
    problem: "signer-certificate-expired",
    facts: { notBefore: "2021-05-04T00:00:00Z", notAfter: "2024-05-04T00:00:00Z" },
  },
  {
    code: "signer",
    outcome: "failed",
    problem: "signer-not-legal-representative",
    facts: { name: `Paolo Neri ${hostile}`, actual: "NREPLA", expected: "CNTLNE" },
  },
];
const token = `segreto/${hostile}`;

const pagesIn = (language: Language): Record<string, string> => {
  const at = { language, path: `/x?y=${hostile}` };
  const link = { ...at, token, now, reading };
  const states = ["completed", "cancelled", "expired", "superseded", "submitted"] as const;
  return {
    ...Object.fromEntries(
      (["open", "waiting", "completed", "stopped", "expired"] as const).map((state) => [
        `recovery ${state}`,
        recoveryLinkPage({ ...at, token, recovery: { ...recovery, state } }),
      ]),
    ),
    entry: entryPage({
      ...at,
      identityProviders: [{ entityId: "a", displayName: hostile, href: `/login?idp=${hostile}` }],
      notice: { title: hostile, text: hostile },
      returnTo: "/enti",
      development: { people: [{ name: hostile, note: hostile }], mailbox: "/posta", signingDesk: "/firma" },
      services: "up",
    }),
    "entry without providers": entryPage({ ...at, identityProviders: [] }),
    ...Object.fromEntries(
      [undefined, 2, 8, 19, 20, 21, 22, 23, 25, 30, 99].map((statusCode) => [
        `login error ${statusCode}`,
        loginErrorPage({
          ...at,
          code: "login-provider-error",
          reference: hostile,
          retryHref: "/login",
          identityProvider: hostile,
          ...(statusCode === undefined ? {} : { statusCode }),
        }),
      ]),
    ),
    ...Object.fromEntries(
      (["not-found", "permission-missing", "too-many-requests", "internal-error", "link-invalid"] as const).map((c) => [
        `error ${c}`,
        errorPage({ ...at, code: c, facts: { permission: hostile, seconds: hostile }, traceId: hostile }),
      ]),
    ),
    landing: signLandingPage(link),
    "landing with a problem": signLandingPage({ ...link, problem: { code: "file-too-large" } }),
    ...Object.fromEntries(
      states.flatMap((state) => [
        [`landing ${state}`, signLandingPage({ ...link, reading: { ...reading, state } })],
        [`cancelling ${state}`, cancelLandingPage({ ...link, reading: { ...reading, state } })],
      ]),
    ),
    verdict: signVerdictPage({ ...link, checks, accepted: false, fileName: hostile, size: 3_412_345 }),
    "verdict fine": signVerdictPage({
      ...link,
      checks: checks.map(({ code }) => ({ code, outcome: "passed" })),
      accepted: true,
      checkedOnly: true,
      fileName: hostile,
      size: 10,
    }),
    "verdict early": signVerdictPage({
      ...link,
      checks: checks.map(({ code }, i) =>
        i === 0 ? { code, outcome: "failed", problem: "not-a-signature" } : { code, outcome: "not-reached" },
      ),
      accepted: false,
      fileName: hostile,
      size: 10,
      problem: { code: "link-used" },
    }),
    signed: signedPage({
      ...at,
      token,
      result: {
        productTitle: hostile,
        institutionName: hostile,
        kind: "adhesion",
        signing: [],
        signedAt: "2026-11-25T10:00:00Z",
        completedAt: now.toISOString(),
        signer: hostile,
      },
    }),
    cancelling: cancelLandingPage(link),
    cancelled: cancelledPage({ ...at, token, result: { productTitle: hostile, institutionName: hostile } }),
    ...Object.fromEntries(
      footSlugs.map((slug) => [
        slug,
        footerPages[slug](language, at.path, {
          checkedAt: now.toISOString(),
          services: [
            { name: "portal", state: "up" },
            { name: "mail", state: "down", since: now.toISOString() },
          ],
        }),
      ]),
    ),
  };
};

const textOf = (markup: string) => markup.replace(/<[^>]*>/g, "").trim();

describe.each(languages)("pages in %s", (language) => {
  it.each(Object.entries(pagesIn(language)))("%s is whole, safe and without script", (_, page) => {
    expect(page).toMatch(new RegExp(`^<!DOCTYPE html>\\n<html lang="${language}">`));
    expect(page.match(/<h1[\s>]/g)).toHaveLength(1);
    expect(page.match(/<main[\s>]/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|<style|<img/i);
    const names = page.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? [];
    for (const tag of names) expect(tag).not.toMatch(/\s(style|on[a-z]+)=/i);
    expect(page).not.toMatch(/undefined|\[object|NaN|\{\w+\}/);
    for (const hook of ["accessibility-link", "privacy-policy-link", "legal-notes", "report-inefficiency"])
      expect(page).toContain(`data-element="${hook}"`);
    for (const [whole, inside] of page.matchAll(/<(?:a|button)\s[^>]*>(.*?)<\/(?:a|button)>/gs))
      expect(textOf(inside ?? ""), whole).not.toBe("");
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, named] of page.matchAll(/aria-(?:labelledby|describedby)="([^"]*)"/g))
      for (const id of named?.split(" ") ?? []) expect(ids).toContain(id);
    const levels = [...page.matchAll(/<h([1-4])[\s>]/g)].map(([, level]) => Number(level));
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 1)).toBeLessThanOrEqual(1);
    expect(page.match(/class="btn main/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it("puts the same things in the same sentences", () => {
    const braces = (value: unknown, at = ""): string[] =>
      typeof value === "string"
        ? [`${at} ${[...value.matchAll(/\{\w+\}/g)].map(String).sort().join()}`]
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([key, inner]) => braces(inner, `${at}.${key}`))
          : [];
    expect(braces(pageWords[language]).sort()).toEqual(braces(pageWords.it).sort());
  });
});

describe("signature links", () => {
  const page = signVerdictPage({
    language: "it",
    path: "/accordo/a/controllo",
    token: "a/b",
    now,
    reading: { ...reading, productTitle: "SEND", institutionName: "Comune", signer: "Elena Conti" },
    checks: [
      ...["form", "integrity", "trust", "validity"].map((code) => ({ code, outcome: "passed" }) as Check),
      ...checks.filter((c) => c.code === "document"),
      { ...checks[5]!, facts: { name: "Paolo Neri" } },
    ],
    accepted: false,
    fileName: "accordo.pdf.p7m",
    size: 412_345,
  });
  it("counts what is wrong and what is right, in words", () => {
    expect(page).toContain("Due cose da sistemare, quattro già a posto");
    expect(page).toContain("Ha firmato Paolo Neri, serve Elena Conti");
    expect(page).toContain("412 kB, caricato oggi alle 10:42");
  });
  it("keeps the secret of the link inside one part of the address, and only there", () => {
    expect(page).toContain('action="/accordo/a%2Fb"');
    expect(page).toContain('formaction="/accordo/a%2Fb/controllo"');
    expect(page).toContain('href="/accordo/a%2Fb/documento"');
    expect(page).toContain('href="/accordo/a%2Fb?lingua=de"');
    expect(page).toContain('name="robots" content="noindex, nofollow"');
  });
  it("counts days by the calendar", () => {
    const landing = signLandingPage({ language: "it", path: "/", token: "a", now, reading });
    expect(landing).toContain("tra 19 giorni");
    expect(landing).toContain("sabato 12 dicembre");
  });
});

describe("addresses", () => {
  it.each([
    ["/accordo/a?x=1", "/accordo/a?x=1&lingua=en"],
    ["//evil.example/a", "/a?lingua=en"],
    ["/..//evil.example", "/evil.example?lingua=en"],
    ["https://evil.example/a", "/a?lingua=en"],
    ["http://[", "/?lingua=en"],
    ["/a?lingua=it", "/a?lingua=en"],
  ])("%s stays on this site", (path, expected) => expect(ownAddress(path, "en")).toBe(expected));
});

describe("words", () => {
  it("escape what is put in, and keep markup", () => {
    expect(html`${fill("{a} e {b}", { a: "<b>", b: html`<i>x</i>` })}`.markup).toBe("&lt;b&gt; e <i>x</i>");
  });
  it.each([
    [2, "unavailable"],
    [8, "technical"],
    [18, "technical"],
    [19, "wrongCredentials"],
    [24, "generic"],
    [25, "cancelled"],
    [30, "identityKind"],
    [1000, "generic"],
  ])("of SPID error %i are of %s", (number, reason) => expect(reasonOfSpidError(number)).toBe(reason));
  // Every number that a provider may answer (§1.5), and one that it may not.
  const numbers = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 30, 99];
  it.each(languages)(
    "of each refusal of a provider are its own in %s, with a reference and two ways on",
    (language) => {
      const said = new Map<string, number>();
      for (const scheme of ["spid", "cie"] as const)
        for (const statusCode of numbers) {
          const page = loginErrorPage({
            language,
            path: "/",
            code: "login-provider-error",
            statusCode,
            scheme,
            reference: "r-0001",
            retryHref: "/spid/login?idp=x",
          });
          const [, verdict] = /<div role="status">(.*?)<p class="s muted">/s.exec(page)!;
          expect([scheme, statusCode, said.get(`${scheme} ${verdict}`)]).toEqual([scheme, statusCode, undefined]);
          said.set(`${scheme} ${verdict}`, statusCode);
          expect(page).toContain("r-0001");
          expect(page).toContain('class="btn main" href="/spid/login?idp=x"');
          expect(page).toContain('class="btn plain" href="/"');
          expect(page).not.toMatch(/ErrorCode|nr\d/);
        }
      expect(said.size).toBe(2 * numbers.length);
    },
  );

  it("of security.txt end within a year", () => {
    const text = securityTxt("https://area.example", now);
    expect(text).toContain("Canonical: https://area.example/.well-known/security.txt");
    const end = Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? "");
    expect(end).toBeGreaterThan(now.getTime());
    expect(end).toBeLessThan(now.getTime() + 365 * 86_400_000);
  });
});
