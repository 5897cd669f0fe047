import type { LetterWords } from "./it.ts";

const sl: LetterWords = {
  signed: "Area Riservata\nTo sporočilo je samodejno: ne odgovarjajte na ta naslov.",
  wrote: (message) => `Priloženo sporočilo: »${message}«`,
  says: {
    "legal-representative": "ki se predstavlja kot zakoniti zastopnik",
    member: "ki pravi, da tam dela",
  },
  recoveryToPec: {
    subject: (f) => `${f.who} želi upravljati ustanovo ${f.institution} v Area Riservata`,
    text: (f) =>
      `${f.who}, ${f.says}, želi postati skrbnik ustanove ${f.institution} v Area Riservata, ker se noben skrbnik več ne odziva.\n\nČe oseba pripada ustanovi, to potrdite na tej povezavi do ${f.by}. Če je ne poznate, zahtevo ustavite na isti povezavi:\n${f.link}`,
    afterwards:
      "Potrdi tudi zakoniti zastopnik. Nato mine nekaj dni, v katerih lahko vsak, ki dela za ustanovo, zahtevo še ustavi.",
  },
  recoveryToRepresentative: {
    subject: (f) => `${f.who} želi upravljati ustanovo ${f.institution}`,
    text: (f) =>
      `${f.name}, po naših podatkih ste zakoniti zastopnik ustanove ${f.institution}. ${f.who} želi postati njen skrbnik v Area Riservata, ker se noben skrbnik več ne odziva.\n\nVstopite s SPID ali CIE in zahtevo potrdite ali ustavite do ${f.by}:\n${f.link}\n\nČe ustanove ne zastopate več, ne potrdite: odgovorilo bo naše osebje.`,
  },
  recoveryReceived: {
    subject: (f) => `Vaša zahteva za upravljanje ustanove ${f.institution}`,
    text: (f) =>
      `${f.who}, pisali smo na certificirani naslov ${f.pec}${f.representative ? " in zakonitemu zastopniku" : ""}. Potrditve so potrebne do ${f.day}${f.representative ? "" : "; namesto zakonitega zastopnika, ki ga ne poznamo, potrdi naše osebje"}.\n\nStanje zahteve:\n${f.link}`,
  },
  recoveryWaits: {
    subject: (f) => `${f.who} bo upravljal(a) ustanovo ${f.institution} od ${f.day}`,
    text: (f) =>
      `Potrditve so prispele: ${f.who} postane skrbnik ustanove ${f.institution} dne ${f.day}, če tega prej nihče iz ustanove ne ustavi.\n\nOglejte si ali ustavite:\n${f.link}`,
  },
  recoveryEnded: {
    subject: {
      completed: (f) => `Ste skrbnik ustanove ${f.institution}`,
      stopped: (f) => `Zahteva za upravljanje ustanove ${f.institution} je bila ustavljena`,
      expired: (f) => `Zahteva za upravljanje ustanove ${f.institution} je potekla`,
    },
    text: {
      completed: (f) =>
        `${f.who}, odslej upravljate ustanovo ${f.institution}. Najprej povabite drugega skrbnika: tako se to ne bo ponovilo.`,
      stopped: (f) =>
        `${f.who}, zahteva za upravljanje ustanove ${f.institution} je bila ustavljena. Novega dostopa nimate.`,
      expired: (f) =>
        `${f.who}, potrditve za upravljanje ustanove ${f.institution} niso prispele pravočasno. Zahtevo lahko oddate znova.`,
    },
  },
  representativeChanged: {
    subject: (f) => `${f.institution}: prijavljen je nov zakoniti zastopnik`,
    administrator: "Skrbnik ustanove",
    text: (f) =>
      `${f.by} je v Area Riservata izjavil(a), da je zakoniti zastopnik ustanove ${f.institution} ${f.now}${f.before ? `, namesto ${f.before}` : ""}.\n\nČe to ne drži, skrbnik to popravi tukaj, pomaga pa tudi podpora:\n${f.link}`,
  },
  assistanceAnswered: {
    subject: (number) => `Odgovor na vašo zahtevo ${number}`,
    text: (f) => `${f.name}, tukaj je odgovor na vašo zahtevo ${f.number}.`,
    wrote: "Napisali ste:",
    all: "Vaše zahteve:",
  },
  delegation: {
    see: "Pooblastilo in kdo mora kaj storiti:",
    why: (reason) => `Razlog: ${reason}`,
    where: { test: "v testnem okolju", production: "v produkciji", both: "v testu in produkciji" },
    scope: (where, until) => `Kje velja: ${where}${until ? `, do ${until}` : ""}.`,
    subjects: {
      offered: (f) => `${f.delegator} vam ponuja pooblastilo za ${f.product}`,
      accepted: (f) => `Pooblastilo ${f.delegator} za ${f.partner} na ${f.product} je dejavno`,
      refused: (f) => `Pooblastilo ${f.delegator} za ${f.partner} na ${f.product} je zavrnjeno`,
      changed: (f) => `${f.delegator} je spremenil(a) pooblastilo za ${f.product}`,
      entrusted: (f) => `${f.delegator} zaupa ${f.partner} občutljivo dovoljenje na ${f.product}`,
      suspended: (f) => `${f.delegator} je začasno ustavil(a) pooblastilo za ${f.product}`,
      resumed: (f) => `${f.delegator} je obnovil(a) pooblastilo za ${f.product}`,
      revoked: (f) => `${f.delegator} je preklical(a) pooblastilo za ${f.product}`,
      renounced: (f) => `${f.partner} se je odpovedal(a) pooblastilu za ${f.product}`,
      expired: (f) => `Pooblastilo ${f.delegator} za ${f.partner} na ${f.product} je poteklo`,
    },
    texts: {
      offered: (f) => `${f.delegator} pooblašča ${f.partner} za ${f.product}. Velja, ko ga sprejmete.`,
      accepted: (f) => `Odslej lahko ${f.partner} deluje v imenu ${f.delegator} na ${f.product}, v izbranih mejah.`,
      refused: (f) => `Pooblastilo se ne začne: ${f.partner} ne more delovati v imenu ${f.delegator}.`,
      changed: () => "Nove meje veljajo od naslednje zahteve.",
      entrusted: (f) =>
        `Odločili sta dve osebi ustanove ${f.delegator}. Odslej lahko ${f.partner} stori tudi naslednje.`,
      suspended: (f) =>
        `Od naslednje zahteve nihče iz ${f.partner} ne vstopi v imenu ${f.delegator}, dokler ga ustanova ne obnovi.`,
      resumed: (f) => `${f.partner} lahko znova deluje v imenu ${f.delegator}, v istih mejah.`,
      revoked: (f) =>
        `Od naslednje zahteve nihče iz ${f.partner} več ne vstopi v imenu ${f.delegator}. Kar je bilo storjeno, ostane v zgodovini.`,
      expired: (f) => `Končalo se je izbranega dne: ${f.partner} ne deluje več v imenu ${f.delegator}.`,
      unanswered: () => "Nihče ni odgovoril pravočasno: pooblastilo se ne začne.",
    },
  },
};
export default sl;
