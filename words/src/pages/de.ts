import type { PageWords } from "./it.ts";

const few = ["kein", "ein", "zwei", "drei", "vier", "fünf", "sechs"];
const count = (n: number) => few[n] ?? String(n);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const de: PageWords = {
  shell: {
    portal: "Area Riservata",
    skip: "Zum Inhalt springen",
    language: "Sprache: ",
    help: "Hilfe",
    updated: "Seite aktualisiert am {date}",
    accessibilityReviewed: "Erklärung zur Barrierefreiheit geprüft am {date}",
    report: "Problem melden",
    terms: "Nutzungsbedingungen",
    services: "Dienste",
    support: "Hilfe",
    rights: "Rechte",
    enter: "Anmelden",
    join: "Beitreten",
    api: "API und Dokumentation",
    sample:
      "Gesellschaft, Anschriften und Kontakte auf dieser Seite sind Beispiele: Wer das Portal betreibt, ersetzt sie.",
    sampleShort: "Beispieldaten",
  },
  carry: {
    title: "Weiter zum Identitätsanbieter",
    text: "Falls die Seite nicht von selbst weiterleitet, wähle die Schaltfläche.",
    button: "Weiter",
  },
  entry: {
    title: "Anmelden",
    headline: "Ein Zugang zum Beitreten, Unterzeichnen und Beauftragen",
    lead: "Hier tritt Ihre Körperschaft Produkten bei, unterzeichnet Vereinbarungen und legt fest, wer was tun darf.",
    heading: "Anmelden",
    identity: "Mit Ihrer persönlichen Identität. Die Körperschaft wählen Sie danach.",
    comeBack: "Nach der Anmeldung kehren Sie zur gewünschten Seite zurück.",
    spid: "Mit SPID anmelden",
    providers: "SPID-Identitätsanbieter",
    level: "Erforderlich ist SPID der Stufe 2. {link}",
    cie: "Mit CIE anmelden",
    moreSpid: "Mehr über SPID",
    helpSpid: "Brauchen Sie Hilfe?",
    noSpid: "Ich habe kein SPID",
    noProviders:
      "Derzeit ist kein SPID-Anbieter erreichbar. Das Problem liegt bei uns: Versuchen Sie es in einigen Minuten noch einmal.",
    terms: "Mit der Anmeldung nehmen Sie die {terms} an. Lesen Sie die {privacy}.",
    privacy: "Datenschutzhinweise",
    status: "Zustand der Dienste",
    allUp: "Alle Dienste funktionieren",
    slow: "Einige Dienste sind langsam",
    down: "Nicht alles funktioniert",
    newcomers: "Sind Sie zum ersten Mal hier?",
    newcomersLead:
      "Sehen Sie vor der Anmeldung, was Sie brauchen. Wenn Sie unterbrechen, bleibt der Entwurf 60 Tage erhalten.",
    administration: "Gemeinde oder andere öffentliche Verwaltung",
    administrationNeeds:
      "Sie brauchen: Name oder IPA-Code der Körperschaft. Es unterzeichnet der gesetzliche Vertreter.",
    minutes: "15 Min.",
    development: "Entwicklungsumgebung",
    developmentLead:
      "Personen und Körperschaften sind erfunden, keine Nachricht verlässt dieses System. Melden Sie sich als eine dieser Personen an:",
    mailbox: "Postfach öffnen",
    signingDesk: "Signaturtisch öffnen",
  },
  login: {
    title: "Anmeldung nicht gelungen",
    chip: "Nicht angemeldet",
    provider: "Identitätsanbieter",
    reference: "Code für die Hilfe",
    retry: "Noch einmal versuchen",
    another: "Anderen Anbieter wählen",
    anotherWay: "Anders anmelden",
    left: {
      title: "Sie haben sich abgemeldet",
      text: "Die Sitzung auf diesem Gerät ist geschlossen. Um fortzufahren, melden Sie sich wieder an.",
    },
    safe: "In Ihrem Namen wurde nichts eingetragen.",
    wrongCredentials: {
      title: "Zugangsdaten zu oft falsch eingegeben",
      detail: "Ihr Identitätsanbieter hat die Anmeldung gestoppt.",
      next: "Versuchen Sie es in Ruhe noch einmal oder stellen Sie die Zugangsdaten beim Anbieter wieder her.",
    },
    levelTooLow: {
      title: "Erforderlich ist SPID der Stufe 2",
      detail: "Die verwendeten Zugangsdaten haben eine niedrigere Stufe.",
      next: "Aktivieren Sie die Stufe 2 beim Anbieter (meist eine App oder ein Einmalcode) und versuchen Sie es dann noch einmal.",
    },
    timeout: {
      title: "Es ist zu viel Zeit vergangen",
      detail: "Der Identitätsanbieter hat gewartet und die Anmeldung dann geschlossen.",
      next: "Beginnen Sie von vorn: Es dauert meist weniger als zwei Minuten.",
    },
    consentDenied: {
      title: "Sie haben der Übermittlung der Daten nicht zugestimmt",
      detail: "Ohne Name, Steuernummer und Geburtsdatum wissen wir nicht, wer sich anmeldet.",
      next: "Beginnen Sie von vorn und stimmen Sie zu. Was wir mit den Daten tun, steht in den Datenschutzhinweisen.",
    },
    identitySuspended: {
      title: "Identität ausgesetzt oder Zugangsdaten gesperrt",
      detail: "Das meldet Ihr Identitätsanbieter: Wir können die Sperre nicht aufheben.",
      next: "Wenden Sie sich an den Anbieter. Wenn Sie eine andere SPID-Identität haben, melden Sie sich mit dieser an.",
    },
    cancelled: {
      title: "Sie haben die Anmeldung abgebrochen",
      detail: "Die Anmeldung wurde auf der Seite des Anbieters beendet.",
      next: "Beginnen Sie von vorn, wann Sie möchten.",
    },
    identityKind: {
      title: "Diese SPID-Identität ist hier nicht geeignet",
      detail: "Der Dienst verlangt eine andere Art von Identität: persönlich oder für den beruflichen Gebrauch.",
      next: "Wählen Sie einen Anbieter, bei dem Sie die passende Identität haben, oder beantragen Sie sie bei Ihrem.",
    },
    unavailable: {
      title: "Der Identitätsanbieter antwortet nicht",
      detail: "Das Problem liegt beim Anbieter, nicht bei Ihren Zugangsdaten.",
      next: "Versuchen Sie es in einigen Minuten noch einmal oder wählen Sie einen anderen Anbieter.",
    },
    technical: {
      title: "Bei der Anmeldung ist ein technischer Fehler aufgetreten",
      detail: "Das Problem liegt bei uns oder beim Anbieter, nicht bei Ihren Zugangsdaten.",
      next: "Versuchen Sie es noch einmal. Wiederholt sich der Fehler, wählen Sie einen anderen Anbieter oder nennen Sie der Hilfe den Code unten.",
    },
    generic: {
      title: "Der Identitätsanbieter hat Sie nicht angemeldet",
      detail: "Er hat keinen Grund genannt, den wir Ihnen erklären können.",
      next: "Versuchen Sie es noch einmal oder wählen Sie einen anderen Anbieter.",
    },
    codes: {
      3: "Beim Identitätsanbieter ist während der Anmeldung ein Systemfehler aufgetreten.",
      4: "Der Anbieter hat die Form unserer Anfrage nicht erkannt.",
      5: "Der Anbieter hat die Signatur unserer Anfrage nicht erkannt.",
      6: "Unsere Anfrage hat den Anbieter auf einem unerwarteten Weg erreicht.",
      7: "Der Anbieter konnte die Signatur unserer Anfrage nicht prüfen.",
      8: "Für den Anbieter hält unsere Anfrage die Regeln des Protokolls nicht ein.",
      9: "Der Anbieter und das Portal sprechen nicht dieselbe Version des Protokolls.",
      10: "Der Anbieter hat das anfragende Portal nicht erkannt.",
      11: "Der Anbieter hat die Nummer unserer Anfrage nicht angenommen.",
      12: "Der Anbieter hat die verlangte Sicherheitsstufe nicht angenommen.",
      13: "Für den Anbieter stimmt die Uhrzeit unserer Anfrage nicht.",
      14: "Für den Anbieter war unsere Anfrage für eine andere Adresse bestimmt.",
      15: "Der Anbieter hat eine Anfrage ohne Ihr Zutun gelesen, was nicht erlaubt ist.",
      16: "Der Anbieter hat die Adresse nicht erkannt, an die er Sie zurückschicken sollte.",
      17: "Der Anbieter hat die verlangte Art der Kennung nicht angenommen.",
      18: "Der Anbieter hat die Liste der verlangten Daten nicht erkannt.",
      24: "Der Anbieter hat mit einem reservierten Code geantwortet, der den Grund nicht nennt.",
    },
    withCie: {
      wrongCredentials: {
        title: "PIN oder CIE-Zugangsdaten zu oft falsch eingegeben",
        detail: "Der CIE-Dienst hat die Anmeldung gestoppt.",
        next: "Versuchen Sie es in Ruhe noch einmal. Eine gesperrte PIN entsperren Sie mit dem PUK in der App CieID.",
      },
      levelTooLow: {
        title: "Erforderlich ist CIE der Stufe 2",
        detail: "Die verwendeten CIE-Zugangsdaten haben eine niedrigere Stufe.",
        next: "Melden Sie sich mit der App CieID oder mit Karte und PIN wieder an.",
      },
      timeout: {
        title: "Es ist zu viel Zeit vergangen",
        detail: "Der CIE-Dienst hat auf die Karte oder die Bestätigung gewartet und die Anmeldung dann geschlossen.",
        next: "Beginnen Sie von vorn und halten Sie Karte und PIN oder die App CieID bereit.",
      },
      consentDenied: {
        title: "Sie haben der Übermittlung der Daten nicht zugestimmt",
        detail: "Ohne die Daten der Karte wissen wir nicht, wer sich anmeldet.",
        next: "Beginnen Sie von vorn und stimmen Sie zu. Was wir mit den Daten tun, steht in den Datenschutzhinweisen.",
      },
      identitySuspended: {
        title: "Karte abgelaufen, widerrufen oder gesperrt",
        detail: "Das meldet der CIE-Dienst: Wir können sie nicht wieder freischalten.",
        next: "Eine neue Karte stellt Ihre Gemeinde aus. Wenn Sie SPID haben, melden Sie sich damit an.",
      },
      cancelled: {
        title: "Sie haben die Anmeldung abgebrochen",
        detail: "Die Anmeldung mit der CIE wurde beendet.",
        next: "Beginnen Sie von vorn, wann Sie möchten.",
      },
      unavailable: {
        title: "Der CIE-Dienst antwortet nicht",
        detail: "Das Problem liegt dort, nicht bei Ihrer Karte.",
        next: "Versuchen Sie es in einigen Minuten noch einmal oder melden Sie sich mit SPID an.",
      },
      generic: {
        title: "Die CIE hat Sie nicht angemeldet",
        detail: "Der CIE-Dienst hat keinen Grund genannt, den wir Ihnen erklären können.",
        next: "Versuchen Sie es noch einmal oder melden Sie sich mit SPID an.",
      },
    },
  },
  staff: {
    title: "Personal",
    heading: "Der Eingang des Personals",
    lead: "Man meldet sich mit der Firmenidentität an, nicht mit SPID oder CIE. Was Sie dürfen, entscheiden Ihre Gruppen.",
    enter: "Anmelden",
    again: "Erneut versuchen",
    notStaff: "Ich gehöre nicht zum Personal",
    toEntry: "Zum Eingang",
    closedChip: "Geschlossen",
    whomToAsk:
      "Fragen Sie {contact} nach der passenden Gruppe und melden Sie sich dann erneut an: Das Profil kommt von dort.",
    noGroup: "Keine Gruppe? Fragen Sie {contact}",
  },
  error: {
    code: "Code für die Hilfe",
    home: "Zurück zum Eingang",
    enter: "Anmelden",
    retry: "Noch einmal versuchen",
    help: "Hilfe anfragen",
    status: "Zustand der Dienste",
    ours: "Unser Problem",
    wait: "Einen Moment warten",
    denied: "Nicht erlaubt",
    notFound: "Nicht gefunden",
    refused: "Nicht gelungen",
    linkHelp: "Der richtige Link steht in der letzten Nachricht an die PEC-Adresse der Körperschaft.",
  },
  agreement: {
    label: "Vereinbarung {product}",
    signBy: "Zu unterzeichnen bis {date}",
    steps: "Schritte der Unterzeichnung",
    done: "Erledigt: ",
    stepWritten: "Vereinbarung bereit",
    stepSign: "Unterzeichnen und senden",
    stepSignAgain: "Neu unterzeichnen",
    stepChecked: "Geprüft, noch zu senden",
    stepActive: "{product} aktiv",
    title: "Vereinbarung {product} unterzeichnen",
    lead: "{signer} muss sie für {institution} unterzeichnen. Die Frist läuft bis {date}, {distance}.",
    download: "Vereinbarung herunterladen",
    downloadStep: "Vereinbarung herunterladen",
    downloadLead:
      "Das ist das Dokument, das genau so zu unterzeichnen ist: vor der Unterschrift nicht stempeln und nicht protokollieren.",
    file: "Dokument",
    size: "Größe",
    digest: "SHA-256-Prüfsumme",
    digestHint: "Damit prüfen Sie, dass die heruntergeladene Datei genau diese ist.",
    uploadStep: "Unterzeichnete Vereinbarung hochladen",
    uploadAgain: "Noch einmal hochladen",
    uploadLead: "Mit der digitalen Signatur von {signer}: CAdES ({p7m}) oder PAdES ({pdf}).",
    chooseFile: "Unterzeichnete Vereinbarung",
    fileHint: "{p7m} oder {pdf}, höchstens 20 MB. Sie können die Datei auch in das Feld ziehen.",
    send: "Vereinbarung senden",
    check: "Prüfen, ohne zu senden",
    checkHint: "Die Prüfung trägt nichts ein: Sie sehen das Ergebnis und entscheiden.",
    sendHint: "Ist die Signatur in Ordnung, schließt das Senden den Beitritt ab.",
    facts: "Kurz gefasst",
    institution: "Körperschaft",
    product: "Produkt",
    signer: "Unterschrift von",
    deadline: "Läuft ab am",
    rules: "Erst die Unterschrift, dann das Protokoll",
    ruleOriginal: "Unterzeichnen Sie die hier heruntergeladene Datei, ohne sie zu drucken oder zu scannen.",
    ruleSigner: "Erforderlich ist die digitale Signatur von {signer}, mit der Steuernummer im Zertifikat.",
    ruleStamp: "Stempel und Protokollnummer kommen danach, auf eine Kopie.",
    ruleLink: "Der Link lässt sich bis zum Ablauf beliebig oft öffnen und gibt keinen Zugang zum Portal.",
    kilobytes: "{n} kB",
    megabytes: "{n} MB",
  },
  verdict: {
    notAccepted: "Nicht angenommen",
    notAcceptedCheck: "Noch nicht in Ordnung",
    fine: "In Ordnung",
    heading: (wrong, right) =>
      `${capital(count(wrong))} ${wrong === 1 ? "Punkt" : "Punkte"} zu beheben${right ? `, ${right === 1 ? "einer" : count(right)} schon in Ordnung` : ""}`,
    fineHeading: "Alles in Ordnung: jetzt senden",
    kept: "Die Datei wurde nicht eingetragen und der Link gilt weiter: Sie können es bis {date} beliebig oft versuchen.",
    fineLead:
      "Die Prüfung hat die Datei nicht eingetragen. Wählen Sie sie hier noch einmal aus und senden Sie sie: Damit ist der Beitritt abgeschlossen.",
    checkedAt: "heute um {time} geprüft",
    sentAt: "heute um {time} hochgeladen",
    issued: "Was wir Ihnen gesendet haben",
    uploaded: "Was Sie hochgeladen haben",
    issuedPicture: "Die gesendete Vereinbarung: ohne Unterschrift und ohne Stempel",
    pictureFine: "Das hochgeladene Dokument: Es ist die Vereinbarung, von der richtigen Person unterzeichnet",
    pictureChanged: "Das hochgeladene Dokument: Es ist nicht mehr die gesendete Vereinbarung",
    pictureSigner: "Das hochgeladene Dokument: Die Signatur ist nicht in Ordnung",
    pictureBoth:
      "Das hochgeladene Dokument: Es ist nicht mehr die gesendete Vereinbarung und die Signatur ist nicht in Ordnung",
    toMend: "Zu beheben",
    right: "In Ordnung",
    later: "Noch nicht geprüft",
    laterNote: "Das prüfen wir, wenn der Rest in Ordnung ist.",
    mend: "So beheben Sie es",
    digest: "Prüfsumme",
    expected: "Erwartet",
    signedBy: "Signatur von",
    issuer: "Ausgestellt von",
    validFrom: "Gültig ab",
    validUntil: "Gültig bis",
    help: "Brauchen Sie Hilfe? {link} und beschreiben Sie dieses Ergebnis.",
    helpLink: "Fragen Sie die Hilfe",
    originalLink: "Original-PDF",
    changedTitle: "Die Vereinbarung wurde vor der Unterschrift geändert",
    changedDetail:
      "Ein Stempel, das Protokoll oder eine Anmerkung hat sie verändert: Der unterzeichnete Text ist nicht mehr der der Vereinbarung.",
    mendDocument:
      "Beginnen Sie mit dem {link}: erst die Unterschrift, dann das Protokoll. Ein Stempel auf der schon unterzeichneten Kopie ist in Ordnung.",
    mendSigner:
      "Lassen Sie {signer} unterzeichnen. Hat der gesetzliche Vertreter gewechselt, kann die Person, die den Beitritt gesendet hat, ihn zurücknehmen und mit dem richtigen Namen neu senden.",
    signerTitle: "Unterzeichnet hat {actual}, erforderlich ist {signer}",
    rule: {
      form: "Die Vereinbarung gilt nur mit einer digitalen Signatur in der Datei.",
      integrity: "Eine nach der Unterschrift geänderte Datei beweist nicht mehr, wer unterzeichnet hat.",
      document: "Der unterzeichnete Text muss genau der sein, den wir Ihnen gesendet haben.",
      trust: "Es gilt die qualifizierte Signatur eines in Europa anerkannten Anbieters.",
      validity: "Das Zertifikat muss ein Signaturzertifikat und heute gültig sein.",
      signer: "Die Vereinbarung gilt nur mit der Unterschrift des im Beitritt genannten gesetzlichen Vertreters.",
    },
    ok: {
      form: { title: "Format erkannt", note: "Es ist eine signierte Datei, CAdES oder PAdES." },
      integrity: { title: "Signatur unversehrt", note: "Die Datei wurde nach der Unterschrift nicht geändert." },
      document: { title: "Es ist Ihre Vereinbarung", note: "Die Prüfsumme ist die des gesendeten Dokuments." },
      trust: {
        title: "Anerkannter Zertifizierer",
        note: "Er steht auf der Liste derer, die Signaturen ausstellen dürfen.",
      },
      validity: { title: "Zertifikat gültig", note: "Es ist ein Signaturzertifikat und nicht abgelaufen." },
      signer: { title: "Unterschrift der richtigen Person", note: "Es ist der genannte gesetzliche Vertreter." },
    },
  },
  outcome: {
    signedChip: "Abgeschlossen",
    signedTitle: "Beitritt abgeschlossen: {product} ist aktiv",
    signedLead: "{institution} ist am {date} um {time} beigetreten, mit der Unterschrift von {signer}.",
    next: "Wie es weitergeht",
    nextMail: "An die PEC-Adresse der Körperschaft geht die Bestätigung.",
    nextAdministrators:
      "Die im Beitritt genannten Administratoren melden sich mit SPID an und finden die Körperschaft bereit.",
    nextCopy:
      "Die unterzeichnete Vereinbarung bleibt unter Dokumente und lässt sich jederzeit herunterladen. Jetzt können Sie sie protokollieren.",
    enter: "Zur Area Riservata",
    completed: {
      chip: "Abgeschlossen",
      title: "Die Vereinbarung ist schon unterzeichnet",
      detail:
        "{institution} ist {product} schon beigetreten: Es ist nichts weiter zu tun. Die unterzeichnete Vereinbarung liegt unter Dokumente.",
    },
    cancelled: {
      chip: "Zurückgenommen",
      title: "Dieser Beitritt wurde zurückgenommen",
      detail:
        "Die Vereinbarung {product} von {institution} kann nicht mehr unterzeichnet werden. Senden Sie zum Beitreten einen neuen Antrag.",
    },
    expired: {
      chip: "Abgelaufen",
      title: "Die Frist zum Unterzeichnen ist vorbei",
      detail:
        "Der Link zur Vereinbarung {product} von {institution} galt bis {date}. Wer den Beitritt gesendet hat, kann ihn noch einmal senden: An die PEC-Adresse geht ein neuer Link.",
    },
    superseded: {
      chip: "Nicht mehr nötig",
      title: "Ein anderer Beitritt ist schon abgeschlossen",
      detail: "{institution} hat einen anderen Antrag für {product} unterzeichnet: Dieser wird nicht mehr gebraucht.",
    },
    notReady: {
      chip: "In Vorbereitung",
      title: "Die Vereinbarung ist noch nicht bereit",
      detail: "Wir schreiben sie für {institution}: Das dauert meist eine Minute. Der Link bleibt derselbe.",
    },
    join: "Neuen Beitritt beginnen",
    reload: "Seite neu laden",
  },
  cancel: {
    title: "Beitritt zu {product} zurücknehmen?",
    lead: "{institution} tritt nicht bei, und die an die PEC-Adresse gesendete Vereinbarung kann nicht mehr unterzeichnet werden.",
    reversible:
      "Für einen späteren Beitritt wird ein neuer Antrag gesendet. Was bei der Körperschaft schon aktiv ist, bleibt unverändert.",
    confirm: "Beitritt zurücknehmen",
    keep: "Beitritt behalten",
    keepHint: "Um ihn zu behalten, schließen Sie einfach diese Seite: Bisher hat sich nichts geändert.",
    doneChip: "Zurückgenommen",
    doneTitle: "Beitritt zu {product} zurückgenommen",
    doneLead:
      "{institution} tritt nicht bei. Die Vereinbarung kann nicht mehr unterzeichnet werden; wer den Beitritt gesendet hatte, wird benachrichtigt.",
  },
  foot: {
    accessibility: {
      title: "Barrierefreiheit",
      lead: "Dieses Portal muss jede Person mit jedem Hilfsmittel nutzen können. Hier steht, wie weit wir sind.",
      parts: {
        target: {
          heading: "Das Ziel",
          text: "WCAG 2.2 Stufe AA; das schließt die Anforderungen der Norm EN 301 549 ein (italienisches Gesetz 4/2004 und Richtlinie (EU) 2016/2102).",
        },
        state: {
          heading: "Der Stand",
          text: "Teilweise konform, nach Selbstbewertung vom {date}. Wir prüfen jede Seite mit automatischen Werkzeugen, nur mit der Tastatur, mit Text in 200 % und auf 320 Pixel breiten Bildschirmen.",
        },
        missing: {
          heading: "Was noch fehlt",
          text: "Ein Versuch mit Personen, die Hilfstechnologien nutzen, und eine Prüfung durch Dritte. Die PDF-Vereinbarungen enthalten die Struktur für Bildschirmleser, aber wir haben sie nicht mit allen erprobt.",
        },
        feedback: {
          heading: "Problem melden",
          text: "Schreiben Sie an {accessibility}: welche Seite und was Sie nicht tun können. Wir antworten innerhalb von 30 Tagen und geben Ihnen den Inhalt inzwischen in anderer Form.",
        },
        enforcement: {
          heading: "Wenn das nicht genügt",
          text: "Kommt keine Antwort oder ist sie nicht zufriedenstellend, können Sie sich an den Ombudsmann für Digitales (Difensore civico per il digitale) bei AgID wenden.",
        },
      },
    },
    privacy: {
      title: "Datenschutzhinweise",
      lead: "Welche Daten wir verarbeiten, wozu und wie lange (Verordnung (EU) 2016/679, Artikel 13 und 14).",
      parts: {
        controller: {
          heading: "Wer sie verarbeitet",
          text: "Verantwortlich ist {company}, {address}. Die oder der Datenschutzbeauftragte antwortet unter {dpo}.",
        },
        data: {
          heading: "Welche Daten",
          text: "Nur die, die nötig sind, um zu wissen, wer für eine Körperschaft handelt.",
          items: [
            "Von SPID: Vorname, Nachname, Steuernummer, Geburtsdatum und E-Mail, wenn der Anbieter sie übermittelt.",
            "Von der Person, die einen Beitritt sendet: Name, Steuernummer und E-Mail des gesetzlichen Vertreters und der Administratoren.",
            "Aus der unterzeichneten Vereinbarung: die Angaben im Signaturzertifikat.",
            "Aus der Nutzung: was Sie getan haben, wann und für welche Körperschaft.",
          ],
        },
        why: {
          heading: "Wozu",
          text: "Um eine Aufgabe im öffentlichen Interesse und die Vereinbarungen mit den Körperschaften zu erfüllen und um den gesetzlichen Pflichten zu SPID und digitaler Signatur nachzukommen (Artikel 6 Absatz 1 Buchstaben b, c, e). Kein Profiling und keine Werbung.",
        },
        time: {
          heading: "Wie lange",
          text: "Jede Angabe hat ihre Frist und wird dann gelöscht.",
          items: [
            "Sitzung: solange sie offen ist; sie schließt sich nach einer Zeit ohne Aktivität und jedenfalls am selben Tag.",
            "Register der SPID-Anmeldungen: 24 Monate, wie die technischen Regeln es verlangen.",
            "Entwürfe von Beitritten: 60 Tage ab der letzten Änderung.",
            "Vereinbarungen und Beitritte: für die Dauer des Verhältnisses und die 10 Jahre der Verjährung.",
            "Register der Handlungen: so lange wie die Vereinbarungen; die Daten der Personen liegen getrennt und verschlüsselt und lassen sich daher löschen.",
          ],
        },
        who: {
          heading: "Wer sie sieht",
          text: "Die Administratoren Ihrer Körperschaft, die Hilfe, wenn Sie sie anfragen, und die Dienstleister, die den Betrieb sichern. Die Daten bleiben in der Europäischen Union.",
        },
        rights: {
          heading: "Ihre Rechte",
          text: "Sie können Auskunft, Berichtigung, Einschränkung oder Löschung Ihrer Daten verlangen und widersprechen: Schreiben Sie an {dpo}. Sie können sich bei der italienischen Datenschutzbehörde (Garante) beschweren.",
        },
      },
    },
    cookies: {
      title: "Cookies",
      lead: "Wir verwenden nur technische Cookies: Das Gesetz verlangt dafür keine Einwilligung. Keine Statistiken Dritter, keine Werbung.",
      parts: {
        list: { heading: "Welche es sind", text: "Drei, alle von uns." },
        refuse: {
          heading: "Wenn Sie sie blockieren",
          text: "Sie können die öffentlichen Seiten lesen, sich aber nicht anmelden. In den Einstellungen des Browsers können Sie sie jederzeit löschen.",
        },
      },
      duration: "Dauer",
      session: {
        purpose: "Merkt sich, dass Sie angemeldet sind.",
        duration: "bis zur Abmeldung oder zum Ende der Sitzung",
      },
      login: {
        purpose: "Verbindet die Antwort des SPID-Anbieters mit diesem Browser.",
        duration: "wenige Minuten, während der Anmeldung",
      },
      language: { purpose: "Merkt sich die gewählte Sprache.", duration: "12 Monate" },
    },
    legal: {
      title: "Rechtliche Hinweise",
      lead: "Wer den Dienst anbietet und zu welchen Bedingungen.",
      parts: {
        owner: { heading: "Wer den Dienst anbietet", text: "{company}, {address}, MwSt.-Nr. {vat}, PEC {pec}." },
        terms: {
          heading: "Nutzungsbedingungen",
          text: "Das Portal ist für alle, die für eine Körperschaft oder für deren Beauftragte arbeiten.",
          items: [
            "Sie melden sich mit der eigenen Identität an und handeln nur für Körperschaften, die Sie beauftragt haben.",
            "Was Sie tun, wird mit Ihrem Namen festgehalten und gilt für die Körperschaft.",
            "Geben Sie Ihren Zugang nicht weiter und umgehen Sie keine Kontrollen.",
            "Einen Zugang, der gegen diese Regeln verwendet wird, können wir aussetzen; wir teilen es Ihnen mit Begründung mit.",
          ],
        },
        content: {
          heading: "Texte und Software",
          text: "Die Software ist offen, unter der Lizenz EUPL 1.2. Texte dürfen mit Angabe der Quelle weiterverwendet werden; Namen und Logos gehören ihren Inhabern.",
        },
        liability: {
          heading: "Daten der Körperschaften",
          text: "Die Daten der Körperschaften kommen aus IndicePA. Ist etwas falsch, wird es dort berichtigt: Hier aktualisiert es sich von selbst.",
        },
      },
    },
    help: {
      title: "Hilfe",
      lead: "An Werktagen antwortet eine Person. Sehen Sie zuerst hier nach: Die häufigsten Fragen sind schon beantwortet.",
      parts: {
        write: {
          heading: "Schreiben Sie uns",
          text: "{support}. Nennen Sie die Körperschaft und, falls vorhanden, den Code für die Hilfe auf der Seite: Er genügt, um den Fall zu finden. Senden Sie keine Passwörter, Einmalcodes oder per PEC erhaltene Links.",
        },
        login: {
          heading: "Ich kann mich nicht anmelden",
          text: "Liegt es an den Zugangsdaten, kann nur Ihr SPID-Anbieter helfen. Meldet die Seite einen technischen Fehler, versuchen Sie einen anderen Anbieter und senden Sie uns den Code.",
        },
        link: {
          heading: "Ich finde den Link zum Unterzeichnen nicht",
          text: "Er geht an die in IndicePA eingetragene PEC-Adresse der Körperschaft, meist an das Protokollamt. Ist er abgelaufen, kann die Person, die den Beitritt gesendet hat, ihn noch einmal senden.",
        },
        access: {
          heading: "Meine Körperschaft ist schon da, aber ich sehe sie nicht",
          text: "Bitten Sie einen Administrator der Körperschaft, Sie hinzuzufügen: Nur er kann das tun.",
        },
        report: {
          heading: "Problem auf einer Seite melden",
          text: "Schreiben Sie an {support}: welche Seite, was Sie erwartet haben und was geschehen ist.",
        },
      },
    },
    security: {
      title: "Sicherheit",
      lead: "Haben Sie eine Schwachstelle gefunden? Sagen Sie es zuerst uns: Wir hören zu.",
      parts: {
        report: {
          heading: "So melden Sie sie",
          text: "Schreiben Sie die Schritte zum Nachstellen an {security}. Wir antworten innerhalb von 3 Arbeitstagen und sagen Ihnen, wann sie geschlossen ist.",
        },
        rules: {
          heading: "Worum wir Sie bitten",
          text: "Damit niemand zu Schaden kommt.",
          items: [
            "Verwenden Sie eigene Daten oder Testdaten: Lesen, ändern oder löschen Sie keine fremden.",
            "Blockieren Sie den Dienst nicht und täuschen Sie keine Personen.",
            "Warten Sie die Behebung ab, oder 90 Tage, bevor Sie etwas veröffentlichen.",
          ],
        },
        promise: {
          heading: "Was wir versprechen",
          text: "Wenn Sie diese Regeln einhalten, gehen wir nicht rechtlich gegen Sie vor. Auf Wunsch danken wir Ihnen namentlich. Es gibt keine Geldprämien.",
        },
        how: {
          heading: "Wie wir die Daten schützen",
          text: "Anmeldung mit SPID der Stufe 2, verschlüsselte personenbezogene Daten, jede Handlung in einem Register, das sich nicht umschreiben lässt. Die Seiten laden nichts von anderen Websites.",
        },
      },
    },
    status: {
      title: "Zustand der Dienste",
      lead: "Wie es den Diensten, die das Portal braucht, im Moment geht.",
      checked: "Geprüft um {time} am {date}. Laden Sie die Seite neu, um den jetzigen Stand zu sehen.",
      unknown: "Keine Daten: Die Prüfung hat noch nicht begonnen. Laden Sie die Seite in einer Minute neu.",
      list: "Dienste",
      since: "seit {date}, {time}",
      up: "Funktioniert",
      slow: "Langsam",
      down: "Funktioniert nicht",
      allUp: "Alle Dienste funktionieren",
      someSlow: "Einige Dienste sind langsam",
      someDown: "Nicht alles funktioniert",
      services: {
        portal: "Portal",
        database: "Datenbank",
        login: "Anmeldung mit SPID",
        registry: "IndicePA",
        mail: "Versand von E-Mail und PEC",
        documents: "Vereinbarungen und Dokumente",
      },
      machine: "Für Programme: {link}, in JSON.",
    },
  },
};

export default de;
