import type { z } from "zod";
import type { Permission, StaffPermission, StaffPurpose } from "../access.ts";
import type { ProblemCode } from "../problems.ts";

/**
 * Who may call: everybody, any signed-in person, whoever works for the institution of the path (an active membership,
 * whatever it gives), or who holds a permission there; or the company's staff, any of them or who holds a permission.
 */
export type StaffNeed = "staff" | StaffPermission;
export type Need = "nobody" | "anyone" | "member" | Permission | StaffNeed;
export const isStaffNeed = (need: Need): need is StaffNeed => need === "staff" || need.startsWith("staff:");

/** Can somebody of a partner do this for an institution? What belongs to a product, unless the endpoint keeps it to its own people. */
export const mayBeDelegated = (e: { needs: Need; ownPeople?: boolean }): boolean =>
  e.needs.includes(":") && !isStaffNeed(e.needs) && !e.needs.startsWith("institution:") && !e.ownPeople;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What travels out: JSON through a schema, nothing (204), or a file. */
export type FileResult = { kind: "file"; mediaTypes: readonly string[] };
export const file = (...mediaTypes: string[]): FileResult => ({ kind: "file", mediaTypes });
export const isFileResult = (result: unknown): result is FileResult =>
  typeof result === "object" && result !== null && "kind" in result && result.kind === "file";

/** A multipart request: the fields of `body`, and one file named `file`. */
export type Upload = { maxBytes: number; mediaTypes: readonly string[] };

export type EndpointSpec<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R,
  C extends ProblemCode,
  N extends Need,
> = {
  method: Method;
  /** Kebab-case, `:name` for parameters, relative to /api/v1. */
  path: string;
  summary: string;
  description?: string;
  /** The rule's source: a law, a notice, a manual's page. */
  source?: string;
  needs: N;
  /** For staff: why rows of institutions are read. */
  purpose?: StaffPurpose;
  /** The path's parameter that names the thing to which a group may limit the permission (a station, a key). */
  resource?: string;
  /**
   * The person must have confirmed who they are a moment ago, by a login of its own that names this session: `fresh` is any
   * way in, at level 2 or above, within ten minutes (decision 0014).
   */
  stepUp?: "fresh";
  params?: P;
  query?: Q;
  body?: B;
  /** Absent: the answer is 204. */
  result?: R;
  /** Refusals of its own, beside those that the pipeline adds. */
  problems: readonly C[];
  upload?: Upload;
  /** A write whose refusal of a lost race needs the version in `If-Match`. */
  versioned?: boolean;
  /** A POST that changes nothing (a search with secrets in its body): no audit line, no idempotency. */
  reads?: boolean;
  /** For the institution's own people alone: no partner does it for them, whatever was delegated. */
  ownPeople?: boolean;
  /** May be proposed to a second person, who approves and so runs it: `POST …/proposals`. */
  secondPerson?: boolean;
  /** Fields that are shown only once and left out of a replay (secrets). */
  once?: readonly string[];
  /** Valid input: the OpenAPI document prints it and the isolation matrix calls with it. */
  example: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };
};

export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R = unknown,
  C extends ProblemCode = ProblemCode,
  N extends Need = Need,
> = EndpointSpec<P, Q, B, R, C, N> & { isEndpoint: true; result: R };

export const endpoint = <
  const C extends ProblemCode,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType | FileResult | null = null,
  const N extends Need = Need,
>(
  spec: EndpointSpec<P, Q, B, R, C, N>,
): Endpoint<P, Q, B, R, C, N> => ({ ...spec, result: (spec.result ?? null) as R, isEndpoint: true });

export type ParamsOf<E> = E extends Endpoint<infer P, infer _Q, infer _B, infer _R, infer _C> ? z.output<P> : never;
export type QueryOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _R, infer _C> ? z.output<Q> : never;
export type BodyOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _R, infer _C> ? z.output<B> : never;
export type BodyInputOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _R, infer _C> ? z.input<B> : never;
export type QueryInputOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _R, infer _C> ? z.input<Q> : never;
export type ParamsInputOf<E> = E extends Endpoint<infer P, infer _Q, infer _B, infer _R, infer _C> ? z.input<P> : never;
export type ProblemsOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer _R, infer C> ? C : never;
export type ResultOf<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer R, infer _C>
    ? R extends z.ZodType
      ? z.input<R>
      : R extends FileResult
        ? FileAnswer
        : void
    : never;
export type AnswerOf<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer R, infer _C>
    ? R extends z.ZodType
      ? z.output<R>
      : R extends FileResult
        ? Blob
        : void
    : never;

/** A file on its way out: streamed, never buffered by the pipeline. */
export type FileAnswer = {
  name: string;
  mediaType: string;
  bytes: AsyncIterable<Uint8Array> | Uint8Array;
  length?: number;
};

export type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, unknown, ProblemCode>;
export type EndpointTree = { [name: string]: AnyEndpoint | EndpointTree };

export const isEndpoint = (value: unknown): value is AnyEndpoint =>
  typeof value === "object" && value !== null && "isEndpoint" in value;

/** Every endpoint with its dotted name, in the order written. */
export const endpointsOf = (tree: object, prefix = ""): { name: string; endpoint: AnyEndpoint }[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    isEndpoint(value)
      ? [{ name: prefix + key, endpoint: value }]
      : typeof value === "object" && value !== null
        ? endpointsOf(value, `${prefix}${key}.`)
        : [],
  );

export const pathParameters = (path: string): string[] => [...path.matchAll(/:([A-Za-z]+)/g)].map((m) => m[1]!);

export const fillPath = (path: string, params: Record<string, unknown> | undefined): string =>
  path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? `:${name}`)));
