import type { Language } from "../languages.ts";

/** The letter with a nomination to sign, to the certified mailbox of an institution. */
const it = {
  subject: (product: string) => `Nomina di un amministratore per ${product}: da firmare`,
  text: (institution: string, product: string, signer: string) =>
    `${institution} nomina un amministratore per ${product}. Il documento è pronto: lo firma ${signer}, con firma digitale (CAdES o PAdES) o dalla pagina stessa, con la firma remota. La persona nominata ha accesso quando la firma è in ordine.`,
  open: "Apri la pagina della firma:",
  until: (day: string) => `Il link vale fino al ${day}, e si apre quante volte vuoi.`,
};
type Letters = typeof it;
export const nominationLetters: Record<Language, Letters> = {
  it,
  en: {
    subject: (product) => `Nomination of an administrator for ${product}: to sign`,
    text: (institution, product, signer) =>
      `${institution} nominates an administrator for ${product}. The document is ready: ${signer} signs it with a digital signature (CAdES or PAdES), or from the page itself with a remote signature. The person named has access once the signature is in order.`,
    open: "Open the page of the signature:",
    until: (day) => `The link holds until ${day}, and can be opened as often as needed.`,
  },
  de: {
    subject: (product) => `Ernennung eines Administrators für ${product}: zu unterschreiben`,
    text: (institution, product, signer) =>
      `${institution} ernennt einen Administrator für ${product}. Das Dokument ist bereit: ${signer} unterschreibt mit digitaler Signatur (CAdES oder PAdES) oder direkt auf der Seite mit Fernsignatur. Die ernannte Person hat Zugang, sobald die Unterschrift in Ordnung ist.`,
    open: "Seite der Unterschrift öffnen:",
    until: (day) => `Der Link gilt bis ${day} und kann beliebig oft geöffnet werden.`,
  },
  fr: {
    subject: (product) => `Nomination d’un administrateur pour ${product} : à signer`,
    text: (institution, product, signer) =>
      `${institution} nomme un administrateur pour ${product}. Le document est prêt : ${signer} le signe avec une signature numérique (CAdES ou PAdES), ou depuis la page même avec la signature à distance. La personne nommée a accès dès que la signature est en ordre.`,
    open: "Ouvrir la page de signature :",
    until: (day) => `Le lien vaut jusqu’au ${day}, et s’ouvre autant de fois que nécessaire.`,
  },
  sl: {
    subject: (product) => `Imenovanje skrbnika za ${product}: za podpis`,
    text: (institution, product, signer) =>
      `${institution} imenuje skrbnika za ${product}. Dokument je pripravljen: podpiše ga ${signer}, z digitalnim podpisom (CAdES ali PAdES) ali kar na strani s podpisom na daljavo. Imenovana oseba ima dostop, ko je podpis v redu.`,
    open: "Odprite stran za podpis:",
    until: (day) => `Povezava velja do ${day} in se lahko odpre večkrat.`,
  },
};
