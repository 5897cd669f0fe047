import { createHash, randomUUID } from "node:crypto";
import {
  type AnyEndpoint,
  api,
  type BodyOf,
  endpointsOf,
  fieldProblems,
  isFileResult,
  isOfEachProduct,
  isProblem,
  isStaffNeed,
  type mandateProblems,
  mayBeDelegated,
  type ParamsOf,
  type Permission,
  Problem,
  type ProblemFacts,
  type ProblemsOf,
  type pipelineProblems,
  productOf,
  profilesWith,
  type QueryOf,
  type ResultOf,
  type StaffHolding,
  type StaffNeed,
  type StaffPermission,
  staffMay,
} from "@area/api";
import type { z } from "zod";
import type { Cipher } from "./cipher.ts";
import type { Connection } from "./database/connection.ts";
import type { Database, Db, Scope, Transaction } from "./database/transaction.ts";
import type { Log } from "./log.ts";
import { type AuditActor, canonical, type Recorder, recorder, type Subscriptions } from "./record.ts";
import { unwritableIn } from "./unwritable.ts";

/*
 * The road of every request: parse → who → may → prepare → do → record → answer.
 * Read once in a career.
 */

/** A session that was found good, and whose it is. */
export type Caller = {
  personId: string;
  givenName: string;
  familyName: string;
  session: {
    id: string;
    scheme: "spid" | "cie";
    level: number;
    authenticatedAt: Date;
    expiresAt: Date;
    stepUpUntil: Date | null;
  };
};

/** A delegation under which somebody of a partner acts for the institution of the path: one per request, named in it. */
export type Mandate = {
  delegationId: string;
  partnerId: string;
  /** The things it is limited to; null: all. Lists keep to them. */
  resources: string[] | null;
};
/** `mandate` is null for who acts by a membership of their own. */
export type Actor = Caller & { kind: "person"; mandate: Mandate | null };

/** Somebody of the company's staff, with the profiles that their groups give them. Never a person of an institution. */
export type StaffCaller = {
  staffId: string;
  name: string;
  holdings: StaffHolding[];
  session: { authenticatedAt: Date; expiresAt: Date };
};
export type StaffActor = StaffCaller & { kind: "staff" };
/** Whom a verb may meet: what its endpoint needs decides. */
export type ActorOf<E> = E extends { needs: infer N } ? (N extends StaffNeed ? StaffActor : Actor) : Actor;

/** What the statement of "who and may" answers; from its end on the transaction works for the person it found. Its SQL belongs to the rooms of identity and people; main hands it in. */
export type WhoMay = (
  connection: Connection,
  ask: {
    sessionHash: Buffer;
    institutionId: string | null;
    /** A permission, with the product and the built-in profiles that hold it; any membership at all; or nothing. */
    wants:
      | { permission: string; productId: string; profiles: readonly string[]; resource: string | null }
      | "member"
      | null;
    now: Date;
    /** Work that left together with the question: the answer no closes the institution to it, in the same statement. */
    closing?: boolean;
  },
) => Promise<{ caller: Caller | null; reason: "missing" | "expired" | null; permitted: boolean }>;

/** Why a mandate does not serve: by which code, and where the permission could be given when it is that which is missing. */
export type MandateRefusal = {
  code: (typeof mandateProblems)[number] | "permission-missing";
  facts: ProblemFacts;
  /** The partner, when the person belongs there: then the refusal is kept in the trail of who delegated. */
  partnerId: string | null;
  delegationId: string | null;
};
/**
 * Who is calling, and may they act for this institution by the delegation that the request names? One statement, under the
 * purpose "system" because it looks at two institutions; what follows works for the institution delegated and nothing else.
 */
export type WhoActs = (
  connection: Connection,
  ask: {
    sessionHash: Buffer;
    institutionId: string;
    delegationId: string;
    permission: Permission;
    productId: string;
    environment: "test" | "production";
    resource: string | null;
    now: Date;
  },
) => Promise<{
  caller: Caller | null;
  reason: "missing" | "expired" | null;
  mandate: Mandate | null;
  refusal: MandateRefusal | null;
}>;

/** The same for the staff, by the session of their own door: no permission is asked here, their profiles say it. */
export type WhoIsStaff = (
  connection: Connection,
  ask: { sessionHash: Buffer; now: Date },
) => Promise<{ caller: StaffCaller | null; reason: "missing" | "expired" | null }>;

/** Who could grant a permission that is missing: names that the refusal shows. Null for who does not belong there at all. */
export type WhoGrants = (
  connection: Connection,
  ask: { institutionId: string; personId: string; permission: Permission; productId: string; now: Date },
) => Promise<string[] | null>;

/** An uploaded file, already within its size, whole in memory (20 MB at most) or refused. */
export type UploadedFile = { name: string; bytes: Buffer };

export type Invocation = {
  params: unknown;
  query: unknown;
  body: unknown;
  file?: UploadedFile;
  sessionHash?: Buffer;
  traceId?: string;
  idempotencyKey?: string;
  ifMatch?: string;
  /** The delegation under which one acts, as the request names it. */
  mandate?: string;
  dryRun?: boolean;
  /** Set by the house, never by a request: the verb is rehearsed as a proposal. */
  secondPerson?: boolean;
};

export type Answer = {
  result: unknown;
  replayed?: boolean;
  announced?: { type: string; payload: unknown }[];
  headers: Record<string, string | string[]>;
};

type Fail<E> = (
  code:
    | ProblemsOf<E>
    | (typeof pipelineProblems)[number]
    | (E extends { versioned?: boolean } ? "version-stale" : never),
  facts?: ProblemFacts,
) => never;
export type Input<E> = { params: ParamsOf<E>; query: QueryOf<E>; body: BodyOf<E>; file?: UploadedFile };

type Common<E> = { now: Date; traceId: string; fail: Fail<E>; sessionHash: Buffer | undefined; dryRun: boolean };
/** What a verb is given besides its input. */
export type Context<E> = Common<E> & {
  db: Db;
  connection: Connection;
  /** The signed-in person, or somebody of the staff; a verb that needs nobody must not ask. */
  actor: ActorOf<E>;
  /** The version the caller read, for verbs that update. */
  version: number;
  emit: Recorder["emit"];
  audit: Recorder["audit"];
  /** A second person stands behind this write (or would, in a rehearsal): what asks for two may go on. */
  secondPerson: boolean;
  /** Changes whom the transaction works for, from here on. */
  enter(scope: Scope): void;
  /** A write by who holds a mailed link acts as the link. */
  actAs(actor: AuditActor): void;
  headers: Record<string, string | string[]>;
};
/** Before the transaction: may read and look outside, changes nothing. */
export type Preparation<E> = Common<E> & {
  actor: ActorOf<E> | null;
  read<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Another verb, tried as whoever calls and rolled back: its answer, and what it would have announced. */
  rehearse(handler: Handler, input: Pick<Invocation, "params" | "query" | "body" | "ifMatch">): Promise<Answer>;
};

/** What a read is given that asks for nobody in particular: rows of the institution, and nothing else. */
export type Ahead<E> = Pick<Context<E>, "db" | "connection" | "now" | "fail">;

export type Handler<E extends AnyEndpoint = AnyEndpoint> = {
  endpoint: E;
  /** The read leaves together with the question who calls and whether they may, in one round trip. */
  ahead?: boolean;
  prepare?: (input: never, preparation: never) => Promise<unknown>;
  run: (input: never, context: never, prepared: never) => Promise<unknown>;
};

/** Binds a verb to its endpoint: wrong result, undeclared problem or misspelt field do not compile. */
export function handle<E extends AnyEndpoint>(
  endpoint: E,
  run: (input: Input<E>, context: Context<E>) => Promise<ResultOf<E>>,
): Handler<E>;
export function handle<E extends AnyEndpoint, P>(
  endpoint: E,
  verb: {
    prepare: (input: Input<E>, preparation: Preparation<E>) => Promise<P>;
    run: (input: Input<E>, context: Context<E>, prepared: P) => Promise<ResultOf<E>>;
  },
): Handler<E>;
export function handle(endpoint: AnyEndpoint, verb: unknown): Handler {
  return typeof verb === "function"
    ? { endpoint, run: verb as Handler["run"] }
    : { endpoint, ...(verb as Pick<Handler, "prepare" | "run">) };
}

/**
 * A read whose rows depend on the institution and on nobody: it leaves together with the question of the permission. When the
 * answer is no, that statement has closed the institution before the read's turn comes: row-level security shows it nothing,
 * and what it says is thrown away.
 */
export const handleAhead = <E extends AnyEndpoint & { needs: Permission }>(
  endpoint: E,
  run: (input: Input<E>, context: Ahead<E>) => Promise<ResultOf<E>>,
): Handler<E> => {
  if (endpoint.method !== "GET" || endpoint.stepUp || isFileResult(endpoint.result) || endpoint.result === null)
    throw new Error(`${endpoint.method} ${endpoint.path} cannot leave ahead: it is more than a read`);
  return { endpoint, ahead: true, run };
};

export type PipelineParts = {
  database: Database;
  whoMay: WhoMay;
  whoActs: WhoActs;
  whoIsStaff: WhoIsStaff;
  whoGrants: WhoGrants;
  cipher: Cipher;
  subscriptions: Subscriptions;
  log: Log;
  clock: () => Date;
};
export type Invoke = (handler: Handler, invocation: Invocation) => Promise<Answer>;

const parsed = (type: z.ZodType | undefined, value: unknown, root: string): unknown => {
  if (!type) return undefined;
  const result = type.safeParse(value);
  if (!result.success) throw new Problem("input-invalid", {}, fieldProblems(result.error, root));
  const unwritable = unwritableIn(result.data, root);
  if (unwritable.length) throw new Problem("input-invalid", {}, unwritable);
  return result.data;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** In which environment a request works: the one it names. What names none counts as Produzione. */
const environmentIn = (input: { params: unknown; query: unknown; body: unknown }): "test" | "production" => {
  const named = [input.params, input.query, input.body].flatMap((part) =>
    typeof part === "object" && part !== null && "environment" in part ? [part.environment] : [],
  );
  return named.length > 0 && named.every((environment) => environment === "test") ? "test" : "production";
};
/** The permissions on things that can be named one by one. */
const boundByResources: ReadonlySet<string> = new Set(
  endpointsOf(api).flatMap(({ endpoint }) => (endpoint.resource ? [endpoint.needs] : [])),
);
const NOBODY = "00000000-0000-0000-0000-000000000000";

const digestOf = (value: unknown): Buffer => createHash("sha256").update(canonical(value)).digest();

const versionIn = (ifMatch: string | undefined): number => {
  if (!ifMatch) throw new Problem("version-missing");
  const version = Number(/^(?:W\/)?"?(\d+)"?$/.exec(ifMatch)?.[1]);
  if (!Number.isSafeInteger(version)) throw new Problem("version-stale");
  return version;
};

export const pipeline = (parts: PipelineParts): Invoke => {
  const { database, whoMay, whoActs, whoIsStaff, whoGrants, cipher, subscriptions, log, clock } = parts;

  const invoke: Invoke = async (handler, invocation) => {
    const { endpoint } = handler;
    const now = clock();
    const traceId = invocation.traceId ?? randomUUID();
    const writes = endpoint.method !== "GET" && !endpoint.reads;

    // parse
    const input = {
      params: parsed(endpoint.params, invocation.params ?? {}, "params"),
      query: parsed(endpoint.query, invocation.query ?? {}, "query"),
      body: parsed(endpoint.body, invocation.body, "body"),
      ...(invocation.file ? { file: invocation.file } : {}),
    };
    if (endpoint.upload && !invocation.file) throw new Problem("file-missing");
    const version = endpoint.versioned ? versionIn(invocation.ifMatch) : 0;
    const fail = (code: string, facts: ProblemFacts = {}): never => {
      throw new Problem(code as Problem["code"], facts);
    };
    const named = (input.params ?? {}) as { institutionId?: string; productId?: string };
    const institutionId = named.institutionId ?? null;
    const { needs } = endpoint;
    const permission =
      needs === "nobody" || needs === "anyone" || needs === "member" || isStaffNeed(needs) ? null : needs;

    // Somebody of the staff: their own session, their profiles, and the purpose that opens rows where no institution is named.
    const admitStaff = async (tx: Transaction, need: StaffNeed): Promise<StaffActor> => {
      if (!invocation.sessionHash) throw new Problem("session-missing", { staff: true });
      const { caller, reason } = await whoIsStaff(tx.connection, { sessionHash: invocation.sessionHash, now });
      if (!caller) throw new Problem(reason === "expired" ? "session-expired" : "session-missing", { staff: true });
      const actor: StaffActor = { kind: "staff", ...caller };
      if (need !== "staff" && !staffMay(caller.holdings, need, named.productId ?? null))
        throw new Refused(actor, need, null);
      if (endpoint.purpose && !institutionId) tx.enter({ purpose: endpoint.purpose });
      return actor;
    };
    const wants =
      permission === null
        ? needs === "member"
          ? ("member" as const)
          : null
        : {
            permission,
            productId: productOf(permission, named.productId),
            profiles: profilesWith(permission),
            resource: endpoint.resource
              ? String((input.params as Record<string, unknown> | undefined)?.[endpoint.resource] ?? "")
              : // Who is limited to named things makes no new one, which nobody named: no limit holds "".
                writes && boundByResources.has(permission)
                ? ""
                : null,
          };

    // Somebody of a partner, by the delegation that the request names. Never taken from the session, never added to what one
    // holds: two tabs that act for two institutions say so each in its own requests.
    const mandate = invocation.mandate !== undefined && institutionId && permission ? invocation.mandate : null;
    const environment = environmentIn(input);
    const admitDelegate = async (tx: Transaction, delegationId: string, asked: Permission): Promise<Actor> => {
      if (!invocation.sessionHash) throw new Problem("session-missing");
      const found = await whoActs(tx.connection, {
        sessionHash: invocation.sessionHash,
        institutionId: institutionId!,
        delegationId: UUID.test(delegationId) ? delegationId : NOBODY,
        permission: asked,
        productId: productOf(asked, named.productId),
        environment,
        resource: wants !== null && wants !== "member" ? wants.resource : null,
        now,
      });
      if (!found.caller) throw new Problem(found.reason === "expired" ? "session-expired" : "session-missing");
      const actor: Actor = { kind: "person", ...found.caller, mandate: found.mandate };
      const refusal: MandateRefusal | null =
        found.refusal?.code === "mandate-unknown" || mayBeDelegated(endpoint)
          ? found.refusal
          : {
              code: "mandate-out-of-scope",
              facts: { why: "own-people", permission: asked },
              partnerId: found.refusal?.partnerId ?? found.mandate?.partnerId ?? null,
              delegationId,
            };
      if (refusal) {
        const { code, partnerId } = refusal;
        const grantors =
          code === "permission-missing" && partnerId
            ? await whoGrants(tx.connection, {
                institutionId: partnerId,
                personId: actor.personId,
                permission: asked,
                productId: productOf(asked, named.productId),
                now,
              })
            : null;
        throw new Refused(actor, asked, grantors, refusal);
      }
      if (endpoint.stepUp && (actor.session.stepUpUntil ?? now) <= now) throw new Problem("step-up-needed");
      tx.enter({
        person: actor.personId,
        purpose: null,
        institution: null,
        delegator: institutionId,
        mandate: `${productOf(asked, named.productId)}/${environment}`,
      });
      return actor;
    };

    // who and may: one indexed statement, ahead of which begin and the settings travel without waiting
    const admit = async (tx: Transaction): Promise<Actor | StaffActor | null> => {
      if (needs === "nobody") {
        tx.enter({ purpose: "system" });
        return null;
      }
      if (isStaffNeed(needs)) return admitStaff(tx, needs);
      if (mandate !== null && permission) return admitDelegate(tx, mandate, permission);
      if (!invocation.sessionHash) throw new Problem("session-missing");
      const { caller, reason, permitted } = await whoMay(tx.connection, {
        sessionHash: invocation.sessionHash,
        institutionId,
        wants,
        now,
      });
      if (!caller) throw new Problem(reason === "expired" ? "session-expired" : "session-missing");
      if (permission && !permitted) {
        const grantors = institutionId
          ? await whoGrants(tx.connection, {
              institutionId,
              personId: caller.personId,
              permission,
              productId: productOf(permission, named.productId),
              now,
            })
          : null;
        throw new Refused({ kind: "person", ...caller, mandate: null }, permission, grantors);
      }
      if (wants === "member" && !permitted) throw new Problem("not-a-member");
      if (endpoint.stepUp && (caller.session.stepUpUntil ?? now) <= now) throw new Problem("step-up-needed");
      tx.entered({ person: caller.personId });
      return { kind: "person", ...caller, mandate: null };
    };
    /** A delegate reads before the transaction as within it: what is delegated, and nothing else. */
    const asDelegate = (s: Scope): Scope =>
      s.purpose
        ? s
        : {
            ...s,
            institution: null,
            delegator: s.institution ?? null,
            mandate: permission ? `${productOf(permission, named.productId)}/${environment}` : null,
          };
    const scope: Scope = mandate === null ? { institution: institutionId } : { purpose: "system" };
    const asAudited = (actor: Actor | StaffActor): AuditActor =>
      actor.kind === "staff"
        ? {
            kind: "staff",
            staffId: actor.staffId,
            profiles: [...new Set(actor.holdings.map((h) => h.profile))],
            purpose: endpoint.purpose ?? null,
          }
        : {
            kind: "person",
            personId: actor.personId,
            mandate: institutionId
              ? {
                  institutionId,
                  ...(actor.mandate
                    ? { partnerId: actor.mandate.partnerId, delegationId: actor.mandate.delegationId }
                    : {}),
                }
              : null,
          };

    const refusedForGood = async (refused: Refused) => {
      const { actor, byMandate } = refused;
      const told: AuditActor =
        byMandate?.partnerId && byMandate.delegationId && actor.kind === "person"
          ? {
              kind: "person",
              personId: actor.personId,
              mandate: {
                institutionId: institutionId!,
                partnerId: byMandate.partnerId,
                delegationId: byMandate.delegationId,
              },
            }
          : asAudited(actor);
      // A known person at an institution that knows them: the refusal is kept. Elsewhere it would let strangers write into a
      // chain. What was refused to staff is kept in the portal's own.
      if (actor.kind === "staff" || (byMandate ? byMandate.partnerId !== null : refused.grantors !== null))
        await database.asSystem(async (tx) => {
          const facts = recorder({
            actor: () => told,
            now,
            traceId,
            cipher,
            subscriptions,
          });
          facts.audit(
            "permission.refused",
            {
              permission: refused.permission,
              method: endpoint.method,
              path: endpoint.path,
              ...(byMandate ? { because: byMandate.code } : {}),
            },
            { outcome: "refused", ...(institutionId && actor.kind === "person" ? { institutionId } : {}) },
          );
          await facts.flush(tx.connection);
        });
      if (byMandate && byMandate.code !== "permission-missing") throw new Problem(byMandate.code, byMandate.facts);
      throw new Problem("permission-missing", {
        permission: refused.permission,
        ...(named.productId && permission && isOfEachProduct(permission) ? { productId: named.productId } : {}),
        ...(byMandate?.facts ?? {}),
        ...(refused.grantors?.length ? { grantors: refused.grantors } : {}),
        ...(actor.kind === "staff" ? { staff: true } : {}),
      });
    };

    /** Everything in one flight, when the answer is yes; null when it is not: then the road is walked in its order, which says why. */
    const readAhead = async (): Promise<Answer | null> => {
      const { sessionHash } = invocation;
      if (!sessionHash || !institutionId || wants === null) return null;
      return database.transaction(
        { institution: institutionId },
        async (tx): Promise<Answer | null> => {
          const { connection, db } = tx;
          const asked = whoMay(connection, { sessionHash, institutionId, wants, now, closing: true });
          const told = await Promise.allSettled([
            asked,
            handler.run(input as never, { db, connection, now, fail } as never, undefined as never),
          ]);
          const [answer, work] = told;
          if (answer.status === "rejected") throw answer.reason;
          if (!answer.value.caller || !answer.value.permitted) return null;
          if (work.status === "rejected") throw work.reason;
          return { result: (endpoint.result as z.ZodType).parse(work.value), headers: {} };
        },
        () => "read",
      );
    };

    try {
      if (handler.ahead && mandate === null && !invocation.dryRun) {
        const answer = await readAhead();
        if (answer) return answer;
      }
      // prepare: outside any transaction, for who may
      let prepared: unknown;
      if (handler.prepare) {
        const actor = needs === "nobody" ? null : await database.transaction(scope, admit);
        prepared = await handler.prepare(
          input as never,
          {
            now,
            traceId,
            fail,
            actor,
            sessionHash: invocation.sessionHash,
            dryRun: Boolean(invocation.dryRun),
            read: (s: Scope, work: (tx: Transaction) => Promise<unknown>) =>
              database.transaction(mandate === null ? s : asDelegate(s), work),
            rehearse: (other: Handler, given: Partial<Invocation>) =>
              invoke(other, {
                params: given.params,
                query: given.query,
                body: given.body,
                ...(given.ifMatch ? { ifMatch: given.ifMatch } : {}),
                ...(invocation.sessionHash ? { sessionHash: invocation.sessionHash } : {}),
                ...(invocation.mandate === undefined ? {} : { mandate: invocation.mandate }),
                traceId,
                dryRun: true,
                secondPerson: true,
              }),
          } as never,
        );
      }

      // do, record
      let recorded = false;
      return await database.transaction(
        scope,
        async (tx): Promise<Answer> => {
          const actor = await admit(tx);
          const keyed =
            writes && invocation.idempotencyKey && !invocation.dryRun
              ? {
                  actor: !actor
                    ? "nobody"
                    : actor.kind === "staff"
                      ? `staff ${actor.staffId}`
                      : [actor.personId, actor.mandate?.delegationId].filter(Boolean).join(" by "),
                  endpoint: `${endpoint.method} ${endpoint.path}`,
                  key: invocation.idempotencyKey,
                  digest: digestOf([
                    input.params,
                    input.query,
                    input.body,
                    invocation.file ? digestOf(invocation.file.bytes.toString("base64")).toString("hex") : null,
                  ]),
                }
              : null;
          if (keyed) {
            const replay = await firstAnswer(tx, cipher, keyed);
            if (replay) return { result: replay.result, replayed: true, headers: {} };
          }
          let acting: AuditActor = actor ? asAudited(actor) : { kind: "nobody" };
          const facts = recorder({ actor: () => acting, now, traceId, cipher, subscriptions });
          const headers: Answer["headers"] = {};
          const context = {
            db: tx.db,
            connection: tx.connection,
            now,
            traceId,
            fail,
            version,
            headers,
            sessionHash: invocation.sessionHash,
            dryRun: Boolean(invocation.dryRun),
            secondPerson: Boolean(invocation.secondPerson),
            get actor() {
              if (!actor) throw new Error(`${endpoint.method} ${endpoint.path} needs nobody: it has no actor`);
              return actor;
            },
            emit: facts.emit,
            audit: facts.audit,
            enter: tx.enter,
            actAs: (other: AuditActor) => {
              acting = other;
            },
          };
          const raw = await handler.run(input as never, context as never, prepared as never);
          if (writes && facts.size === 0)
            facts.audit(
              `${endpoint.method} ${endpoint.path}`,
              { params: input.params ?? {} },
              institutionId ? { institutionId } : {},
            );
          // An institution can see that the staff looked at it, and why.
          if (!writes && actor?.kind === "staff" && institutionId)
            facts.audit("staff.institution.read", { path: endpoint.path }, { institutionId });
          const result =
            isFileResult(endpoint.result) || endpoint.result === null ? raw : (endpoint.result as z.ZodType).parse(raw);
          if (invocation.dryRun) {
            // Deferred constraints speak now, and the rollback takes everything back.
            await tx.connection.query("set constraints all immediate");
            return { result, announced: facts.announced, headers };
          }
          recorded = facts.size > 0;
          await facts.flush(tx.connection);
          if (keyed) await keepAnswer(tx, cipher, keyed, withoutOnce(result, endpoint.once));
          return { result, announced: facts.announced, headers };
        },
        () => (invocation.dryRun ? "rollback" : writes || recorded ? "commit" : "read"),
      );
    } catch (error) {
      if (error instanceof Refused) return await refusedForGood(error);
      if (!isProblem(error))
        log.error(
          {
            traceId,
            endpoint: `${endpoint.method} ${endpoint.path}`,
            error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error),
          },
          "a verb failed",
        );
      throw error;
    }
  };
  return invoke;
};

class Refused extends Error {
  constructor(
    readonly actor: Actor | StaffActor,
    readonly permission: Permission | StaffPermission,
    readonly grantors: string[] | null,
    readonly byMandate: MandateRefusal | null = null,
  ) {
    super("refused");
  }
}

type Key = { actor: string; endpoint: string; key: string; digest: Buffer };

/** Takes the key, or answers what it answered first. Another body: 422; the first still running: 409. */
const firstAnswer = async (tx: Transaction, cipher: Cipher, key: Key): Promise<{ result: unknown } | null> => {
  const lock = createHash("sha256")
    .update(`${key.actor}\n${key.endpoint}\n${key.key}`)
    .digest()
    .readBigInt64BE()
    .toString();
  const taken = await tx.connection.query<{ free: boolean }>("select pg_try_advisory_xact_lock($1::bigint) as free", [
    lock,
  ]);
  if (!taken.rows[0]?.free) throw new Problem("idempotency-key-running");
  const kept = await tx.connection.query<{ body_digest: Uint8Array; answer: { sealed: string } }>(
    "select body_digest, answer from idempotency_keys where actor = $1 and endpoint = $2 and key = $3 and at > now() - interval '24 hours'",
    [key.actor, key.endpoint, key.key],
  );
  const first = kept.rows[0];
  if (!first) return null;
  if (!key.digest.equals(first.body_digest)) throw new Problem("idempotency-key-reused");
  return JSON.parse(cipher.open(Buffer.from(first.answer.sealed, "base64"))) as { result: unknown };
};

/** An answer may hold personal data (a draft does): it is kept encrypted. */
const keepAnswer = async (tx: Transaction, cipher: Cipher, key: Key, result: unknown): Promise<void> => {
  const sealed = cipher.seal(JSON.stringify({ result: result ?? null })).toString("base64");
  const kept = await tx.connection.query(
    `insert into idempotency_keys (actor, endpoint, key, body_digest, answer) values ($1, $2, $3, $4, $5::jsonb)
     on conflict (actor, endpoint, key) do update set body_digest = excluded.body_digest, answer = excluded.answer, at = now()
     where idempotency_keys.at <= now() - interval '24 hours'`,
    [key.actor, key.endpoint, key.key, key.digest, JSON.stringify({ sealed })],
  );
  if (kept.affected === 0) throw new Problem("idempotency-key-running");
};

const withoutOnce = (result: unknown, once: readonly string[] | undefined): unknown =>
  once && result && typeof result === "object"
    ? Object.fromEntries(Object.entries(result).filter(([k]) => !once.includes(k)))
    : result;
