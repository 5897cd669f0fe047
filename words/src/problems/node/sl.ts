import type { Facts } from "../it.ts";
import type { nodeProblems as it } from "./it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown) => (Array.isArray(value) ? value.map(text).join(", ") : text(value));

export const nodeProblems: typeof it = {
  "registration-missing": {
    title: "Najprej registracija na vozlišču",
    detail: (f: Facts) =>
      `Ustanova v ${f["environment"] === "test" ? "testnem okolju" : "produkciji"} še ni registrirana. Uredite pod »Registracija«, v nekaj minutah.`,
  },
  "registration-of-psp": {
    title: "Ponudniki plačil se registrirajo drugje",
    detail: () => "Tu se registrirajo ustanove upnice in partnerji. Za ponudnike plačil pišite podpori.",
  },
  "registration-not-direct": {
    title: "Ustanova nima lastnih postaj",
    detail: () =>
      "Povezana je prek posrednika ali ne povezuje ustanov upnic. Najprej spremenite registracijo na vozlišču.",
  },
  "registration-stations-open": {
    title: "Nekatere postaje so še v uporabi",
    detail: (f) =>
      `Za povezavo prek posrednika ne sme biti aktivnih ali čakajočih postaj: ${list(f["stations"])}. Najprej jih umaknite.`,
  },
  "registration-serves-others": {
    title: "Tu so povezane druge ustanove",
    detail: () => "To ustanovo so izbrale za posrednika. Najprej morajo izbrati drugega.",
  },
  "registration-brokers-nothing": {
    title: "Koga želite povezati?",
    detail: () => "Izberite vsaj eno: ustanove upnice, ponudnike plačil ali oboje.",
  },
  "tax-code-doubtful": {
    title: "Davčna številka ni pravilna",
    detail: (f) =>
      `Kontrolna števka v ${text(f["taxCode"])} je napačna: v produkciji registracija ni mogoča. Preverite podatke ustanove ali pišite podpori.`,
  },
  "intermediary-unknown": {
    title: "Tega posrednika ni mogoče izbrati",
    detail: () => "V tem okolju mora biti registriran na vozlišču; partner potrebuje tudi vaše veljavno pooblastilo.",
  },
  "encoding-of-another-institution": {
    title: "Koda je že registrirana za drugo ustanovo",
    detail: () => "Na vozlišču davčna številka pripada eni sami ustanovi. Če je vaša, pišite podpori.",
  },
  "station-unknown": {
    title: "Postaje ni mogoče najti",
    detail: () => "V tem okolju ne obstaja ali pripada drugemu posredniku.",
  },
  "station-codes-exhausted": {
    title: "Prostih kod ni več",
    detail: () => "Pišite podpori: vse kode postaj tega posrednika so porabljene.",
  },
  "station-retired": {
    title: "Postaja je umaknjena",
    detail: () => "Ne spreminja se več. Lahko jo podvojite: kopija dobi novo kodo.",
  },
  "station-not-active": {
    title: "Postaja še ni aktivna",
    detail: () => "Ustanove povežete, ko je postaja aktivna.",
  },
  "station-has-institutions": {
    title: "S postajo so povezane ustanove",
    detail: (f) => `Teh je ${text(f["institutions"])}. Premaknite ali odstranite jih, nato postajo umaknite.`,
  },
  "station-change-missing": {
    title: "Nobena sprememba ne čaka",
    detail: () => "O njej je že odločeno ali je umaknjena. Znova naložite stran.",
  },
  "station-change-unknown": {
    title: "Zahteve ni mogoče najti",
    detail: () => "Na tem naslovu ni nobene spremembe.",
  },
  "station-change-decided": {
    title: "O njej je že odločeno",
    detail: () => "Vmes je odločil nekdo drug ali pošiljatelj. Znova naložite stran.",
  },
  "station-change-moved-on": {
    title: "Vmes se je spremenila",
    detail: () => "Prispela je nova različica spremembe: preberite jo, preden odločite.",
  },
  "station-without-endpoint": {
    title: "Tega naslova ni",
    detail: () => "Postaja nima naslova te vrste: ni česa preizkusiti.",
  },
  "connection-tests-too-many": {
    title: "Preveč preizkusov v kratkem času",
    detail: (f) => `Največ ${text(f["most"])} na ${text(f["minutes"])} minut. Počakajte malo.`,
  },
  "institution-not-candidate": {
    title: "Te ustanove ni mogoče povezati",
    detail: () => "Tega partnerja mora pooblastiti za pagoPA ali ga izbrati za posrednika.",
  },
  "institution-not-registered": {
    title: "Ustanova še ni registrirana na vozlišču",
    detail: (f) =>
      `${text(f["institution"])} se mora najprej registrirati v tem okolju. To najde med svojimi opravili.`,
  },
  "already-associated": {
    title: "Ustanova je že na tej postaji",
    detail: () => "Za ustanovo in postajo je ena sama povezava: odprite obstoječo.",
  },
  "segregation-code-taken": {
    title: "Segregacijska koda ni prosta",
    detail: (f) =>
      `${text(f["segregationCode"])} je za to ustanovo v uporabi ali rezervirana.${f["free"] ? ` Proste so na primer ${text(f["free"])}.` : " Izberite drugo."}`,
  },
  "segregation-code-not-associated": {
    title: "To ni vaša segregacijska koda",
    detail: (f) => `Ustanova v tem okolju s kodo ${text(f["segregationCode"])} ne prejema plačil.`,
  },
  "application-code-taken": {
    title: "Aplikacijska koda ni prosta",
    detail: () => "Ustanova jo uporablja na drugi postaji. Izberite drugo ali pustite prazno.",
  },
  "broadcast-needs-version-2": {
    title: "Oddajanje zahteva različico 2",
    detail: () => "Samo postaja s primitivi različice 2 prejema oddajanja.",
  },
  "association-unknown": {
    title: "Povezave ni mogoče najti",
    detail: () => "V tem okolju ne obstaja ali pripada drugim.",
  },
  "association-over": {
    title: "Povezava je končana",
    detail: () => "Odstranjena ali zavrnjena je bila. Če je še potrebna, ustvarite novo.",
  },
  "association-moving": {
    title: "Ustanova prehaja k drugemu partnerju",
    detail: () => "Povezava ostane do konca prehoda, da se plačila ne ustavijo.",
  },
};
