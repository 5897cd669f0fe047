import { api, type InboxItem, type InboxKind, inboxKinds, inboxTopicNames, inboxTopics } from "@area/api";
import { belongs } from "../people/index.ts";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { sendMails } from "./deliver.ts";
import { reactions } from "./reactions.ts";
import * as store from "./store.ts";

const shown = (i: store.Item): InboxItem => {
  const { institutionName, ...facts } = i.facts as Record<string, unknown>;
  const kind = i.kind as InboxKind;
  return {
    id: i.id,
    kind,
    topic: inboxKinds[kind].topic,
    asks: i.asks,
    institution: i.institution_id ? { id: i.institution_id, name: String(institutionName ?? "") } : null,
    facts: { ...facts, institutionName },
    at: i.at.toISOString(),
    dueAt: i.due_at?.toISOString() ?? null,
    read: i.read_at !== null,
    archived: i.archived_at !== null,
    settledAt: i.settled_at?.toISOString() ?? null,
  };
};

const preferencesOf = async (db: Db, connection: Connection, personId: string) => {
  const general = new Map((await store.generalChoices(db, personId)).map((c) => [c.topic, c.by_mail]));
  const withDefaults = (chosen: (topic: string) => boolean | undefined) =>
    inboxTopicNames.map((topic) => ({
      topic,
      byMail: inboxTopics[topic].locked || (chosen(topic) ?? general.get(topic) ?? inboxTopics[topic].byMail),
      locked: inboxTopics[topic].locked,
    }));
  const byInstitution = new Map<string, { name: string; chosen: Map<string, boolean> }>();
  for (const e of await store.exceptions(connection)) {
    const known = byInstitution.get(e.institution_id) ?? { name: e.name, chosen: new Map<string, boolean>() };
    known.chosen.set(e.topic, e.by_mail);
    byInstitution.set(e.institution_id, known);
  }
  return {
    language: (await store.languageOf(db, personId)) as "it" | null,
    general: withDefaults(() => undefined),
    exceptions: [...byInstitution].map(([id, { name, chosen }]) => ({
      institution: { id, name },
      preferences: withDefaults((topic) => chosen.get(topic)),
    })),
  };
};

export const inbox = (parts: Parts) => ({
  handlers: {
    list: handle(api.inbox.list, async ({ query }, { db, actor }) =>
      pageOf(
        await store.itemsOf(db, actor.personId, query.view, {
          after: keyIn(query.cursor, AtAndId),
          limit: query.limit + 1,
        }),
        query.limit,
        shown,
        (i) => ({ at: i.at.toISOString(), id: i.id }),
      ),
    ),
    counts: handle(api.inbox.counts, async (_input, { connection, actor }) =>
      store.countsOf(connection, actor.personId),
    ),
    markRead: handle(api.inbox.markRead, async ({ body }, { db, connection, actor, now }) => {
      await store.markRead(db, actor.personId, new Date(body.until), now);
      return store.countsOf(connection, actor.personId);
    }),
    change: handle(api.inbox.change, async ({ params, body }, { db, actor, now, fail }) => {
      const changed = await store.changeItem(db, actor.personId, params.itemId, {
        read: body.read,
        archived: body.archived,
        at: now,
      });
      return changed ? shown(changed) : fail("inbox-item-unknown");
    }),
    preferences: {
      read: handle(api.inbox.preferences.read, async (_input, { db, connection, actor }) =>
        preferencesOf(db, connection, actor.personId),
      ),
      choose: handle(api.inbox.preferences.choose, async ({ body }, { db, connection, actor, fail }) => {
        const { institutionId, topic, byMail } = body;
        const { personId } = actor;
        if (inboxTopics[topic].locked) return fail("topic-always-mailed");
        if (institutionId && !(await belongs(connection, institutionId, personId))) return fail("institution-unknown");
        if (byMail === null) await store.unchoose(db, { personId, institutionId, topic });
        else await store.choose(db, { personId, institutionId, topic, byMail });
        return preferencesOf(db, connection, personId);
      }),
      speak: handle(api.inbox.preferences.speak, async ({ body }, { db, connection, actor }) => {
        await store.speak(db, actor.personId, body.language);
        return preferencesOf(db, connection, actor.personId);
      }),
    },
  },
  reactions: reactions(parts),
  schedules: {
    /** Mails that could not leave at once, and those of who died in between. */
    "inbox:mail": {
      everyMinutes: 1,
      run: async () => {
        await parts.database.asSystem(({ db }) => store.giveUpMails(db));
        await sendMails(parts);
      },
    },
    "inbox:sweep": {
      everyMinutes: 24 * 60,
      run: async (now) => void (await parts.database.asSystem(({ db }) => store.sweep(db, now))),
    },
  } satisfies Record<string, Schedule>,
});
