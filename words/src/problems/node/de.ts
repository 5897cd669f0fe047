import type { Facts } from "../it.ts";
import type { nodeProblems as it } from "./it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown) => (Array.isArray(value) ? value.map(text).join(", ") : text(value));

export const nodeProblems: typeof it = {
  "registration-missing": {
    title: "Zuerst die Registrierung am Knoten",
    detail: (f: Facts) =>
      `Die Körperschaft ist in der ${f["environment"] === "test" ? "Testumgebung" : "Produktion"} noch nicht registriert. Das geht unter „Registrierung“ in wenigen Minuten.`,
  },
  "registration-of-psp": {
    title: "Zahlungsdienstleister registrieren sich anderswo",
    detail: () => "Hier registrieren sich Gläubigerkörperschaften und Partner. Für PSP schreiben Sie dem Support.",
  },
  "registration-not-direct": {
    title: "Die Körperschaft hat keine eigenen Stationen",
    detail: () =>
      "Sie ist über einen Vermittler angebunden oder bindet keine Gläubigerkörperschaften an. Ändern Sie zuerst die Registrierung am Knoten.",
  },
  "registration-stations-open": {
    title: "Es sind noch Stationen in Gebrauch",
    detail: (f) =>
      `Für die Anbindung über einen Vermittler darf keine Station aktiv oder ausstehend sein: ${list(f["stations"])}. Ziehen Sie sie zuerst zurück.`,
  },
  "registration-serves-others": {
    title: "Andere Körperschaften sind hierüber angebunden",
    detail: () => "Sie haben diese Körperschaft als Vermittler gewählt. Zuerst müssen sie einen anderen wählen.",
  },
  "registration-brokers-nothing": {
    title: "Wen möchten Sie anbinden?",
    detail: () => "Wählen Sie mindestens eines: Gläubigerkörperschaften, PSP oder beide.",
  },
  "tax-code-doubtful": {
    title: "Die Steuernummer stimmt nicht",
    detail: (f) =>
      `Die Prüfziffer von ${text(f["taxCode"])} ist falsch: In der Produktion ist keine Registrierung möglich. Prüfen Sie die Daten der Körperschaft oder schreiben Sie dem Support.`,
  },
  "intermediary-unknown": {
    title: "Dieser Vermittler ist nicht wählbar",
    detail: () =>
      "Er muss in dieser Umgebung am Knoten registriert sein; ein Partner braucht zudem Ihre aktive Vollmacht.",
  },
  "encoding-of-another-institution": {
    title: "Code bereits für eine andere Körperschaft registriert",
    detail: () =>
      "Am Knoten gehört eine Steuernummer zu einer einzigen Körperschaft. Ist es Ihre, schreiben Sie dem Support.",
  },
  "station-unknown": {
    title: "Station nicht gefunden",
    detail: () => "Sie existiert in dieser Umgebung nicht oder gehört einem anderen Vermittler.",
  },
  "station-codes-exhausted": {
    title: "Keine freien Codes mehr",
    detail: () => "Schreiben Sie dem Support: Alle Stationscodes dieses Vermittlers sind vergeben.",
  },
  "station-retired": {
    title: "Die Station ist zurückgezogen",
    detail: () => "Sie ändert sich nicht mehr. Sie können sie duplizieren: Die Kopie erhält einen neuen Code.",
  },
  "station-not-active": {
    title: "Die Station ist noch nicht aktiv",
    detail: () => "Körperschaften werden zugeordnet, sobald die Station aktiv ist.",
  },
  "station-has-institutions": {
    title: "Der Station sind Körperschaften zugeordnet",
    detail: (f) =>
      `Es sind ${text(f["institutions"])}. Verschieben oder entfernen Sie sie, danach können Sie die Station zurückziehen.`,
  },
  "station-change-missing": {
    title: "Keine Änderung wartet",
    detail: () => "Sie wurde entschieden oder zurückgezogen. Laden Sie die Seite neu.",
  },
  "station-change-unknown": {
    title: "Anfrage nicht gefunden",
    detail: () => "Unter dieser Adresse gibt es keine Änderung.",
  },
  "station-change-decided": {
    title: "Bereits entschieden",
    detail: () => "Jemand anderes oder der Absender war inzwischen schneller. Laden Sie die Seite neu.",
  },
  "station-change-moved-on": {
    title: "Inzwischen geändert",
    detail: () => "Es gibt eine neue Fassung der Änderung: Lesen Sie sie, bevor Sie entscheiden.",
  },
  "station-without-endpoint": {
    title: "Diese Adresse gibt es nicht",
    detail: () => "Die Station hat keine Adresse dieser Art: Es gibt nichts zu prüfen.",
  },
  "connection-tests-too-many": {
    title: "Zu viele Prüfungen in kurzer Zeit",
    detail: (f) => `Höchstens ${text(f["most"])} in ${text(f["minutes"])} Minuten. Warten Sie ein wenig.`,
  },
  "institution-not-candidate": {
    title: "Diese Körperschaft kann nicht zugeordnet werden",
    detail: () => "Sie muss diesen Partner auf pagoPA bevollmächtigt oder als Vermittler gewählt haben.",
  },
  "institution-not-registered": {
    title: "Die Körperschaft ist noch nicht am Knoten registriert",
    detail: (f) =>
      `${text(f["institution"])} muss sich zuerst in dieser Umgebung registrieren. Das steht dort unter den offenen Aufgaben.`,
  },
  "already-associated": {
    title: "Die Körperschaft ist schon auf dieser Station",
    detail: () => "Je Körperschaft und Station gibt es eine Zuordnung: Öffnen Sie die bestehende.",
  },
  "segregation-code-taken": {
    title: "Segregationscode nicht frei",
    detail: (f) =>
      `${text(f["segregationCode"])} ist für diese Körperschaft vergeben oder reserviert.${f["free"] ? ` Frei sind zum Beispiel ${text(f["free"])}.` : " Wählen Sie einen anderen."}`,
  },
  "segregation-code-not-associated": {
    title: "Nicht Ihr Segregationscode",
    detail: (f) =>
      `Mit dem Code ${text(f["segregationCode"])} erhält die Körperschaft in dieser Umgebung keine Zahlungen.`,
  },
  "application-code-taken": {
    title: "Application Code nicht frei",
    detail: () => "Die Körperschaft verwendet ihn auf einer anderen Station. Wählen Sie einen anderen oder keinen.",
  },
  "broadcast-needs-version-2": {
    title: "Broadcast verlangt Version 2",
    detail: () => "Nur eine Station mit Primitiven der Version 2 empfängt Broadcasts.",
  },
  "association-unknown": {
    title: "Zuordnung nicht gefunden",
    detail: () => "Sie existiert in dieser Umgebung nicht oder gehört anderen.",
  },
  "association-over": {
    title: "Die Zuordnung ist beendet",
    detail: () => "Sie wurde entfernt oder abgelehnt. Wird sie noch gebraucht, machen Sie eine neue.",
  },
  "association-moving": {
    title: "Die Körperschaft wechselt zu einem anderen Partner",
    detail: () => "Die Zuordnung bleibt bis zum Abschluss des Wechsels, damit Zahlungen nicht stocken.",
  },
};
