import type { Environment, Proposal } from "@area/api";
import type { Cipher } from "../platform/cipher.ts";
import type { ProposalRow } from "./store.ts";

/** What a proposal keeps sealed: what the verb will receive, and what it said when it was tried. */
export type Kept = {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: unknown;
  version?: number;
};
export type Outcome = { announced: { type: string; payload: Record<string, unknown> }[] };

export const keptIn = (cipher: Cipher, row: Pick<ProposalRow, "input">): Kept =>
  JSON.parse(cipher.open(Buffer.from(row.input))) as Kept;

export const shown = (cipher: Cipher, row: ProposalRow, reader: { personId: string }): Proposal => {
  const { params, query, body } = keptIn(cipher, row);
  return {
    id: row.id,
    endpoint: row.endpoint,
    productId: row.product_id,
    environment: row.environment as Environment | null,
    state: row.state,
    reason: row.reason,
    input: { params, query, body: body ?? null },
    announced: (JSON.parse(cipher.open(Buffer.from(row.outcome))) as Outcome).announced,
    proposedBy: { id: row.proposed_by, name: row.proposed_by_name, me: row.proposed_by === reader.personId },
    proposedAt: row.proposed_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decided: row.decided_at ? { by: row.decided_by_name, at: row.decided_at.toISOString(), note: row.note } : null,
  };
};
