import { plural } from "../languages.ts";
import type { ProfileWords } from "./it.ts";

const en: ProfileWords = {
  sessions: {
    title: "Your sessions",
    intro: "Where you are signed in right now. If you do not recognise a session, close it.",
    list: "Open sessions",
    thisOne: "This one",
    unknown: "Device not recognised",
    close: "Close",
    closeThis: "Sign out here",
    closeOthers: "Close all the others",
    onlyThis: "No other session is open.",
    closed: "Session closed: it no longer works.",
    foot: "Five stay open at most: another sign-in closes the least used. Each ends by itself after a pause, and within the day in any case.",
    meta: (scheme, level, since) => `${scheme}, level ${level} · since ${since}`,
    seen: (when) => `seen at ${when}`,
    closedOthers: (count) => plural("en", count, { one: "# other session closed", other: "# other sessions closed" }),
  },
  contacts: {
    title: "Your e-mail addresses",
    intro:
      "One for each institution you work for: messages for you go there. It holds once you confirm the code we send you.",
    list: "Addresses",
    none: "No address yet",
    verified: "Verified",
    unverified: "To be verified",
    waiting: "Waiting for the code",
    add: "Add",
    change: "Change",
    verify: "Verify",
    writeCode: "Write the code",
    emptyTitle: "No institutions yet",
    empty: "Addresses appear when you work for an institution.",
    email: "E-mail",
    emailHelp: "An address of yours, also of your work; not a PEC, which belongs to the institution.",
    sendCode: "Send the code",
    code: "Six-digit code",
    confirm: "Confirm the address",
    another: "Ask for another code",
    cancel: "Not now",
    returned: "You confirmed who you are: now send the code.",
    dialog: (name) => `Your address for ${name}`,
    sent: (email) => `The code left for ${email}. It holds for 15 minutes.`,
    done: (email) => `${email} is verified. It holds from now.`,
    pending: (email) => `new: ${email}`,
  },
};

export default en;
