import type { Facts, ProblemWords } from "./it.ts";

const names = (facts: Facts) =>
  Array.isArray(facts.grantors) && facts.grantors.length ? (facts.grantors as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const words: ProblemWords = {
  problems: {
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
      detail: () => "Melden Sie sich mit SPID an; danach kehren Sie hierher zurück.",
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
        names(f)
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
      detail: () => "Er steht nicht im Verzeichnis der anerkannten SPID-Anbieter. Wählen Sie einen anderen.",
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
      title: "SPID Stufe 2 ist nötig",
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
    "onboarding-not-cancellable": {
      title: "Nicht mehr annullierbar",
      detail: () => "Der Beitritt ist bereits abgeschlossen.",
    },
    "agreement-unknown": {
      title: "Vereinbarung nicht gefunden",
      detail: () => "Sie existiert nicht oder gehört einer anderen Körperschaft.",
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
  },
};
export default words;
