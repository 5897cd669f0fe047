import type { z } from "zod";
import type { AnswerOf, AnyEndpoint, BodyInputOf, ParamsInputOf, QueryInputOf } from "./endpoint.ts";
import { fillPath, isFileResult } from "./endpoint.ts";
import type { ProblemBody } from "./problem.ts";
import { Problem } from "./problem.ts";

type Part<K extends string, T> = [T] extends [undefined] ? { [k in K]?: undefined } : { [k in K]: T };
export type CallInput<E extends AnyEndpoint> = Part<"params", ParamsInputOf<E>> &
  (undefined extends QueryInputOf<E> ? { query?: QueryInputOf<E> } : { query?: QueryInputOf<E> }) &
  Part<"body", BodyInputOf<E>> & {
    file?: Blob;
    fileName?: string;
    version?: number;
    idempotencyKey?: string;
    dryRun?: boolean;
    /** The delegation under which one acts for the institution of the path. */
    mandate?: string;
    signal?: AbortSignal;
  };

export type Call = <E extends AnyEndpoint>(endpoint: E, input: CallInput<E>) => Promise<AnswerOf<E>>;

export type ClientOptions = {
  base: string;
  fetch?: typeof fetch;
  headers?: () => Record<string, string>;
};

const queryString = (query: unknown): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    if (value !== undefined && value !== null && value !== "") search.set(key, String(value));
  const text = search.toString();
  return text ? `?${text}` : "";
};

/** The typed client: one function that takes an endpoint and its input. Refusals come back as `Problem`. */
export const client =
  ({ base, fetch: send = fetch, headers = () => ({}) }: ClientOptions): Call =>
  async (endpoint, input) => {
    const given = input as {
      params?: Record<string, unknown>;
      query?: unknown;
      body?: unknown;
      file?: Blob;
      fileName?: string;
      version?: number;
      idempotencyKey?: string;
      dryRun?: boolean;
      mandate?: string;
      signal?: AbortSignal;
    };
    const init: RequestInit = {
      method: endpoint.method,
      headers: { accept: "application/json, application/problem+json", ...headers() },
      signal: given.signal ?? null,
    };
    const head = init.headers as Record<string, string>;
    if (endpoint.upload) {
      const form = new FormData();
      for (const [key, value] of Object.entries((given.body ?? {}) as Record<string, unknown>))
        form.set(key, String(value));
      if (given.file) form.set("file", given.file, given.fileName ?? "file");
      init.body = form;
    } else if (given.body !== undefined) {
      head["content-type"] = "application/json";
      init.body = JSON.stringify(given.body);
    }
    if (given.version !== undefined) head["if-match"] = `"${given.version}"`;
    if (given.mandate) head["mandate"] = given.mandate;
    if (given.idempotencyKey) head["idempotency-key"] = given.idempotencyKey;
    const query = given.dryRun ? { ...(given.query as object), dryRun: "true" } : given.query;
    const response = await send(base + fillPath(endpoint.path, given.params) + queryString(query), init);
    if (!response.ok) {
      const body = (await response.json().catch(() => null)) as ProblemBody | null;
      if (body?.code) throw new Problem(body.code, body.facts ?? {}, body.fields ?? [], body);
      throw new Problem(response.status >= 500 ? "temporarily-unavailable" : "internal-error", {
        status: response.status,
      });
    }
    if (isFileResult(endpoint.result)) return (await response.blob()) as AnswerOf<typeof endpoint>;
    if (endpoint.result === null) return undefined as AnswerOf<typeof endpoint>;
    return (endpoint.result as z.ZodType).parse(await response.json()) as AnswerOf<typeof endpoint>;
  };
