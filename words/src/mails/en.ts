import type { MailWords } from "./it.ts";

const en: MailWords = {
  subjects: {
    received: (product, institution) => `Request to join ${product} received: ${institution}`,
    resubmitted: (product, institution) => `Request to join ${product} corrected and received: ${institution}`,
    rejected: (product, institution) => `Request to join ${product} refused: ${institution}`,
    "changes-requested": (product, institution) => `Request to join ${product} to be corrected: ${institution}`,
    "correction-expired": (product, institution) => `Request to join ${product} expired: ${institution}`,
    message: (product, institution) => `A message about joining ${product}: ${institution}`,
  },
  received: (product, institution) =>
    `The request by which ${institution} wants to join ${product} has arrived. A person now checks the data; then we write again.`,
  by: (day) => `The decision comes by ${day}.`,
  resubmitted: (product, institution) =>
    `The corrected request by which ${institution} wants to join ${product} has arrived. The reviewer sees what changed.`,
  rejected: (product, institution) =>
    `The request by which ${institution} wanted to join ${product} cannot be accepted.`,
  reason: "The reason:",
  "changes-requested": (product, institution) =>
    `The reviewer of the request by which ${institution} wants to join ${product} asks for corrections.`,
  toCorrect: "What to correct:",
  message: (product, institution) =>
    `The reviewer of the request by which ${institution} wants to join ${product} wrote:`,
  "correction-expired": (product, institution) =>
    `The time to correct the request by which ${institution} wanted to join ${product} has passed. A new request can be sent.`,
  see: "The request can be seen at",
  signed: "Area Riservata\nThis message is automatic: do not reply to this address.",
};
export default en;
