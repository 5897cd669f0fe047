import { day } from "../languages.ts";
import { delegationProblems } from "./delegations/de.ts";
import type { Facts, ProblemWords } from "./it.ts";
import { nodeProblems } from "./node/de.ts";

const names = (facts: Facts) =>
  Array.isArray(facts.grantors) && facts.grantors.length ? (facts.grantors as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const words: ProblemWords = {
  problems: {
    ...delegationProblems,
    ...nodeProblems,
    "input-invalid": {
      title: "Einige Angaben stimmen nicht",
      detail: () =>
        "Sie sind einzeln markiert: Korrigieren Sie sie und senden Sie erneut. Es wurde nichts geschrieben.",
    },
    "not-found": {
      title: "Diese Seite gibt es nicht",
      detail: () => "Die Adresse ist falsch oder die Ressource existiert nicht mehr.",
    },
    "method-not-allowed": {
      title: "Aktion hier nicht vorgesehen",
      detail: () => "Diese Adresse nimmt andere Aktionen an: Sie stehen im OpenAPI-Dokument.",
    },
    "media-type-unsupported": {
      title: "Format nicht angenommen",
      detail: () => "Senden Sie JSON oder eine Datei, wie in der Dokumentation beschrieben.",
    },
    "body-too-large": {
      title: "Anfrage zu groß",
      detail: () => "Sie überschreitet die Grenze dieser Adresse. Es wurde nichts geschrieben.",
    },
    "too-many-requests": {
      title: "Zu viele Anfragen",
      detail: (f) => `Versuchen Sie es in ${text(f.seconds) || "60"} Sekunden erneut.`,
    },
    "internal-error": {
      title: "Der Fehler liegt bei uns",
      detail: () =>
        "Die Anfrage wurde nicht abgeschlossen und nichts wurde geschrieben. Versuchen Sie es erneut; wenn es wieder geschieht, nennen Sie dem Support den hier gezeigten Code.",
    },
    "temporarily-unavailable": {
      title: "Der Dienst antwortet nicht",
      detail: () => "Der Fehler liegt bei uns und geht vorüber. Versuchen Sie es in einer Minute erneut.",
    },
    "session-missing": {
      title: "Anmeldung erforderlich",
      detail: (f) =>
        f.staff
          ? "Melden Sie sich am Eingang des Personals an; danach kehren Sie hierher zurück."
          : "Melden Sie sich mit SPID oder CIE an; danach kehren Sie hierher zurück.",
    },
    "session-expired": {
      title: "Die Sitzung ist beendet",
      detail: () =>
        "Aus Sicherheitsgründen endet sie nach einer Zeit ohne Aktivität. Melden Sie sich erneut an: Gespeichertes ist noch da.",
    },
    "request-forged": {
      title: "Anfrage nicht erkannt",
      detail: () =>
        "Sie kommt nicht von einer Seite des Portals. Kehren Sie zur Seite zurück und wiederholen Sie die Aktion dort.",
    },
    "permission-missing": {
      title: "Ihnen fehlt eine Berechtigung",
      detail: (f) =>
        f.staff
          ? `Nötig ist die Berechtigung „${text(f.permission)}“, die Ihre Profile nicht enthalten.`
          : names(f)
            ? `Ihnen fehlt die Berechtigung „${text(f.permission)}“. ${names(f)} kann sie erteilen.`
            : `Für diese Körperschaft ist die Berechtigung „${text(f.permission)}“ nötig, und Sie haben sie nicht.`,
    },
    "idempotency-key-reused": {
      title: "Wiederholungsschlüssel bereits verwendet",
      detail: () => "Derselbe Idempotency-Key kam mit anderen Daten. Verwenden Sie einen neuen.",
    },
    "idempotency-key-running": {
      title: "Dieselbe Anfrage läuft noch",
      detail: () => "Die erste ist noch nicht fertig. Warten Sie auf ihre Antwort.",
    },
    "version-missing": {
      title: "Die gelesene Version fehlt",
      detail: () => "Geben Sie in If-Match die Version an, die Sie gelesen haben.",
    },
    "version-stale": {
      title: "Jemand hat vor Ihnen gespeichert",
      detail: () =>
        "Die Daten haben sich geändert, seit Sie sie gelesen haben. Laden Sie neu, prüfen Sie und speichern Sie erneut.",
    },
    "login-provider-unknown": {
      title: "Unbekannter Identitätsanbieter",
      detail: () => "Er steht nicht im Verzeichnis der anerkannten Anbieter. Wählen Sie einen anderen.",
    },
    "login-response-malformed": {
      title: "Anmeldung nicht gelungen",
      detail: () =>
        "Die Antwort des Identitätsanbieters ist nicht lesbar. Versuchen Sie es erneut oder wählen Sie einen anderen Anbieter.",
    },
    "login-response-untrusted": {
      title: "Anmeldung nicht gelungen",
      detail: () =>
        "Die Antwort des Identitätsanbieters lässt sich nicht prüfen. Versuchen Sie es erneut oder wählen Sie einen anderen Anbieter.",
    },
    "login-response-not-for-us": {
      title: "Anmeldung nicht gelungen",
      detail: () =>
        "Die Antwort des Identitätsanbieters war für einen anderen Dienst bestimmt. Versuchen Sie es von hier aus erneut.",
    },
    "login-response-out-of-time": {
      title: "Anmeldung abgelaufen",
      detail: () => "Zwischen Anfrage und Antwort ist zu viel Zeit vergangen. Beginnen Sie die Anmeldung neu.",
    },
    "login-response-unexpected": {
      title: "Anmeldung nicht gelungen",
      detail: () => "Diese Antwort gehört zu keiner laufenden Anmeldung. Beginnen Sie von hier aus neu.",
    },
    "login-response-replayed": {
      title: "Anmeldung bereits verwendet",
      detail: () => "Diese Antwort wurde schon einmal verwendet und gilt nicht mehr. Beginnen Sie die Anmeldung neu.",
    },
    "login-other-browser": {
      title: "Anmeldung anderswo begonnen",
      detail: () =>
        "Die Anmeldung begann in einem anderen Fenster oder auf einem anderen Gerät. Beginnen Sie von hier aus neu.",
    },
    "login-level-insufficient": {
      title: "Eine Anmeldung der Stufe 2 ist nötig",
      detail: () => "Die verwendeten Zugangsdaten haben eine niedrigere Stufe. Melden Sie sich mit Stufe 2 erneut an.",
    },
    "login-fiscal-code-missing": {
      title: "Die Steuernummer fehlt",
      detail: () =>
        "Die verwendete Identität enthält keine italienische Steuernummer, und das Portal erkennt Personen daran.",
    },
    "login-identity-mismatch": {
      title: "Die Angaben der Identität stimmen nicht überein",
      detail: () => "Das Geburtsdatum entspricht nicht der Steuernummer. Wenden Sie sich an Ihren Identitätsanbieter.",
    },
    "login-provider-error": {
      title: "Der Identitätsanbieter hat Sie nicht eingelassen",
      detail: () => "Versuchen Sie es erneut oder wählen Sie einen anderen Anbieter.",
    },
    "login-provider-unavailable": {
      title: "Der Identitätsanbieter antwortet nicht",
      detail: () =>
        "Im Moment können wir ihn nicht erreichen oder prüfen. Versuchen Sie es in ein paar Minuten noch einmal, oder auf einem anderen Weg.",
    },
    "inbox-item-unknown": {
      title: "Diese Zeile gibt es nicht mehr",
      detail: () => "Vielleicht haben Sie sie schon entfernt, oder sie war nicht Ihre. Laden Sie „Zu erledigen“ neu.",
    },
    "topic-always-mailed": {
      title: "Was die Sicherheit betrifft, kommt immer",
      detail: () =>
        "Die anderen E-Mails können Sie wählen; diese nicht, weil sie die Zugänge der Körperschaften schützen.",
    },
    "step-up-needed": {
      title: "Bestätigen Sie, dass Sie es sind",
      detail: () =>
        "Für diese Aktion ist eine Anmeldung der letzten zehn Minuten nötig. Bestätigen Sie mit Ihrer Identität; danach kehren Sie hierher zurück, und Geschriebenes bleibt.",
    },
    "step-up-session-over": {
      title: "Die Sitzung endete während der Bestätigung",
      detail: () => "Melden Sie sich erneut an und wiederholen Sie die Aktion.",
    },
    "step-up-other-person": {
      title: "Eine andere Person hat bestätigt",
      detail: () =>
        "Die Sitzung bleibt bei dem, der sie geöffnet hat; nichts wurde getan. Bestätigen Sie mit Ihrer eigenen Identität, oder melden Sie sich ab und mit der anderen an.",
    },
    "step-up-not-fresh": {
      title: "Der Anbieter hat keine neue Anmeldung verlangt",
      detail: () => "Er hat mit einer früheren Anmeldung geantwortet, die hier nicht genügt. Versuchen Sie es erneut.",
    },
    "login-person-blocked": {
      title: "Ihr Zugang ist ausgesetzt",
      detail: () => "Er wurde von der Sicherheit des Portals ausgesetzt. Schreiben Sie dem Support mit dem Code unten.",
    },
    "session-unknown": {
      title: "Diese Sitzung gibt es nicht mehr",
      detail: () => "Sie ist schon beendet oder nicht Ihre. Laden Sie die Liste neu.",
    },
    "contact-changes-too-many": {
      title: "Zu viele Codes angefordert",
      detail: () => "In einer Stunde sind fünf möglich. Versuchen Sie es später: Bis dahin gilt die frühere Adresse.",
    },
    "contact-code-wrong": {
      title: "Das ist nicht der Code",
      detail: (f) => `Sehen Sie in der neuesten Nachricht nach. Verbleibende Versuche: ${text(f.attemptsLeft)}.`,
    },
    "contact-code-over": {
      title: "Der Code gilt nicht mehr",
      detail: () => "Er ist abgelaufen, schon benutzt oder die Versuche sind aufgebraucht. Fordern Sie einen neuen an.",
    },
    "staff-door-closed": {
      title: "Der Eingang des Personals ist geschlossen",
      detail: () => "Der Identitätsanbieter des Personals ist mit diesem Portal noch nicht verbunden.",
    },
    "staff-login-refused": {
      title: "Anmeldung nicht gelungen",
      detail: () =>
        "Der Identitätsanbieter hat keine annehmbare Antwort gegeben, oder es hat zu lange gedauert. Beginnen Sie hier neu.",
    },
    "staff-without-profile": {
      title: "Kein Profil in diesem Portal",
      detail: () => "Wir haben Sie erkannt, aber keine Ihrer Gruppen öffnet das Portal.",
    },
    "staff-provider-unavailable": {
      title: "Der Identitätsanbieter antwortet nicht",
      detail: () => "Ohne ihn können wir Sie nicht erkennen. Versuchen Sie es in einigen Minuten erneut.",
    },
    "registry-body-unknown": {
      title: "Körperschaft nicht in IndicePA gefunden",
      detail: (f) =>
        `Keine Körperschaft hat den IPA-Code „${text(f.ipaCode)}“. Suchen Sie nach Name oder Steuernummer.`,
    },
    "registry-body-ended": {
      title: "Körperschaft erloschen",
      detail: () =>
        "Laut IndicePA ist die Körperschaft erloschen und kann nicht beitreten. Ist das falsch, muss es in IndicePA berichtigt werden.",
    },
    "registry-file-malformed": {
      title: "IndicePA-Datei ungültig",
      detail: (f) => `Zeile ${text(f.line)}: ${text(f.reason)}. Es wurde nichts geladen.`,
    },
    "product-unknown": {
      title: "Unbekanntes Produkt",
      detail: () => "Dieses Produkt existiert nicht oder ist nicht veröffentlicht.",
    },
    "product-faulty": {
      title: "Die Änderung kann nicht veröffentlicht werden",
      detail: () => "Die Konfiguration hat Fehler: Die Probe listet sie auf.",
    },
    "product-moved-on": {
      title: "Das Produkt hat sich inzwischen geändert",
      detail: () => "Eine andere Version wurde veröffentlicht: Gehen Sie von ihr aus.",
    },
    "product-proposal-open": {
      title: "Eine Änderung wartet bereits",
      detail: () => "Veröffentlichen Sie sie zuerst, oder geben Sie sie zurück.",
    },
    "product-proposal-missing": {
      title: "Den Vorschlag gibt es nicht mehr",
      detail: () => "Er wurde veröffentlicht, zurückgezogen oder zurückgegeben: Lesen Sie das Produkt erneut.",
    },
    "institution-unknown": {
      title: "Körperschaft nicht gefunden",
      detail: () => "Diese Körperschaft ist nicht vorhanden, oder Sie arbeiten nicht für sie.",
    },
    "draft-unknown": {
      title: "Entwurf nicht gefunden",
      detail: () =>
        "Er existiert nicht mehr oder gehört Ihnen nicht. Ihre Entwürfe finden Sie bei der Wahl der Körperschaft.",
    },
    "draft-expired": {
      title: "Entwurf abgelaufen",
      detail: () =>
        "Entwürfe werden 60 Tage aufbewahrt. Öffnen Sie einen neuen: Die Daten des Verzeichnisses sind schon da.",
    },
    "hand-over-link-invalid": {
      title: "Dieser Link gilt nicht",
      detail: () =>
        "Er ist unvollständig, wurde verändert oder von jemand anderem verwendet. Bitten Sie die Kollegin oder den Kollegen, den Entwurf erneut zu übergeben.",
    },
    "onboarding-unknown": {
      title: "Beitritt nicht gefunden",
      detail: () => "Er existiert nicht, oder Sie haben ihn nicht gesendet.",
    },
    "institution-kind-not-admitted": {
      title: "Art der Körperschaft nicht zugelassen",
      detail: () => "Dieses Produkt ist nicht für diese Art von Körperschaft.",
    },
    "registry-entry-unknown": {
      title: "Nicht in der Liste",
      detail: (f) => `Die Liste enthält den Kode ${text(f.code)} nicht. Geh zur Suche zurück und wähle neu.`,
    },
    "institution-not-admitted": {
      title: "Diese Körperschaft kann nicht beitreten",
      detail: (f) =>
        (
          ({
            category: "Ihre Kategorie in IndicePA gehört nicht zu jenen des Produkts.",
            units: "Diesem Produkt tritt die ganze Körperschaft bei, nicht eine AOO oder UO.",
            "private-beta": "Das Produkt wird erprobt: vorerst treten nur eingeladene Körperschaften bei.",
            activity: "Die Tätigkeiten im Handelsregister sind nicht zugelassen.",
            closed: "Das Produkt nimmt keine neuen Beitritte an.",
          }) as Record<string, string>
        )[text(f.because)] ?? "Das Produkt lässt sie nicht zu.",
    },
    "parent-product-missing": {
      title: "Zuerst ist ein anderes Produkt nötig",
      detail: (f) => `Dieses Produkt ergänzt ${text(f.parent)}: tritt zuerst jenem bei, dann komm zurück.`,
    },
    "recipient-code-not-of-institution": {
      title: "Der Empfängerkode gehört nicht dieser Körperschaft",
      detail: (f) =>
        `In IndicePA ist ${text(f.recipientCode)} nicht der Kode eines ihrer Ämter. Kopiere ihn aus ihrer Seite, unter elektronische Rechnung.`,
    },
    "recipient-code-without-invoicing": {
      title: "Das Amt empfängt keine Rechnungen",
      detail: (f) =>
        `In IndicePA hat das Amt ${text(f.recipientCode)} keinen Rechnungsdienst. Wähle eines, das ihn hat.`,
    },
    "institution-data-differ": {
      title: "Das Verzeichnis hat sich geändert",
      detail: (f) =>
        `Seit Ihrer Suche hat sich IndicePA geändert: Die PEC lautet nun ${text(f.pec)}. Prüfen Sie und senden Sie erneut.`,
    },
    "already-active": {
      title: "Die Körperschaft ist bereits beigetreten",
      detail: () =>
        "Das Produkt ist für diese Körperschaft bereits aktiv. Um daran zu arbeiten, bitten Sie eine ihrer Administratorinnen oder Administratoren um Zugang.",
    },
    "already-awaiting-signature": {
      title: "Sie haben diesen Beitritt bereits gesendet",
      detail: () =>
        "Warten Sie auf die Unterschrift: Die Vereinbarung liegt in der PEC der Körperschaft. Sie finden ihn bei der Wahl der Körperschaft.",
    },
    "manager-among-administrators": {
      title: "Die gesetzliche Vertretung kann nicht administrieren",
      detail: () =>
        "Für dieses Produkt müssen es verschiedene Personen sein: Nennen Sie jemand anderen für die Administration.",
    },
    "administrator-repeated": {
      title: "Dieselbe Person zweimal",
      detail: () => "Jede administrierende Person wird nur einmal genannt.",
    },
    "product-has-children": {
      title: "Andere Produkte bauen darauf auf",
      detail: (f) => `Verlassen Sie zuerst: ${text(f["children"])}. Nichts hat sich geändert.`,
    },
    "aggregates-not-allowed": {
      title: "Diesem Produkt tritt jede Körperschaft selbst bei",
      detail: () => "Ein Beitritt für andere mit einer Datei ist nicht möglich.",
    },
    "aggregate-file-unknown": {
      title: "Diese Datei gibt es nicht",
      detail: () => "Nicht beantragte Dateien werden 30 Tage aufbewahrt. Laden Sie sie erneut hoch.",
    },
    "aggregate-file-malformed": {
      title: "Die Datei ist nicht lesbar",
      detail: (f) => `Zeile ${text(f["line"])}: ${text(f["reason"])}. Es wurde nichts geschrieben.`,
    },
    "aggregate-file-too-long": {
      title: "Die Datei ist zu lang",
      detail: (f) => `Bis zu ${text(f["maximum"])} Zeilen: Teilen Sie sie auf.`,
    },
    "aggregate-file-used": {
      title: "Der Beitritt für diese Datei ist bereits unterwegs",
      detail: () => "Laden Sie für andere Körperschaften eine andere Datei hoch.",
    },
    "aggregate-file-empty": {
      title: "Keine Zeile ist in Ordnung",
      detail: () => "Berichtigen Sie die markierten Zeilen und laden Sie die Datei erneut hoch.",
    },
    "onboarding-not-to-sign": {
      title: "Jetzt ist nichts zu unterschreiben",
      detail: () => "Die Vereinbarung wartet nicht auf eine Unterschrift: Sehen Sie, wo der Beitritt steht.",
    },
    "onboarding-resent-already": {
      title: "Sie ist gerade abgegangen",
      detail: () => "Warten Sie eine Stunde; sehen Sie inzwischen in der unerwünschten Post der PEC nach.",
    },
    "onboarding-extended-already": {
      title: "Die Zeit wurde bereits verlängert",
      detail: () => "Sie wird einmal verlängert. Läuft sie ab, senden Sie einen neuen Beitritt.",
    },
    "onboarding-not-reviewed": {
      title: "Dieser Beitritt wird nicht geprüft",
      detail: () => "Niemand sieht ihn vorher an: Die Vereinbarung geht sofort hinaus.",
    },
    "onboarding-not-to-correct": {
      title: "Es gibt nichts zu berichtigen",
      detail: () => "Berichtigt wird, wenn die Prüfung darum bittet; inzwischen können Sie eine Nachricht schreiben.",
    },
    "onboarding-of-another-institution": {
      title: "Es ist eine andere Körperschaft",
      detail: () =>
        "Die Berichtigung betrifft die bereits gesendete Körperschaft. Für eine andere senden Sie einen neuen Beitritt.",
    },
    "review-decided-already": {
      title: "Es ist bereits entschieden",
      detail: (f) =>
        f["by"]
          ? `${text(f["by"])} hat ${f["outcome"] === "approved" ? "ihn genehmigt" : f["outcome"] === "rejected" ? "ihn abgelehnt" : "um Berichtigung gebeten"}${f["at"] ? ` (${day("de", text(f["at"]))})` : ""}. Ihre Entscheidung wurde nicht geschrieben.`
          : "Inzwischen wurde er entschieden oder zurückgezogen. Ihre Entscheidung wurde nicht geschrieben.",
    },
    "review-taken": {
      title: "Ein Kollege bearbeitet ihn",
      detail: (f) =>
        `${text(f["by"]) || "Ein Kollege"} hat ihn: Übernehmen Sie ihn, oder lassen Sie ihn. Es wurde nichts geschrieben.`,
    },
    "review-data-changed": {
      title: "Die Daten haben sich inzwischen geändert",
      detail: () =>
        "Der Antrag wurde berichtigt, nachdem Sie ihn geöffnet hatten: Lesen Sie ihn erneut und entscheiden Sie dann. Es wurde nichts geschrieben.",
    },
    "review-over": { title: "Die Prüfung ist beendet", detail: () => "Zu diesem Antrag wird nichts mehr geschrieben." },
    "review-proposal-open": {
      title: "Eine Entscheidung wartet bereits auf die zweite Person",
      detail: () => "Ein Kollege hat vorgeschlagen, was zu tun ist: Bestätigen Sie es oder geben Sie es zurück.",
    },
    "review-proposal-missing": {
      title: "Es gibt nichts mehr zu bestätigen",
      detail: () => "Der Vorschlag wurde zurückgezogen oder bestätigt. Lesen Sie den Antrag erneut.",
    },
    "onboarding-not-cancellable": {
      title: "Nicht mehr annullierbar",
      detail: () => "Der Beitritt ist bereits abgeschlossen.",
    },
    "second-person-needed": {
      title: "Eine zweite Person ist nötig",
      detail: () =>
        "Die Körperschaft verlangt für diese Änderung zwei Personen: Schlagen Sie sie vor; wer sie machen darf, stimmt zu. Nichts wurde geändert.",
    },
    "second-person-missing": {
      title: "Niemand könnte zustimmen",
      detail: () =>
        "Um zwei Personen zu verlangen, brauchen mindestens zwei Personen die Berechtigungen, IBAN zu ändern und zuzustimmen. Geben Sie sie zuerst einer weiteren Person.",
    },
    "proposal-unknown": {
      title: "Vorschlag nicht gefunden",
      detail: () => "Er existiert nicht oder gehört einer anderen Körperschaft.",
    },
    "proposal-closed": {
      title: "Vorschlag bereits abgeschlossen",
      detail: () =>
        "Jemand hat ihn entschieden oder zurückgezogen, oder seine Frist ist vorbei. Laden Sie die Seite neu.",
    },
    "proposal-own": {
      title: "Es ist Ihr eigener Vorschlag",
      detail: () => "Darüber entscheidet eine andere Person. Sie können ihn zurückziehen.",
    },
    "proposal-of-another": {
      title: "Es ist der Vorschlag einer anderen Person",
      detail: () => "Nur wer ihn gemacht hat, zieht ihn zurück; Sie können ihn ablehnen.",
    },
    "proposal-outdated": {
      title: "Inzwischen hat sich etwas geändert",
      detail: () =>
        "Die vorgeschlagene Änderung ist so nicht mehr möglich. Wer sie vorgeschlagen hat, kann sie zurückziehen und neu vorschlagen. Nichts wurde geändert.",
    },
    "proposal-not-possible": {
      title: "Diese Aktion wird nicht vorgeschlagen",
      detail: () => "Sie wird direkt ausgeführt, mit der nötigen Berechtigung.",
    },
    "product-not-active": {
      title: "Produkt nicht aktiv",
      detail: () => "Die Körperschaft muss dem Produkt zuerst beitreten. Der Beitritt beginnt in der Übersicht.",
    },
    "iban-unknown": {
      title: "IBAN nicht gefunden",
      detail: () =>
        "Sie existiert in dieser Umgebung nicht, wurde zurückgezogen oder gehört einer anderen Körperschaft.",
    },
    "iban-already-registered": {
      title: "Die IBAN gibt es schon",
      detail: () => "Sie gehört zu den IBAN in Verwendung in dieser Umgebung: Öffnen Sie sie, um sie zu ändern.",
    },
    "iban-of-another-institution": {
      title: "Postkonto einer anderen Körperschaft",
      detail: () =>
        "Ein BancoPosta-Konto kann nur einer Körperschaft gehören. Prüfen Sie die Ziffern; gehört es Ihnen, schreiben Sie dem Support.",
    },
    "iban-dates": {
      title: "Die Daten passen nicht",
      detail: (f) =>
        f.why === "begins-too-early"
          ? `Frühestens ab ${day("de", text(f.earliest))}: Wählen Sie diesen Tag oder einen späteren.`
          : f.why === "already-begun"
            ? "Die IBAN gilt schon: Der Beginn lässt sich nicht mehr ändern."
            : f.why === "already-over"
              ? "Das Ende ist schon vorbei: Wählen Sie einen Tag ab heute."
              : f.why === "retires-too-early"
                ? `Der erste mögliche Tag für den Rückzug ist ${day("de", text(f.earliest))}.`
                : "Das Ende muss nach dem Beginn liegen.",
    },
    "iban-retiring": {
      title: "Der Rückzug ist bereits geplant",
      detail: () => "Heben Sie ihn zuerst auf, wenn Sie einen anderen Tag wählen möchten.",
    },
    "iban-not-retiring": {
      title: "Kein Rückzug aufzuheben",
      detail: () => "Die IBAN ist in Verwendung, ohne Tag des Rückzugs.",
    },
    "iban-last": {
      title: "Es ist die einzige IBAN der Körperschaft",
      detail: () => "Ohne Konto kann die Körperschaft keine Zahlungen erhalten: Fügen Sie zuerst eine andere hinzu.",
    },
    "iban-not-owner": {
      title: "Das Enddatum bestimmt eine andere Körperschaft",
      detail: () =>
        "Diese IBAN nutzt auch eine andere Körperschaft, die sie zuerst als ihre erklärt hat: Nur sie bestimmt das Ende. Sie können den Rückzug aus Ihrer eigenen Liste planen.",
    },
    "iban-file-malformed": {
      title: "Die Datei ist nicht lesbar",
      detail: (f) =>
        `${f.file ? `${text(f.file)}: ` : f.line ? `Zeile ${text(f.line)}: ` : ""}${text(f.reason)}. Korrigieren Sie sie und laden Sie sie erneut hoch: Nichts wurde geändert.`,
    },
    "iban-file-too-long": {
      title: "Die Datei hat zu viele Zeilen",
      detail: (f) => `Erlaubt sind ${text(f.maximum)}: Teilen Sie sie auf mehrere Dateien auf.`,
    },
    "iban-file-of-another": {
      title: "Die Datei gehört einer anderen Körperschaft",
      detail: (f) => `Darin steht ${text(f.taxCode)}. Wählen Sie die Datei dieser Körperschaft.`,
    },
    "iban-zip-refused": {
      title: "Das ZIP wird nicht angenommen",
      detail: (f) =>
        `${f.file ? `${text(f.file)}: ` : ""}${({ "not-a-zip": "Es ist kein vollständiges ZIP", "too-many-files": "Es enthält mehr als 10 Dateien", "too-large": "Geöffnet übersteigt es 10 MB", encrypted: "Es ist passwortgeschützt", folder: "Es enthält Ordner", "repeated-name": "Zwei Dateien haben denselben Namen", empty: "Es ist leer" } as Record<string, string>)[text(f.why)] ?? "Es ist beschädigt"}.`,
    },
    "node-file-malformed": {
      title: "Die Datei ist nicht lesbar",
      detail: (f) => `${f.file ? `${text(f.file)}: ` : f.line ? `Zeile ${text(f.line)}: ` : ""}${text(f.reason)}.`,
    },
    "node-file-too-long": {
      title: "Die Datei hat zu viele Zeilen",
      detail: (f) => `Erlaubt sind ${text(f.maximum)}: Teilen Sie sie auf.`,
    },
    "iban-import-unknown": {
      title: "Datei nicht gefunden",
      detail: () =>
        "Sie gehört nicht zu dieser Körperschaft und Umgebung, oder sie wurde einen Monat lang nicht angewendet. Laden Sie sie erneut hoch.",
    },
    "iban-import-partial": {
      title: "Einige Zeilen sind abgelehnt",
      detail: (f) =>
        `Es sind ${text(f.refused)}. Korrigieren Sie die Datei und laden Sie sie erneut hoch, oder wenden Sie nur die richtigen Zeilen an.`,
    },
    "iban-import-empty": {
      title: "Nichts anzuwenden",
      detail: () => "Keine Zeile würde etwas ändern.",
    },
    "iban-import-outdated": {
      title: "Inzwischen hat sich etwas geändert",
      detail: (f) =>
        `${f.line ? `Zeile ${text(f.line)} (${text(f.iban)}) geht nicht mehr. ` : ""}Laden Sie die Datei erneut hoch, um sie zu prüfen: Nichts wurde geändert.`,
    },
    "evidence-needed": {
      title: "Der Nachweis zum Konto fehlt",
      detail: () =>
        "Das Konto gehört jemand anderem: Laden Sie das PDF hoch, das dies erlaubt, zum Beispiel den Schatzamtsvertrag.",
    },
    "evidence-unknown": {
      title: "Die Datei ist nicht auffindbar",
      detail: () =>
        "Sie wurde nicht für diese Körperschaft und Umgebung hochgeladen oder belegt schon eine andere IBAN. Laden Sie sie erneut hoch.",
    },
    "evidence-not-a-pdf": {
      title: "Ein PDF wird benötigt",
      detail: () => "Die Datei ist kein PDF, auch nicht in einer Signatur. Wählen Sie eine andere.",
    },
    "iban-labelled": {
      title: "Die IBAN trägt ein Kennzeichen",
      detail: () =>
        "Verschieben Sie die Kennzeichen zuerst auf eine andere IBAN: Sonst hätten diese Zahlungen kein Konto.",
    },
    "not-a-member": {
      title: "Sie arbeiten nicht für diese Körperschaft",
      detail: () =>
        "Sie brauchen einen Zugang zu dieser Körperschaft. Bitten Sie auf der Seite „Für wen arbeiten Sie heute?“ darum.",
    },
    "person-unknown": {
      title: "Person nicht gefunden",
      detail: () =>
        "Sie arbeitet nicht oder nicht mehr für diese Körperschaft. Laden Sie sie ein, damit sie Zugang bekommt.",
    },
    "membership-unknown": {
      title: "Zugang nicht gefunden",
      detail: () => "Er wurde schon entzogen oder gehört zu einer anderen Körperschaft. Laden Sie die Seite neu.",
    },
    "profile-unknown": {
      title: "Profil nicht gefunden",
      detail: () =>
        "Es wurde gelöscht oder gehört zu einem anderen Produkt oder einer anderen Körperschaft. Wählen Sie eines aus der Liste.",
    },
    "group-unknown": {
      title: "Gruppe nicht gefunden",
      detail: () => "Sie wurde gelöscht oder gehört zu einer anderen Körperschaft.",
    },
    "grant-exceeds-own": {
      title: "Sie können nicht mehr geben oder nehmen, als Sie haben",
      detail: () =>
        "Sie brauchen alle Berechtigungen dieses Profils für dieses Produkt. Ein Administrator des Produkts kann es tun.",
    },
    "last-administrator": {
      title: "Das ist der letzte Administrator",
      detail: () =>
        "Die Körperschaft bliebe ohne, jetzt oder ab einem schon festgelegten Tag. Ernennen Sie zuerst eine Nachfolge.",
    },
    "membership-repeated": {
      title: "Schon vorhanden",
      detail: () =>
        "Die Person hat dieses Profil schon auf demselben Weg. Ändern Sie bei Bedarf die Daten des vorhandenen.",
    },
    "membership-from-group": {
      title: "Es kommt aus einer Gruppe",
      detail: () =>
        "Die Daten von Gruppenmitgliedern ändert man nicht: Nehmen Sie die Person aus der Gruppe oder ändern Sie die Gruppe.",
    },
    "profiles-not-combinable": {
      title: "Für dieses Produkt gibt es nur ein Profil",
      detail: () => "Entziehen Sie zuerst das vorhandene, dann geben Sie das neue.",
    },
    "nothing-to-change": {
      title: "Es ist schon so",
      detail: () => "Jemand war schneller, oder die Seite war nicht aktuell. Nichts wurde geändert.",
    },
    "product-without-settings": {
      title: "Hier gibt es nichts einzustellen",
      detail: () => "Dieses Produkt wird nicht in der Area Riservata eingestellt.",
    },
    "product-without-back-office": {
      title: "Von hier aus kein Zugang",
      detail: () => "Dieses Produkt hat in dieser Umgebung kein Back Office.",
    },
    "settings-nothing-saved": {
      title: "Es gibt nichts zu aktivieren",
      detail: () => "Speichern Sie zuerst die Einstellungen, dann aktivieren Sie sie.",
    },
    "settings-incomplete": {
      title: "Es fehlt noch etwas",
      detail: (f) =>
        `Zu ergänzen: ${Array.isArray(f["steps"]) ? f["steps"].join(", ") : ""}. Was Sie geschrieben haben, ist gespeichert.`,
    },
    "settings-awaiting-review": {
      title: "Eine Änderung liegt schon beim Personal",
      detail: () =>
        "Die nächste lässt sich aktivieren, wenn darüber entschieden ist. Ist sie nicht mehr nötig, ziehen Sie sie zurück.",
    },
    "settings-not-waiting": {
      title: "Diese Änderung wartet nicht mehr",
      detail: () => "Inzwischen hat jemand darüber entschieden oder sie zurückgezogen: Laden Sie die Seite neu.",
    },
    "settings-change-unknown": {
      title: "Diese Änderung gibt es nicht",
      detail: () => "Die Adresse ist falsch, oder die Änderung gehört nicht zu diesem Produkt.",
    },
    "dates-out-of-order": {
      title: "Die Daten passen nicht",
      detail: () => "Das Ende muss nach dem Beginn liegen und darf nicht vergangen sein.",
    },
    "profile-exceeds-maker": {
      title: "Ein Profil enthält nichts, was sein Ersteller nicht hat",
      detail: () =>
        "Entfernen Sie die markierten Berechtigungen, oder lassen Sie es jemanden anlegen, der sie durch ein Standardprofil für dieses Produkt hat.",
    },
    "profile-name-taken": {
      title: "Ein Profil mit diesem Namen gibt es schon",
      detail: () => "Innerhalb eines Produkts sind die Namen verschieden. Wählen Sie einen anderen.",
    },
    "profile-of-group": {
      title: "Eine Gruppe hat dieses Profil",
      detail: () => "Geben Sie der Gruppe zuerst ein anderes Profil, oder löschen Sie die Gruppe.",
    },
    "permission-of-another-product": {
      title: "Eine Berechtigung gehört zu einem anderen Produkt",
      detail: () => "Ein Profil gilt für ein einziges Produkt. Legen Sie für das andere ein zweites an.",
    },
    "group-resource-unknown": {
      title: "Etwas Genanntes gibt es nicht",
      detail: (f) =>
        `«${String(f["resource"] ?? "")}» gehört nicht zu den Stationen der Körperschaft für dieses Produkt. Prüfen Sie den Code oder lassen Sie das Feld leer.`,
    },
    "group-name-taken": {
      title: "Eine Gruppe mit diesem Namen gibt es schon",
      detail: () => "Innerhalb eines Produkts sind die Namen verschieden. Wählen Sie einen anderen.",
    },
    "group-suspended": {
      title: "Die Gruppe ist ausgesetzt",
      detail: () => "Aktivieren Sie sie wieder, bevor Sie sie ändern.",
    },
    "group-of-administrators": {
      title: "Ein Administrator ist eine Person, keine Gruppe",
      detail: () => "Wer verwaltet, hat immer einen Namen. Geben Sie das Profil der Person.",
    },
    "already-here": {
      title: "Arbeitet schon für die Körperschaft",
      detail: () =>
        "Eine Einladung ist nicht nötig: Geben Sie auf der Seite der Person, unter Benutzer, ein weiteres Profil.",
    },
    "invitation-unknown": {
      title: "Einladung nicht gefunden",
      detail: () => "Sie existiert nicht oder gehört zu einer anderen Körperschaft.",
    },
    "invitation-pending": {
      title: "Eine Einladung wartet schon",
      detail: () => "Die Person wurde schon eingeladen. Sie können die Einladung erneut senden oder zurückziehen.",
    },
    "invitation-used": {
      title: "Einladung schon angenommen",
      detail: () => "Sie gilt nur einmal. Wenn Sie sie angenommen haben, finden Sie die Körperschaft unter den Ihren.",
    },
    "invitation-revoked": {
      title: "Einladung zurückgezogen",
      detail: () =>
        "Wer Sie eingeladen hatte, hat sie zurückgezogen. Brauchen Sie Zugang, bitten Sie die Körperschaft darum.",
    },
    "invitation-lapsed": {
      title: "Die Einladung gilt nicht mehr",
      detail: () =>
        "Wer Sie eingeladen hat, kann das Angebotene nicht mehr geben, oder die Daten sind vorbei. Bitten Sie um eine neue.",
    },
    "invitation-for-somebody-else": {
      title: "Diese Einladung ist für jemand anderen",
      detail: () =>
        "Sie gilt nur für die Person mit der Steuernummer, an die sie ging. Die Körperschaft sieht, dass jemand anderes sie geöffnet hat.",
    },
    "institution-not-joined": {
      title: "Die Körperschaft ist noch nicht beigetreten",
      detail: () => "Es gibt niemanden, den man um Zugang bitten könnte. Sie können den Beitritt selbst beginnen.",
    },
    "access-request-unknown": {
      title: "Anfrage nicht gefunden",
      detail: () => "Sie existiert nicht oder gehört zu einer anderen Körperschaft.",
    },
    "access-request-pending": {
      title: "Sie haben schon gefragt",
      detail: () => "Ihre Anfrage wartet auf Antwort. Sie können sie zurückziehen und um etwas anderes bitten.",
    },
    "too-many-access-requests": {
      title: "Für heute haben Sie genug gefragt",
      detail: (f) =>
        `Höchstens ${String(f["most"] ?? "wenige")} Anfragen am Tag sind möglich. Warten Sie die Antworten ab, oder ziehen Sie zurück, was Sie nicht mehr brauchen.`,
    },
    "access-request-answered": {
      title: "Schon beantwortet",
      detail: () => "Jemand hat schon geantwortet, oder die Anfrage wurde zurückgezogen.",
    },
    "permission-already-held": {
      title: "Diese Berechtigung haben Sie schon",
      detail: () => "Laden Sie die Seite neu: Sie können fortfahren.",
    },
    "assistance-too-many": {
      title: "Zu viele Anfragen",
      detail: () => "Sie können zehn in einer Stunde senden. Die schon gesendeten sind angekommen.",
    },
    "assistance-unknown": {
      title: "Anfrage nicht gefunden",
      detail: () => "Prüfen Sie die Liste: Vielleicht gehört sie zu einer anderen Umgebung.",
    },
    "assistance-answered": {
      title: "Schon beantwortet",
      detail: () => "Jemand aus dem Team war schneller. Laden Sie die Seite neu.",
    },
    "representative-unchanged": {
      title: "Es ist schon diese Person",
      detail: () => "Die uns bekannte gesetzliche Vertretung hat schon diese Steuernummer.",
    },
    "representative-missing": {
      title: "Wir wissen nicht, wer unterschreibt",
      detail: () => "Geben Sie zuerst die gesetzliche Vertretung an, auf der Seite der Körperschaft.",
    },
    "nomination-needed": {
      title: "Eine unterschriebene Ernennung ist nötig",
      detail: () =>
        "Für dieses Produkt ernennt ein von der gesetzlichen Vertretung unterschriebenes Dokument den Administrator: unter „Ernennungen“.",
    },
    "nomination-not-needed": {
      title: "Kein Dokument nötig",
      detail: () =>
        "Bei diesem Produkt geben Sie einen Administrator selbst, auf der Seite der Person oder mit einer Einladung.",
    },
    "nomination-pending": {
      title: "Eine Ernennung wartet schon",
      detail: () =>
        "Für diese Person gibt es schon ein Dokument zum Unterschreiben. Verwenden oder ziehen Sie es zurück.",
    },
    "nomination-unknown": {
      title: "Ernennung nicht gefunden",
      detail: () => "Prüfen Sie die Adresse oder gehen Sie zur Liste zurück.",
    },
    "nomination-closed": {
      title: "Die Ernennung ist schon abgeschlossen",
      detail: () => "Sie wurde unterschrieben oder zurückgezogen. Laden Sie die Seite neu.",
    },
    "nomination-outdated": {
      title: "Die gesetzliche Vertretung hat gewechselt",
      detail: () => "Das Dokument nennt die frühere. Ziehen Sie es zurück und schreiben Sie ein neues.",
    },
    "review-unknown": {
      title: "Überprüfung nicht gefunden",
      detail: () => "Prüfen Sie die Adresse oder gehen Sie zur Liste zurück.",
    },
    "review-open": {
      title: "Eine Überprüfung ist schon offen",
      detail: () => "Beantworten Sie diese: Danach kann eine neue geöffnet werden.",
    },
    "review-closed": {
      title: "Die Überprüfung ist abgeschlossen",
      detail: () => "Die Zeit ist um, oder alle Zeilen sind beantwortet.",
    },
    "review-line-unknown": {
      title: "Zeile nicht gefunden",
      detail: () => "Sie gehört nicht zu dieser Überprüfung. Laden Sie die Seite neu.",
    },
    "review-line-answered": {
      title: "Schon beantwortet",
      detail: () => "Inzwischen hat jemand geantwortet oder der Zugang ist beendet. Laden Sie die Seite neu.",
    },
    "review-own-line": {
      title: "Ihren Zugang bestätigt jemand anders",
      detail: () => "Es gibt einen weiteren Administrator: Er überprüft Ihren Zugang. Sie können ihn nur entfernen.",
    },
    "administrators-answer": {
      title: "Die Körperschaft hat noch Administratoren",
      detail: (f) =>
        `${text(f["institution"]) || "Diese Körperschaft"} hat Administratoren, die vor kurzem angemeldet waren: Bitten Sie sie um Zugang.`,
    },
    "recovery-open": {
      title: "Jemand hat es schon beantragt",
      detail: () =>
        "Für diese Körperschaft läuft bereits ein Antrag. Warten Sie, bis er endet: Wer dort arbeitet, sieht ihn auf der eigenen Seite.",
    },
    "recoveries-too-many": {
      title: "Zu viele Anträge",
      detail: () => "Sie können es dreimal im Monat beantragen. Wenn es eilt, schreiben Sie dem Kundendienst.",
    },
    "recovery-unknown": {
      title: "Antrag nicht gefunden",
      detail: () =>
        "Ihn sehen die antragstellende Person, die gesetzliche Vertretung und die Personen der Körperschaft. Prüfen Sie, mit welcher Identität Sie angemeldet sind.",
    },
    "recovery-closed": {
      title: "Der Antrag ist schon abgeschlossen",
      detail: () => "Inzwischen ist er beendet, gestoppt oder abgelaufen. Laden Sie die Seite neu.",
    },
    "recovery-confirmed": {
      title: "Schon bestätigt",
      detail: () => "Die gesetzliche Vertretung oder das Personal hat schon bestätigt: Mehr ist nicht nötig.",
    },
    "not-the-representative": {
      title: "Nur die gesetzliche Vertretung bestätigt",
      detail: () =>
        "Ihre Steuernummer ist nicht die der uns bekannten gesetzlichen Vertretung. Hat sie gewechselt, antwortet das Personal.",
    },
    "image-not-png": {
      title: "Kein PNG",
      detail: () => "Nötig ist ein PNG-Bild. Speichern Sie es in diesem Format: Nur die Endung zu ändern genügt nicht.",
    },
    "image-damaged": {
      title: "Das Bild ist beschädigt",
      detail: () =>
        "Die Datei ist nicht bis zum Ende lesbar oder enthält unbekannte Teile. Exportieren Sie sie erneut als PNG.",
    },
    "image-wrong-size": {
      title: "Das Logo hat eine andere Größe",
      detail: (f) =>
        `Es hat ${text(f["width"])} × ${text(f["height"])} pixel. Nötig ist ein Quadrat mit 300 bis 400 Pixeln Seitenlänge.`,
    },
    "logo-missing": {
      title: "Kein Logo",
      detail: () => "Die Körperschaft hat noch keines, oder jemand hat es schon entfernt.",
    },
    "agreement-unknown": {
      title: "Vereinbarung nicht gefunden",
      detail: () => "Sie existiert nicht oder gehört einer anderen Körperschaft.",
    },
    "acceptance-unknown": {
      title: "Diese Anfrage gibt es nicht",
      detail: () => "Die Körperschaft hat hier keine neue Fassung anzunehmen. Kehren Sie zu den Dokumenten zurück.",
    },
    "acceptance-closed": {
      title: "Es gibt nichts mehr anzunehmen",
      detail: () =>
        "Sie ist bereits angenommen, durch einen neueren Text überholt, oder die Körperschaft hat das Produkt verlassen.",
    },
    "acceptance-wants-signature": {
      title: "Diese Fassung wird unterschrieben",
      detail: () =>
        "Nötig ist die digitale Unterschrift des gesetzlichen Vertreters: Gehen Sie zur Seite der Unterschrift.",
    },
    "acceptance-moved-on": {
      title: "Es gibt einen neueren Text",
      detail: () =>
        "Was Sie gelesen haben, ist nicht mehr das Neueste. Laden Sie die Seite neu und lesen Sie, was sich ändert.",
    },
    "convention-unknown": {
      title: "Diese Zusatzvereinbarung gibt es nicht",
      detail: () => "Die Körperschaft kann nicht darum bitten oder hat sie nicht. Kehren Sie zu den Dokumenten zurück.",
    },
    "convention-open": {
      title: "Diese Zusatzvereinbarung gibt es schon",
      detail: () => "Sie ist aktiv oder wartet auf die Unterschrift: Sie steht unter den Dokumenten.",
    },
    "agreement-template-unknown": {
      title: "Diesen Text gibt es nicht",
      detail: () => "Kehren Sie zur Liste der Texte zurück.",
    },
    "agreement-template-faulty": {
      title: "Der Text hat Fehler",
      detail: () =>
        "Berichtigen Sie die aufgezählten: Eine Stelle in Klammern muss eine sein, die die Vereinbarung ausfüllen kann.",
    },
    "agreement-template-moved-on": {
      title: "Der Text hat sich inzwischen geändert",
      detail: () =>
        "Jemand hat eine andere Fassung veröffentlicht. Laden Sie die Seite neu und beginnen Sie mit dieser.",
    },
    "link-invalid": {
      title: "Dieser Link gilt nicht",
      detail: () =>
        "Er ist unvollständig oder wurde verändert. Öffnen Sie ihn unverändert aus der Nachricht in der PEC.",
    },
    "link-expired": {
      title: "Dieser Link ist abgelaufen",
      detail: () =>
        "Die Frist zur Unterschrift ist vorbei. Wer den Beitritt gesendet hat, kann ihn erneut senden: Dann kommt ein neuer Link.",
    },
    "link-used": {
      title: "Bereits erledigt",
      detail: () => "Die unterschriebene Vereinbarung wurde schon angenommen: Mehr ist nicht nötig.",
    },
    "onboarding-cancelled": {
      title: "Dieser Beitritt wurde annulliert",
      detail: () => "Er kann nicht mehr unterschrieben werden. Für einen Beitritt senden Sie einen neuen.",
    },
    "onboarding-superseded": {
      title: "Ein anderer Beitritt ist bereits abgeschlossen",
      detail: () =>
        "Die Körperschaft hat einen anderen Antrag für dasselbe Produkt unterschrieben: Dieser wird nicht mehr benötigt.",
    },
    "agreement-not-ready": {
      title: "Die Vereinbarung ist noch nicht fertig",
      detail: () => "Wir schreiben sie gerade. Versuchen Sie es in einer Minute erneut.",
    },
    "agreement-proof-missing": {
      title: "Kein Nachweis verfügbar",
      detail: () =>
        "Die Vereinbarung wurde signiert, bevor das Portal Nachweise schrieb: Dokument und signierte Datei sind vorhanden.",
    },
    "remote-signature-unavailable": {
      title: "Die Fernsignatur antwortet nicht",
      detail: () =>
        "Der Signaturdienst antwortet nicht. Versuchen Sie es in einigen Minuten erneut, oder signieren Sie mit Ihren Mitteln und laden Sie die Datei hoch: Der Link gilt weiter.",
    },
    "remote-signature-refused": {
      title: "Signatur nicht autorisiert",
      detail: () =>
        "Der Signaturdienst hat sie nicht autorisiert: Die Bestätigung wurde abgebrochen oder ist gescheitert. Nichts hat sich geändert, Sie können es erneut versuchen.",
    },
    "remote-signature-without-certificate": {
      title: "Kein Signaturzertifikat",
      detail: () =>
        "Bei diesem Dienst liegt kein gültiges Signaturzertifikat. Signieren Sie mit Ihren Mitteln und laden Sie die Datei hoch.",
    },
    "remote-signature-expired": {
      title: "Die Signatur wurde unterbrochen",
      detail: () =>
        "Es ist zu viel Zeit vergangen, oder die Bestätigung kommt aus einem anderen Browser. Beginnen Sie erneut mit dem Link aus der PEC: Nichts hat sich geändert.",
    },
    "file-missing": {
      title: "Die Datei fehlt",
      detail: () => "Wählen Sie die unterschriebene Datei und senden Sie erneut.",
    },
    "file-too-large": {
      title: "Datei zu groß",
      detail: () =>
        "Die Grenze ist 20 MB. Die unterschriebene Vereinbarung hat meist weniger als 1 MB: Prüfen Sie, ob es die richtige Datei ist.",
    },
    "upload-truncated": {
      title: "Die Datei kam unvollständig an",
      detail: () => "Die Verbindung wurde unterbrochen. Es wurde nichts erfasst: Senden Sie erneut.",
    },
    "not-a-signature": {
      title: "Die Datei ist nicht signiert",
      detail: () =>
        "Sie enthält keine digitale Signatur. Signieren Sie die Vereinbarung mit CAdES (.p7m) oder PAdES (.pdf) und laden Sie die Datei hoch, die das Signaturprogramm ausgibt.",
    },
    "signature-of-another-document": {
      title: "Ein anderes Dokument ist signiert",
      detail: () =>
        "Das signierte Dokument ist nicht die Vereinbarung, die wir gesendet haben. Laden Sie die Vereinbarung hier herunter und signieren Sie diese, ohne Stempel und Protokollvermerk: Der Stempel kommt nach der Signatur.",
    },
    "signature-of-older-version": {
      title: "Eine frühere Fassung wurde unterschrieben",
      detail: (f: Facts) =>
        `Das unterschriebene Dokument ist das vom ${text(f["writtenAt"]).slice(0, 10) || "früheren Datum"}, das nicht mehr gilt. Laden Sie die Vereinbarung über diesen Link herunter und unterschreiben Sie diese.`,
    },
    "signature-before-issue": {
      title: "Das Datum der Unterschrift liegt vor der Vereinbarung",
      detail: () =>
        "Die Unterschrift trägt ein Datum aus der Zeit vor der Vereinbarung. Prüfen Sie Datum und Uhrzeit des Computers und unterschreiben Sie erneut.",
    },
    "signature-nested-too-deep": {
      title: "Zu viele Umschläge ineinander",
      detail: () =>
        "Die Datei ist eine Signatur in einer Signatur, mehr als fünfmal. Beginnen Sie mit der heruntergeladenen Vereinbarung und unterschreiben Sie sie einmal.",
    },
    "signed-copy-to-review": {
      title: "Eine Person muss die unterschriebene Kopie ansehen",
      detail: () =>
        "Das Dokument hat sich nach der Ausstellung geändert, und wir können nicht allein sagen, ob nur durch einen Stempel. Unterschreiben Sie die hier heruntergeladene Vereinbarung; ein Stempel gehört an den Rand, nicht auf den Text.",
    },
    "signed-copy-active-content": {
      title: "Dem Dokument wurde aktiver Inhalt hinzugefügt",
      detail: () =>
        "Es enthält ein Skript, einen Anhang oder einen Befehl, den die Vereinbarung nicht hatte. Laden Sie die Vereinbarung hier herunter und unterschreiben Sie diese.",
    },
    "signature-altered": {
      title: "Die Signatur ist nicht unversehrt",
      detail: () =>
        "Die Datei wurde nach der Signatur verändert. Laden Sie sie genau so hoch, wie das Signaturprogramm sie ausgibt.",
    },
    "signature-content-missing": {
      title: "Die Datei enthält nur die Signatur",
      detail: () =>
        "Es ist eine getrennte Signatur ohne Dokument. Signieren Sie erneut und wählen Sie „Signatur mit enthaltenem Dokument“.",
    },
    "signature-incomplete-coverage": {
      title: "Die Signatur deckt nicht die ganze Datei",
      detail: () =>
        "Nach der Signatur wurde etwas hinzugefügt. Laden Sie die Datei genau so hoch, wie das Signaturprogramm sie ausgibt.",
    },
    "signature-weak-algorithm": {
      title: "Signatur mit veraltetem Verfahren",
      detail: () =>
        "Verwenden Sie ein aktuelles Signaturprogramm: Nötig sind SHA-256 und ein Schlüssel von mindestens 2048 Bit.",
    },
    "signed-file-truncated": {
      title: "Die signierte Datei ist unvollständig",
      detail: () =>
        "Das Ende der Datei fehlt. Kopieren Sie sie erneut aus dem Signaturprogramm und laden Sie sie hoch.",
    },
    "signer-not-legal-representative": {
      title: "Jemand anderes hat unterschrieben",
      detail: (f) =>
        f.signer
          ? `Unterschrieben hat ${text(f.signer)}, nötig ist ${text(f.expected)}. Die Vereinbarung gilt nur mit der Unterschrift der im Beitritt genannten gesetzlichen Vertretung.`
          : "Die Vereinbarung gilt nur mit der Unterschrift der im Beitritt genannten gesetzlichen Vertretung.",
    },
    "signer-identity-missing": {
      title: "Im Zertifikat fehlt die Steuernummer",
      detail: () =>
        "Nötig ist ein in Italien ausgestelltes Signaturzertifikat, das die Steuernummer der unterschreibenden Person enthält.",
    },
    "signer-certificate-expired": {
      title: "Signaturzertifikat abgelaufen",
      detail: (f) =>
        `Es galt bis ${text(f.notAfter).slice(0, 10) || "zum Ablauftag"}. Erneuern Sie es und signieren Sie erneut.`,
    },
    "signer-certificate-not-yet-valid": {
      title: "Zertifikat noch nicht gültig",
      detail: () => "Das Signaturzertifikat gilt erst später. Signieren Sie ab jenem Tag erneut.",
    },
    "signer-certificate-untrusted": {
      title: "Zertifizierungsstelle nicht anerkannt",
      detail: () =>
        "Das Zertifikat stammt von keinem Anbieter der europäischen Liste der Vertrauensdienste. Verwenden Sie eine qualifizierte digitale Signatur.",
    },
    "signer-certificate-revoked": {
      title: "Signaturzertifikat widerrufen",
      detail: (f: Facts) =>
        `Die Zertifizierungsstelle hat es${f["revokedAt"] ? ` am ${text(f["revokedAt"]).slice(0, 10)}` : ""} widerrufen. Unterschreiben Sie erneut mit einem gültigen Zertifikat.`,
    },
    "signer-certificate-status-unknown": {
      title: "Die Zertifizierungsstelle antwortet nicht",
      detail: () =>
        "Wir können nicht wissen, ob das Zertifikat noch gültig ist. Versuchen Sie es in ein paar Minuten erneut: Die Datei ist in Ordnung, eine neue Unterschrift ist nicht nötig.",
    },
    "signer-certificate-not-qualified": {
      title: "Keine qualifizierte Signatur",
      detail: () =>
        "Die Zertifizierungsstelle ist anerkannt, aber dieses Zertifikat ist nicht für Unterschriften qualifiziert. Verwenden Sie eine qualifizierte digitale Signatur.",
    },
    "signer-certificate-not-for-signing": {
      title: "Kein Signaturzertifikat",
      detail: () =>
        "Es ist ein Zertifikat zur Anmeldung oder für E-Mail. Wählen Sie im Programm das Signaturzertifikat.",
    },
  },
  fields: {
    required: () => "Fehlt: Füllen Sie es aus, um fortzufahren.",
    "too-short": (f) => `Zu kurz: mindestens ${text(f.minimum)} Zeichen.`,
    "too-long": (f) => `Zu lang: höchstens ${text(f.maximum)} Zeichen.`,
    "wrong-format": () => "Enthält Zeichen oder eine Form, die nicht passt.",
    "wrong-length": (f) => `Die Länge stimmt nicht: ${text(f.expected)} Zeichen sind nötig.`,
    "wrong-check-digit": () => "Das Prüfzeichen stimmt nicht: Es liegt ein Tippfehler vor.",
    "wrong-type": () => "Der Wert hat nicht den erwarteten Typ.",
    "not-allowed": (f) =>
      f.because === "administrator-repeated"
        ? "Diese Person ist bereits für die Administration genannt."
        : "Dieser Wert ist nicht zugelassen.",
    "unknown-field": () => "Es gibt ein Feld, das wir nicht kennen.",
    "too-few": (f) => `Mindestens ${text(f.minimum)} ist nötig.`,
    "too-many": (f) => `Höchstens ${text(f.maximum)}.`,
    "pec-not-personal": () => "Das ist eine PEC-Adresse: Nötig ist die gewöhnliche E-Mail der Person.",
    "not-a-pec": () => "Das ist keine PEC-Adresse.",
    "name-disagrees": () => "Die Steuernummer passt nicht zu Vor- und Nachname.",
    "iban-not-sepa": (f) => `Das Land ${text(f["country"])} gehört nicht zum SEPA-Raum: Sie brauchen ein SEPA-Konto.`,
    "wrong-cin": () => "Der Kontrollbuchstabe (CIN) passt nicht zum Konto: ein Tippfehler.",
  },
};
export default words;
