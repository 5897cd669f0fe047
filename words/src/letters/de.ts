import type { LetterWords } from "./it.ts";

const de: LetterWords = {
  signed: "Area Riservata\nDiese Nachricht wird automatisch verschickt: bitte nicht auf diese Adresse antworten.",
  wrote: (message) => `Dazu die Mitteilung: „${message}“`,
  says: {
    "legal-representative": "nach eigenen Angaben gesetzliche Vertretung der Körperschaft",
    member: "nach eigenen Angaben dort beschäftigt",
  },
  recoveryToPec: {
    subject: (f) => `${f.who} möchte ${f.institution} in der Area Riservata verwalten`,
    text: (f) =>
      `${f.who}, ${f.says}, beantragt die Verwaltung von ${f.institution} in der Area Riservata, weil keine Administratorin und kein Administrator mehr antwortet.\n\nGehört die Person zur Körperschaft, so bestätigen Sie es über diesen Link bis ${f.by}. Ist sie Ihnen nicht bekannt, so stoppen Sie den Antrag über denselben Link:\n${f.link}`,
    afterwards:
      "Auch die gesetzliche Vertretung bestätigt. Danach vergehen einige Tage, in denen alle, die für die Körperschaft arbeiten, den Antrag noch stoppen können.",
  },
  recoveryToRepresentative: {
    subject: (f) => `${f.who} möchte ${f.institution} verwalten`,
    text: (f) =>
      `${f.name}, nach unseren Angaben sind Sie die gesetzliche Vertretung von ${f.institution}. ${f.who} beantragt die Verwaltung in der Area Riservata, weil keine Administratorin und kein Administrator mehr antwortet.\n\nMelden Sie sich mit SPID oder CIE an und bestätigen oder stoppen Sie den Antrag bis ${f.by}:\n${f.link}\n\nVertreten Sie die Körperschaft nicht mehr, so bestätigen Sie nicht: es antwortet unser Personal.`,
  },
  recoveryReceived: {
    subject: (f) => `Ihr Antrag auf Verwaltung von ${f.institution}`,
    text: (f) =>
      `${f.who}, wir haben an die PEC-Adresse ${f.pec}${f.representative ? " und an die gesetzliche Vertretung" : ""} geschrieben. Die Bestätigungen müssen bis zum ${f.day} eintreffen${f.representative ? "" : "; anstelle der gesetzlichen Vertretung, die uns nicht bekannt ist, bestätigt unser Personal"}.\n\nStand des Antrags:\n${f.link}`,
  },
  recoveryWaits: {
    subject: (f) => `${f.who} verwaltet ${f.institution} ab ${f.day}`,
    text: (f) =>
      `Die Bestätigungen liegen vor: ${f.who} wird am ${f.day} Administratorin oder Administrator von ${f.institution}, wenn niemand aus der Körperschaft es vorher stoppt.\n\nAnsehen oder stoppen:\n${f.link}`,
  },
  recoveryEnded: {
    subject: {
      completed: (f) => `Sie verwalten ${f.institution}`,
      stopped: (f) => `Der Antrag auf Verwaltung von ${f.institution} wurde gestoppt`,
      expired: (f) => `Der Antrag auf Verwaltung von ${f.institution} ist abgelaufen`,
    },
    text: {
      completed: (f) =>
        `${f.who}, ab jetzt verwalten Sie ${f.institution}. Laden Sie zuerst eine zweite Person zur Verwaltung ein: dann geschieht das nicht wieder.`,
      stopped: (f) =>
        `${f.who}, der Antrag auf Verwaltung von ${f.institution} wurde gestoppt. Sie haben keinen neuen Zugang.`,
      expired: (f) =>
        `${f.who}, die Bestätigungen für die Verwaltung von ${f.institution} sind nicht rechtzeitig eingetroffen. Sie können den Antrag erneut stellen.`,
    },
  },
  representativeChanged: {
    subject: (f) => `${f.institution}: neue gesetzliche Vertretung erklärt`,
    administrator: "Jemand aus der Verwaltung der Körperschaft",
    text: (f) =>
      `${f.by} hat in der Area Riservata erklärt, dass ${f.now} die gesetzliche Vertretung von ${f.institution} ist${f.before ? `, anstelle von ${f.before}` : ""}.\n\nTrifft das nicht zu, so wird es hier berichtigt; auch der Support kann helfen:\n${f.link}`,
  },
  assistanceAnswered: {
    subject: (number) => `Antwort auf Ihre Anfrage ${number}`,
    text: (f) => `${f.name}, hier ist die Antwort auf Ihre Anfrage ${f.number}.`,
    wrote: "Sie hatten geschrieben:",
    all: "Ihre Anfragen:",
  },
  delegation: {
    see: "Die Vollmacht, und wer etwas zu tun hat:",
    why: (reason) => `Grund: ${reason}`,
    where: { test: "in der Testumgebung", production: "in der Produktion", both: "in Test und Produktion" },
    scope: (where, until) => `Wo sie gilt: ${where}${until ? `, bis zum ${until}` : ""}.`,
    subjects: {
      offered: (f) => `${f.delegator} bietet Ihnen die Vollmacht für ${f.product} an`,
      accepted: (f) => `Die Vollmacht von ${f.delegator} an ${f.partner} für ${f.product} ist aktiv`,
      refused: (f) => `Die Vollmacht von ${f.delegator} an ${f.partner} für ${f.product} wurde abgelehnt`,
      changed: (f) => `${f.delegator} hat die Vollmacht für ${f.product} geändert`,
      entrusted: (f) => `${f.delegator} vertraut ${f.partner} eine heikle Berechtigung für ${f.product} an`,
      suspended: (f) => `${f.delegator} hat die Vollmacht für ${f.product} ausgesetzt`,
      resumed: (f) => `${f.delegator} hat die Vollmacht für ${f.product} wieder aufgenommen`,
      revoked: (f) => `${f.delegator} hat die Vollmacht für ${f.product} widerrufen`,
      renounced: (f) => `${f.partner} hat auf die Vollmacht für ${f.product} verzichtet`,
      expired: (f) => `Die Vollmacht von ${f.delegator} an ${f.partner} für ${f.product} ist abgelaufen`,
    },
    texts: {
      offered: (f) => `${f.delegator} bevollmächtigt ${f.partner} für ${f.product}. Sie gilt ab der Annahme.`,
      accepted: (f) =>
        `Ab jetzt kann ${f.partner} im Auftrag von ${f.delegator} für ${f.product} handeln, in den gewählten Grenzen.`,
      refused: (f) => `Die Vollmacht beginnt nicht: ${f.partner} kann nicht im Auftrag von ${f.delegator} handeln.`,
      changed: () => "Die neuen Grenzen gelten ab der nächsten Anfrage.",
      entrusted: (f) =>
        `Zwei Personen von ${f.delegator} haben es beschlossen. Ab jetzt kann ${f.partner} auch Folgendes tun.`,
      suspended: (f) =>
        `Ab der nächsten Anfrage tritt niemand von ${f.partner} im Auftrag von ${f.delegator} ein, bis die Körperschaft sie wieder aufnimmt.`,
      resumed: (f) => `${f.partner} kann wieder im Auftrag von ${f.delegator} handeln, in denselben Grenzen.`,
      revoked: (f) =>
        `Ab der nächsten Anfrage tritt niemand von ${f.partner} mehr im Auftrag von ${f.delegator} ein. Was getan wurde, bleibt im Verlauf.`,
      expired: (f) => `Sie endete am gewählten Tag: ${f.partner} handelt nicht mehr im Auftrag von ${f.delegator}.`,
      unanswered: () => "Niemand hat rechtzeitig geantwortet: die Vollmacht beginnt nicht.",
    },
  },
};
export default de;
