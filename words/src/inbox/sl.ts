import { day, plural } from "../languages.ts";
import type { InboxWords } from "./it.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const many = (count: number, one: string, two: string, few: string, other: string) =>
  plural("sl", count, { one, two, few, other });

const words: InboxWords = {
  bar: "Opravila",
  unread: (count) => many(count, "# novo", "# novi", "# nova", "# novih"),
  title: "Opravila",
  intro: "Za vse vaše ustanove: kaj čaka na vas in kaj se je zgodilo.",
  viewsLabel: "Kaj pokazati",
  views: { "to-do": "Opravila", news: "Dogodki", archive: "Arhiv" },
  preferencesLink: "Kaj prejmete po e-pošti",
  markAll: "Označi vse kot prebrano",
  marked: "Nič novega več: vse je označeno kot prebrano.",
  archive: "Arhiviraj",
  restore: "Vrni",
  archived: "Arhivirano. Najdete ga v arhivu.",
  restored: "Vrnjeno iz arhiva.",
  fresh: "Novo",
  settled: (day) => `Opravljeno ${day}`,
  by: (day) => `do ${day}`,
  empty: {
    "to-do": { title: "Nič za opraviti", why: "Ko ustanova kaj pričakuje od vas, je to tukaj z datumom." },
    news: { title: "Še ni novosti", why: "Tukaj je eno leto to, kar se je zgodilo in vas zadeva." },
    archive: { title: "Nič arhiviranega", why: "Kar arhivirate, ostane tukaj in lahko vrnete." },
  },
  kinds: {
    "membership-activated": {
      title: (f) => `Imate profil »${text(f.profileName)}«${f.productTitle ? ` za ${text(f.productTitle)}` : ""}`,
      why: () => "Velja od zdaj.",
      act: "Pojdi na ustanovo",
    },
    "membership-suspended": {
      title: (f) =>
        `Vaš profil je začasno ustavljen: »${text(f.profileName)}«${f.productTitle ? ` za ${text(f.productTitle)}` : ""}`,
      why: () => "Ne velja, dokler ga skrbnik ne vrne.",
      act: "Poglej ustanovo",
    },
    "membership-restored": {
      title: (f) =>
        `Vaš profil je vrnjen: »${text(f.profileName)}«${f.productTitle ? ` za ${text(f.productTitle)}` : ""}`,
      why: () => "Od zdaj spet velja.",
      act: "Pojdi na ustanovo",
    },
    "membership-ended": {
      title: (f) =>
        `Vaš profil je končan: »${text(f.profileName)}«${f.productTitle ? ` za ${text(f.productTitle)}` : ""}`,
      why: () => "Ne velja več. Če je še potreben, ga skrbnik znova dodeli.",
      act: "Poglej svoje ustanove",
    },
    "assistance-answered": {
      title: (f) => `Odgovor na vašo zahtevo ${text(f["number"])}`,
      why: () => "Pomoč je odgovorila: najdete ga tu in v svoji pošti.",
      act: "Preberite odgovor",
    },
    "review-warning": {
      title: () => "Pregled dostopov se izteka",
      why: (f) =>
        `Manjka še ${text(f["left"])} odgovorov, do ${day("sl", text(f["until"]))}.${f["endsUnanswered"] ? " Česar nihče ne potrdi, se konča." : ""}`,
      act: "Preglejte",
    },
    "recovery-opened": {
      title: (f) => `${text(f["person"])} želi biti skrbnik ustanove`,
      why: () => "Noben skrbnik več ne odgovarja. Če ni prav, ustavite: to lahko stori vsak, ki dela za ustanovo.",
      act: "Poglejte ali ustavite",
    },
    "recovery-waiting": {
      title: (f) => `${text(f["person"])} bo kmalu skrbnik ustanove`,
      why: (f) =>
        `Od ${day("sl", text(f["until"]))}, če tega prej nihče ne ustavi. To lahko stori vsak, ki dela za ustanovo.`,
      act: "Poglejte ali ustavite",
    },
    "recovery-completed": {
      title: (f) => `${text(f["person"])} je skrbnik ustanove`,
      why: () => "Čakanje je končano in nihče ga ni ustavil. Če ni prav, pišite Pomoči.",
      act: "Pojdite na ustanovo",
    },
    "recovery-stopped": {
      title: (f) => `Zahteva osebe ${text(f["person"])} ustavljena`,
      why: (f) => `${text(f["by"]) || "Bila je ustavljena"}: skrbništva ni, noben dostop se ni spremenil.`,
      act: "Pojdite na ustanovo",
    },
    "onboarding-completed": {
      title: (f) => `Pristop k ${text(f.productTitle)} je zaključen`,
      why: (f) => `Sporazum ustanove ${text(f.institutionName)} je podpisan in v redu.`,
      act: "Poglej pristop",
    },
    "onboarding-cancelled": {
      title: (f) => `Pristop k ${text(f.productTitle)} je preklican`,
      why: (f) => `Preklican prek PEC ustanove ${text(f.institutionName)}.`,
      act: "Poglej pristop",
    },
    "onboarding-expired": {
      title: (f) => `Pristop k ${text(f.productTitle)} je potekel`,
      why: (f) => `Sporazum ustanove ${text(f.institutionName)} ni bil podpisan pravočasno.`,
      act: "Poglej pristop",
    },
    "onboarding-changes-requested": {
      title: (f) => `Popravite pristop k ${text(f.productTitle)}`,
      why: (f) => `Pregledovalec za ${text(f.institutionName)} zahteva spremembo.`,
      act: "Popravi",
    },
    "onboarding-rejected": {
      title: (f) => `Pristop k ${text(f.productTitle)} je zavrnjen`,
      why: (f) => `Za ${text(f.institutionName)}: razlog je v vlogi.`,
      act: "Poglej razlog",
    },
    "onboarding-message": {
      title: (f) => `Sporočilo o pristopu k ${text(f.productTitle)}`,
      why: (f) => `Pregledovalec vloge za ${text(f.institutionName)} je pisal.`,
      act: "Preberi in odgovori",
    },
    "onboarding-superseded": {
      title: (f) => `Pristop k ${text(f.productTitle)} je zaprt`,
      why: (f) => `Za ${text(f.institutionName)} je bil podpisan drug.`,
      act: "Poglej pristop",
    },
  },
  topics: {
    "to-do": { name: "Opravila", what: "Kar manjka ali bo poteklo, in zahteve, ki čakajo na vas" },
    access: { name: "Vaši dostopi", what: "Profili, ki jih prejmete ali se spremenijo" },
    onboarding: { name: "Pristopi", what: "Kako se končajo pristopi, ki ste jih poslali" },
    security: { name: "Varnost", what: "Dostopi, ki so ustavljeni, vrnjeni ali končani" },
  },
  preferencesTitle: "Kaj prejmete po e-pošti",
  preferencesIntro:
    "Vse, kar vas zadeva, je vedno v »Opravilih«. Tukaj izberete, kaj pride tudi po e-pošti na naslov, ki ga imate pri vsaki ustanovi.",
  general: "Za vse ustanove",
  always: "Vedno",
  byMail: "Tudi po e-pošti",
  exceptions: "Ustanove z drugo izbiro",
  noExceptions: "Za vsako ustanovo velja splošna izbira.",
  findInstitution: "Dodaj ustanovo: ime ali davčna številka",
  choose: "Izberi",
  backToGeneral: "Nazaj na splošno izbiro",
  language: "Jezik e-pošte",
  languageWhy: "PEC ustanovam so v italijanščini; kjer je uraden še drug jezik, v obeh.",
  saved: "Izbira je shranjena. Velja od naslednjega sporočila.",
  backToInbox: "Nazaj na »Opravila«",
  mail: {
    greeting: (name) => `${name},`,
    chosen: (link) => `To e-pošto prejmete, ker ste tako izbrali. Izbiro lahko spremenite tukaj:\n${link}`,
    always: "To e-pošto prejmete, ker zadeva varnost dostopov: pride vedno.",
    signed: "Area Riservata\nTo sporočilo je samodejno: ne odgovarjajte na ta naslov.",
  },
};
export default words;
