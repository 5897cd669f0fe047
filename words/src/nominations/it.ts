/** Administrators named on paper. The key type of the other languages. */
const it = {
  title: "Nomine",
  intro:
    "Per alcuni prodotti un amministratore si nomina con un documento firmato dal legale rappresentante. Ha accesso quando il documento torna firmato.",
  fresh: "Nuova nomina",
  product: "Prodotto",
  until: "Fino al",
  write: "Scrivi la nomina",
  written: "Nomina scritta: è anche nella PEC dell’ente. Falla firmare da lì, o scaricala e caricala qui.",
  signHere: "Vai alla firma",
  notHere: "Nessun prodotto dell’ente vuole nomine firmate: gli amministratori si danno dalla pagina Utenti.",
  list: "Nomine dell’ente",
  emptyTitle: "Ancora nessuna nomina",
  empty: "Quando ne scrivi una, la trovi qui con il documento da firmare.",
  states: { pending: "Da firmare", signed: "Firmata", cancelled: "Ritirata" },
  signer: (name: string) => `firma ${name}`,
  by: (name: string, day: string) => `scritta da ${name} il ${day}`,
  signedOn: (day: string) => `firmata il ${day}`,
  download: "Scarica il documento",
  file: "Documento firmato (.p7m o .pdf)",
  send: "Carica il documento firmato",
  missing: "Scegli prima il file firmato.",
  done: (name: string) => `Firma in ordine: ${name} ha accesso da adesso.`,
  withdraw: "Ritira",
  withdrawn: "Nomina ritirata.",
};

export default it;
export type NominationWords = typeof it;
