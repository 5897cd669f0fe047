import type { LetterWords } from "./it.ts";

const en: LetterWords = {
  signed: "Area Riservata\nThis message is automatic: please do not reply to this address.",
  wrote: (message) => `They wrote: “${message}”`,
  says: {
    "legal-representative": "who says they are its legal representative",
    member: "who says they work there",
  },
  recoveryToPec: {
    subject: (f) => `${f.who} asks to administer ${f.institution} in Area Riservata`,
    text: (f) =>
      `${f.who}, ${f.says}, asks to become an administrator of ${f.institution} in Area Riservata, because no administrator answers any more.\n\nIf this person belongs to the institution, confirm it from this link by ${f.by}. If you do not know them, stop the request from the same link:\n${f.link}`,
    afterwards:
      "The legal representative confirms too. Then some days pass, in which anyone who works for the institution can still stop the request.",
  },
  recoveryToRepresentative: {
    subject: (f) => `${f.who} asks to administer ${f.institution}`,
    text: (f) =>
      `${f.name}, according to our records you are the legal representative of ${f.institution}. ${f.who} asks to become its administrator in Area Riservata, because no administrator answers any more.\n\nEnter with SPID or CIE and confirm, or stop the request, by ${f.by}:\n${f.link}\n\nIf you no longer represent the institution, do not confirm: the staff will answer.`,
  },
  recoveryReceived: {
    subject: (f) => `Your request to administer ${f.institution}`,
    text: (f) =>
      `${f.who}, we have written to the certified address ${f.pec}${f.representative ? " and to the legal representative" : ""}. The confirmations are needed by ${f.day}${f.representative ? "" : "; in place of the legal representative, whom we do not know, the staff confirm"}.\n\nWhere it stands:\n${f.link}`,
  },
  recoveryWaits: {
    subject: (f) => `${f.who} will administer ${f.institution} from ${f.day}`,
    text: (f) =>
      `The confirmations are there: ${f.who} becomes an administrator of ${f.institution} on ${f.day}, unless somebody at the institution stops it first.\n\nSee it, or stop it:\n${f.link}`,
  },
  recoveryEnded: {
    subject: {
      completed: (f) => `You are an administrator of ${f.institution}`,
      stopped: (f) => `The request to administer ${f.institution} was stopped`,
      expired: (f) => `The request to administer ${f.institution} has expired`,
    },
    text: {
      completed: (f) =>
        `${f.who}, from now on you administer ${f.institution}. First of all invite a second administrator: then this will not happen again.`,
      stopped: (f) => `${f.who}, the request to administer ${f.institution} was stopped. You have no new access.`,
      expired: (f) =>
        `${f.who}, the confirmations to administer ${f.institution} did not arrive in time. You can ask again.`,
    },
  },
  representativeChanged: {
    subject: (f) => `${f.institution}: a new legal representative was declared`,
    administrator: "An administrator",
    text: (f) =>
      `${f.by} declared in Area Riservata that the legal representative of ${f.institution} is ${f.now}${f.before ? `, in place of ${f.before}` : ""}.\n\nIf this is not true, an administrator corrects it here, and Assistance can help:\n${f.link}`,
  },
  assistanceAnswered: {
    subject: (number) => `Answer to your request ${number}`,
    text: (f) => `${f.name}, here is the answer to your request ${f.number}.`,
    wrote: "You had written:",
    all: "Your requests:",
  },
  delegation: {
    see: "The delegation, and who has something to do:",
    why: (reason) => `Why: ${reason}`,
    where: { test: "in the test environment", production: "in production", both: "in test and in production" },
    scope: (where, until) => `Where it holds: ${where}${until ? `, until ${until}` : ""}.`,
    subjects: {
      offered: (f) => `${f.delegator} offers you the delegation on ${f.product}`,
      accepted: (f) => `The delegation of ${f.delegator} to ${f.partner} on ${f.product} is active`,
      refused: (f) => `The delegation of ${f.delegator} to ${f.partner} on ${f.product} was refused`,
      changed: (f) => `${f.delegator} changed the delegation on ${f.product}`,
      entrusted: (f) => `${f.delegator} entrusts ${f.partner} with a delicate permission on ${f.product}`,
      suspended: (f) => `${f.delegator} suspended the delegation on ${f.product}`,
      resumed: (f) => `${f.delegator} resumed the delegation on ${f.product}`,
      revoked: (f) => `${f.delegator} revoked the delegation on ${f.product}`,
      renounced: (f) => `${f.partner} gave up the delegation on ${f.product}`,
      expired: (f) => `The delegation of ${f.delegator} to ${f.partner} on ${f.product} has expired`,
    },
    texts: {
      offered: (f) => `${f.delegator} delegates ${f.partner} on ${f.product}. It holds from when you accept it.`,
      accepted: (f) =>
        `From now on ${f.partner} can act on behalf of ${f.delegator} on ${f.product}, within the limits chosen.`,
      refused: (f) => `The delegation does not begin: ${f.partner} cannot act on behalf of ${f.delegator}.`,
      changed: () => "The new limits hold from the next request.",
      entrusted: (f) => `Two people of ${f.delegator} decided it. From now on ${f.partner} can also do what follows.`,
      suspended: (f) =>
        `From the next request nobody of ${f.partner} enters on behalf of ${f.delegator}, until the institution resumes it.`,
      resumed: (f) => `${f.partner} can act again on behalf of ${f.delegator}, within the same limits.`,
      revoked: (f) =>
        `From the next request nobody of ${f.partner} enters on behalf of ${f.delegator} any more. What was done stays in the history.`,
      expired: (f) => `It ended on the day chosen: ${f.partner} no longer acts on behalf of ${f.delegator}.`,
      unanswered: () => "Nobody answered in time: the delegation does not begin.",
    },
  },
};
export default en;
