import {
  connectionKindOf,
  differenceOf,
  OperatorSettings,
  type Station,
  type StationChange,
  type StationLine,
} from "@area/api";
import type { Connection } from "../../platform/database/connection.ts";
import * as store from "./store.ts";

export const lineShown = (r: store.LineRow): StationLine => ({
  id: r.id,
  code: r.code,
  description: r.description,
  environment: r.environment,
  state: r.state,
  connection: r.connection,
  change: r.open_state ? { state: r.open_state, dueAt: r.open_due_at?.toISOString() ?? null } : null,
  institutions: r.institutions,
  created: { at: r.created_at.toISOString(), by: r.created_by_name },
  changed: { at: r.changed_at.toISOString(), by: r.changed_by_name },
  activatedAt: r.activated_at?.toISOString() ?? null,
  version: r.version,
});

/** What an operator would write for the way a station is connected: the platform's own addresses, or the legacy one's target. */
export const operatorFor = (
  row: Pick<store.StationRow, "settings">,
  held: Partial<OperatorSettings> = {},
): OperatorSettings => {
  const kind = connectionKindOf(row.settings);
  const legacy = kind === "sync-legacy" && row.settings.receiptUrl ? new URL(row.settings.receiptUrl) : null;
  return OperatorSettings.parse({
    ...(kind === "async-platform" ? { path: "/gpd-payments/api/v1" } : {}),
    ...(kind === "sync-forwarder" ? { path: "/pagopa-node-forwarder/api/v1/forward" } : {}),
    ...(legacy
      ? {
          protocol: legacy.protocol === "http:" ? "HTTP" : "HTTPS",
          host: legacy.hostname,
          port: Number(legacy.port) || (legacy.protocol === "http:" ? 80 : 443),
          path: legacy.pathname,
        }
      : {}),
    ...held,
  });
};

const flat = (part: { description?: string; settings?: object }) => ({
  ...(part.settings ?? {}),
  ...(part.description === undefined ? {} : { description: part.description }),
});

export const changeShown = async (connection: Connection, c: store.ChangeRow): Promise<StationChange> => ({
  id: c.id,
  kind: c.kind,
  state: c.state,
  round: c.round,
  settings: c.settings,
  description: c.description,
  difference: differenceOf(flat(c.before), flat(c)),
  rulesVersion: c.rules_version,
  rules: c.rules,
  proposed: { at: c.proposed_at.toISOString(), by: c.proposed_by_name },
  dueAt: c.state === "waiting" ? (c.due_at?.toISOString() ?? null) : null,
  decided:
    c.decided_at && c.state !== "waiting"
      ? { at: c.decided_at.toISOString(), byRules: c.decided_by === null, note: c.note }
      : null,
  messages: (await store.messagesOf(connection, c.id)).map((m) => ({
    id: m.id,
    at: m.at.toISOString(),
    from: m.staff_id ? ("staff" as const) : ("broker" as const),
    name: m.person_name,
    text: m.text,
  })),
});

export const shown = async (connection: Connection, r: store.StationRow): Promise<Station> => {
  const change = await store.lastChange(connection, r.id);
  return {
    ...lineShown(r),
    broker: { id: r.institution_id, name: r.broker_name, taxCode: r.broker_tax_code },
    connectionKind: connectionKindOf(r.settings),
    settings: r.settings,
    operator: operatorFor(r, r.operator_settings),
    change: change ? await changeShown(connection, change) : null,
    tests: await store.lastTests(connection, r.id),
    promotedFrom: r.promoted_from,
    promotedTo: r.promoted_to,
  };
};
