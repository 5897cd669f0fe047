import type { NominationWords } from "./it.ts";

const words: NominationWords = {
  title: "Imenovanja",
  intro:
    "Za nekatere izdelke se skrbnik imenuje z dokumentom, ki ga podpiše zakoniti zastopnik. Dostop ima, ko se dokument vrne podpisan.",
  fresh: "Novo imenovanje",
  product: "Izdelek",
  until: "Do",
  write: "Napišite imenovanje",
  written: "Imenovanje je napisano: je tudi v PEC ustanove. Podpišite ga od tam ali ga prenesite in naložite tukaj.",
  signHere: "Na podpis",
  notHere: "Noben izdelek ustanove ne zahteva podpisanih imenovanj: skrbniki se dodelijo na strani Osebe.",
  list: "Imenovanja ustanove",
  emptyTitle: "Imenovanj še ni",
  empty: "Ko ga napišete, ga najdete tukaj z dokumentom za podpis.",
  states: { pending: "Za podpis", signed: "Podpisano", cancelled: "Umaknjeno" },
  signer: (name) => `podpiše ${name}`,
  by: (name, day) => `napisal/a ${name}, ${day}`,
  signedOn: (day) => `podpisano ${day}`,
  download: "Prenesite dokument",
  file: "Podpisan dokument (.p7m ali .pdf)",
  send: "Naložite podpisan dokument",
  missing: "Najprej izberite podpisano datoteko.",
  done: (name) => `Podpis je v redu: ${name} ima dostop od zdaj.`,
  withdraw: "Umaknite",
  withdrawn: "Imenovanje umaknjeno.",
};

export default words;
