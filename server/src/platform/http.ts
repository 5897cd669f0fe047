import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  api,
  endpointsOf,
  type FieldProblem,
  type FileAnswer,
  isFileResult,
  isProblem,
  isStaffNeed,
  openapi,
  Problem,
  type ProblemBody,
  type ProblemFacts,
  problems,
} from "@area/api";
import { chooseLanguage, fieldText, type Language, problemText } from "@area/words";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import staticFiles from "@fastify/static";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { Page, PageAnswer, PageRequest } from "./page.ts";
import type { Handler, Invoke, UploadedFile } from "./pipeline.ts";
import { uploadRoom } from "./upload-room.ts";

declare module "fastify" {
  interface FastifyRequest {
    traceId: string;
  }
}

export type Site = {
  config: Config;
  log: Log;
  handlers: readonly Handler[];
  invoke: Invoke;
  pages: readonly Page[];
  /** Where the built web application lies, and the paths it answers. */
  web: { directory: string; look: string; paths: readonly string[] };
  /** Is the database answering? For /status. */
  healthy: () => Promise<boolean>;
  /** The page of an error, for people. */
  errorPage: (
    problem: { code: Problem["code"]; facts: ProblemFacts; traceId: string },
    language: Language,
    path: string,
  ) => string;
};

const FIRST_FLIGHT = 14_000;

export const sessionCookie = (secure: boolean) => (secure ? "__Host-ar_session" : "ar_session");
export const staffCookie = (secure: boolean) => (secure ? "__Host-ar_staff" : "ar_staff");
export const hashOfSession = (id: string): Buffer => createHash("sha256").update(id).digest();
/** The synchronizer token of a session: derived from its cookie, so that it needs no place of its own. */
export const csrfTokenOf = (sessionHash: Buffer): string =>
  createHash("sha256").update("csrf\n").update(sessionHash).digest("base64url").slice(0, 32);

const languageOf = (request: FastifyRequest): Language => {
  const asked = (request.query as Record<string, unknown> | undefined)?.["lingua"];
  return chooseLanguage(
    typeof asked === "string" ? asked : request.cookies["ar_language"],
    request.headers["accept-language"],
  );
};

/** A refusal as RFC 9457, in the person's language. */
const problemBody = (
  code: Problem["code"],
  facts: ProblemFacts,
  fields: FieldProblem[],
  language: Language,
  traceId: string,
): ProblemBody => ({
  type: `/problemi/${code}`,
  ...problemText(language, code, facts),
  status: problems[code],
  code,
  ...(Object.keys(facts).length ? { facts } : {}),
  ...(fields.length
    ? { fields: fields.map((f) => ({ ...f, facts: { ...f.facts, detail: fieldText(language, f) } })) }
    : {}),
  traceId,
});

const asProblem = (error: unknown): Problem => {
  if (isProblem(error)) return error;
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || statusCode === 413) return new Problem("body-too-large");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE" || statusCode === 415) return new Problem("media-type-unsupported");
  if (statusCode === 429) return new Problem("too-many-requests", { seconds: 60 });
  if (statusCode && statusCode >= 400 && statusCode < 500) return new Problem("input-invalid");
  const state = (error as { code?: string }).code ?? "";
  // Statement timeout, lost connection, too many connections: it passes by itself.
  if (
    ["57014", "57P01", "53300", "ECONNREFUSED", "ECONNRESET"].includes(state) ||
    /connect|timeout/i.test(error instanceof Error ? error.message : "")
  )
    return new Problem("temporarily-unavailable");
  return new Problem("internal-error");
};

type Part = { fields: Record<string, string>; file?: UploadedFile; problem?: PageRequest["uploadProblem"] };
/** Reads a form with at most one file. What exceeds the limit is drained and forgotten, so that the refusal can be read. */
const readForm = async (request: FastifyRequest, maxBytes: number): Promise<Part> => {
  const fields: Record<string, string> = {};
  let file: UploadedFile | undefined;
  let tooLarge = false;
  if (!request.isMultipart()) throw new Problem("media-type-unsupported");
  try {
    for await (const part of request.parts({
      limits: { fileSize: maxBytes, files: 1, fields: 10, fieldSize: 4096, parts: 12 },
    })) {
      if (part.type === "field") fields[part.fieldname] = String(part.value);
      else {
        const chunks: Buffer[] = [];
        for await (const chunk of part.file) chunks.push(chunk as Buffer);
        if (part.file.truncated) tooLarge = true;
        else file = { name: (part.filename ?? "file").slice(0, 200), bytes: Buffer.concat(chunks) };
      }
    }
  } catch (error) {
    if (/unexpected end|premature|aborted/i.test((error as Error).message))
      return { fields, problem: "upload-truncated" };
    if ((error as { code?: string }).code?.startsWith("FST_")) return { fields, problem: "file-too-large" };
    throw new Problem("input-invalid");
  }
  if (tooLarge) return { fields, problem: "file-too-large" };
  if (!file || file.bytes.length === 0) return { fields, problem: "file-missing" };
  return { fields, file };
};

const isDecodable = (url: string): boolean => {
  try {
    decodeURIComponent(url.split("?", 1)[0]!);
    return true;
  } catch {
    return false;
  }
};

export const buildSite = async (site: Site): Promise<FastifyInstance> => {
  const { config, log } = site;
  const app = fastify({
    logger: false,
    trustProxy: config.trustProxy as never,
    bodyLimit: 256 * 1024,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 700 },
    genReqId: () => randomUUID(),
    // A path that cannot be decoded is one we do not have: it takes the road of the others, with their headers and words.
    rewriteUrl: ({ url = "/" }) =>
      isDecodable(url) ? url : url.startsWith("/api/") ? "/api/" : "/indirizzo-illeggibile",
  });

  const room = uploadRoom(config.limits.uploads);
  /** Room for one upload, kept until it is answered. */
  const makeRoom = async (request: FastifyRequest, reply: FastifyReply, maxBytes: number): Promise<void> => {
    const declared = Number(request.headers["content-length"]);
    const leave = await room.enter(declared > 0 ? Math.min(declared, maxBytes) : maxBytes);
    reply.raw.once("finish", leave).once("close", leave);
    if (reply.raw.destroyed) leave();
  };

  app.decorateRequest("traceId", "");
  app.addHook("onRequest", async (request, reply) => {
    request.traceId = request.id;
    reply.header("trace-id", request.id);
  });
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    strictTransportSecurity: config.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "same-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
  });
  await app.register(compress, { threshold: 1024, encodings: ["br", "gzip"] });
  await app.register(multipart, { throwFileSizeLimit: false });
  await app.register(rateLimit, {
    max: config.limits.requestsPerMinute,
    timeWindow: "1 minute",
    enableDraftSpec: true,
    allowList: (request) => request.url === "/status",
    errorResponseBuilder: (_request, context) =>
      new Problem("too-many-requests", { seconds: Math.ceil(context.ttl / 1000) }) as unknown as object,
  });
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 400 * 1024 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );

  const sessionOf = (request: FastifyRequest, name = sessionCookie(config.secure)): Buffer | undefined => {
    const id = request.cookies[name];
    return id && id.length <= 100 ? hashOfSession(id) : undefined;
  };
  /** Writes must come from our own pages, or carry the session's token: see decision 0005. */
  const guardOrigin = (request: FastifyRequest, session: Buffer | undefined) => {
    const site = request.headers["sec-fetch-site"];
    const origin = request.headers.origin;
    if (origin !== undefined && origin !== config.publicUrl) throw new Problem("request-forged");
    if (site !== undefined && site !== "same-origin" && site !== "none") throw new Problem("request-forged");
    if (origin === undefined && session && request.headers["csrf-token"] !== csrfTokenOf(session))
      throw new Problem("request-forged");
  };

  app.setErrorHandler(async (error, request, reply) => {
    const problem = asProblem(error);
    if (problem.status >= 500)
      log.error(
        {
          traceId: request.traceId,
          path: request.routeOptions.url,
          error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error),
        },
        "request failed",
      );
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler(async (request, reply) => sendProblem(request, reply, new Problem("not-found")));
  const sendProblem = (request: FastifyRequest, reply: FastifyReply, problem: Problem) => {
    const language = languageOf(request);
    if (problem.status === 429) reply.header("retry-after", String(problem.facts["seconds"] ?? 60));
    if (problem.status === 503) reply.header("retry-after", "30");
    reply.code(problem.status).header("cache-control", "no-store").header("content-language", language);
    const wantsPage = !request.url.startsWith("/api/") && (request.headers.accept ?? "").includes("text/html");
    if (wantsPage)
      return reply
        .type("text/html; charset=utf-8")
        .send(
          site.errorPage({ code: problem.code, facts: problem.facts, traceId: request.traceId }, language, request.url),
        );
    return reply
      .serializer(JSON.stringify)
      .type("application/problem+json")
      .send(problemBody(problem.code, problem.facts, problem.fields, language, request.traceId));
  };

  // — the API: every endpoint walks the pipeline —
  for (const handler of site.handlers) {
    const { endpoint } = handler;
    app.route({
      method: endpoint.method,
      url: `/api/v1${endpoint.path}`,
      // What fits the first flight of TCP (ten segments) arrives no sooner when compressed: it would only cost.
      compress: { threshold: FIRST_FLIGHT },
      handler: async (request, reply) => {
        const session = sessionOf(request, (isStaffNeed(endpoint.needs) ? staffCookie : sessionCookie)(config.secure));
        if (endpoint.method !== "GET") guardOrigin(request, endpoint.needs === "nobody" ? undefined : session);
        const { dryRun, ...query } = request.query as Record<string, unknown>;
        let body = request.body ?? undefined;
        let file: UploadedFile | undefined;
        if (endpoint.upload) {
          await makeRoom(request, reply, endpoint.upload.maxBytes);
          const form = await readForm(request, endpoint.upload.maxBytes);
          if (form.problem) throw new Problem(form.problem);
          body = form.fields;
          file = form.file;
        }
        const key = request.headers["idempotency-key"];
        const answer = await site.invoke(handler, {
          params: request.params,
          query,
          body,
          traceId: request.traceId,
          dryRun: dryRun === "true",
          ...(file ? { file } : {}),
          ...(session ? { sessionHash: session } : {}),
          ...(typeof key === "string" && key ? { idempotencyKey: key.slice(0, 200) } : {}),
          ...(typeof request.headers["mandate"] === "string" ? { mandate: request.headers["mandate"] } : {}),
          ...(request.headers["if-match"] ? { ifMatch: request.headers["if-match"] } : {}),
        });
        reply.header("cache-control", "no-store");
        for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
        if (answer.replayed) reply.header("idempotency-replayed", "true");
        if (dryRun === "true") reply.header("dry-run", "true");
        if (isFileResult(endpoint.result)) return sendFile(reply, answer.result as FileAnswer);
        if (endpoint.result === null) return reply.code(204).send();
        return reply.type("application/json; charset=utf-8").serializer(JSON.stringify).send(answer.result);
      },
    });
  }
  // Every path of the API that is known answers a wrong method as such.
  const methods = new Map<string, Set<string>>();
  for (const { endpoint } of endpointsOf(api))
    methods.set(endpoint.path, (methods.get(endpoint.path) ?? new Set(["OPTIONS", "HEAD"])).add(endpoint.method));
  for (const [path, known] of methods) {
    const others = (["GET", "POST", "PUT", "DELETE", "PATCH"] as const).filter((m) => !known.has(m));
    if (others.length)
      app.route({
        method: others,
        url: `/api/v1${path}`,
        handler: async (_request, reply) => {
          reply.header("allow", [...known].join(", "));
          throw new Problem("method-not-allowed");
        },
      });
  }

  // — pages written by the server —
  for (const page of site.pages) {
    app.route({
      method: page.method,
      url: page.path,
      ...(page.login ? { config: { rateLimit: { max: config.limits.loginsPerMinute, timeWindow: "1 minute" } } } : {}),
      handler: async (request, reply) => {
        if (config.mode === "development" && page.ownHost && request.host !== new URL(config.publicUrl).host)
          return reply.redirect(config.publicUrl + request.url, 302);
        const session = sessionOf(request);
        if (page.method === "POST" && !page.crossSite) guardOrigin(request, undefined);
        if (page.upload) await makeRoom(request, reply, page.upload.maxBytes);
        const form: Part = page.upload
          ? await readForm(request, page.upload.maxBytes)
          : { fields: (request.body ?? {}) as Record<string, string> };
        const language = languageOf(request);
        const asked = (request.query as Record<string, string>)["lingua"];
        if (asked && asked === language)
          reply.setCookie("ar_language", language, {
            path: "/",
            sameSite: "lax",
            secure: config.secure,
            maxAge: 31_536_000,
          });
        const answer = await page.answer({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string>,
          form: form.fields,
          cookies: request.cookies,
          language,
          traceId: request.traceId,
          path: request.url,
          wantsJson:
            /application\/(problem\+)?json/.test(request.headers.accept ?? "") &&
            !(request.headers.accept ?? "").includes("text/html"),
          ...(form.file ? { file: form.file } : {}),
          ...(form.problem ? { uploadProblem: form.problem } : {}),
          ...(session ? { sessionHash: session } : {}),
          ...(request.headers["user-agent"] ? { userAgent: request.headers["user-agent"] } : {}),
        });
        return sendPage(reply, answer, language);
      },
    });
  }
  const sendPage = (reply: FastifyReply, answer: PageAnswer, language: Language) => {
    for (const c of answer.cookies ?? [])
      reply.setCookie(c.name, c.value, {
        path: "/",
        httpOnly: true,
        secure: config.secure,
        sameSite: config.secure ? (c.sameSite.toLowerCase() as "lax" | "none") : "lax",
        ...(c.maxAge === undefined ? {} : { maxAge: c.maxAge }),
      });
    if (answer.formTargets?.length) {
      const policy = String(reply.getHeader("content-security-policy") ?? "");
      reply.header(
        "content-security-policy",
        policy.replace("form-action 'self'", `form-action 'self' ${answer.formTargets.join(" ")}`),
      );
    }
    reply
      .code(answer.status ?? (answer.redirect ? 302 : 200))
      .header("cache-control", answer.cache ?? "no-store")
      .header("content-language", language);
    if (answer.redirect) return reply.header("location", answer.redirect).send();
    if (answer.file) return sendFile(reply, answer.file);
    if (answer.json !== undefined)
      return reply
        .type((answer.status ?? 200) >= 400 ? "application/problem+json" : "application/json; charset=utf-8")
        .serializer(JSON.stringify)
        .send(answer.json);
    if (answer.text) return reply.type(answer.text.mediaType).send(answer.text.body);
    return reply.type("text/html; charset=utf-8").send(answer.html ?? "");
  };
  const sendFile = (reply: FastifyReply, file: FileAnswer) => {
    reply
      .type(file.mediaType)
      .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    if (file.bytes instanceof Uint8Array) return reply.send(Buffer.from(file.bytes));
    if (file.length !== undefined) reply.header("content-length", file.length);
    return reply.send(Readable.from(file.bytes));
  };

  // — what everyone may read —
  const document = openapi(api, { version: config.version, server: config.publicUrl });
  app.get("/openapi.json", async (_request, reply) =>
    reply
      .header("cache-control", "public, max-age=300")
      .header("access-control-allow-origin", "*")
      .serializer(JSON.stringify)
      .type("application/json")
      .send(document),
  );
  app.get("/status", async (_request, reply) => {
    const up = await site.healthy();
    return reply
      .code(up ? 200 : 503)
      .header("cache-control", "no-store")
      .serializer(JSON.stringify)
      .type("application/problem+json")
      .send({
        type: "about:blank",
        title: up ? "Il servizio funziona" : "Il servizio non risponde",
        status: up ? 200 : 503,
        detail: up ? "Il portale e la sua base dati rispondono." : "La base dati non risponde.",
      });
  });

  // — the look, shared by server pages and the application —
  await app.register(staticFiles, {
    root: site.web.look,
    prefix: "/look/",
    index: false,
    cacheControl: true,
    maxAge: config.mode === "development" ? 0 : 3_600_000,
    decorateReply: true,
  });

  // — the web application: its files never change under the same name; its shell is never kept —
  if (existsSync(join(site.web.directory, "index.html"))) {
    await app.register(staticFiles, {
      root: join(site.web.directory, "assets"),
      prefix: "/assets/",
      preCompressed: true,
      immutable: true,
      maxAge: "365d",
      index: false,
      decorateReply: false,
    });
    const shell = readFileSync(join(site.web.directory, "index.html"), "utf8");
    for (const path of site.web.paths)
      app.get(path, async (_request, reply) =>
        reply.header("cache-control", "no-store").type("text/html; charset=utf-8").send(shell),
      );
  }
  return app;
};
