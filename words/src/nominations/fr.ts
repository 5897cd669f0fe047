import type { NominationWords } from "./it.ts";

const words: NominationWords = {
  title: "Nominations",
  intro:
    "Pour certains produits un administrateur est nommé par un document signé par le représentant légal. Il a accès quand le document revient signé.",
  fresh: "Nouvelle nomination",
  product: "Produit",
  until: "Jusqu’au",
  write: "Écrire la nomination",
  written:
    "Nomination écrite : elle est aussi dans la PEC de l’organisme. Faites-la signer de là, ou téléchargez-la puis chargez-la ici.",
  signHere: "Aller à la signature",
  notHere:
    "Aucun produit de l’organisme ne veut de nominations signées : les administrateurs se donnent depuis la page Personnes.",
  list: "Nominations de l’organisme",
  emptyTitle: "Pas encore de nomination",
  empty: "Quand vous en écrivez une, vous la trouvez ici avec le document à signer.",
  states: { pending: "À signer", signed: "Signée", cancelled: "Retirée" },
  signer: (name) => `signe ${name}`,
  by: (name, day) => `écrite par ${name} le ${day}`,
  signedOn: (day) => `signée le ${day}`,
  download: "Télécharger le document",
  file: "Document signé (.p7m ou .pdf)",
  send: "Charger le document signé",
  missing: "Choisissez d’abord le fichier signé.",
  done: (name) => `Signature en ordre : ${name} a accès dès maintenant.`,
  withdraw: "Retirer",
  withdrawn: "Nomination retirée.",
};

export default words;
