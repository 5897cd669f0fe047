import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  api,
  endpointsOf,
  fillPath,
  openapi,
  type ProblemBody,
  type ProblemCode,
  pathParameters,
  problems,
  problemsOf,
} from "@area/api";
import { languages, problemText } from "@area/words";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";
import { csrfTokenOf, hashOfSession } from "./http.ts";

let world: World;
let giulia: SignedIn;
beforeAll(async () => {
  world = await makeWorld();
  giulia = await world.person();
});
afterAll(() => world.close());

type Asked = { method?: string; headers?: Record<string, string>; body?: string | Buffer };
/** Straight into the application, under its own host name, with these headers and no others. */
const ask = async (path: string, { method = "GET", headers = {}, body }: Asked = {}, w: World = world) => {
  const answer = await w.app.inject({
    method: method as "GET",
    url: path,
    headers: { host: new URL(w.config.publicUrl).host, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, string | undefined>,
    text: answer.payload,
    problem: () => JSON.parse(answer.payload) as ProblemBody,
  };
};
const json = { "content-type": "application/json" };
const draft = JSON.stringify({ productId: "pagopa" });

describe("a write must come from our own pages or carry the session's token", () => {
  const own = "http://portal.test";
  const token = () => csrfTokenOf(hashOfSession(giulia.cookie.split("=")[1]!));
  const matrix: [string, () => Record<string, string>, boolean][] = [
    ["our origin", () => ({ origin: own }), true],
    ["our origin, same site", () => ({ origin: own, "sec-fetch-site": "same-origin" }), true],
    ["no origin and the token", () => ({ "csrf-token": token() }), true],
    ["no origin and the token, typed by the person", () => ({ "csrf-token": token(), "sec-fetch-site": "none" }), true],
    ["no origin and no token", () => ({}), false],
    ["no origin and a token made up", () => ({ "csrf-token": "x".repeat(32) }), false],
    ["no origin and another session's token", () => ({ "csrf-token": csrfTokenOf(hashOfSession("altra")) }), false],
    ["another origin", () => ({ origin: "https://altrove.example" }), false],
    ["another origin with the token", () => ({ origin: "https://altrove.example", "csrf-token": token() }), false],
    ["an origin that begins like ours", () => ({ origin: `${own}.altrove.example` }), false],
    ["our name on another scheme", () => ({ origin: "https://portal.test" }), false],
    ["our name on another port", () => ({ origin: `${own}:8080` }), false],
    ["a sandboxed page", () => ({ origin: "null" }), false],
    ["another site that claims our origin", () => ({ origin: own, "sec-fetch-site": "cross-site" }), false],
    ["a sibling host", () => ({ origin: own, "sec-fetch-site": "same-site" }), false],
    ["another site with the token", () => ({ "csrf-token": token(), "sec-fetch-site": "cross-site" }), false],
  ];
  for (const [what, headers, passes] of matrix)
    it(`${what}: ${passes ? "passes" : "refused"}`, async () => {
      const answer = await ask("/api/v1/drafts", {
        method: "POST",
        headers: { ...json, cookie: giulia.cookie, ...headers() },
        body: draft,
      });
      if (passes) expect(answer.status).toBe(200);
      else expect([answer.status, answer.problem().code]).toEqual([403, "request-forged"]);
    });

  it("reading needs none of it, and the token is told by GET /me", async () => {
    const answer = await ask("/api/v1/me", {
      headers: { cookie: giulia.cookie, origin: "https://altrove.example", "sec-fetch-site": "cross-site" },
    });
    expect([answer.status, (JSON.parse(answer.text) as { session: { csrfToken: string } }).session.csrfToken]).toEqual([
      200,
      token(),
    ]);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("a mailed link's form is guarded the same, except that it needs no token", async () => {
    const upload = (headers: Record<string, string>) =>
      ask("/annulla/nessuno", { method: "POST", headers: { accept: "application/json", ...headers } });
    expect((await upload({ origin: "https://altrove.example" })).problem().code).toBe("request-forged");
    expect((await upload({ "sec-fetch-site": "cross-site" })).problem().code).toBe("request-forged");
    expect((await upload({})).problem().code).toBe("link-invalid");
    expect((await upload({ origin: own })).problem().code).toBe("link-invalid");
  });
});

describe("every refusal of the API is a problem of RFC 9457", () => {
  const cases: [number, ProblemCode, string, () => Asked][] = [
    [
      400,
      "input-invalid",
      "/api/v1/drafts",
      () => ({ method: "POST", headers: { ...json, origin: "http://portal.test", cookie: giulia.cookie }, body: "{}" }),
    ],
    [
      400,
      "input-invalid",
      "/api/v1/drafts",
      () => ({
        method: "POST",
        headers: { ...json, origin: "http://portal.test", cookie: giulia.cookie },
        body: "{not json",
      }),
    ],
    [
      400,
      "input-invalid",
      "/api/v1/drafts",
      () => ({ method: "POST", headers: { ...json, origin: "http://portal.test", cookie: giulia.cookie }, body: "" }),
    ],
    [
      400,
      "input-invalid",
      "/api/v1/drafts",
      () => ({ method: "POST", headers: { origin: "http://portal.test", cookie: giulia.cookie } }),
    ],
    [400, "input-invalid", "/api/v1/institutions/non-un-uuid", () => ({ headers: { cookie: giulia.cookie } })],
    [404, "not-found", "/api/v1/drafts/%E0%A4%A", () => ({ headers: { cookie: giulia.cookie } })],
    [401, "session-missing", "/api/v1/me", () => ({})],
    [401, "session-missing", "/api/v1/me", () => ({ headers: { cookie: `ar_session=${"x".repeat(5000)}` } })],
    [
      403,
      "permission-missing",
      "/api/v1/institutions/8f0b5f5e-7d0c-4a53-9a63-4b6f3f7f3a01",
      () => ({ headers: { cookie: giulia.cookie } }),
    ],
    [404, "not-found", "/api/v1/inventato", () => ({})],
    [404, "not-found", "/api/v2/me", () => ({})],
    [404, "not-found", "/api/v1/me/", () => ({})],
    [
      404,
      "registry-body-unknown",
      "/api/v1/registries/ipa/institutions/nulla",
      () => ({ headers: { cookie: giulia.cookie } }),
    ],
    [405, "method-not-allowed", "/api/v1/me", () => ({ method: "PUT", headers: { origin: "http://portal.test" } })],
    [405, "method-not-allowed", "/api/v1/onboardings/x/cancellation", () => ({ method: "GET" })],
    [
      413,
      "body-too-large",
      "/api/v1/drafts",
      () => ({
        method: "POST",
        headers: { ...json, origin: "http://portal.test", cookie: giulia.cookie },
        body: `"${"x".repeat(300_000)}"`,
      }),
    ],
    [
      415,
      "media-type-unsupported",
      "/api/v1/drafts",
      () => ({
        method: "POST",
        headers: { "content-type": "application/xml", origin: "http://portal.test", cookie: giulia.cookie },
        body: "<a/>",
      }),
    ],
    [
      415,
      "media-type-unsupported",
      "/api/v1/onboarding-links/uploads",
      () => ({ method: "POST", headers: json, body: "{}" }),
    ],
  ];
  for (const [status, code, path, asked] of cases)
    it(`${status} ${code}: ${path.slice(0, 60)}`, async () => {
      for (const language of languages) {
        const how = asked();
        const answer = await ask(path, {
          ...how,
          headers: { ...how.headers, "accept-language": `${language}-XX;q=0.9, xx` },
        });
        expect([
          answer.status,
          answer.headers["content-type"],
          answer.headers["cache-control"],
          answer.headers["content-language"],
        ]).toEqual([status, "application/problem+json", "no-store", language]);
        const problem = answer.problem();
        expect(problem).toMatchObject({
          type: `/problemi/${code}`,
          status,
          code,
          traceId: answer.headers["trace-id"],
          ...problemText(language, code, problem.facts),
        });
      }
    });

  it("tells which methods a path knows", async () => {
    const answer = await ask("/api/v1/drafts", { method: "DELETE", headers: { origin: "http://portal.test" } });
    expect(answer.headers["allow"]?.split(", ").sort()).toEqual(["GET", "HEAD", "OPTIONS", "POST"]);
  });

  it("500 without any detail when something of ours breaks, 503 of the status when the database does not answer", async () => {
    const broken = await makeWorld();
    try {
      const p = await broken.person();
      const body = await broken.body();
      await p.call(api.onboarding.submit, { body: broken.request(body) });
      await broken.settle();
      const token = broken.linksTo(body.pec)[0]!.split("/").at(-1)!;
      rmSync(join(broken.dataDir, "files"), { recursive: true });
      const answer = await ask(
        "/api/v1/onboarding-links/documents",
        { method: "POST", headers: json, body: JSON.stringify({ token }) },
        broken,
      );
      expect([answer.status, answer.headers["content-type"], answer.problem().code]).toEqual([
        500,
        "application/problem+json",
        "internal-error",
      ]);
      expect(answer.text).not.toMatch(/lost|agreement|\.ts|Error/);
      const page = await ask(`/accordo/${token}/documento`, { headers: { accept: "text/html" } }, broken);
      expect([page.status, page.headers["content-type"]]).toEqual([500, "text/html; charset=utf-8"]);
      await broken.engine.close();
      const status = await ask("/status", {}, broken);
      expect([status.status, status.problem().status]).toEqual([503, 503]);
    } finally {
      await broken.close().catch(() => undefined);
    }
  });

  it("429 when it is too much, with the time to wait", async () => {
    const busy = await makeWorld({ env: { REQUEST_RATE_LIMIT: "5", LOGIN_RATE_LIMIT: "2" } });
    try {
      const first = await ask("/api/v1/products", {}, busy);
      expect([first.status, first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]]).toEqual([
        200,
        "5",
        "4",
      ]);
      expect(Number(first.headers["ratelimit-reset"])).toBeGreaterThan(0);
      for (let i = 0; i < 4; i++) await ask("/api/v1/products", {}, busy);
      const over = await ask("/api/v1/products", { headers: { "accept-language": "de" } }, busy);
      expect([over.status, over.headers["content-type"], over.problem().code]).toEqual([
        429,
        "application/problem+json",
        "too-many-requests",
      ]);
      expect(Number(over.headers["retry-after"])).toBeGreaterThan(0);
      expect(over.problem().title).toBe(problemText("de", "too-many-requests", over.problem().facts).title);
      for (let i = 0; i < 10; i++) expect((await ask("/status", {}, busy)).status).toBe(200);
      const page = await ask("/", { headers: { accept: "text/html" } }, busy);
      expect([page.status, page.headers["content-type"]]).toEqual([429, "text/html; charset=utf-8"]);
    } finally {
      await busy.close();
    }
  });
});

describe("what everyone may read", () => {
  it("/status is a problem that says all is well", async () => {
    const answer = await ask("/status");
    expect([answer.status, answer.headers["content-type"], answer.headers["cache-control"]]).toEqual([
      200,
      "application/problem+json",
      "no-store",
    ]);
    expect(answer.problem()).toMatchObject({ type: "about:blank", status: 200 });
  });

  it("/openapi.json is version 3.1 and holds every endpoint, without headers that begin with X-", async () => {
    const answer = await ask("/openapi.json", { headers: { origin: "https://altrove.example" } });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    const document = JSON.parse(answer.text) as {
      openapi: string;
      paths: Record<
        string,
        Record<
          string,
          { operationId: string; parameters?: { name: string; in: string }[]; responses: Record<string, unknown> }
        >
      >;
    };
    expect(document).toEqual(
      JSON.parse(JSON.stringify(openapi(api, { version: world.config.version, server: world.config.publicUrl }))),
    );
    expect(document.openapi).toBe("3.1.0");
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, o]) => ({ path, method, ...o })),
    );
    const known = endpointsOf(api);
    expect(operations).toHaveLength(known.length + 1);
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    for (const { endpoint } of known) {
      const operation = operations.find(
        (o) =>
          o.method === endpoint.method.toLowerCase() &&
          o.path === `/api/v1${endpoint.path.replace(/:([A-Za-z]+)/g, "{$1}")}`,
      );
      expect(operation).toBeDefined();
      expect(operation!.parameters?.filter((p) => p.in === "path").map((p) => p.name) ?? []).toEqual(
        pathParameters(endpoint.path),
      );
      for (const code of problemsOf(endpoint))
        expect(Object.keys(operation!.responses)).toContain(String(problems[code]));
    }
    expect(
      operations.flatMap((o) => o.parameters ?? []).filter((p) => p.in === "header" && /^x-/i.test(p.name)),
    ).toEqual([]);
  });

  it("no answer has headers that begin with X-, save those that protect", async () => {
    for (const path of ["/api/v1/products", "/", "/status", "/inventato"])
      expect(
        Object.keys((await ask(path)).headers).filter(
          (h) =>
            h.startsWith("x-") &&
            !/^x-(content-type-options|frame-options|dns-prefetch-control|download-options|permitted-cross-domain-policies|xss-protection)$/.test(
              h,
            ),
        ),
      ).toEqual([]);
  });

  it("pages and API carry the headers that protect", async () => {
    for (const path of ["/", "/api/v1/products", "/inventato", "/openapi.json", "/accordo/x", "/look/look.css"]) {
      const { headers } = await ask(path, { headers: { accept: "text/html" } });
      const policy = headers["content-security-policy"] ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect([
        path,
        headers["x-content-type-options"],
        headers["referrer-policy"],
        headers["cross-origin-opener-policy"],
        headers["strict-transport-security"],
      ]).toEqual([path, "nosniff", "same-origin", "same-origin", undefined]);
    }
    const secure = await makeWorld({ env: { PUBLIC_URL: "https://portale.test" } });
    try {
      expect((await ask("/", {}, secure)).headers["strict-transport-security"]).toBe("max-age=31536000");
    } finally {
      await secure.close();
    }
  });

  it("an unknown path is a page for a browser, in its language, and a problem for a program", async () => {
    for (const language of languages) {
      const page = await ask("/dove/mai?x=<script>", {
        headers: { accept: "text/html,*/*;q=0.8", "accept-language": language },
      });
      expect([page.status, page.headers["content-type"], page.headers["content-language"]]).toEqual([
        404,
        "text/html; charset=utf-8",
        language,
      ]);
      expect(page.text).toContain(`lang="${language}"`);
      expect(page.text).not.toContain("<script>");
    }
    const problem = await ask("/dove/mai", { headers: { accept: "application/json" } });
    expect(problem.problem().code).toBe("not-found");
    const broken = await ask("/%", { headers: { accept: "text/html" } });
    expect([broken.status, broken.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(broken.headers["content-security-policy"]).toBeDefined();
  });

  it("the language chosen stays, and wins over the browser's", async () => {
    const chosen = await ask("/?lingua=sl", { headers: { "accept-language": "de" } });
    expect([chosen.headers["content-language"], String(chosen.headers["set-cookie"])]).toEqual([
      "sl",
      expect.stringMatching(/^ar_language=sl; Max-Age=31536000; Path=\/; SameSite=Lax$/),
    ]);
    expect(
      (await ask("/", { headers: { cookie: "ar_language=fr", "accept-language": "de" } })).headers["content-language"],
    ).toBe("fr");
    for (const odd of ["/?lingua=xx", "/?lingua=", "/?lingua=sl&lingua=de", "/?lingua[]=sl"])
      expect((await ask(odd, { headers: { "accept-language": "de" } })).headers["content-language"]).toBe("de");
  });
});

describe("whatever is sent to any endpoint", () => {
  const nasty = fc.oneof(
    fc.constantFrom(
      "",
      " ",
      "\u0000",
      "a\u0000b",
      "\ud800",
      "\udfff",
      "'",
      '"',
      "';--",
      "%",
      "%00",
      "_",
      "\\",
      "../..",
      "$" + "{7*7}",
      "{{a}}",
      "<script>",
      "null",
      "undefined",
      "NaN",
      "-1",
      "0",
      "1e309",
      "99999999999999999999",
      "true",
      "[]",
      "{}",
      "0000-01-01T00:00:00Z",
      "8f0b5f5e-7d0c-4a53-9a63-4b6f3f7f3a01",
      "\u{1f600}",
      "\u202e",
      "é".repeat(50),
      "x".repeat(500),
      "__proto__",
      "constructor",
    ),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ maxLength: 200 }),
  );
  /** A cursor that somebody made up: it must be refused, or harmless. */
  const cursor = fc.oneof(
    nasty,
    fc
      .oneof(
        fc.record({
          at: fc.oneof(
            nasty,
            fc.constantFrom(
              "0000-01-01T00:00:00Z",
              "9999-12-31T23:59:59.999Z",
              "2026-01-01T00:00:00+23:59",
              "2026-01-01T00:00:00Z",
            ),
          ),
          id: fc.oneof(nasty, fc.uuid()),
        }),
        fc.record({ name: nasty, id: fc.oneof(nasty, fc.uuid()) }),
        fc.integer(),
        fc.constantFrom(1e300, -1, 2 ** 53, 1.5, null, []),
      )
      .map((key) => Buffer.from(JSON.stringify(key)).toString("base64url")),
  );
  const body = fc.oneof(
    nasty,
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(
      fc.constantFrom("productId", "content", "token", "email", "step", "manager", "institution", "__proto__"),
      fc.oneof(nasty, fc.jsonValue({ maxDepth: 2 })),
      { maxKeys: 5 },
    ),
  );
  const mended = (value: unknown, path: string[], put: unknown): unknown => {
    const [key, ...rest] = path;
    if (key === undefined) return put;
    return Array.isArray(value)
      ? value.map((v, i) => (String(i) === key ? mended(v, rest, put) : v))
      : { ...(value as object), [key]: mended((value as Record<string, unknown>)[key], rest, put) };
  };
  const leaves = (value: unknown, path: string[] = []): string[][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([k, v]) => leaves(v, [...path, k]))
      : [path];

  it("is answered, or refused with a problem that the endpoint declares: never an internal error", async () => {
    const home = await world.municipality();
    const admin = await home.admin();
    let calls = 0;
    for (const { name, endpoint } of endpointsOf(api)) {
      if (name === "identity.leave") continue;
      const declared = new Set<string>([
        ...problemsOf(endpoint),
        ...(endpoint.upload ? ["file-missing", "file-too-large", "upload-truncated"] : []),
      ]);
      const places = endpoint.example.body === undefined ? [] : leaves(endpoint.example.body);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(nasty, fc.constant(home.id)), { minLength: 3, maxLength: 3 }),
          fc.dictionary(fc.constantFrom("search", "limit", "cursor", "form", "dryRun", "lingua"), nasty, {
            maxKeys: 3,
          }),
          cursor,
          body,
          fc.nat(),
          fc.oneof(nasty, fc.jsonValue({ maxDepth: 1 })),
          fc.nat(2),
          async (given, query, key, noise, place, put, way) => {
            const params = Object.fromEntries(
              pathParameters(endpoint.path).map((p, i) => [
                p,
                // One or two dots never arrive: every client folds them into the path before sending.
                p === "institutionId" && way > 0
                  ? home.id
                  : given[i]!.isWellFormed() && !/^\.{1,2}$/.test(given[i]!)
                    ? given[i]!
                    : "x",
              ]),
            );
            const path = fillPath(endpoint.path, params).slice(0, 1500);
            const search = new URLSearchParams(
              Object.entries({ ...query, ...(way > 0 ? { cursor: key } : {}) }).map(([k, v]) => [k, v]),
            );
            const sent =
              way > 0 && places.length ? mended(endpoint.example.body, places[place % places.length]!, put) : noise;
            const writes = endpoint.method !== "GET" && endpoint.method !== "DELETE";
            const answer = await ask(`/api/v1${path}?${search}`, {
              method: endpoint.method,
              headers: {
                cookie: admin.cookie,
                origin: "http://portal.test",
                ...(writes ? json : {}),
                ...(endpoint.versioned
                  ? { "if-match": way === 1 ? '"1"' : encodeURIComponent(given[2]!.toWellFormed()).slice(0, 40) || "x" }
                  : {}),
              },
              ...(writes ? { body: JSON.stringify(sent) } : {}),
            });
            calls++;
            if (answer.status < 300) return;
            const { code, status } = answer.problem();
            expect([name, status, declared.has(code) ? "declared" : code]).toEqual([name, answer.status, "declared"]);
            expect([name, code]).not.toEqual([name, "internal-error"]);
            expect([name, code]).not.toEqual([name, "temporarily-unavailable"]);
          },
        ),
        { numRuns: 25 },
      );
    }
    expect(calls).toBeGreaterThan(300);
  }, 120_000);
});
