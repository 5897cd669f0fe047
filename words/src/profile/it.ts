import { plural } from "../languages.ts";

/** The pages of one's own account: loaded with them. The key type of the other languages. */
const it = {
  sessions: {
    title: "Le tue sessioni",
    intro: "Dove sei dentro in questo momento. Se non riconosci una sessione, chiudila.",
    list: "Sessioni aperte",
    thisOne: "Questa",
    unknown: "Dispositivo non riconosciuto",
    close: "Chiudi",
    closeThis: "Esci da qui",
    closeOthers: "Chiudi tutte le altre",
    onlyThis: "Nessun’altra sessione è aperta.",
    closed: "Sessione chiusa: da adesso non vale più.",
    foot: "Ne restano aperte cinque al massimo: un altro ingresso chiude la meno usata. Ognuna finisce da sola dopo una pausa, e comunque in giornata.",
    meta: (scheme: string, level: number, since: string) => `${scheme}, livello ${level} · dal ${since}`,
    seen: (when: string) => `vista alle ${when}`,
    closedOthers: (count: number) =>
      plural("it", count, { one: "# altra sessione chiusa", other: "# altre sessioni chiuse" }),
  },
  contacts: {
    title: "I tuoi indirizzi e-mail",
    intro:
      "Uno per ogni ente per cui lavori: lì arrivano i messaggi per te. Vale da quando confermi il codice che ti mandiamo.",
    list: "Indirizzi",
    none: "Ancora nessun indirizzo",
    verified: "Verificato",
    unverified: "Da verificare",
    waiting: "Aspetta il codice",
    add: "Aggiungi",
    change: "Cambia",
    verify: "Verifica",
    writeCode: "Scrivi il codice",
    emptyTitle: "Ancora nessun ente",
    empty: "Gli indirizzi compaiono quando lavori per un ente.",
    email: "E-mail",
    emailHelp: "Un indirizzo tuo, anche di lavoro; non una PEC, che è dell’ente.",
    sendCode: "Manda il codice",
    code: "Codice di sei cifre",
    confirm: "Conferma l’indirizzo",
    another: "Chiedi un altro codice",
    cancel: "Non ora",
    returned: "Hai confermato chi sei: ora manda il codice.",
    dialog: (name: string) => `Il tuo indirizzo per ${name}`,
    sent: (email: string) => `Il codice è partito per ${email}. Vale 15 minuti.`,
    done: (email: string) => `${email} è verificato. Vale da subito.`,
    pending: (email: string) => `nuovo: ${email}`,
  },
};

export default it;
export type ProfileWords = typeof it;
