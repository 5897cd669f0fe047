import type { FieldRule, ProblemCode } from "@area/api";
import { day } from "../languages.ts";
import { delegationProblems } from "./delegations/it.ts";
import { nodeProblems } from "./node/it.ts";

/** Facts of a refusal, as they come. */
export type Facts = Record<string, unknown>;
const names = (facts: Facts) =>
  Array.isArray(facts["grantors"]) && facts["grantors"].length ? (facts["grantors"] as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** Every refusal: what is wrong, what is right, the next step. The key type of the other languages. */
export const problemsIt = {
  ...delegationProblems,
  ...nodeProblems,
  "input-invalid": {
    title: "Alcuni dati non vanno bene",
    detail: () => "Sono segnati uno per uno: correggili e invia di nuovo. Niente è stato scritto.",
  },
  "not-found": { title: "Questa pagina non c’è", detail: () => "L’indirizzo è sbagliato o la risorsa non esiste più." },
  "method-not-allowed": {
    title: "Azione non prevista qui",
    detail: () => "Questo indirizzo accetta altre azioni: sono nel documento OpenAPI.",
  },
  "media-type-unsupported": {
    title: "Formato non accettato",
    detail: () => "Manda JSON, o un file come indicato nella documentazione.",
  },
  "body-too-large": {
    title: "Richiesta troppo grande",
    detail: () => "Supera il limite di questo indirizzo. Niente è stato scritto.",
  },
  "too-many-requests": {
    title: "Troppe richieste",
    detail: (f: Facts) => `Riprova tra ${text(f["seconds"]) || "60"} secondi.`,
  },
  "internal-error": {
    title: "È un problema nostro",
    detail: () =>
      "Non abbiamo completato la richiesta e niente è stato scritto. Riprova; se si ripete, dai all’Assistenza il codice qui accanto.",
  },
  "temporarily-unavailable": {
    title: "Il servizio non risponde",
    detail: () => "È un problema nostro e passa da solo. Riprova tra un minuto.",
  },
  "session-missing": {
    title: "Serve entrare",
    detail: (f: Facts) =>
      f["staff"] ? "Entra dalla porta del personale e torni qui." : "Entra con SPID o CIE e torni qui.",
  },
  "session-expired": {
    title: "La sessione è finita",
    detail: () =>
      "Per sicurezza si chiude dopo un periodo senza attività. Entra di nuovo: ciò che era salvato c’è ancora.",
  },
  "request-forged": {
    title: "Richiesta non riconosciuta",
    detail: () => "Non arriva da una pagina del portale. Torna alla pagina e ripeti l’azione da lì.",
  },
  "permission-missing": {
    title: "Ti manca un permesso",
    detail: (f: Facts) =>
      f["staff"]
        ? `Serve il permesso «${text(f["permission"])}», che i tuoi profili non comprendono.`
        : names(f)
          ? `Ti manca il permesso «${text(f["permission"])}». Può dartelo ${names(f)}.`
          : `Serve il permesso «${text(f["permission"])}» su questo ente, e non ce l’hai.`,
  },
  "idempotency-key-reused": {
    title: "Chiave di ripetizione già usata",
    detail: () => "La stessa Idempotency-Key è arrivata con dati diversi. Usane una nuova.",
  },
  "idempotency-key-running": {
    title: "La stessa richiesta è in corso",
    detail: () => "La prima non ha ancora finito. Aspetta la sua risposta.",
  },
  "version-missing": {
    title: "Manca la versione letta",
    detail: () => "Indica in If-Match la versione che hai letto.",
  },
  "version-stale": {
    title: "Qualcuno ha salvato prima di te",
    detail: () => "I dati sono cambiati da quando li hai letti. Ricarica, controlla e salva di nuovo.",
  },
  "login-provider-unknown": {
    title: "Gestore di identità sconosciuto",
    detail: () => "Non è nell’elenco dei gestori riconosciuti. Scegline un altro.",
  },
  "login-response-malformed": {
    title: "Accesso non riuscito",
    detail: () => "La risposta del gestore di identità non si legge. Riprova, o scegli un altro gestore.",
  },
  "login-response-untrusted": {
    title: "Accesso non riuscito",
    detail: () => "La risposta del gestore di identità non è verificabile. Riprova, o scegli un altro gestore.",
  },
  "login-response-not-for-us": {
    title: "Accesso non riuscito",
    detail: () => "La risposta del gestore di identità era per un altro servizio. Riprova da qui.",
  },
  "login-response-out-of-time": {
    title: "Accesso scaduto",
    detail: () => "È passato troppo tempo tra la richiesta e la risposta. Ricomincia l’accesso.",
  },
  "login-response-unexpected": {
    title: "Accesso non riuscito",
    detail: () => "Questa risposta non corrisponde a un accesso in corso. Ricomincia da qui.",
  },
  "login-response-replayed": {
    title: "Accesso già usato",
    detail: () => "Questa risposta è già servita una volta e non vale più. Ricomincia l’accesso.",
  },
  "login-other-browser": {
    title: "Accesso iniziato altrove",
    detail: () => "L’accesso è cominciato in un’altra finestra o in un altro dispositivo. Ricomincia da qui.",
  },
  "login-level-insufficient": {
    title: "Serve un accesso di livello 2",
    detail: () => "Le credenziali usate sono di livello più basso. Rientra con il livello 2.",
  },
  "login-fiscal-code-missing": {
    title: "Manca il codice fiscale",
    detail: () => "L’identità usata non porta un codice fiscale italiano, e il portale riconosce le persone da quello.",
  },
  "login-identity-mismatch": {
    title: "I dati dell’identità non coincidono",
    detail: () => "La data di nascita non è quella del codice fiscale. Contatta il tuo gestore di identità.",
  },
  "login-provider-error": {
    title: "Il gestore di identità non ti ha fatto entrare",
    detail: () => "Riprova, o scegli un altro gestore.",
  },
  "login-provider-unavailable": {
    title: "Il gestore di identità non risponde",
    detail: () =>
      "In questo momento non possiamo verificarlo o raggiungerlo. Riprova tra qualche minuto, o entra in un altro modo.",
  },
  "inbox-item-unknown": {
    title: "Questa riga non c’è più",
    detail: () => "Forse l’hai già tolta, o non era tua. Ricarica «Da fare».",
  },
  "topic-always-mailed": {
    title: "Ciò che riguarda la sicurezza arriva sempre",
    detail: () => "Le altre e-mail le puoi scegliere; queste no, perché proteggono gli accessi degli enti.",
  },
  "step-up-needed": {
    title: "Conferma che sei tu",
    detail: () =>
      "Per questa azione serve un accesso fatto negli ultimi dieci minuti. Conferma con la tua identità e torni qui: ciò che hai scritto resta.",
  },
  "step-up-session-over": {
    title: "La sessione è finita mentre confermavi",
    detail: () => "Entra di nuovo, poi ripeti l’azione.",
  },
  "step-up-other-person": {
    title: "Ha confermato un’altra persona",
    detail: () =>
      "La sessione resta di chi l’ha aperta, e niente è stato fatto. Conferma con la tua identità, oppure esci ed entra con l’altra.",
  },
  "step-up-not-fresh": {
    title: "Il gestore non ti ha chiesto di autenticarti di nuovo",
    detail: () => "Ha risposto con un accesso di prima, che qui non basta. Riprova.",
  },
  "login-person-blocked": {
    title: "Il tuo accesso è sospeso",
    detail: () => "L’ha sospeso chi cura la sicurezza del portale. Scrivi all’Assistenza con il codice qui sotto.",
  },
  "session-unknown": {
    title: "Questa sessione non c’è più",
    detail: () => "È già finita, o non è tua. Aggiorna l’elenco.",
  },
  "contact-changes-too-many": {
    title: "Troppi codici chiesti",
    detail: () => "In un’ora ne puoi chiedere cinque. Riprova più tardi: fino ad allora vale l’indirizzo di prima.",
  },
  "contact-code-wrong": {
    title: "Il codice non è questo",
    detail: (f: Facts) => `Guarda il messaggio più recente. Tentativi rimasti: ${text(f["attemptsLeft"])}.`,
  },
  "contact-code-over": {
    title: "Il codice non vale più",
    detail: () => "È scaduto, è già stato usato o i tentativi sono finiti. Chiedine un altro.",
  },
  "staff-door-closed": {
    title: "La porta del personale è chiusa",
    detail: () => "Il gestore di identità del personale non è ancora collegato a questo portale.",
  },
  "staff-login-refused": {
    title: "Accesso non riuscito",
    detail: () =>
      "Il gestore di identità non ha dato una risposta che possiamo accettare, oppure è passato troppo tempo. Ricomincia da qui.",
  },
  "staff-without-profile": {
    title: "Nessun profilo su questo portale",
    detail: () => "Ti abbiamo riconosciuto, ma nessuno dei tuoi gruppi apre il portale.",
  },
  "staff-provider-unavailable": {
    title: "Il gestore di identità non risponde",
    detail: () => "Senza, non possiamo riconoscerti. Riprova tra qualche minuto.",
  },
  "registry-body-unknown": {
    title: "Ente non trovato in IndicePA",
    detail: (f: Facts) => `Nessun ente ha il codice IPA «${text(f["ipaCode"])}». Cercalo per nome o codice fiscale.`,
  },
  "registry-body-ended": {
    title: "Ente cessato",
    detail: () => "In IndicePA l’ente risulta cessato e non può aderire. Se è un errore, va corretto in IndicePA.",
  },
  "registry-file-malformed": {
    title: "File di IndicePA non valido",
    detail: (f: Facts) => `Riga ${text(f["line"])}: ${text(f["reason"])}. Niente è stato caricato.`,
  },
  "product-unknown": { title: "Prodotto sconosciuto", detail: () => "Questo prodotto non esiste o non è pubblicato." },
  "product-faulty": {
    title: "La modifica non si può pubblicare",
    detail: () => "Ci sono errori nella configurazione: sono elencati nella prova.",
  },
  "product-moved-on": {
    title: "Il prodotto è cambiato nel frattempo",
    detail: () => "È stata pubblicata un’altra versione: riparti da quella.",
  },
  "product-proposal-open": {
    title: "Una modifica aspetta già",
    detail: () => "Prima si pubblica o si rimanda quella.",
  },
  "product-proposal-missing": {
    title: "La proposta non c’è più",
    detail: () => "È stata pubblicata, ritirata o rimandata: rileggi il prodotto.",
  },
  "institution-unknown": { title: "Ente non trovato", detail: () => "Questo ente non c’è, o non lavori per lui." },
  "draft-unknown": {
    title: "Bozza non trovata",
    detail: () => "Non esiste più, o non è tua. Le tue bozze sono nella scelta dell’ente.",
  },
  "draft-expired": {
    title: "Bozza scaduta",
    detail: () => "Le bozze si conservano 60 giorni. Aprine una nuova: i dati del registro ci sono già.",
  },
  "hand-over-link-invalid": {
    title: "Questo link non vale",
    detail: () =>
      "È incompleto, è stato alterato o l’ha già usato un’altra persona. Chiedi al collega di passarti la bozza di nuovo.",
  },
  "onboarding-unknown": { title: "Adesione non trovata", detail: () => "Non esiste, o non l’hai inviata tu." },
  "institution-kind-not-admitted": {
    title: "Tipo di ente non ammesso",
    detail: () => "Questo prodotto non è per questo tipo di ente.",
  },
  "registry-entry-unknown": {
    title: "Non è nell’elenco",
    detail: (f: Facts) => `Nell’elenco non c’è il codice ${text(f["code"])}. Torna alla ricerca e scegli di nuovo.`,
  },
  "institution-not-admitted": {
    title: "Questo ente non può aderire",
    detail: (f: Facts) =>
      (
        ({
          category: "La sua categoria in IndicePA non è fra quelle del prodotto.",
          units: "A questo prodotto aderisce l’ente intero, non una sua AOO o UO.",
          "private-beta": "Il prodotto è in prova: per ora aderiscono solo gli enti invitati.",
          activity: "Le attività nel registro delle imprese non sono fra quelle ammesse.",
          closed: "Il prodotto non accetta nuove adesioni.",
        }) as Record<string, string>
      )[text(f["because"])] ?? "Il prodotto non lo ammette.",
  },
  "parent-product-missing": {
    title: "Serve prima un altro prodotto",
    detail: (f: Facts) => `Questo prodotto si aggiunge a ${text(f["parent"])}: aderisci prima a quello, poi torna qui.`,
  },
  "recipient-code-not-of-institution": {
    title: "Il codice SDI non è di questo ente",
    detail: (f: Facts) =>
      `In IndicePA ${text(f["recipientCode"])} non è il codice di un suo ufficio. Copialo dalla scheda dell’ente, alla voce Fatturazione elettronica.`,
  },
  "recipient-code-without-invoicing": {
    title: "L’ufficio non riceve fatture",
    detail: (f: Facts) =>
      `In IndicePA l’ufficio ${text(f["recipientCode"])} non ha il servizio di fatturazione. Scegline uno che lo ha.`,
  },
  "institution-data-differ": {
    title: "Il registro è cambiato",
    detail: (f: Facts) =>
      `Da quando hai cercato l’ente, IndicePA è cambiato: ora la PEC è ${text(f["pec"])}. Controlla e invia di nuovo.`,
  },
  "already-active": {
    title: "L’ente ha già aderito",
    detail: () => "Il prodotto è già attivo per questo ente. Per lavorarci, chiedi accesso a un suo amministratore.",
  },
  "already-awaiting-signature": {
    title: "Hai già inviato questa adesione",
    detail: () => "Aspetta la firma: l’accordo è alla PEC dell’ente. La trovi nella scelta dell’ente.",
  },
  "manager-among-administrators": {
    title: "Il legale rappresentante non può essere amministratore",
    detail: () => "Per questo prodotto servono persone diverse: indica un’altra persona come amministratore.",
  },
  "administrator-repeated": {
    title: "Lo stesso amministratore due volte",
    detail: () => "Ogni amministratore va indicato una volta sola.",
  },
  "product-has-children": {
    title: "Altri prodotti si aggiungono a questo",
    detail: (f: Facts) => `Prima si lasciano questi: ${text(f["children"])}. Niente è cambiato.`,
  },
  "aggregates-not-allowed": {
    title: "Per questo prodotto ogni ente aderisce da sé",
    detail: () => "Non si può aderire per altri con un file.",
  },
  "aggregate-file-unknown": {
    title: "Questo file non c’è",
    detail: () => "Forse non è mai stato richiesto, e dopo 30 giorni non si conserva. Caricalo di nuovo.",
  },
  "aggregate-file-malformed": {
    title: "Il file non si legge",
    detail: (f: Facts) => `Riga ${text(f["line"])}: ${text(f["reason"])}. Niente è stato scritto.`,
  },
  "aggregate-file-too-long": {
    title: "Il file è troppo lungo",
    detail: (f: Facts) => `Fino a ${text(f["maximum"])} righe: dividilo in più file.`,
  },
  "aggregate-file-used": {
    title: "Per questo file l’adesione è già partita",
    detail: () => "Per altri enti carica un altro file.",
  },
  "aggregate-file-empty": {
    title: "Nessuna riga è in ordine",
    detail: () => "Correggi le righe segnate e carica di nuovo il file.",
  },
  "onboarding-not-to-sign": {
    title: "Ora non c’è nulla da firmare",
    detail: () => "L’accordo non aspetta una firma: guarda a che punto è l’adesione.",
  },
  "onboarding-resent-already": {
    title: "È appena partita",
    detail: () => "Aspetta un’ora prima di rimandarla; intanto controlla la posta indesiderata della PEC.",
  },
  "onboarding-extended-already": {
    title: "Il tempo è già stato allungato",
    detail: () => "Si allunga una volta sola. Se scade, si invia una nuova adesione: i dati si ritrovano.",
  },
  "onboarding-not-reviewed": {
    title: "Questa adesione non passa da un controllo",
    detail: () => "Nessuno la guarda prima: l’accordo parte subito.",
  },
  "onboarding-not-to-correct": {
    title: "Non c’è nulla da correggere",
    detail: () => "Si corregge quando chi la controlla lo chiede; intanto puoi scrivere un messaggio.",
  },
  "onboarding-of-another-institution": {
    title: "È un altro ente",
    detail: () => "La correzione riguarda l’ente già inviato. Per un altro ente invia una nuova adesione.",
  },
  "review-decided-already": {
    title: "È già stata decisa",
    detail: (f: Facts) =>
      f["by"]
        ? `${text(f["by"])} ${f["outcome"] === "approved" ? "l’ha approvata" : f["outcome"] === "rejected" ? "l’ha rifiutata" : "ha chiesto di correggerla"}${f["at"] ? ` il ${day("it", text(f["at"]))}` : ""}. La tua decisione non è stata scritta.`
        : "Nel frattempo è stata decisa o ritirata. La tua decisione non è stata scritta.",
  },
  "review-taken": {
    title: "Se ne occupa un collega",
    detail: (f: Facts) =>
      `È in mano a ${text(f["by"]) || "un collega"}: prendila in carico tu, oppure lascia fare. Niente è stato scritto.`,
  },
  "review-data-changed": {
    title: "I dati sono cambiati nel frattempo",
    detail: () => "La richiesta è stata corretta dopo che l’hai aperta: rileggila, poi decidi. Niente è stato scritto.",
  },
  "review-over": { title: "Il controllo è finito", detail: () => "Su questa richiesta non si scrive più." },
  "review-proposal-open": {
    title: "Una decisione aspetta già la seconda persona",
    detail: () => "Un collega ha già proposto che cosa fare: confermala o rimandala.",
  },
  "review-proposal-missing": {
    title: "Non c’è più niente da confermare",
    detail: () => "La proposta è stata ritirata o già confermata. Rileggi la richiesta.",
  },
  "onboarding-not-cancellable": { title: "Non si può più annullare", detail: () => "L’adesione è già conclusa." },
  "second-person-needed": {
    title: "Serve una seconda persona",
    detail: () =>
      "L’ente chiede due persone per questa modifica: proponila, e un collega che può farla la approva. Niente è cambiato.",
  },
  "second-person-missing": {
    title: "Manca chi possa approvare",
    detail: () =>
      "Per chiedere due persone servono almeno due colleghi con i permessi di cambiare gli IBAN e di approvare. Dai prima i permessi a un’altra persona.",
  },
  "proposal-unknown": { title: "Proposta non trovata", detail: () => "Non esiste, o è di un altro ente." },
  "proposal-closed": {
    title: "Proposta già chiusa",
    detail: () =>
      "Qualcuno l’ha già decisa o ritirata, o sono passati i suoi giorni. Ricarica la pagina per vedere com’è finita.",
  },
  "proposal-own": { title: "È la tua proposta", detail: () => "La decide un’altra persona. Tu puoi ritirarla." },
  "proposal-of-another": {
    title: "È la proposta di un’altra persona",
    detail: () => "La ritira solo chi l’ha fatta; tu puoi rifiutarla.",
  },
  "proposal-outdated": {
    title: "Nel frattempo è cambiato qualcosa",
    detail: () =>
      "La modifica proposta ora non si può più fare così. Chi l’ha proposta può ritirarla e rifarla. Niente è cambiato.",
  },
  "proposal-not-possible": {
    title: "Questa azione non si propone",
    detail: () => "Si fa direttamente, con il permesso che chiede.",
  },
  "product-not-active": {
    title: "Prodotto non attivo",
    detail: () => "L’ente deve prima aderire al prodotto. L’adesione si comincia da Panoramica.",
  },
  "iban-unknown": {
    title: "IBAN non trovato",
    detail: () => "Non esiste in questo ambiente, è già ritirato, o è di un altro ente.",
  },
  "iban-already-registered": {
    title: "L’IBAN c’è già",
    detail: () => "È fra gli IBAN in uso dell’ente in questo ambiente: aprilo per cambiarlo.",
  },
  "iban-of-another-institution": {
    title: "Conto postale di un altro ente",
    detail: () =>
      "Un conto BancoPosta può essere di un solo ente. Controlla le cifre; se il conto è vostro, scrivi all’Assistenza.",
  },
  "iban-dates": {
    title: "Le date non vanno",
    detail: (f: Facts) =>
      f.why === "begins-too-early"
        ? `Può valere dal ${day("it", text(f.earliest))} in poi: scegli quel giorno o uno dopo.`
        : f.why === "already-begun"
          ? "L’IBAN vale già: l’inizio non si cambia più."
          : f.why === "already-over"
            ? "La fine è già passata: scegli un giorno da oggi in poi."
            : f.why === "retires-too-early"
              ? `Il primo giorno possibile per il ritiro è il ${day("it", text(f.earliest))}.`
              : "La fine deve venire dopo l’inizio.",
  },
  "iban-retiring": {
    title: "Il ritiro è già programmato",
    detail: () => "Annullalo prima, se vuoi scegliere un altro giorno.",
  },
  "iban-not-retiring": {
    title: "Nessun ritiro da annullare",
    detail: () => "L’IBAN è già in uso, senza un giorno di ritiro.",
  },
  "iban-last": {
    title: "È l’unico IBAN dell’ente",
    detail: () => "Senza un conto l’ente non può ricevere pagamenti: aggiungine prima un altro.",
  },
  "iban-not-owner": {
    title: "La scadenza la decide un altro ente",
    detail: () =>
      "L’IBAN è anche di un altro ente, che l’ha dichiarato suo per primo: solo lui ne sceglie la fine. Tu puoi programmarne il ritiro dal tuo elenco.",
  },
  "iban-file-malformed": {
    title: "Il file non si legge",
    detail: (f: Facts) =>
      `${f.file ? `${text(f.file)}: ` : f.line ? `Riga ${text(f.line)}: ` : ""}${text(f.reason)}. Correggilo e ricaricalo: niente è cambiato.`,
  },
  "iban-file-too-long": {
    title: "Il file ha troppe righe",
    detail: (f: Facts) => `Ne può avere ${text(f.maximum)}: dividilo in più file.`,
  },
  "iban-file-of-another": {
    title: "Il file è di un altro ente",
    detail: (f: Facts) => `Dentro c’è scritto ${text(f.taxCode)}. Scegli il file di questo ente.`,
  },
  "iban-zip-refused": {
    title: "Lo ZIP non va",
    detail: (f: Facts) =>
      `${f.file ? `${text(f.file)}: ` : ""}${({ "not-a-zip": "non è uno ZIP intero", "too-many-files": "contiene più di 10 file", "too-large": "aperto supera 10 MB", encrypted: "è protetto da password", folder: "contiene cartelle", "repeated-name": "due file hanno lo stesso nome", empty: "è vuoto" } as Record<string, string>)[text(f.why)] ?? "è danneggiato"}.`,
  },
  "node-file-malformed": {
    title: "Il file non si legge",
    detail: (f: Facts) => `${f.file ? `${text(f.file)}: ` : f.line ? `Riga ${text(f.line)}: ` : ""}${text(f.reason)}.`,
  },
  "node-file-too-long": {
    title: "Il file ha troppe righe",
    detail: (f: Facts) => `Ne può avere ${text(f.maximum)}: dividilo.`,
  },
  "iban-import-unknown": {
    title: "File non trovato",
    detail: () => "Non è di questo ente e ambiente, o è passato un mese senza che fosse applicato. Ricaricalo.",
  },
  "iban-import-partial": {
    title: "Alcune righe sono rifiutate",
    detail: (f: Facts) =>
      `Sono ${text(f.refused)}. Correggi il file e ricaricalo, oppure scegli di applicare solo le righe in ordine.`,
  },
  "iban-import-empty": {
    title: "Niente da applicare",
    detail: () => "Nessuna riga cambierebbe qualcosa.",
  },
  "iban-import-outdated": {
    title: "Nel frattempo è cambiato qualcosa",
    detail: (f: Facts) =>
      `${f.line ? `La riga ${text(f.line)} (${text(f.iban)}) ora non va più. ` : ""}Ricarica il file per ricontrollarlo: niente è cambiato.`,
  },
  "evidence-needed": {
    title: "Manca la prova di chi è il conto",
    detail: () => "Il conto è di un altro: carica il PDF che lo permette, per esempio la convenzione di tesoreria.",
  },
  "evidence-unknown": {
    title: "Il file non si trova",
    detail: () => "Non è stato caricato per questo ente e ambiente, o prova già un altro IBAN. Caricalo di nuovo.",
  },
  "evidence-not-a-pdf": {
    title: "Serve un PDF",
    detail: () => "Il file non è un PDF, neppure dentro una firma. Scegline un altro.",
  },
  "iban-labelled": {
    title: "L’IBAN porta un’etichetta",
    detail: () => "Sposta prima le etichette su un altro IBAN: senza, quei pagamenti resterebbero senza conto.",
  },
  "not-a-member": {
    title: "Non lavori per questo ente",
    detail: () => "Serve un accesso a questo ente. Chiedilo dalla pagina «Per chi lavori oggi?».",
  },
  "person-unknown": {
    title: "Persona non trovata",
    detail: () => "Non lavora per questo ente, o non più. Per farla entrare, invitala.",
  },
  "membership-unknown": {
    title: "Accesso non trovato",
    detail: () => "È già stato tolto, o è di un altro ente. Ricarica la pagina.",
  },
  "profile-unknown": {
    title: "Profilo non trovato",
    detail: () => "È stato eliminato, è di un altro prodotto o di un altro ente. Scegline uno dall’elenco.",
  },
  "group-unknown": { title: "Gruppo non trovato", detail: () => "È stato eliminato, o è di un altro ente." },
  "grant-exceeds-own": {
    title: "Non puoi dare o togliere più di quanto hai",
    detail: () =>
      "Serve avere tutti i permessi di quel profilo su quel prodotto. Può farlo un amministratore del prodotto.",
  },
  "last-administrator": {
    title: "È l’ultimo amministratore",
    detail: () => "L’ente resterebbe senza, ora o da un giorno già scritto. Prima nomina chi ne prende il posto.",
  },
  "membership-repeated": {
    title: "Ce l’ha già",
    detail: () => "La persona ha già questo profilo, per la stessa via. Se serve, cambia le date di quello che c’è.",
  },
  "membership-from-group": {
    title: "Viene da un gruppo",
    detail: () => "Le date di chi è in un gruppo non si cambiano: togli la persona dal gruppo, o cambia il gruppo.",
  },
  "profiles-not-combinable": {
    title: "Su questo prodotto si ha un solo profilo",
    detail: () => "Togli prima quello che la persona ha, poi dai il nuovo.",
  },
  "nothing-to-change": {
    title: "È già così",
    detail: () => "Qualcuno è arrivato prima, o la pagina non era aggiornata. Niente è cambiato.",
  },
  "product-without-settings": {
    title: "Qui non c’è niente da impostare",
    detail: () => "Questo prodotto non si imposta dall’Area Riservata.",
  },
  "product-without-back-office": {
    title: "Da qui non si entra",
    detail: () => "Questo prodotto non ha un back office in questo ambiente.",
  },
  "settings-nothing-saved": {
    title: "Non c’è niente da attivare",
    detail: () => "Prima salva le impostazioni, poi attivale.",
  },
  "settings-incomplete": {
    title: "Manca ancora qualcosa",
    detail: (f) =>
      `Da completare: ${Array.isArray(f["steps"]) ? f["steps"].join(", ") : ""}. Ciò che hai scritto è salvato.`,
  },
  "settings-awaiting-review": {
    title: "Una modifica aspetta già il personale",
    detail: () => "Si attiva la prossima quando quella è decisa. Se non serve più, ritirala.",
  },
  "settings-not-waiting": {
    title: "Questa modifica non aspetta più",
    detail: () => "Nel frattempo qualcuno l’ha decisa o ritirata: ricarica la pagina.",
  },
  "settings-change-unknown": {
    title: "Questa modifica non c’è",
    detail: () => "L’indirizzo è sbagliato, o la modifica non è di questo prodotto.",
  },
  "dates-out-of-order": {
    title: "Le date non tornano",
    detail: () => "La fine deve venire dopo l’inizio, e non essere già passata.",
  },
  "profile-exceeds-maker": {
    title: "Un profilo non contiene ciò che chi lo fa non ha",
    detail: () => "Togli i permessi segnati, o fallo fare a chi li ha con un profilo di serie su quel prodotto.",
  },
  "profile-name-taken": {
    title: "C’è già un profilo con questo nome",
    detail: () => "Su questo prodotto i nomi sono diversi fra loro. Scegline un altro.",
  },
  "profile-of-group": {
    title: "Un gruppo ha questo profilo",
    detail: () => "Dai prima al gruppo un altro profilo, o elimina il gruppo.",
  },
  "permission-of-another-product": {
    title: "Un permesso è di un altro prodotto",
    detail: () => "Un profilo riguarda un prodotto solo. Per l’altro prodotto fanne un secondo.",
  },
  "group-resource-unknown": {
    title: "C’è qualcosa che non esiste",
    detail: (f) =>
      `«${String(f["resource"] ?? "")}» non è tra le stazioni dell’ente su questo prodotto. Controlla il codice, o lascia vuoto.`,
  },
  "group-name-taken": {
    title: "C’è già un gruppo con questo nome",
    detail: () => "Su questo prodotto i nomi sono diversi fra loro. Scegline un altro.",
  },
  "group-suspended": { title: "Il gruppo è sospeso", detail: () => "Riattivalo prima di cambiarlo." },
  "group-of-administrators": {
    title: "Un amministratore è una persona, non un gruppo",
    detail: () => "Di chi amministra si sa sempre il nome. Dai il profilo alla persona.",
  },
  "already-here": {
    title: "Lavora già per l’ente",
    detail: () => "Non serve un invito: dai un altro profilo dalla pagina della persona, in Utenti.",
  },
  "invitation-unknown": { title: "Invito non trovato", detail: () => "Non c’è, o è di un altro ente." },
  "invitation-pending": {
    title: "C’è già un invito che aspetta",
    detail: () => "La stessa persona è già stata invitata. Puoi mandarle di nuovo l’invito, o ritirarlo.",
  },
  "invitation-used": {
    title: "Invito già accettato",
    detail: () => "Vale una volta sola. Se l’hai accettato tu, trovi l’ente fra i tuoi.",
  },
  "invitation-revoked": {
    title: "Invito ritirato",
    detail: () => "Chi ti aveva invitato l’ha ritirato. Se ti serve l’accesso, chiedilo all’ente.",
  },
  "invitation-lapsed": {
    title: "L’invito non vale più",
    detail: () =>
      "Chi ti ha invitato non può più dare ciò che offriva, o le date sono passate. Chiedi all’ente un nuovo invito.",
  },
  "invitation-for-somebody-else": {
    title: "Questo invito è per un’altra persona",
    detail: () =>
      "Vale solo per chi entra con il codice fiscale a cui è stato mandato. L’ente vede che qualcun altro l’ha aperto.",
  },
  "institution-not-joined": {
    title: "L’ente non ha ancora aderito",
    detail: () => "Non c’è nessuno a cui chiedere l’accesso. Puoi cominciare tu l’adesione.",
  },
  "access-request-unknown": { title: "Richiesta non trovata", detail: () => "Non c’è, o è di un altro ente." },
  "access-request-pending": {
    title: "L’hai già chiesto",
    detail: () => "La tua richiesta aspetta una risposta: la trovi fra le tue. Puoi ritirarla e chiedere altro.",
  },
  "too-many-access-requests": {
    title: "Hai già chiesto abbastanza, per oggi",
    detail: (f) =>
      `Se ne possono mandare ${String(f["most"] ?? "poche")} in un giorno. Aspetta le risposte, o ritira ciò che non serve più.`,
  },
  "access-request-answered": {
    title: "C’è già una risposta",
    detail: () => "Qualcuno ha risposto prima, o chi chiedeva ha ritirato la richiesta.",
  },
  "permission-already-held": {
    title: "Questo permesso ce l’hai già",
    detail: () => "Ricarica la pagina: puoi procedere.",
  },
  "assistance-too-many": {
    title: "Troppe richieste",
    detail: () => "Puoi mandarne dieci in un’ora. Quelle già mandate ci sono arrivate.",
  },
  "assistance-unknown": {
    title: "Richiesta non trovata",
    detail: () => "Controlla l’elenco: forse è di un altro ambiente.",
  },
  "assistance-answered": {
    title: "Ha già una risposta",
    detail: () => "Un collega ha risposto prima. Ricarica la pagina per leggerla.",
  },
  "representative-unchanged": {
    title: "È già questa persona",
    detail: () => "Il legale rappresentante che conosciamo ha già questo codice fiscale.",
  },
  "representative-missing": {
    title: "Non sappiamo chi firma",
    detail: () => "Dichiara prima il legale rappresentante, dalla pagina dell’ente.",
  },
  "nomination-needed": {
    title: "Serve una nomina firmata",
    detail: () =>
      "Per questo prodotto un amministratore si nomina con un documento firmato dal legale rappresentante: aprilo da «Nomine».",
  },
  "nomination-not-needed": {
    title: "Non serve un documento",
    detail: () => "Su questo prodotto un amministratore lo dai tu, dalla pagina della persona o con un invito.",
  },
  "nomination-pending": {
    title: "Una nomina è già in attesa",
    detail: () => "Per questa persona c’è già un documento da firmare. Usa quello, o ritiralo.",
  },
  "nomination-unknown": {
    title: "Nomina non trovata",
    detail: () => "Controlla l’indirizzo, o torna all’elenco delle nomine.",
  },
  "nomination-closed": {
    title: "La nomina è già conclusa",
    detail: () => "È stata firmata o ritirata. Ricarica la pagina.",
  },
  "nomination-outdated": {
    title: "È cambiato il legale rappresentante",
    detail: () => "Il documento nomina chi c’era prima. Ritiralo e scrivine uno nuovo.",
  },
  "review-unknown": {
    title: "Riesame non trovato",
    detail: () => "Controlla l’indirizzo, o torna all’elenco dei riesami.",
  },
  "review-open": {
    title: "Un riesame è già aperto",
    detail: () => "Rispondi a quello: quando è chiuso se ne può aprire un altro.",
  },
  "review-closed": {
    title: "Il riesame è chiuso",
    detail: () => "Il tempo per rispondere è finito, oppure tutte le righe hanno già una risposta.",
  },
  "review-line-unknown": {
    title: "Riga non trovata",
    detail: () => "Non fa parte di questo riesame. Ricarica la pagina.",
  },
  "review-line-answered": {
    title: "Ha già una risposta",
    detail: () => "Qualcuno ha risposto, o l’accesso è finito, nel frattempo. Ricarica la pagina.",
  },
  "review-own-line": {
    title: "Il tuo accesso lo conferma un altro",
    detail: () => "C’è un altro amministratore: il tuo accesso lo riesamina lui. Tu puoi solo toglierlo.",
  },
  "administrators-answer": {
    title: "L’ente ha ancora amministratori",
    detail: (f: Facts) =>
      `${text(f["institution"]) || "Questo ente"} ha amministratori entrati da poco: chiedi a loro di darti accesso, da «Entra nel tuo ente».`,
  },
  "recovery-open": {
    title: "Qualcuno l’ha già chiesto",
    detail: () =>
      "Per questo ente è già in corso una richiesta. Aspetta che finisca: chi ci lavora la vede nella sua pagina.",
  },
  "recoveries-too-many": {
    title: "Troppe richieste",
    detail: () => "Puoi chiederlo tre volte in un mese. Se è urgente, scrivi all’Assistenza.",
  },
  "recovery-unknown": {
    title: "Richiesta non trovata",
    detail: () =>
      "La vedono chi l’ha fatta, il legale rappresentante e le persone dell’ente. Controlla con quale identità sei entrato.",
  },
  "recovery-closed": {
    title: "La richiesta è già conclusa",
    detail: () => "Nel frattempo è finita, è stata fermata o è scaduta. Ricarica la pagina per vedere come.",
  },
  "recovery-confirmed": {
    title: "È già confermata",
    detail: () => "Il legale rappresentante, o il personale, ha già confermato: non serve altro.",
  },
  "not-the-representative": {
    title: "Conferma solo il legale rappresentante",
    detail: () =>
      "Il tuo codice fiscale non è quello del legale rappresentante che conosciamo. Se è cambiato, risponde il personale.",
  },
  "image-not-png": {
    title: "Non è un PNG",
    detail: () => "Serve un’immagine PNG. Salvala in questo formato e riprova: cambiare solo l’estensione non basta.",
  },
  "image-damaged": {
    title: "L’immagine è rovinata",
    detail: () =>
      "Il file non si legge fino in fondo, o contiene parti che non riconosciamo. Esportalo di nuovo in PNG.",
  },
  "image-wrong-size": {
    title: "Il logo ha un’altra misura",
    detail: (f: Facts) =>
      `È di ${text(f["width"])} × ${text(f["height"])} pixel. Serve un quadrato, da 300 a 400 pixel di lato.`,
  },
  "logo-missing": {
    title: "Non c’è nessun logo",
    detail: () => "L’ente non ne ha ancora uno, oppure qualcuno l’ha già tolto.",
  },
  "agreement-unknown": { title: "Accordo non trovato", detail: () => "Non esiste, o è di un altro ente." },
  "acceptance-unknown": {
    title: "Questa richiesta non c’è",
    detail: () => "L’ente non ha una nuova versione da accettare qui. Torna ai documenti.",
  },
  "acceptance-closed": {
    title: "Non c’è più niente da accettare",
    detail: () => "È già accettata, superata da un testo più nuovo, o l’ente ha lasciato il prodotto.",
  },
  "acceptance-wants-signature": {
    title: "Questa versione si firma",
    detail: () => "Serve la firma digitale del legale rappresentante: vai alla pagina della firma.",
  },
  "acceptance-moved-on": {
    title: "C’è un testo più nuovo",
    detail: () => "Quello che hai letto non è più l’ultimo. Ricarica la pagina e leggi che cosa cambia.",
  },
  "convention-unknown": {
    title: "Questa convenzione non c’è",
    detail: () => "L’ente non può chiederla, o non l’ha. Torna ai documenti.",
  },
  "convention-open": {
    title: "Questa convenzione c’è già",
    detail: () => "È attiva, o aspetta la firma: la trovi nei documenti.",
  },
  "agreement-template-unknown": {
    title: "Questo testo non c’è",
    detail: () => "Torna all’elenco dei testi.",
  },
  "agreement-template-faulty": {
    title: "Il testo ha errori",
    detail: () => "Correggi quelli elencati: un posto tra graffe deve essere uno di quelli che l’accordo sa riempire.",
  },
  "agreement-template-moved-on": {
    title: "Il testo è cambiato intanto",
    detail: () => "Qualcuno ne ha pubblicata un’altra versione. Ricarica la pagina e riparti da quella.",
  },
  "link-invalid": {
    title: "Questo link non vale",
    detail: () => "È incompleto o è stato alterato. Aprilo di nuovo dal messaggio arrivato alla PEC, senza cambiarlo.",
  },
  "link-expired": {
    title: "Questo link è scaduto",
    detail: () =>
      "Il tempo per firmare è passato. Chi ha inviato l’adesione può inviarla di nuovo: arriva un altro link.",
  },
  "link-used": { title: "Già fatto", detail: () => "L’accordo firmato è già stato accettato: non serve altro." },
  "onboarding-cancelled": {
    title: "Questa adesione è stata annullata",
    detail: () => "Non si può più firmare. Per aderire, inviane una nuova.",
  },
  "onboarding-superseded": {
    title: "Un’altra adesione è già conclusa",
    detail: () => "L’ente ha firmato un’altra richiesta per lo stesso prodotto: questa non serve più.",
  },
  "agreement-not-ready": {
    title: "L’accordo non è ancora pronto",
    detail: () => "Lo stiamo scrivendo. Riprova tra un minuto.",
  },
  "agreement-proof-missing": {
    title: "Prova non disponibile",
    detail: () =>
      "L’accordo è stato firmato prima che il portale scrivesse le prove: ci sono il documento e il file firmato.",
  },
  "remote-signature-unavailable": {
    title: "La firma remota non risponde",
    detail: () =>
      "Il servizio di firma non risponde. Riprova tra qualche minuto, oppure firma con i tuoi strumenti e carica il file: il link vale ancora.",
  },
  "remote-signature-refused": {
    title: "Firma non autorizzata",
    detail: () =>
      "Il servizio di firma non ha autorizzato: la conferma è stata annullata o non è andata a buon fine. Non è cambiato niente, puoi riprovare.",
  },
  "remote-signature-without-certificate": {
    title: "Nessun certificato di firma",
    detail: () =>
      "Presso questo servizio non c’è un certificato di firma valido. Firma con i tuoi strumenti e carica il file.",
  },
  "remote-signature-expired": {
    title: "La firma è stata interrotta",
    detail: () =>
      "È passato troppo tempo, o la conferma arriva da un altro browser. Riparti dal link ricevuto alla PEC: non è cambiato niente.",
  },
  "file-missing": { title: "Manca il file", detail: () => "Scegli il file firmato e invia di nuovo." },
  "file-too-large": {
    title: "File troppo grande",
    detail: () =>
      "Il limite è 20 MB. L’accordo firmato pesa di solito meno di 1 MB: controlla di aver scelto il file giusto.",
  },
  "upload-truncated": {
    title: "Il file è arrivato a metà",
    detail: () => "La connessione si è interrotta. Niente è stato registrato: invia di nuovo.",
  },
  "not-a-signature": {
    title: "Il file non è firmato",
    detail: () =>
      "Non c’è una firma digitale dentro. Firma l’accordo con CAdES (.p7m) o PAdES (.pdf) e carica il file che esce dal programma di firma.",
  },
  "signature-of-another-document": {
    title: "È firmato un altro documento",
    detail: () =>
      "Il documento firmato non è l’accordo che ti abbiamo inviato. Scarica l’accordo da qui e firma quello, senza timbri né protocollo: il timbro va dopo la firma.",
  },
  "signature-of-older-version": {
    title: "È firmata una versione precedente",
    detail: (f: Facts) =>
      `Il documento firmato è quello del ${text(f["writtenAt"]).slice(0, 10) || "passato"}, che non vale più. Scarica l’accordo da questo link e firma quello.`,
  },
  "signature-before-issue": {
    title: "La data della firma viene prima dell’accordo",
    detail: () =>
      "La firma porta una data di prima che l’accordo esistesse. Controlla data e ora del computer e firma di nuovo.",
  },
  "signature-nested-too-deep": {
    title: "Troppe buste una dentro l’altra",
    detail: () =>
      "Il file è una firma dentro una firma, più di cinque volte. Riparti dall’accordo scaricato e firmalo una volta sola.",
  },
  "signed-copy-to-review": {
    title: "La copia firmata va guardata da una persona",
    detail: () =>
      "Dopo la nostra emissione il documento è cambiato, e da soli non possiamo dire se solo per un timbro. Firma l’accordo scaricato da qui; il timbro va nei margini, senza toccare il testo.",
  },
  "signed-copy-active-content": {
    title: "Nel documento è stato aggiunto un contenuto attivo",
    detail: () =>
      "C’è uno script, un allegato o un comando che nell’accordo non c’era. Scarica l’accordo da qui e firma quello.",
  },
  "signature-altered": {
    title: "La firma non è integra",
    detail: () => "Il file è cambiato dopo la firma. Carica il file così come esce dal programma di firma.",
  },
  "signature-content-missing": {
    title: "Nel file c’è solo la firma",
    detail: () => "È una firma separata, senza il documento. Firma di nuovo scegliendo «firma con documento incluso».",
  },
  "signature-incomplete-coverage": {
    title: "La firma non copre tutto il file",
    detail: () => "Qualcosa è stato aggiunto dopo la firma. Carica il file così come esce dal programma di firma.",
  },
  "signature-weak-algorithm": {
    title: "Firma con un algoritmo superato",
    detail: () => "Usa un programma di firma aggiornato: servono SHA-256 e una chiave di almeno 2048 bit.",
  },
  "signed-file-truncated": {
    title: "Il file firmato è incompleto",
    detail: () => "Manca la fine del file. Copialo di nuovo dal programma di firma e caricalo.",
  },
  "signer-not-legal-representative": {
    title: "Ha firmato un’altra persona",
    detail: (f: Facts) =>
      f["signer"]
        ? `Ha firmato ${text(f["signer"])}, serve ${text(f["expected"])}. L’accordo vale solo con la firma del legale rappresentante indicato nell’adesione.`
        : "L’accordo vale solo con la firma del legale rappresentante indicato nell’adesione.",
  },
  "signer-identity-missing": {
    title: "Nel certificato manca il codice fiscale",
    detail: () => "Serve un certificato di firma rilasciato in Italia, che porta il codice fiscale di chi firma.",
  },
  "signer-certificate-expired": {
    title: "Certificato di firma scaduto",
    detail: (f: Facts) =>
      `Era valido fino al ${text(f["notAfter"]).slice(0, 10) || "giorno di scadenza"}. Rinnovalo e firma di nuovo.`,
  },
  "signer-certificate-not-yet-valid": {
    title: "Certificato non ancora valido",
    detail: () => "Il certificato di firma comincia a valere più avanti. Firma di nuovo da quel giorno.",
  },
  "signer-certificate-untrusted": {
    title: "Certificatore non riconosciuto",
    detail: () =>
      "Il certificato non viene da un prestatore dell’elenco europeo dei servizi fiduciari. Usa una firma digitale qualificata.",
  },
  "signer-certificate-revoked": {
    title: "Certificato di firma revocato",
    detail: (f: Facts) =>
      `Il certificatore lo ha revocato${f["revokedAt"] ? ` il ${text(f["revokedAt"]).slice(0, 10)}` : ""}. Firma di nuovo con un certificato valido.`,
  },
  "signer-certificate-status-unknown": {
    title: "Il certificatore non risponde",
    detail: () =>
      "Non possiamo sapere se il certificato è ancora valido. Riprova tra qualche minuto: il file va bene così, non serve firmarlo di nuovo.",
  },
  "signer-certificate-not-qualified": {
    title: "Firma non qualificata",
    detail: () =>
      "Il certificatore è riconosciuto, ma questo certificato non è qualificato per le firme. Usa una firma digitale qualificata.",
  },
  "signer-certificate-not-for-signing": {
    title: "Certificato non di firma",
    detail: () => "È un certificato di autenticazione o di posta. Scegli nel programma il certificato di firma.",
  },
} satisfies Record<ProblemCode, { title: string; detail: (facts: Facts) => string }>;

export const fieldsIt = {
  required: () => "Manca: scrivilo per continuare.",
  "too-short": (f: Facts) => `Troppo corto: servono almeno ${text(f["minimum"])} caratteri.`,
  "too-long": (f: Facts) => `Troppo lungo: al massimo ${text(f["maximum"])} caratteri.`,
  "wrong-format": () => "Contiene caratteri o una forma che non va bene.",
  "wrong-length": (f: Facts) => `La lunghezza non va: servono ${text(f["expected"])} caratteri.`,
  "wrong-check-digit": () => "Non torna il carattere di controllo: c’è un errore di battitura.",
  "wrong-type": () => "Il valore non è del tipo atteso.",
  "not-allowed": (f: Facts) =>
    f["because"] === "administrator-repeated"
      ? "Questa persona è già tra gli amministratori."
      : "Questo valore non è ammesso.",
  "unknown-field": () => "C’è un campo che non conosciamo.",
  "too-few": (f: Facts) => `Ne serve almeno ${text(f["minimum"])}.`,
  "too-many": (f: Facts) => `Al massimo ${text(f["maximum"])}.`,
  "pec-not-personal": () => "È un indirizzo PEC: serve l’e-mail ordinaria della persona.",
  "not-a-pec": () => "Non è un indirizzo PEC.",
  "name-disagrees": () => "Il codice fiscale non corrisponde a nome e cognome.",
  "iban-not-sepa": (f: Facts) => `Il Paese ${text(f["country"])} non è nell’area SEPA: serve un conto dell’area SEPA.`,
  "wrong-cin": () => "La lettera di controllo (CIN) non corrisponde al conto: c’è un errore di battitura.",
} satisfies Record<FieldRule, (facts: Facts) => string>;

export type ProblemWords = {
  problems: Record<ProblemCode, { title: string; detail: (facts: Facts) => string }>;
  fields: Record<FieldRule, (facts: Facts) => string>;
};
const words: ProblemWords = { problems: problemsIt, fields: fieldsIt };
export default words;
