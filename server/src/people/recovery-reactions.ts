import type { EventPayload } from "@area/api";
import { languageOfPerson, languagesAt, notify } from "../notifications/index.ts";
import type { Fact, Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import {
  type Letter,
  recoveryEnded,
  recoveryReceived,
  recoveryToPec,
  recoveryToRepresentative,
  recoveryToStaff,
  recoveryWaits,
} from "./mails.ts";
import * as store from "./recoveries-store.ts";
import { currentRepresentative } from "./representatives-store.ts";
import { RECOVER } from "./tokens.ts";

/** What a recovery writes: to the PEC of the registry, to who signs for the institution, to who asked. The rest reads it in the inbox. */
export const recoveryReactions = (parts: Parts): Record<string, Reaction> => {
  const { cipher, database, config } = parts;
  const at = (path: string) => `${config.publicUrl}${path}`;
  const found = (fact: Fact) =>
    database.asSystem(async ({ db }) => {
      const { recoveryId } = fact.payload as EventPayload<"people.recovery.opened">;
      const row = await store.recovery(db, recoveryId);
      if (!row) return null;
      const theirs = await languagesAt(db, row.institution_id);
      const own = await languageOfPerson(db, row.person_id);
      return {
        row,
        representative: await currentRepresentative(db, row.institution_id),
        theirs,
        own: own ? [own] : theirs,
      };
    });
  const send = (fact: Fact, row: store.RecoveryRow, kind: "mail" | "pec", to: string, letter: Letter) =>
    notify(parts, `event ${fact.id}`, { kind, to, institutionId: row.institution_id, ...letter });
  const pecLink = (row: store.RecoveryRow) =>
    at(
      `/recupero-pec/${cipher.signToken({ purpose: RECOVER, id: row.id, expires: row.expires_at.getTime() + 90 * 86_400_000 })}`,
    );
  const told = (row: store.RecoveryRow) => ({ who: row.person_name, institution: row.institution_name });
  const link = (row: store.RecoveryRow) => at(`/recupero/${row.id}`);

  return {
    "people:recovery-opened": {
      on: ["people.recovery.opened"],
      react: async (fact) => {
        const read = await found(fact);
        // Stopped before its letters left: nobody is asked for anything.
        if (!read || read.row.state !== "open") return;
        const { row, representative, theirs, own } = read;
        await send(
          fact,
          row,
          "pec",
          row.pec,
          recoveryToPec(theirs, {
            ...told(row),
            says: row.says as "member",
            message: row.message,
            until: row.expires_at,
            link: pecLink(row),
          }),
        );
        if (representative?.email && !row.vouched_at)
          await send(
            fact,
            row,
            "mail",
            cipher.open(representative.email),
            recoveryToRepresentative(theirs, {
              ...told(row),
              name: `${representative.given_name} ${representative.family_name}`,
              until: row.expires_at,
              link: link(row),
            }),
          );
        // Nobody is known who could confirm for the institution: the staff are asked to.
        if (!representative)
          await send(
            fact,
            row,
            "mail",
            config.supportEmail,
            recoveryToStaff({ ...told(row), link: at("/staff/recuperi") }),
          );
        await send(
          fact,
          row,
          "mail",
          cipher.open(row.email),
          recoveryReceived(own, {
            ...told(row),
            pec: row.pec,
            representative: row.representative_index !== null && !row.vouched_at,
            until: row.expires_at,
            link: link(row),
          }),
        );
      },
    },
    "people:recovery-waits": {
      on: ["people.recovery.waiting"],
      react: async (fact) => {
        const read = await found(fact);
        if (!read || read.row.state !== "waiting") return;
        const { row, theirs, own } = read;
        const until = row.waits_until!;
        await send(fact, row, "pec", row.pec, recoveryWaits(theirs, { ...told(row), until, link: pecLink(row) }));
        await send(
          fact,
          row,
          "mail",
          cipher.open(row.email),
          recoveryWaits(own, { ...told(row), until, link: link(row) }),
        );
      },
    },
    "people:recovery-ended": {
      on: ["people.recovery.completed", "people.recovery.stopped", "people.recovery.expired"],
      react: async (fact) => {
        const read = await found(fact);
        if (!read) return;
        const { row, own } = read;
        const outcome = fact.type.split(".")[2] as "completed" | "stopped" | "expired";
        const where = outcome === "completed" ? at(`/enti/${row.institution_id}/utenti/invita`) : link(row);
        await send(
          fact,
          row,
          "mail",
          cipher.open(row.email),
          recoveryEnded(own, { ...told(row), outcome, link: where }),
        );
      },
    },
  };
};
