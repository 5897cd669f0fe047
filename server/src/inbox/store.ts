import type { InboxKind, InboxTopic, InboxView } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type NewItem = {
  personId: string;
  institutionId: string | null;
  kind: InboxKind;
  cause: string;
  asks: boolean;
  facts: Record<string, unknown>;
  at: Date;
  dueAt: Date | null;
  byMail: boolean;
};

/** Writes lines; the same cause has given the same person theirs already. */
export const insertItems = async (db: Db, items: readonly NewItem[]): Promise<number> => {
  let written = 0;
  for (let from = 0; from < items.length; from += 500)
    written += (
      await db
        .insertInto("inbox_items")
        .values(
          items.slice(from, from + 500).map((i) => ({
            person_id: i.personId,
            institution_id: i.institutionId,
            kind: i.kind,
            cause: i.cause,
            asks: i.asks,
            facts: JSON.stringify(i.facts),
            at: i.at,
            due_at: i.dueAt,
            mail_state: i.byMail ? "due" : "none",
            mail_next_at: i.byMail ? i.at : null,
          })),
        )
        .onConflict((c) => c.columns(["cause", "person_id", "kind"]).doNothing())
        .returning("id")
        .execute()
    ).length;
  return written;
};

/** Nothing is left to do for a cause: every line of it says so. */
export const settle = (db: Db, cause: string, at: Date) =>
  db
    .updateTable("inbox_items")
    .set({ settled_at: at, mail_state: sql`case when mail_state = 'due' then 'none' else mail_state end` })
    .where("cause", "=", cause)
    .where("settled_at", "is", null)
    .execute();

/** Takes away what an institution still asks of a person who lost every access there; given again, it is laid out again. */
export const forget = (db: Db, personId: string, institutionId: string) =>
  db
    .deleteFrom("inbox_items")
    .where("person_id", "=", personId)
    .where("institution_id", "=", institutionId)
    .where("asks", "=", true)
    .where("settled_at", "is", null)
    .execute();

const items = (db: Db) =>
  db
    .selectFrom("inbox_items")
    .select(["id", "kind", "institution_id", "asks", "facts", "at", "due_at", "read_at", "archived_at", "settled_at"]);
export type Item = Awaited<ReturnType<ReturnType<typeof items>["execute"]>>[number];

// The conditions are those of the partial indexes, written out.
const inView = {
  "to-do": sql<boolean>`archived_at is null and asks and settled_at is null`,
  news: sql<boolean>`archived_at is null and not (asks and settled_at is null)`,
  archive: sql<boolean>`archived_at is not null`,
} satisfies Record<InboxView, unknown>;

export const itemsOf = (
  db: Db,
  personId: string,
  view: InboxView,
  ask: { after: { at: string; id: string } | null; limit: number },
): Promise<Item[]> =>
  items(db)
    .where("person_id", "=", personId)
    .where(inView[view])
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(at, id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(ask.limit)
    .execute();

export const countsOf = async (connection: Connection, personId: string): Promise<{ toDo: number; unread: number }> =>
  (
    await connection.query<{ toDo: number; unread: number }>(
      `select (select count(*)::int from (select 1 from inbox_items where person_id = $1 and archived_at is null and asks and settled_at is null limit 99) t) as "toDo",
              (select count(*)::int from (select 1 from inbox_items where person_id = $1 and archived_at is null and read_at is null limit 99) u) as "unread"`,
      [personId],
    )
  ).rows[0]!;

export const markRead = (db: Db, personId: string, until: Date, at: Date) =>
  db
    .updateTable("inbox_items")
    .set({ read_at: at })
    .where("person_id", "=", personId)
    .where("read_at", "is", null)
    .where("archived_at", "is", null)
    .where("at", "<=", until)
    .execute();

export const changeItem = (
  db: Db,
  personId: string,
  id: string,
  change: { read: boolean | undefined; archived: boolean | undefined; at: Date },
): Promise<Item | undefined> =>
  db
    .updateTable("inbox_items")
    .set({
      // Archiving is having read.
      ...(change.read !== undefined || change.archived
        ? { read_at: (change.read ?? true) || change.archived ? sql<Date>`coalesce(read_at, ${change.at})` : null }
        : {}),
      ...(change.archived === undefined ? {} : { archived_at: change.archived ? change.at : null }),
      ...(change.read === undefined && change.archived === undefined ? { kind: sql<string>`kind` } : {}),
    })
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .returning([
      "id",
      "kind",
      "institution_id",
      "asks",
      "facts",
      "at",
      "due_at",
      "read_at",
      "archived_at",
      "settled_at",
    ])
    .executeTakeFirst();

// — preferences —
export type Choice = { personId: string; institutionId: string | null; topic: string; byMail: boolean };
/** What these people chose about a topic: in general, and for this institution. */
export const choicesOf = async (
  db: Db,
  personIds: string[],
  institutionId: string | null,
  topic: InboxTopic,
): Promise<Choice[]> =>
  personIds.length === 0
    ? []
    : (
        await db
          .selectFrom("inbox_preferences")
          .selectAll()
          .where(sql<boolean>`person_id = any (${personIds}::uuid[])`)
          .where("topic", "=", topic)
          .where((e) =>
            institutionId === null
              ? e("institution_id", "is", null)
              : e.or([e("institution_id", "is", null), e("institution_id", "=", institutionId)]),
          )
          .execute()
      ).map((r) => ({
        personId: r.person_id,
        institutionId: r.institution_id,
        topic: r.topic,
        byMail: r.by_mail,
      }));

export const generalChoices = (db: Db, personId: string) =>
  db
    .selectFrom("inbox_preferences")
    .select(["topic", "by_mail"])
    .where("person_id", "=", personId)
    .where("institution_id", "is", null)
    .execute();

export const exceptions = async (connection: Connection) =>
  (
    await connection.query<{ institution_id: string; name: string; topic: string; by_mail: boolean }>(
      "select * from my_inbox_exceptions()",
    )
  ).rows;

export const choose = (db: Db, c: Choice) =>
  db
    .insertInto("inbox_preferences")
    .values({ person_id: c.personId, institution_id: c.institutionId, topic: c.topic, by_mail: c.byMail })
    .onConflict((k) => k.columns(["person_id", "institution_id", "topic"]).doUpdateSet({ by_mail: c.byMail }))
    .execute();

export const unchoose = (db: Db, c: Omit<Choice, "byMail">) =>
  db
    .deleteFrom("inbox_preferences")
    .where("person_id", "=", c.personId)
    .where(sql<boolean>`institution_id is not distinct from ${c.institutionId}::uuid`)
    .where("topic", "=", c.topic)
    .execute();

export const languageOf = async (db: Db, personId: string): Promise<string | null> =>
  (await db.selectFrom("inbox_settings").select("language").where("person_id", "=", personId).executeTakeFirst())
    ?.language ?? null;

export const speak = (db: Db, personId: string, language: string) =>
  db
    .insertInto("inbox_settings")
    .values({ person_id: personId, language })
    .onConflict((c) => c.column("person_id").doUpdateSet({ language }))
    .execute();

// — mail —
/** Takes some lines that owe a mail, and puts their next attempt ahead: several processes share the work. */
export const claimMails = async (connection: Connection, now: Date, most: number) =>
  (
    await connection.query<{
      id: string;
      person_id: string;
      institution_id: string | null;
      kind: string;
      facts: Record<string, unknown>;
      at: Date;
      given_name: string;
      family_name: string;
      language: string | null;
    }>(
      `with due as (
         select id from inbox_items where mail_state = 'due' and mail_next_at <= $1 order by mail_next_at, id limit $2 for update skip locked
       ), claimed as (
         update inbox_items i set mail_attempts = mail_attempts + 1,
           mail_next_at = $1::timestamptz + make_interval(mins => least(power(2, i.mail_attempts + 1)::int, 240))
         from due where i.id = due.id returning i.id, i.person_id, i.institution_id, i.kind, i.facts, i.at
       )
       select c.*, p.given_name, p.family_name, s.language from claimed c
         join persons p on p.id = c.person_id left join inbox_settings s on s.person_id = c.person_id order by c.at, c.id`,
      [now, most],
    )
  ).rows;

export const mailed = (db: Db, id: string, state: "sent" | "none") =>
  db.updateTable("inbox_items").set({ mail_state: state, mail_next_at: null }).where("id", "=", id).execute();

/** After ten attempts nobody tries again: the line stays in the inbox all the same. */
export const giveUpMails = (db: Db) =>
  db
    .updateTable("inbox_items")
    .set({ mail_state: "failed", mail_next_at: null })
    .where("mail_state", "=", "due")
    .where("mail_attempts", ">=", 10)
    .execute();

/** News are kept a year; what still asks for something stays. */
export const sweep = (db: Db, now: Date) =>
  db
    .deleteFrom("inbox_items")
    .where("at", "<", new Date(now.getTime() - 365 * 86_400_000))
    .where((e) => e.or([e("asks", "=", false), e("settled_at", "is not", null), e("archived_at", "is not", null)]))
    .execute();
