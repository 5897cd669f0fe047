import type { Facts } from "../it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const i = (f: Facts) => text(f["institution"]);
const p = (f: Facts) => text(f["partner"]);
const r = (f: Facts) => (f["reason"] ? ` Razlog: ${text(f["reason"])}.` : "");
const states: Record<string, string> = {
  offered: "še ni sprejeto",
  asked: "še ni sprejeto",
  suspended: "je začasno ustavljeno",
  revoked: "je preklicano",
  expired: "je poteklo",
  refused: "je zavrnjeno",
  withdrawn: "je umaknjeno",
  planned: "se začne pozneje",
  "partner-left": "ne velja več: partner je zapustil produkt",
};
const envs: Record<string, string> = { test: "testnem okolju", production: "produkcijskem okolju" };

/** What a delegation or a mandate is refused for. */
export const delegationProblems = {
  "mandate-unknown": {
    title: "To pooblastilo tu ne velja",
    detail: () =>
      "Navedeno pooblastilo ni od te ustanove ali pa ne delate več za partnerja, ki ga je prejel. Znova izberite, za koga delujete.",
  },
  "mandate-not-active": {
    title: "To pooblastilo ni dejavno",
    detail: (f: Facts) =>
      `Pooblastilo ustanove ${i(f)} partnerju ${p(f)} ${states[text(f["state"])] ?? "ni dejavno"}.${r(f)} Nič ni bilo zapisano.`,
  },
  "mandate-out-of-scope": {
    title: "Zunaj tega pooblastila",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "permission":
          return `${i(f)} partnerju ${p(f)} ni dala dovoljenja »${text(f["permission"])}«. Doda ga lahko, kdor upravlja ustanovo.`;
        case "environment":
          return `Pooblastilo ustanove ${i(f)} ne velja v ${envs[text(f["environment"])] ?? ""}. Razširi ga lahko, kdor upravlja ustanovo.`;
        case "product":
          return `Pooblastilo ustanove ${i(f)} zadeva drug produkt.`;
        case "aggregates":
          return `Pooblastilo partnerja ${p(f)} je dal združevalec in ne obsega združenih ustanov, kot je ${i(f)}. Doda jih lahko, kdor upravlja združevalca.`;
        case "resource":
          return `Pooblastilo ustanove ${i(f)} tega ne obsega.`;
        default:
          return `To delajo le osebe ustanove, nikoli partner.`;
      }
    },
  },
  "mandate-not-assigned": {
    title: "Tej ustanovi niste dodeljeni",
    detail: (f: Facts) =>
      `${p(f)} ima pooblastilo ustanove ${i(f)}, vendar vas ni dodelil. To lahko stori, kdor upravlja partnerja, pod »Dodelitve«.`,
  },
  "delegation-unknown": {
    title: "Pooblastila ni mogoče najti",
    detail: () => "Ni od te ustanove ali ga ni več. Znova naložite stran.",
  },
  "delegation-own": {
    title: "Ustanova ne pooblasti sebe",
    detail: () => "Izberite partnerja, ki ni ustanova, ki pooblašča.",
  },
  "delegation-cycle": {
    title: "Pooblastila bi se vrnila",
    detail: (f: Facts) =>
      `${p(f) || "Partner"} je ta produkt že, neposredno ali posredno, prenesel na ustanovo, ki bi ga zdaj prenesla nanj. Najprej je treba preklicati tisto pooblastilo.`,
  },
  "delegation-partner-not-joined": {
    title: "Ni partner pri tem produktu",
    detail: (f: Facts) =>
      `${p(f) || "Izbrana ustanova"} k produktu ni pristopila kot tehnološki partner ali ga je zapustila. Izberite partnerja s seznama.`,
  },
  "delegation-institution-not-joined": {
    title: "Ustanove pri tem produktu ni mogoče najti",
    detail: (f: Facts) => `Nobena ustanova z davčno številko ${text(f["taxCode"])} ni pristopila k temu produktu.`,
  },
  "delegation-already-open": {
    title: "Pooblastilo je že odprto",
    detail: () =>
      "Med tema dvema, za ta produkt in to okolje že obstaja ponujeno, dejavno ali ustavljeno. Spremenite tisto.",
  },
  "delegation-state": {
    title: "Pooblastilo se je medtem spremenilo",
    detail: (f: Facts) =>
      `Zdaj ${states[text(f["state"])] ?? "je dejavno"}: tega ni več mogoče storiti. Znova naložite stran.`,
  },
  "delegation-other-side": {
    title: "To je stvar druge strani",
    detail: (f: Facts) => `Glede na trenutek lahko to stori ${i(f)} ali ${p(f)}: ne, kdor je zdaj zahteval.`,
  },
  "delegation-scope-unknown": {
    title: "Obseg navaja, česar ni",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "empty":
          return `Izberite vsaj eno dovoljenje produkta.`;
        case "resource":
          return `»${text(f["resource"])}« pri ustanovi ne obstaja ali ga tu ni mogoče navesti.`;
        default:
          return `Dovoljenja »${text(f["permission"])}« pri tem produktu ni mogoče prenesti.`;
      }
    },
  },
  "delegation-delicate": {
    title: "To dovoljenje se zaupa posebej",
    detail: (f: Facts) =>
      `»${text(f["permission"])}« premika denar: najprej pooblastilo postane dejavno, nato ga zaupata dve osebi ustanove, ki potrdita, kdo sta.`,
  },
  "product-not-delegable": {
    title: "Ta produkt se ne prenaša",
    detail: () => "Kdor ga vodi, ne dovoli, da partner deluje za ustanovo.",
  },
  "assignment-unknown": { title: "Dodelitve ni mogoče najti", detail: () => "Že odstranjena. Znova naložite stran." },
  "assignment-repeated": { title: "Že obstaja", detail: () => "Ista oseba ali skupina je tu že dodeljena." },
  "assignment-of-both": { title: "Oseba ali skupina", detail: () => "Dodelitev zadeva osebo, skupino ali vse." },
  "move-unknown": {
    title: "Prehoda ni mogoče najti",
    detail: () => "Ni od te ustanove ali ga ni več. Znova naložite stran.",
  },
  "move-over": {
    title: "Ta prehod je zaključen",
    detail: () => "Dokončan je ali pa se je ustanova vrnila: ne premika se več.",
  },
  "move-already-planned": {
    title: "Prehod že poteka",
    detail: () => "S tega pooblastila se že prehaja k drugemu partnerju: najprej zaključite tistega ali se vrnite.",
  },
};
