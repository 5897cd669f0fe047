import { z } from "zod";
import {
  callerProblems,
  mandateProblems,
  type ProblemCode,
  pipelineProblems,
  problems,
  stepUpProblems,
  versionProblems,
  writeProblems,
} from "../problems.ts";
import type { AnyEndpoint } from "./endpoint.ts";
import { endpointsOf, isFileResult, isStaffNeed, mayBeDelegated } from "./endpoint.ts";

type Json = Record<string, unknown>;
const schemaOf = (type: z.ZodType, io: "input" | "output", components: Json): Json => {
  const {
    $schema: _,
    $defs,
    ...schema
  } = z.toJSONSchema(type, { io, unrepresentable: "any", reused: "inline" }) as Json;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) components[name] = definition;
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
};

/** Everything an endpoint may refuse with: its own codes and those of the pipeline. */
export const problemsOf = (e: AnyEndpoint): ProblemCode[] => [
  ...pipelineProblems,
  ...(e.needs === "nobody" ? [] : callerProblems),
  ...(mayBeDelegated(e) ? mandateProblems : []),
  ...(e.stepUp ? stepUpProblems : []),
  ...(e.method === "GET" || e.reads ? [] : writeProblems),
  ...(e.versioned ? versionProblems : []),
  ...e.problems,
];

const refusals = (e: AnyEndpoint): Json => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(e)) byStatus.set(problems[code], [...(byStatus.get(problems[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: codes.join(", "),
          ...(status === 429 || status === 503
            ? {
                headers: {
                  "Retry-After": { description: "Secondi da attendere", schema: { type: "integer", format: "int32" } },
                },
              }
            : {}),
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      ]),
  );
};

const limitHeaders = {
  "RateLimit-Limit": { description: "Richieste ammesse nella finestra", schema: { type: "integer", format: "int32" } },
  "RateLimit-Remaining": { description: "Richieste rimaste", schema: { type: "integer", format: "int32" } },
  "RateLimit-Reset": { description: "Secondi alla prossima finestra", schema: { type: "integer", format: "int32" } },
};

const operation = (name: string, e: AnyEndpoint, components: Json): Json => {
  const parameters: Json[] = [];
  const add = (where: "path" | "query", type: z.ZodType | undefined) => {
    if (!type) return;
    const schema = schemaOf(type, "input", components) as { properties?: Record<string, Json>; required?: string[] };
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      parameters.push({
        name: key,
        in: where,
        required: where === "path" || (schema.required ?? []).includes(key),
        ...(property["description"] ? { description: property["description"] } : {}),
        schema: property,
      });
  };
  add("path", e.params);
  add("query", e.query);
  const writes = e.method !== "GET" && !e.reads;
  if (writes) {
    parameters.push({
      name: "dryRun",
      in: "query",
      required: false,
      description: "true: esegue tutto, risponde e non scrive niente",
      schema: { type: "boolean" },
    });
    parameters.push({
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description: "La seconda chiamata riceve la prima risposta, per 24 ore",
      schema: { type: "string", maxLength: 200 },
    });
  }
  if (mayBeDelegated(e))
    parameters.push({
      name: "Mandate",
      in: "header",
      required: false,
      description: "La delega sotto cui si agisce per l’ente del percorso; assente: per appartenenza propria",
      schema: { type: "string", format: "uuid", maxLength: 36 },
    });
  if (e.versioned)
    parameters.push({
      name: "If-Match",
      in: "header",
      required: true,
      description: "La versione letta, fra virgolette",
      schema: { type: "string", maxLength: 40 },
    });
  const body = e.body ? schemaOf(e.body, "input", components) : undefined;
  const success: Json = isFileResult(e.result)
    ? {
        "200": {
          description: "Il file",
          headers: limitHeaders,
          content: Object.fromEntries(
            e.result.mediaTypes.map((type) => [type, { schema: { type: "string", contentMediaType: type } }]),
          ),
        },
      }
    : e.result === null
      ? { "204": { description: "Fatto", headers: limitHeaders } }
      : {
          "200": {
            description: "Fatto",
            headers: limitHeaders,
            content: { "application/json": { schema: schemaOf(e.result as z.ZodType, "output", components) } },
          },
        };
  return {
    operationId: name.replaceAll(".", "-"),
    summary: e.summary,
    description: [
      e.description ?? e.summary,
      e.needs === "nobody"
        ? "Aperto a tutti."
        : e.needs === "anyone"
          ? "Serve una sessione."
          : e.needs === "staff"
            ? "Serve una sessione del personale."
            : e.needs === "member"
              ? "Serve lavorare per l’ente, con qualunque profilo."
              : `Serve il permesso \`${e.needs}\`.`,
      e.stepUp ? "Serve avere confermato chi si è negli ultimi dieci minuti, da `/conferma`." : "",
      e.source ? `Fonte: ${e.source}.` : "",
    ]
      .filter(Boolean)
      .join("\n\n"),
    tags: [name.split(".")[0]],
    "x-needs": e.needs,
    ...(e.stepUp ? { "x-step-up": e.stepUp } : {}),
    ...(e.purpose ? { "x-purpose": e.purpose } : {}),
    ...(parameters.length ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: e.upload
              ? {
                  "multipart/form-data": {
                    schema: {
                      type: "object",
                      required: [...((body["required"] as string[]) ?? []), "file"],
                      properties: {
                        ...((body["properties"] as Json) ?? {}),
                        file: {
                          type: "string",
                          contentMediaType: "application/octet-stream",
                          description: `Fino a ${e.upload.maxBytes / 1024 / 1024} MB`,
                        },
                      },
                    },
                  },
                }
              : {
                  "application/json": {
                    schema: body,
                    ...(e.example.body === undefined ? {} : { example: e.example.body }),
                  },
                },
          },
        }
      : {}),
    responses: { ...success, ...refusals(e) },
    ...(e.needs === "nobody" ? { security: [] } : isStaffNeed(e.needs) ? { security: [{ staff: [] }] } : {}),
  };
};

/**
 * The OpenAPI document (3.1), with what the Italian guidelines for interoperability ask for: contact, summary, terms,
 * https servers with a description, `/status`, RFC 9457 errors, rate-limit headers.
 */
export const openapi = (tree: object, options: { version: string; server: string }): Json => {
  const components: Json = {
    Problem: {
      type: "object",
      description: "RFC 9457, con il codice del rifiuto e i campi da correggere",
      required: ["type", "title", "status", "detail", "code"],
      properties: {
        type: { type: "string", format: "uri-reference", maxLength: 200 },
        title: { type: "string", maxLength: 300 },
        status: { type: "integer", format: "int32", minimum: 100, maximum: 599 },
        detail: { type: "string", maxLength: 2000 },
        code: { type: "string", maxLength: 80 },
        facts: { type: "object", additionalProperties: true },
        fields: {
          type: "array",
          maxItems: 50,
          items: {
            type: "object",
            required: ["path", "code"],
            properties: {
              path: { type: "string", maxLength: 300 },
              code: { type: "string", maxLength: 80 },
              facts: { type: "object", additionalProperties: true },
            },
          },
        },
        traceId: { type: "string", maxLength: 80 },
      },
    },
  };
  const paths: Record<string, Json> = {};
  for (const { name, endpoint } of endpointsOf(tree)) {
    const path = `/api/v1${endpoint.path.replace(/:([A-Za-z]+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint, components) };
  }
  paths["/status"] = {
    get: {
      operationId: "status",
      summary: "Stato del servizio",
      description: "Come chiedono le linee guida: problem+json anche quando va tutto bene.",
      tags: ["status"],
      security: [],
      responses: Object.fromEntries(
        [200, 429, 503].map((status) => [
          String(status),
          {
            description: status === 200 ? "Funziona" : "Non disponibile",
            headers:
              status === 200
                ? limitHeaders
                : {
                    "Retry-After": {
                      description: "Secondi da attendere",
                      schema: { type: "integer", format: "int32" },
                    },
                  },
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        ]),
      ),
    },
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "Area Riservata",
      version: options.version,
      summary: "Adesioni, accordi, persone e configurazioni degli enti",
      description:
        "Tutto ciò che il portale fa, si può fare da qui. Gli errori seguono RFC 9457 e ogni rifiuto ha un codice.",
      termsOfService: `${options.server}/note-legali`,
      contact: {
        name: "Assistenza Area Riservata",
        url: `${options.server}/assistenza`,
        email: "assistenza@area-riservata.example",
      },
      license: { name: "EUPL-1.2", identifier: "EUPL-1.2" },
      "x-api-id": "8f0b5f5e-7d0c-4a53-9a63-4b6f3f7f3a01",
      "x-summary": "Adesione ai prodotti, accordi firmati, persone e permessi degli enti.",
    },
    servers: [{ url: options.server, description: "Questo portale" }],
    tags: [...new Set(["status", ...endpointsOf(tree).map(({ name }) => name.split(".")[0]!)])].map((name) => ({
      name,
      description: `Risorse: ${name}`,
    })),
    security: [{ session: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-ar_session",
          description: "Sessione aperta con SPID o CIE",
        },
        staff: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-ar_staff",
          description: "Sessione del personale, aperta con il suo gestore di identità",
        },
      },
    },
  };
};
