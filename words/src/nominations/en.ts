import type { NominationWords } from "./it.ts";

const words: NominationWords = {
  title: "Nominations",
  intro:
    "For some products an administrator is named by a document that the legal representative signs. They have access when it comes back signed.",
  fresh: "New nomination",
  product: "Product",
  until: "Until",
  write: "Write the nomination",
  written:
    "Nomination written: it is in the institution’s PEC too. Have it signed from there, or download it and upload it here.",
  signHere: "Go and sign",
  notHere: "No product of the institution wants signed nominations: administrators are given on the People page.",
  list: "Nominations of the institution",
  emptyTitle: "No nomination yet",
  empty: "When you write one, you find it here with the document to sign.",
  states: { pending: "To sign", signed: "Signed", cancelled: "Withdrawn" },
  signer: (name) => `${name} signs`,
  by: (name, day) => `written by ${name} on ${day}`,
  signedOn: (day) => `signed on ${day}`,
  download: "Download the document",
  file: "Signed document (.p7m or .pdf)",
  send: "Upload the signed document",
  missing: "Choose the signed file first.",
  done: (name) => `Signature in order: ${name} has access from now.`,
  withdraw: "Withdraw",
  withdrawn: "Nomination withdrawn.",
};

export default words;
