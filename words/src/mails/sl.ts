import type { MailWords } from "./it.ts";

const sl: MailWords = {
  subjects: {
    received: (product, institution) => `Pristop k ${product} prejet: ${institution}`,
    resubmitted: (product, institution) => `Pristop k ${product} popravljen in prejet: ${institution}`,
    rejected: (product, institution) => `Pristop k ${product} zavrnjen: ${institution}`,
    "changes-requested": (product, institution) => `Pristop k ${product} je treba popraviti: ${institution}`,
    "correction-expired": (product, institution) => `Pristop k ${product} je potekel: ${institution}`,
    message: (product, institution) => `Sporočilo o pristopu k ${product}: ${institution}`,
  },
  received: (product, institution) =>
    `Vloga, s katero želi ${institution} pristopiti k ${product}, je prispela. Podatke zdaj pregleda oseba, nato znova pišemo.`,
  by: (day) => `Odločitev bo do ${day}.`,
  resubmitted: (product, institution) =>
    `Popravljena vloga, s katero želi ${institution} pristopiti k ${product}, je prispela. Pregledovalec vidi, kaj se je spremenilo.`,
  rejected: (product, institution) =>
    `Vloge, s katero je ${institution} želela pristopiti k ${product}, ni mogoče sprejeti.`,
  reason: "Razlog:",
  "changes-requested": (product, institution) =>
    `Pregledovalec vloge, s katero želi ${institution} pristopiti k ${product}, prosi za popravek.`,
  toCorrect: "Kaj je treba popraviti:",
  message: (product, institution) =>
    `Pregledovalec vloge, s katero želi ${institution} pristopiti k ${product}, je napisal:`,
  "correction-expired": (product, institution) =>
    `Čas za popravek vloge, s katero je ${institution} želela pristopiti k ${product}, je potekel. Pošljete lahko novo vlogo.`,
  see: "Vloga je na naslovu",
  signed: "Area Riservata\nSporočilo je samodejno: na ta naslov ne odgovarjajte.",
};
export default sl;
