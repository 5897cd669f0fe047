import { type InboxKind, inboxAddress, inboxKinds, inboxTopics } from "@area/api";
import { isLanguage } from "@area/words";
import { inboxSentence } from "@area/words/inbox";
import { screenWords } from "@area/words/screens";
import { notify } from "../notifications/index.ts";
import { contactOf } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export type Told = {
  kind: InboxKind;
  institutionId: string | null;
  cause: string;
  facts: Record<string, unknown>;
  at: Date;
  dueAt?: Date | null;
  /** False: a line that only fills the inbox (what stood open before the person came). */
  mail?: boolean;
};

/** Writes the line of each recipient, and decides with their preferences of this moment whether it travels too. */
export const tell = async (db: Db, recipients: readonly string[], what: Told): Promise<void> => {
  const { topic, asks } = inboxKinds[what.kind];
  const { byMail, locked } = inboxTopics[topic];
  const people = [...new Set(recipients)];
  const choices = locked ? [] : await store.choicesOf(db, people, what.institutionId, topic);
  const wants = (personId: string): boolean => {
    const own = choices.filter((c) => c.personId === personId);
    return (own.find((c) => c.institutionId !== null) ?? own[0])?.byMail ?? byMail;
  };
  await store.insertItems(
    db,
    people.map((personId) => ({
      personId,
      institutionId: what.institutionId,
      kind: what.kind,
      cause: what.cause,
      asks,
      facts: what.facts,
      at: what.at,
      dueAt: what.dueAt ?? null,
      byMail: what.mail !== false && (locked || wants(personId)),
    })),
  );
};

/**
 * Sends what is owed, twenty at a time. A line whose person has no address at the institution stays in the inbox alone;
 * one that cannot leave comes back by itself, and the mail's identity (its line) keeps it from leaving twice.
 */
export const sendMails = async (parts: Parts): Promise<void> => {
  const { database, cipher, config, clock, log } = parts;
  for (;;) {
    const due = await database.asSystem(({ connection }) => store.claimMails(connection, clock(), 20));
    if (due.length === 0) return;
    for (const item of due)
      try {
        const address = item.institution_id
          ? await database.asSystem(({ db }) => contactOf(db, item.institution_id!, item.person_id))
          : null;
        if (address) await notify(parts, `inbox ${item.id}`, letter(item, cipher.open(address)));
        await database.asSystem(({ db }) => store.mailed(db, item.id, address ? "sent" : "none"));
      } catch (error) {
        log.warn(
          { item: item.id, error: error instanceof Error ? error.message : String(error) },
          "a line of an inbox could not be mailed, will be repeated",
        );
      }
  }

  function letter(item: Awaited<ReturnType<typeof store.claimMails>>[number], to: string) {
    const language = isLanguage(item.language) ? item.language : "it";
    const words = screenWords[language];
    const kind = item.kind as InboxKind;
    const { topic } = inboxKinds[kind];
    const said = inboxSentence(words, { kind, facts: item.facts });
    const mail = words.inbox.mail;
    const link = `${config.publicUrl}${inboxAddress({ kind, institutionId: item.institution_id, facts: item.facts })}`;
    const institution = typeof item.facts["institutionName"] === "string" ? item.facts["institutionName"] : null;
    return {
      kind: "mail" as const,
      template: `inbox-${kind}`,
      to,
      institutionId: item.institution_id,
      subject: institution ? `${said.title} · ${institution}` : said.title,
      text: [
        mail.greeting(`${item.given_name} ${item.family_name}`),
        [said.title, said.why].filter(Boolean).join("\n"),
        `${said.act}:\n${link}`,
        inboxTopics[topic].locked ? mail.always : mail.chosen(`${config.publicUrl}/da-fare/preferenze`),
        mail.signed,
      ].join("\n\n"),
    };
  }
};
