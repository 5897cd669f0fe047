import { plural } from "../languages.ts";
import type { ProfileWords } from "./it.ts";

const de: ProfileWords = {
  sessions: {
    title: "Ihre Sitzungen",
    intro: "Wo Sie gerade angemeldet sind. Erkennen Sie eine Sitzung nicht, so schließen Sie sie.",
    list: "Offene Sitzungen",
    thisOne: "Diese",
    unknown: "Gerät nicht erkannt",
    close: "Schließen",
    closeThis: "Hier abmelden",
    closeOthers: "Alle anderen schließen",
    onlyThis: "Keine andere Sitzung ist offen.",
    closed: "Sitzung geschlossen: Sie gilt nicht mehr.",
    foot: "Höchstens fünf bleiben offen: Eine weitere Anmeldung schließt die am wenigsten genutzte. Jede endet nach einer Pause von selbst, spätestens am selben Tag.",
    meta: (scheme, level, since) => `${scheme}, Niveau ${level} · seit ${since}`,
    seen: (when) => `gesehen um ${when}`,
    closedOthers: (count) =>
      plural("de", count, { one: "# andere Sitzung geschlossen", other: "# andere Sitzungen geschlossen" }),
  },
  contacts: {
    title: "Ihre E-Mail-Adressen",
    intro:
      "Eine für jede Körperschaft, für die Sie arbeiten: Dorthin gehen Nachrichten an Sie. Sie gilt, sobald Sie den gesendeten Code bestätigen.",
    list: "Adressen",
    none: "Noch keine Adresse",
    verified: "Bestätigt",
    unverified: "Zu bestätigen",
    waiting: "Wartet auf den Code",
    add: "Hinzufügen",
    change: "Ändern",
    verify: "Bestätigen",
    writeCode: "Code eingeben",
    emptyTitle: "Noch keine Körperschaften",
    empty: "Adressen erscheinen, wenn Sie für eine Körperschaft arbeiten.",
    email: "E-Mail",
    emailHelp: "Eine Adresse von Ihnen, auch beruflich; keine PEC, die der Körperschaft gehört.",
    sendCode: "Code senden",
    code: "Sechsstelliger Code",
    confirm: "Adresse bestätigen",
    another: "Einen anderen Code anfordern",
    cancel: "Nicht jetzt",
    returned: "Sie haben Ihre Identität bestätigt: Senden Sie jetzt den Code.",
    dialog: (name) => `Ihre Adresse für ${name}`,
    sent: (email) => `Der Code ging an ${email}. Er gilt 15 Minuten.`,
    done: (email) => `${email} ist bestätigt. Sie gilt ab sofort.`,
    pending: (email) => `neu: ${email}`,
  },
};

export default de;
