import { createHash, randomBytes } from "node:crypto";
import { type EventPayload, type EventType, events } from "@area/api";
import type { Cipher } from "./cipher.ts";
import type { Connection } from "./database/connection.ts";

/** Who acts, as the trail keeps it. */
export type AuditActor =
  | {
      kind: "person";
      personId: string;
      /** For whom: by own membership, or through a partner by one delegation. */
      mandate: { institutionId: string; partnerId?: string; delegationId?: string } | null;
    }
  | { kind: "staff"; staffId: string; profiles: string[]; purpose: string | null }
  | { kind: "link"; purpose: string }
  | { kind: "system"; name: string }
  | { kind: "nobody" };

export type FactOptions = {
  /** Whose chain; absent: the portal's own. */
  institutionId?: string;
  /** Personal data: only a salted commitment enters the trail, the value stays apart, encrypted, and can be erased. */
  personal?: Record<string, string>;
};

/** Collects the facts of one transaction and writes them all with one statement. */
export type Recorder = {
  emit<T extends EventType>(type: T, payload: EventPayload<T>, options?: FactOptions): void;
  /** An act that is not announced, or was refused. */
  audit(action: string, facts: Record<string, unknown>, options?: FactOptions & { outcome?: "done" | "refused" }): void;
  readonly size: number;
  readonly announced: { type: EventType; payload: unknown }[];
  flush(connection: Connection): Promise<void>;
};

/** Which reactions want which fact. Handed in by main: the platform knows no domain. */
export type Subscriptions = (type: EventType) => string[];

/** JSON with keys in order: the same fact has the same text, so the digest can be computed again by anyone. */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return `{${Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(",")}}`;
};

export const commitment = (salt: Buffer, value: string): string =>
  createHash("sha256").update(salt).update(value, "utf8").digest("hex");

export const recorder = (parts: {
  actor: () => AuditActor;
  now: Date;
  traceId: string;
  cipher: Cipher;
  subscriptions: Subscriptions;
}): Recorder => {
  const lines: unknown[] = [];
  const announced: Recorder["announced"] = [];
  const add = (action: string, outcome: "done" | "refused", facts: unknown, options: FactOptions, event?: unknown) => {
    const personal = Object.entries(options.personal ?? {}).map(([field, value]) => ({
      field,
      value,
      salt: randomBytes(16),
    }));
    const at = parts.now.toISOString();
    const actor = parts.actor();
    const mandate = actor.kind === "person" ? actor.mandate : null;
    lines.push({
      chain: options.institutionId ?? "portal",
      institutionId: options.institutionId ?? null,
      delegationId: mandate?.delegationId ?? null,
      partnerId: mandate?.partnerId ?? null,
      at,
      action,
      outcome,
      body: canonical({
        at,
        action,
        outcome,
        actor,
        traceId: parts.traceId,
        facts,
        ...(personal.length
          ? { commitments: Object.fromEntries(personal.map((p) => [p.field, commitment(p.salt, p.value)])) }
          : {}),
      }),
      personal: personal.map((p) => ({
        field: p.field,
        salt: p.salt.toString("base64"),
        sealed: parts.cipher.seal(p.value).toString("base64"),
      })),
      event: event ?? null,
    });
  };
  return {
    emit: (type, payload, options = {}) => {
      const facts = events[type].parse(payload);
      announced.push({ type, payload: facts });
      add(type, "done", facts, options, {
        type,
        payload: facts,
        traceId: parts.traceId,
        subscribers: parts.subscriptions(type),
      });
    },
    audit: (action, facts, { outcome = "done", ...options } = {}) => add(action, outcome, facts, options),
    get size() {
      return lines.length;
    },
    announced,
    flush: async (connection) => {
      if (lines.length) await connection.query("select record_facts($1::jsonb)", [JSON.stringify(lines.splice(0))]);
    },
  };
};
