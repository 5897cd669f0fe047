import { createHash, timingSafeEqual } from "node:crypto";
import { api, Id } from "@area/api";
import { z } from "zod";
import { notify } from "../notifications/index.ts";
import type { Fact, Reaction } from "../platform/act.ts";
import { keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./contacts-store.ts";

const CODE_MINUTES = 15;
const MOST_ATTEMPTS = 5;
/** Codes that one person may have sent in an hour: an address that is not theirs must not be flooded. */
const MOST_CHANGES = 5;
const NameAndId = z.object({ name: z.string().max(1000), id: Id });

/**
 * The six digits of a change, from its id and our key: whoever reads the database finds no code there, nor a digest to try
 * a million numbers against.
 */
export const codeOfChange = (parts: Pick<Parts, "cipher">, id: string): string =>
  String(parts.cipher.index("contact-code", id).readUIntBE(0, 6) % 1_000_000).padStart(6, "0");

const digest = (text: string) => createHash("sha256").update(text).digest();

const shown = ({ cipher }: Pick<Parts, "cipher">, r: store.ContactRow) => ({
  email: r.email && cipher.open(r.email),
  verified: r.verified,
  pending:
    r.pending && r.pending_expires_at
      ? {
          email: cipher.open(r.pending),
          expiresAt: r.pending_expires_at.toISOString(),
          attemptsLeft: MOST_ATTEMPTS - (r.attempts ?? 0),
        }
      : null,
});

/** One mail address of a person at each institution. */
export const contacts = (parts: Parts) => ({
  mine: handle(api.people.contacts.mine, async ({ query }, { connection, actor, now }) => {
    const rows = await store.ownContacts(connection, {
      personId: actor.personId,
      after: keyIn(query.cursor, NameAndId),
      limit: query.limit + 1,
      now,
      most: MOST_ATTEMPTS,
    });
    return pageOf(
      rows,
      query.limit,
      (r) => ({ institution: { id: r.id, name: r.name }, ...shown(parts, r) }),
      (r) => ({ name: r.name, id: r.id }),
    );
  }),
  here: handle(api.people.contacts.here, async ({ params }, { connection, actor, now }) =>
    shown(
      parts,
      await store.contactHere(connection, {
        personId: actor.personId,
        institutionId: params.institutionId,
        now,
        most: MOST_ATTEMPTS,
      }),
    ),
  ),
  change: handle(api.people.contacts.change, async ({ params, body }, { db, actor, now, emit, fail }) => {
    const { personId } = actor;
    if ((await store.changesSince(db, personId, new Date(now.getTime() - 3_600_000))) >= MOST_CHANGES)
      return fail("contact-changes-too-many", { most: MOST_CHANGES });
    const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
    const changeId = await store.openChange(db, {
      personId,
      institutionId: params.institutionId,
      email: parts.cipher.seal(body.email),
      at: now,
      expiresAt,
    });
    emit("people.contact.asked", { changeId, personId }, { institutionId: params.institutionId });
    return { expiresAt: expiresAt.toISOString() };
  }),
  confirm: handle(api.people.contacts.confirm, {
    // Counted before it is looked at, in a transaction of its own: neither a refusal nor a dry run gives an attempt back.
    prepare: ({ params }, { actor, now, read }) =>
      read({ institution: params.institutionId, person: actor!.personId }, ({ db }) =>
        store.countAttempt(db, {
          personId: actor!.personId,
          institutionId: params.institutionId,
          at: now,
          most: MOST_ATTEMPTS,
        }),
      ),
    run: async ({ params, body }, { db, actor, now, emit, fail }, change) => {
      if (!change) return fail("contact-code-over");
      if (!timingSafeEqual(digest(body.code), digest(codeOfChange(parts, change.id))))
        return fail("contact-code-wrong", { attemptsLeft: MOST_ATTEMPTS - change.attempts });
      if (!(await store.endChange(db, change.id, now))) return fail("contact-code-over");
      const email = parts.cipher.open(change.email);
      await store.keepVerified(db, {
        personId: actor.personId,
        institutionId: params.institutionId,
        email: parts.cipher.seal(email),
        emailIndex: parts.cipher.index("mail", email),
        at: now,
      });
      emit(
        "people.contact.verified",
        { personId: actor.personId },
        { institutionId: params.institutionId, personal: { email } },
      );
      return { email };
    },
  }),
});

export const contactReactions = (parts: Parts) => ({
  /** The code leaves for the address that waits; a change that is over meanwhile sends nothing. */
  "people:contact-code": {
    on: ["people.contact.asked"],
    react: async (fact: Fact) => {
      const { changeId } = fact.payload as { changeId: string };
      const waiting = await parts.database.asSystem(({ db }) => store.waitingChange(db, changeId));
      if (!waiting || waiting.expires_at <= parts.clock()) return;
      await notify(parts, `event ${fact.id}`, {
        kind: "mail",
        template: "contact-code",
        institutionId: fact.institutionId,
        to: parts.cipher.open(waiting.email),
        subject: "Il tuo codice per l’Area Riservata",
        text: `Il codice per confermare questo indirizzo è:

${codeOfChange(parts, changeId)}

Vale ${CODE_MINUTES} minuti. Scrivilo nella pagina da cui l’hai chiesto.

Se non l’hai chiesto tu, non fare niente: l’indirizzo non cambia.`,
      });
    },
  } satisfies Reaction,
});
