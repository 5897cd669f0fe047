import { type AssistanceRequest, api, type EventPayload, type StaffAssistanceRequest } from "@area/api";
import { isLanguage } from "@area/words";
import { letterIn, notify } from "../notifications/index.ts";
import { belongs } from "../people/index.ts";
import type { Reaction } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

/** How many requests a person may send in an hour: each is a mail to a desk where people sit. */
const AN_HOUR = 10;
const key = (row: store.Row) => ({ at: row.asked_at.toISOString(), id: row.id });

export const assistance = (parts: Parts) => {
  const { cipher, config, database } = parts;
  const shown = (row: store.Row): AssistanceRequest => ({
    id: row.id,
    number: Number(row.number),
    institution: row.institution_id ? { id: row.institution_id, name: row.institution_name ?? "" } : null,
    page: row.page,
    supportCode: row.trace_id,
    message: cipher.open(row.message),
    state: row.state as "open" | "answered",
    askedAt: row.asked_at.toISOString(),
    answer: row.answer ? cipher.open(row.answer) : null,
    answeredAt: row.answered_at?.toISOString() ?? null,
  });
  const shownToStaff = (row: store.Row): StaffAssistanceRequest => ({
    ...shown(row),
    person: { id: row.person_id, name: row.person_name },
    language: row.language as "it",
  });
  const a = api.assistance;

  return {
    handlers: {
      ask: handle(a.ask, async ({ body }, { db, connection, actor, now, fail, emit, enter }) => {
        // The name of an institution is read by the portal itself, once it is known to be theirs.
        enter({ purpose: "system" });
        if ((await store.askedSince(db, actor.personId, new Date(now.getTime() - 3_600_000))) >= AN_HOUR)
          return fail("assistance-too-many");
        const theirs = body.institutionId && (await belongs(connection, body.institutionId, actor.personId));
        const id = await store.insert(db, {
          personId: actor.personId,
          institutionId: theirs ? body.institutionId : null,
          page: body.page,
          supportCode: body.supportCode,
          language: body.language,
          message: cipher.seal(body.message),
          email: cipher.seal(body.email),
          at: now,
        });
        emit("assistance.request.sent", { requestId: id, personId: actor.personId });
        return shown((await store.one(db, id))!);
      }),
      mine: handle(a.mine, async ({ query }, { db, actor, enter }) => {
        enter({ purpose: "system" });
        const ask = { personId: actor.personId, after: keyIn(query.cursor, AtAndId), limit: query.limit + 1 };
        return pageOf(await store.list(db, ask), query.limit, shown, key);
      }),
      ofStaff: handle(a.ofStaff, async ({ query }, { db }) =>
        pageOf(
          await store.list(db, { state: query.state, after: keyIn(query.cursor, AtAndId), limit: query.limit + 1 }),
          query.limit,
          shownToStaff,
          key,
        ),
      ),
      answer: handle(a.answer, async ({ params, body }, { db, actor, now, fail, emit, enter }) => {
        enter({ purpose: "system" });
        const row = await store.one(db, params.assistanceRequestId);
        if (!row) return fail("assistance-unknown");
        if (!(await store.answer(db, row.id, { text: cipher.seal(body.text), by: actor.staffId, at: now })))
          return fail("assistance-answered");
        emit("assistance.request.answered", { requestId: row.id, personId: row.person_id });
        return shownToStaff((await store.one(db, row.id))!);
      }),
    },
    reactions: {
      "assistance:to-desk": {
        on: ["assistance.request.sent"],
        react: async (fact) => {
          const { requestId } = fact.payload as EventPayload<"assistance.request.sent">;
          const row = await database.asSystem(({ db }) => store.one(db, requestId));
          if (!row) return;
          await notify(parts, `event ${fact.id}`, {
            kind: "mail",
            template: "assistance-request",
            to: config.supportEmail,
            institutionId: null,
            subject: `Richiesta ${row.number}: ${row.page}`,
            text: [
              `${row.person_name}${row.institution_name ? `, per ${row.institution_name}` : ""}, chiede aiuto.`,
              `Pagina: ${config.publicUrl}${row.page}${row.trace_id ? `\nCodice: ${row.trace_id}` : ""}\nLingua: ${row.language}\nE-mail: ${cipher.open(row.email)}`,
              cipher.open(row.message),
              `Rispondi da qui:\n${config.publicUrl}/staff/assistenza`,
            ].join("\n\n"),
          });
        },
      },
      "assistance:to-asker": {
        on: ["assistance.request.answered"],
        react: async (fact) => {
          const { requestId } = fact.payload as EventPayload<"assistance.request.answered">;
          const row = await database.asSystem(({ db }) => store.one(db, requestId));
          if (!row?.answer) return;
          const { answer } = row;
          await notify(parts, `event ${fact.id}`, {
            kind: "mail",
            to: cipher.open(row.email),
            institutionId: null,
            // In the language in which help was asked for.
            ...letterIn([isLanguage(row.language) ? row.language : "it"], "assistance-answer", (words) => ({
              subject: words.assistanceAnswered.subject(String(row.number)),
              text: [
                words.assistanceAnswered.text({ name: row.person_name, number: String(row.number) }),
                cipher.open(answer),
                `${words.assistanceAnswered.wrote}\n${cipher.open(row.message)}`,
                `${words.assistanceAnswered.all}\n${config.publicUrl}/aiuto`,
              ],
            })),
          });
        },
      },
    } satisfies Record<string, Reaction>,
  };
};

/** What the inbox says of an answer. */
export const answeredRequest = async (
  db: Db,
  requestId: string,
): Promise<{ number: number; institutionId: string | null; institutionName: string } | null> => {
  const row = await store.one(db, requestId);
  return row?.answer
    ? { number: Number(row.number), institutionId: row.institution_id, institutionName: row.institution_name ?? "" }
    : null;
};
