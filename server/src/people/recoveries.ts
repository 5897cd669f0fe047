import {
  api,
  type EventPayload,
  RECOVERY_LINK_DAYS,
  type Recovery,
  type RecoveryState,
  recoveryMoves,
} from "@area/api";
import { productsOf } from "../institutions/index.ts";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { findBody } from "../registries/index.ts";
import { writeMembership } from "./give-membership.ts";
import * as store from "./recoveries-store.ts";
import { currentRepresentative } from "./representatives-store.ts";
import { giftOf, type Tx } from "./rules.ts";
import * as people from "./store.ts";
import { RECOVER } from "./tokens.ts";

const DAY = 86_400_000;
/** How many one person may ask for in a month, at all institutions: each writes to a PEC and to many people. */
const A_MONTH = 3;
type Row = store.RecoveryRow;
type By = EventPayload<"people.recovery.stopped">["by"];

const mayMove = (row: Row, to: RecoveryState): boolean =>
  (recoveryMoves[row.state as RecoveryState] as readonly string[]).includes(to);
const facts = (row: Row) => ({ recoveryId: row.id, personId: row.person_id });
const key = (row: Row) => ({ at: row.asked_at.toISOString(), id: row.id });
const isRepresentative = (row: Row, code: Buffer): boolean =>
  row.representative_index !== null && code.equals(Buffer.from(row.representative_index));

export const shownRecovery = (row: Row, reader: Buffer | null = null): Recovery => ({
  id: row.id,
  institution: { id: row.institution_id, name: row.institution_name },
  person: { id: row.person_id, name: row.person_name },
  says: row.says as Recovery["says"],
  message: row.message,
  state: row.state as RecoveryState,
  askedAt: row.asked_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  pec: row.pec,
  pecConfirmedAt: row.pec_confirmed_at?.toISOString() ?? null,
  representativeKnown: row.representative_index !== null,
  vouchedAt: row.vouched_at?.toISOString() ?? null,
  vouchedBy: row.vouched_by as Recovery["vouchedBy"],
  waitsUntil: row.waits_until?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  stoppedBy: row.stopped_by as Recovery["stoppedBy"],
  stoppedByName: row.stopped_by_name,
  asksMe: reader !== null && row.state === "open" && row.vouched_at === null && isRepresentative(row, reader),
});

/** Where certified mail reaches an institution: what the registry says today, else what its data hold from a registry. */
const pecToday = async (
  db: Db,
  i: { pec: string; ipa_code: string | null; registry: string | null; subunit_kind: string | null },
): Promise<{ pec: string; fromRegistry: boolean }> => {
  const body = i.ipa_code && i.subunit_kind === null ? await findBody(db, i.ipa_code) : undefined;
  if (body?.state === "active" && body.pec) return { pec: body.pec, fromRegistry: true };
  return { pec: i.pec, fromRegistry: i.registry !== null };
};

export const recoveries = (parts: Parts) => {
  const { cipher, config } = parts;

  /** Once both have confirmed the waiting begins, and everybody of the institution is told until when. */
  const beginWaiting = async ({ db, now, emit }: Tx, id: string): Promise<Row> => {
    const row = (await store.recovery(db, id))!;
    if (row.state !== "open" || !row.pec_confirmed_at || !row.vouched_at) return row;
    const until = new Date(now.getTime() + config.recovery.days * DAY);
    await store.changeRecovery(db, id, { state: "waiting", waits_until: until });
    emit(
      "people.recovery.waiting",
      { ...facts(row), until: until.toISOString() },
      { institutionId: row.institution_id },
    );
    return (await store.recovery(db, id))!;
  };

  const stopped = async ({ db, now, emit }: Tx, row: Row, by: By, personId: string | null): Promise<Row | null> => {
    if (!mayMove(row, "stopped")) return null;
    await store.changeRecovery(db, row.id, {
      state: "stopped",
      ended_at: now,
      stopped_by: by,
      stopped_by_person: personId,
    });
    emit("people.recovery.stopped", { ...facts(row), by }, { institutionId: row.institution_id });
    return (await store.recovery(db, row.id))!;
  };

  const vouched = async (
    { db, now, emit }: Tx,
    row: Row,
    by: "legal-representative" | "staff",
    note: string,
  ): Promise<Row> => {
    await store.changeRecovery(db, row.id, { vouched_at: now, vouched_by: by, vouch_note: note });
    emit("people.recovery.confirmed", { ...facts(row), by }, { institutionId: row.institution_id });
    return beginWaiting({ db, now, emit }, row.id);
  };

  /** The recovery of a mailed link. */
  const ofLink = (token: string, now: Date): { id: string } | "link-invalid" | "link-expired" => {
    const claims = cipher.readToken(token, RECOVER);
    if (!claims) return "link-invalid";
    return claims.expires <= now.getTime() ? "link-expired" : { id: claims.id };
  };
  const LINK = { kind: "link", purpose: RECOVER } as const;

  /** The end of the waiting: the person administers the institution and every product it has. */
  const complete = async ({ db, now, emit }: Tx, row: Row): Promise<void> => {
    const { institution_id: institutionId } = row;
    if (await store.administratorsBack(db, institutionId, now, row.asked_at)) {
      await stopped({ db, now, emit }, row, "administrator", null);
      return;
    }
    const products = ["institution", ...(await productsOf(db, institutionId)).map((p) => p.product_id)];
    // Where they administer already, or hold the one profile that a product allows, it stays as it is.
    for (const productId of products)
      await writeMembership({ db, now, emit }, institutionId, {
        personId: row.person_id,
        gift: giftOf(productId, "administrator", []),
        beginsAt: now,
        endsAt: null,
        givenBy: null,
      });
    await people.keepContact(db, {
      personId: row.person_id,
      institutionId,
      email: Buffer.from(row.email),
      emailIndex: Buffer.from(row.email_index),
    });
    await store.changeRecovery(db, row.id, { state: "completed", ended_at: now });
    emit("people.recovery.completed", facts(row), { institutionId });
  };

  const r = api.people.recoveries;
  return {
    handlers: {
      open: handle(r.open, async ({ body }, { db, actor, now, fail, emit, enter }) => {
        // The institution is not theirs to read yet: the portal itself looks.
        enter({ purpose: "system" });
        const institution = await store.joinedByCode(db, body.code);
        if (!institution) return fail("institution-not-joined");
        const { id: institutionId } = institution;
        await people.lockPeople(db, institutionId);
        const silentSince = new Date(now.getTime() - config.recovery.silentDays * DAY);
        if ((await store.answeringAdministrators(db, institutionId, now, silentSince)).length > 0)
          return fail("administrators-answer", { institution: institution.name });
        if ((await store.askedSince(db, actor.personId, new Date(now.getTime() - 30 * DAY))) >= A_MONTH)
          return fail("recoveries-too-many");
        const representative = await currentRepresentative(db, institutionId);
        const code = await store.codeIndexOf(db, actor.personId);
        const { pec, fromRegistry } = await pecToday(db, institution);
        // Who signs for the institution confirms by asking.
        const vouches = representative !== undefined && code.equals(Buffer.from(representative.fiscal_code_index));
        const id = await store.insertRecovery(db, {
          institutionId,
          personId: actor.personId,
          says: body.says,
          email: cipher.seal(body.email),
          emailIndex: cipher.index("mail", body.email),
          message: body.message,
          pec,
          pecFromRegistry: fromRegistry,
          representativeIndex: representative ? Buffer.from(representative.fiscal_code_index) : null,
          at: now,
          expiresAt: new Date(now.getTime() + RECOVERY_LINK_DAYS * DAY),
          vouched: vouches,
        });
        if (!id) return fail("recovery-open");
        const row = (await store.recovery(db, id))!;
        // The PEC with its link, and the letters, leave after the commit.
        emit("people.recovery.opened", facts(row), { institutionId, personal: { asker: row.person_name } });
        if (vouches)
          emit("people.recovery.confirmed", { ...facts(row), by: "legal-representative" }, { institutionId });
        return shownRecovery(row, code);
      }),

      mine: handle(r.mine, async ({ query }, { db, actor, enter }) => {
        enter({ purpose: "system" });
        const code = await store.codeIndexOf(db, actor.personId);
        const ask = { after: keyIn(query.cursor, AtAndId), limit: query.limit + 1 };
        return pageOf(
          await store.ofPerson(db, actor.personId, ask),
          query.limit,
          (row) => shownRecovery(row, code),
          key,
        );
      }),

      read: handle(r.read, async ({ params }, { db, actor, fail, enter }) => {
        enter({ purpose: "system" });
        const code = await store.codeIndexOf(db, actor.personId);
        const row = await store.recovery(db, params.recoveryId);
        if (!row || (row.person_id !== actor.personId && !isRepresentative(row, code))) return fail("recovery-unknown");
        return shownRecovery(row, code);
      }),

      confirm: handle(r.confirm, async ({ params }, { db, actor, now, fail, emit, enter }) => {
        enter({ purpose: "system" });
        await store.lockRecovery(db, params.recoveryId);
        const row = await store.recovery(db, params.recoveryId);
        const code = await store.codeIndexOf(db, actor.personId);
        const representative = row !== undefined && isRepresentative(row, code);
        if (!row || (row.person_id !== actor.personId && !representative)) return fail("recovery-unknown");
        if (!representative) return fail("not-the-representative");
        if (row.state !== "open" || row.expires_at <= now) return fail("recovery-closed");
        if (row.vouched_at) return fail("recovery-confirmed");
        return shownRecovery(await vouched({ db, now, emit }, row, "legal-representative", ""), code);
      }),

      withdraw: handle(r.withdraw, async ({ params }, { db, actor, now, fail, emit, enter }) => {
        enter({ purpose: "system" });
        await store.lockRecovery(db, params.recoveryId);
        const row = await store.recovery(db, params.recoveryId);
        const code = await store.codeIndexOf(db, actor.personId);
        if (!row || (row.person_id !== actor.personId && !isRepresentative(row, code))) return fail("recovery-unknown");
        const by = row.person_id === actor.personId ? "requester" : "legal-representative";
        if (!(await stopped({ db, now, emit }, row, by, actor.personId))) return fail("recovery-closed");
      }),

      here: handle(r.here, async ({ params }, { db }) => {
        const row = await store.goingOn(db, params.institutionId);
        return { recovery: row ? shownRecovery(row) : null };
      }),

      stop: handle(r.stop, async ({ params }, { db, actor, now, fail, emit }) => {
        await store.lockRecovery(db, params.recoveryId);
        const row = await store.recovery(db, params.recoveryId, params.institutionId);
        if (!row) return fail("recovery-unknown");
        const done = await stopped({ db, now, emit }, row, "member", actor.personId);
        return done ? shownRecovery(done) : fail("recovery-closed");
      }),

      links: {
        read: handle(r.links.read, async ({ body }, { db, now, fail }) => {
          const link = ofLink(body.token, now);
          if (typeof link === "string") return fail(link);
          const row = await store.recovery(db, link.id);
          return row ? shownRecovery(row) : fail("link-invalid");
        }),
        confirm: handle(r.links.confirm, async ({ body }, { db, now, fail, emit, actAs }) => {
          const link = ofLink(body.token, now);
          if (typeof link === "string") return fail(link);
          await store.lockRecovery(db, link.id);
          const row = await store.recovery(db, link.id);
          if (!row) return fail("link-invalid");
          if (row.pec_confirmed_at) return fail("link-used");
          if (row.state !== "open") return fail("recovery-closed");
          if (row.expires_at <= now) return fail("link-expired");
          actAs(LINK);
          await store.changeRecovery(db, row.id, { pec_confirmed_at: now });
          emit("people.recovery.confirmed", { ...facts(row), by: "pec" }, { institutionId: row.institution_id });
          return shownRecovery(await beginWaiting({ db, now, emit }, row.id));
        }),
        stop: handle(r.links.stop, async ({ body }, { db, now, fail, emit, actAs }) => {
          const link = ofLink(body.token, now);
          if (typeof link === "string") return fail(link);
          await store.lockRecovery(db, link.id);
          const row = await store.recovery(db, link.id);
          if (!row) return fail("link-invalid");
          actAs(LINK);
          const done = await stopped({ db, now, emit }, row, "pec", null);
          return done ? shownRecovery(done) : fail("recovery-closed");
        }),
      },

      ofStaff: handle(r.ofStaff, async ({ query }, { db }) =>
        pageOf(
          await store.ofEverybody(db, {
            state: query.state,
            after: keyIn(query.cursor, AtAndId),
            limit: query.limit + 1,
          }),
          query.limit,
          (row) => shownRecovery(row),
          key,
        ),
      ),
      vouch: handle(r.vouch, async ({ params, body }, { db, now, fail, emit }) => {
        await store.lockRecovery(db, params.recoveryId);
        const row = await store.recovery(db, params.recoveryId, params.institutionId);
        if (!row) return fail("recovery-unknown");
        if (row.state !== "open" || row.expires_at <= now) return fail("recovery-closed");
        if (row.vouched_at) return fail("recovery-confirmed");
        return shownRecovery(await vouched({ db, now, emit }, row, "staff", body.note));
      }),
      stopByStaff: handle(r.stopByStaff, async ({ params }, { db, now, fail, emit }) => {
        await store.lockRecovery(db, params.recoveryId);
        const row = await store.recovery(db, params.recoveryId, params.institutionId);
        if (!row) return fail("recovery-unknown");
        const done = await stopped({ db, now, emit }, row, "staff", null);
        return done ? shownRecovery(done) : fail("recovery-closed");
      }),
    },
    schedules: {
      /** What is over by its date, one transaction each: who stops in the same moment comes first or finds it done. */
      "people:recoveries": {
        everyMinutes: 1,
        run: async (now) => {
          for (const due of await parts.database.asSystem(({ db }) => store.dueRecoveries(db, now)))
            await parts.act({ kind: "system", name: "people" }, async ({ db, emit, now: at }) => {
              await people.lockPeople(db, due.institution_id);
              await store.lockRecovery(db, due.id);
              const row = await store.recovery(db, due.id);
              if (row?.state === "waiting" && row.waits_until! <= at) await complete({ db, now: at, emit }, row);
              if (row?.state === "open" && row.expires_at <= at) {
                await store.changeRecovery(db, row.id, { state: "expired", ended_at: at });
                emit("people.recovery.expired", facts(row), { institutionId: row.institution_id });
              }
            });
        },
      } satisfies Schedule,
    },
  };
};
