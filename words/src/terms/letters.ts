import type { Language } from "../languages.ts";

/** Letters about new versions of a text, to the certified mailbox of an institution. */
const it = {
  conventionSubjects: {
    asked: (c: string) => `Convenzione «${c}»: da firmare`,
    signed: (c: string) => `Convenzione «${c}» attiva`,
    left: (c: string) => `Convenzione «${c}» lasciata`,
    withdrawn: (c: string) => `Convenzione «${c}»: richiesta ritirata`,
    expired: (c: string) => `Convenzione «${c}»: tempo finito`,
    product: (c: string) => `Convenzione «${c}» finita`,
  },
  conventions: {
    asked: (c: string, p: string, i: string) => `${i} chiede la convenzione «${c}», che sta su ${p}.`,
    signed: (c: string, p: string, i: string) =>
      `La convenzione «${c}» su ${p} è firmata: ${i} può usarla da adesso. Finisce se si lascia il prodotto.`,
    left: (c: string, p: string, i: string) =>
      `${i} ha lasciato la convenzione «${c}» su ${p}. Il prodotto resta attivo.`,
    withdrawn: (c: string, p: string, i: string) =>
      `${i} ha ritirato la richiesta della convenzione «${c}» su ${p}. Il link per firmare non vale più.`,
    expired: (c: string, p: string, i: string) =>
      `Nessuno ha firmato in tempo la convenzione «${c}» su ${p}. ${i} può chiederla di nuovo.`,
    product: (c: string, p: string, i: string) => `${i} ha lasciato ${p}, e con lui è finita la convenzione «${c}».`,
  },
  askedSubject: (product: string) => `Nuova versione dell’accordo ${product}: da accettare`,
  reminderSubject: (product: string, days: number) =>
    days === 1
      ? `Manca un giorno: nuova versione dell’accordo ${product}`
      : `Mancano ${days} giorni: nuova versione dell’accordo ${product}`,
  overdueSubject: (product: string) => `Tempo finito: nuova versione dell’accordo ${product}`,
  acceptedSubject: (product: string) => `Accettata la nuova versione dell’accordo ${product}`,
  asked: (product: string, institution: string) =>
    `L’accordo ${product} ha una nuova versione, e si chiede a ${institution} di accettarla. Ecco che cosa cambia:`,
  online:
    "La accetta nell’Area Riservata chi amministra l’ente: legge che cosa cambia paragrafo per paragrafo, e conferma con SPID o CIE.",
  signature: (signer: string) =>
    `La firma ${signer}, con firma digitale (CAdES o PAdES) o dalla pagina stessa, con la firma remota.`,
  by: (day: string, suspends: boolean) =>
    suspends
      ? `C’è tempo fino al ${day}. Dopo, il prodotto è sospeso finché non si accetta.`
      : `C’è tempo fino al ${day}.`,
  overdue: (product: string, institution: string, suspends: boolean) =>
    suspends
      ? `${institution} non ha accettato in tempo la nuova versione dell’accordo ${product}: il prodotto è sospeso. Torna attivo appena si accetta.`
      : `${institution} non ha accettato in tempo la nuova versione dell’accordo ${product}. Vale ancora il testo di prima, e si può accettare.`,
  accepted: (product: string, institution: string, by: string, day: string) =>
    `${by} ha accettato il ${day} la nuova versione dell’accordo ${product} per ${institution}. Da adesso vale questa.`,
  open: "Apri:",
  signed: "Area Riservata\nQuesto messaggio parte da solo: non rispondere.",
};
type Letters = typeof it;
const en: Letters = {
  conventionSubjects: {
    asked: (c) => `Convention “${c}”: to sign`,
    signed: (c) => `Convention “${c}” active`,
    left: (c) => `Convention “${c}” left`,
    withdrawn: (c) => `Convention “${c}”: request withdrawn`,
    expired: (c) => `Convention “${c}”: time is over`,
    product: (c) => `Convention “${c}” ended`,
  },
  conventions: {
    asked: (c, p, i) => `${i} asks for the convention “${c}”, which stands on ${p}.`,
    signed: (c, p, i) =>
      `The convention “${c}” on ${p} is signed: ${i} can use it from now on. It ends if the product is left.`,
    left: (c, p, i) => `${i} left the convention “${c}” on ${p}. The product stays active.`,
    withdrawn: (c, p, i) =>
      `${i} withdrew the request for the convention “${c}” on ${p}. The link to sign no longer holds.`,
    expired: (c, p, i) => `Nobody signed the convention “${c}” on ${p} in time. ${i} can ask for it again.`,
    product: (c, p, i) => `${i} left ${p}, and the convention “${c}” ended with it.`,
  },
  askedSubject: (product) => `New version of the ${product} agreement: to accept`,
  reminderSubject: (product, days) =>
    days === 1
      ? `One day left: new version of the ${product} agreement`
      : `${days} days left: new version of the ${product} agreement`,
  overdueSubject: (product) => `Time is over: new version of the ${product} agreement`,
  acceptedSubject: (product) => `New version of the ${product} agreement accepted`,
  asked: (product, institution) =>
    `The ${product} agreement has a new version, and ${institution} is asked to accept it. This is what changes:`,
  online:
    "Whoever administers the institution accepts it in the Area Riservata: they read what changes, paragraph by paragraph, and confirm with SPID or CIE.",
  signature: (signer) =>
    `${signer} signs it with a digital signature (CAdES or PAdES), or from the page itself with a remote signature.`,
  by: (day, suspends) =>
    suspends
      ? `There is time until ${day}. After that the product is suspended until it is accepted.`
      : `There is time until ${day}.`,
  overdue: (product, institution, suspends) =>
    suspends
      ? `${institution} did not accept the new version of the ${product} agreement in time: the product is suspended. It is active again as soon as it is accepted.`
      : `${institution} did not accept the new version of the ${product} agreement in time. The former text still holds, and the new one can be accepted.`,
  accepted: (product, institution, by, day) =>
    `On ${day} ${by} accepted the new version of the ${product} agreement for ${institution}. It holds from now on.`,
  open: "Open:",
  signed: "Area Riservata\nThis message is sent automatically: do not reply.",
};
const de: Letters = {
  conventionSubjects: {
    asked: (c) => `Zusatzvereinbarung „${c}“: zu unterschreiben`,
    signed: (c) => `Zusatzvereinbarung „${c}“ aktiv`,
    left: (c) => `Zusatzvereinbarung „${c}“ verlassen`,
    withdrawn: (c) => `Zusatzvereinbarung „${c}“: Anfrage zurückgezogen`,
    expired: (c) => `Zusatzvereinbarung „${c}“: Frist abgelaufen`,
    product: (c) => `Zusatzvereinbarung „${c}“ beendet`,
  },
  conventions: {
    asked: (c, p, i) => `${i} bittet um die Zusatzvereinbarung „${c}“ zu ${p}.`,
    signed: (c, p, i) =>
      `Die Zusatzvereinbarung „${c}“ zu ${p} ist unterschrieben: ${i} kann sie ab sofort nutzen. Sie endet, wenn das Produkt verlassen wird.`,
    left: (c, p, i) => `${i} hat die Zusatzvereinbarung „${c}“ zu ${p} verlassen. Das Produkt bleibt aktiv.`,
    withdrawn: (c, p, i) =>
      `${i} hat die Anfrage zur Zusatzvereinbarung „${c}“ zu ${p} zurückgezogen. Der Link zum Unterschreiben gilt nicht mehr.`,
    expired: (c, p, i) =>
      `Niemand hat die Zusatzvereinbarung „${c}“ zu ${p} rechtzeitig unterschrieben. ${i} kann erneut darum bitten.`,
    product: (c, p, i) => `${i} hat ${p} verlassen, damit endete die Zusatzvereinbarung „${c}“.`,
  },
  askedSubject: (product) => `Neue Fassung der Vereinbarung ${product}: anzunehmen`,
  reminderSubject: (product, days) =>
    days === 1
      ? `Noch ein Tag: neue Fassung der Vereinbarung ${product}`
      : `Noch ${days} Tage: neue Fassung der Vereinbarung ${product}`,
  overdueSubject: (product) => `Frist abgelaufen: neue Fassung der Vereinbarung ${product}`,
  acceptedSubject: (product) => `Neue Fassung der Vereinbarung ${product} angenommen`,
  asked: (product, institution) =>
    `Die Vereinbarung ${product} hat eine neue Fassung, ${institution} wird gebeten, sie anzunehmen. Das ändert sich:`,
  online:
    "Angenommen wird sie in der Area Riservata von den Administratoren der Körperschaft: Sie lesen Absatz für Absatz, was sich ändert, und bestätigen mit SPID oder CIE.",
  signature: (signer) =>
    `${signer} unterschreibt sie mit digitaler Signatur (CAdES oder PAdES) oder direkt auf der Seite mit Fernsignatur.`,
  by: (day, suspends) =>
    suspends
      ? `Die Frist läuft bis ${day}. Danach ist das Produkt ausgesetzt, bis angenommen wird.`
      : `Die Frist läuft bis ${day}.`,
  overdue: (product, institution, suspends) =>
    suspends
      ? `${institution} hat die neue Fassung der Vereinbarung ${product} nicht rechtzeitig angenommen: Das Produkt ist ausgesetzt. Es ist wieder aktiv, sobald angenommen wird.`
      : `${institution} hat die neue Fassung der Vereinbarung ${product} nicht rechtzeitig angenommen. Der frühere Text gilt weiter, die neue kann noch angenommen werden.`,
  accepted: (product, institution, by, day) =>
    `${by} hat am ${day} die neue Fassung der Vereinbarung ${product} für ${institution} angenommen. Sie gilt ab sofort.`,
  open: "Öffnen:",
  signed: "Area Riservata\nDiese Nachricht wird automatisch gesendet: bitte nicht antworten.",
};
const fr: Letters = {
  conventionSubjects: {
    asked: (c) => `Convention « ${c} » : à signer`,
    signed: (c) => `Convention « ${c} » active`,
    left: (c) => `Convention « ${c} » quittée`,
    withdrawn: (c) => `Convention « ${c} » : demande retirée`,
    expired: (c) => `Convention « ${c} » : délai écoulé`,
    product: (c) => `Convention « ${c} » terminée`,
  },
  conventions: {
    asked: (c, p, i) => `${i} demande la convention « ${c} », qui repose sur ${p}.`,
    signed: (c, p, i) =>
      `La convention « ${c} » sur ${p} est signée : ${i} peut l’utiliser dès maintenant. Elle prend fin si le produit est quitté.`,
    left: (c, p, i) => `${i} a quitté la convention « ${c} » sur ${p}. Le produit reste actif.`,
    withdrawn: (c, p, i) =>
      `${i} a retiré la demande de la convention « ${c} » sur ${p}. Le lien pour signer ne vaut plus.`,
    expired: (c, p, i) =>
      `Personne n’a signé à temps la convention « ${c} » sur ${p}. ${i} peut la demander de nouveau.`,
    product: (c, p, i) => `${i} a quitté ${p}, et la convention « ${c} » a pris fin avec lui.`,
  },
  askedSubject: (product) => `Nouvelle version de l’accord ${product} : à accepter`,
  reminderSubject: (product, days) =>
    days === 1
      ? `Plus qu’un jour : nouvelle version de l’accord ${product}`
      : `Plus que ${days} jours : nouvelle version de l’accord ${product}`,
  overdueSubject: (product) => `Délai écoulé : nouvelle version de l’accord ${product}`,
  acceptedSubject: (product) => `Nouvelle version de l’accord ${product} acceptée`,
  asked: (product, institution) =>
    `L’accord ${product} a une nouvelle version, que ${institution} est invité à accepter. Voici ce qui change :`,
  online:
    "Qui administre l’organisme l’accepte dans l’Area Riservata : il lit ce qui change, paragraphe par paragraphe, et confirme avec SPID ou CIE.",
  signature: (signer) =>
    `${signer} la signe avec une signature numérique (CAdES ou PAdES), ou depuis la page même avec la signature à distance.`,
  by: (day, suspends) =>
    suspends
      ? `Vous avez jusqu’au ${day}. Ensuite le produit est suspendu jusqu’à l’acceptation.`
      : `Vous avez jusqu’au ${day}.`,
  overdue: (product, institution, suspends) =>
    suspends
      ? `${institution} n’a pas accepté à temps la nouvelle version de l’accord ${product} : le produit est suspendu. Il redevient actif dès l’acceptation.`
      : `${institution} n’a pas accepté à temps la nouvelle version de l’accord ${product}. Le texte précédent vaut encore, et la nouvelle peut être acceptée.`,
  accepted: (product, institution, by, day) =>
    `${by} a accepté le ${day} la nouvelle version de l’accord ${product} pour ${institution}. Elle vaut dès maintenant.`,
  open: "Ouvrir :",
  signed: "Area Riservata\nCe message part automatiquement : ne répondez pas.",
};
const sl: Letters = {
  conventionSubjects: {
    asked: (c) => `Konvencija »${c}«: za podpis`,
    signed: (c) => `Konvencija »${c}« je aktivna`,
    left: (c) => `Konvencija »${c}« je opuščena`,
    withdrawn: (c) => `Konvencija »${c}«: zahteva je umaknjena`,
    expired: (c) => `Konvencija »${c}«: rok je potekel`,
    product: (c) => `Konvencija »${c}« je končana`,
  },
  conventions: {
    asked: (c, p, i) => `${i} prosi za konvencijo »${c}« k produktu ${p}.`,
    signed: (c, p, i) =>
      `Konvencija »${c}« k produktu ${p} je podpisana: ${i} jo lahko odslej uporablja. Konča se, če ustanova zapusti produkt.`,
    left: (c, p, i) => `${i} je opustila konvencijo »${c}« k produktu ${p}. Produkt ostane aktiven.`,
    withdrawn: (c, p, i) =>
      `${i} je umaknila zahtevo za konvencijo »${c}« k produktu ${p}. Povezava za podpis ne velja več.`,
    expired: (c, p, i) =>
      `Konvencije »${c}« k produktu ${p} nihče ni podpisal pravočasno. ${i} jo lahko zahteva znova.`,
    product: (c, p, i) => `${i} je zapustila ${p}, z njim se je končala konvencija »${c}«.`,
  },
  askedSubject: (product) => `Nova različica sporazuma ${product}: za sprejem`,
  reminderSubject: (product, days) =>
    days === 1
      ? `Še en dan: nova različica sporazuma ${product}`
      : `Še ${days} dni: nova različica sporazuma ${product}`,
  overdueSubject: (product) => `Rok je potekel: nova različica sporazuma ${product}`,
  acceptedSubject: (product) => `Nova različica sporazuma ${product} je sprejeta`,
  asked: (product, institution) =>
    `Sporazum ${product} ima novo različico; ${institution} naj jo sprejme. Spremeni se naslednje:`,
  online:
    "Sprejme jo skrbnik ustanove v Area Riservata: prebere, kaj se spremeni, odstavek za odstavkom, in potrdi s SPID ali CIE.",
  signature: (signer) =>
    `Podpiše jo ${signer}, z digitalnim podpisom (CAdES ali PAdES) ali kar na strani s podpisom na daljavo.`,
  by: (day, suspends) =>
    suspends ? `Rok je ${day}. Po tem je produkt začasno ustavljen, dokler različica ni sprejeta.` : `Rok je ${day}.`,
  overdue: (product, institution, suspends) =>
    suspends
      ? `${institution} nove različice sporazuma ${product} ni sprejela pravočasno: produkt je začasno ustavljen. Spet bo aktiven takoj po sprejemu.`
      : `${institution} nove različice sporazuma ${product} ni sprejela pravočasno. Prejšnje besedilo še velja, novo se lahko sprejme.`,
  accepted: (product, institution, by, day) =>
    `${by} je ${day} sprejel(a) novo različico sporazuma ${product} za ustanovo ${institution}. Odslej velja ta.`,
  open: "Odprite:",
  signed: "Area Riservata\nTo sporočilo je poslano samodejno: ne odgovarjajte.",
};

export const termsLetters: Record<Language, Letters> = { it, en, de, fr, sl };
