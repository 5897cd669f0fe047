import { day } from "../languages.ts";
import { delegationProblems } from "./delegations/en.ts";
import type { Facts, ProblemWords } from "./it.ts";
import { nodeProblems } from "./node/en.ts";

const names = (facts: Facts) =>
  Array.isArray(facts.grantors) && facts.grantors.length ? (facts.grantors as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const words: ProblemWords = {
  problems: {
    ...delegationProblems,
    ...nodeProblems,
    "input-invalid": {
      title: "Some of the data is not right",
      detail: () => "Each place is marked: correct it and send again. Nothing has been written.",
    },
    "not-found": {
      title: "This page is not here",
      detail: () => "The address is wrong or the resource no longer exists.",
    },
    "method-not-allowed": {
      title: "Action not available here",
      detail: () => "This address accepts other actions: they are in the OpenAPI document.",
    },
    "media-type-unsupported": {
      title: "Format not accepted",
      detail: () => "Send JSON, or a file as described in the documentation.",
    },
    "body-too-large": {
      title: "Request too large",
      detail: () => "It exceeds the limit of this address. Nothing has been written.",
    },
    "too-many-requests": {
      title: "Too many requests",
      detail: (f) => `Try again in ${text(f.seconds) || "60"} seconds.`,
    },
    "internal-error": {
      title: "The fault is ours",
      detail: () =>
        "We did not complete the request and nothing has been written. Try again; if it happens again, give Support the code shown here.",
    },
    "temporarily-unavailable": {
      title: "The service is not answering",
      detail: () => "The fault is ours and it will pass. Try again in a minute.",
    },
    "session-missing": {
      title: "You need to sign in",
      detail: (f) =>
        f.staff
          ? "Sign in at the staff door and you come back here."
          : "Sign in with SPID or CIE and you come back here.",
    },
    "session-expired": {
      title: "Your session has ended",
      detail: () =>
        "For safety it closes after a period without activity. Sign in again: what was saved is still there.",
    },
    "request-forged": {
      title: "Request not recognised",
      detail: () => "It does not come from a page of the portal. Go back to the page and repeat the action from there.",
    },
    "permission-missing": {
      title: "You lack a permission",
      detail: (f) =>
        f.staff
          ? `This needs the permission “${text(f.permission)}”, which your profiles do not include.`
          : names(f)
            ? `You lack the permission “${text(f.permission)}”. ${names(f)} can give it to you.`
            : `This needs the permission “${text(f.permission)}” for this institution, and you do not have it.`,
    },
    "idempotency-key-reused": {
      title: "Repetition key already used",
      detail: () => "The same Idempotency-Key arrived with different data. Use a new one.",
    },
    "idempotency-key-running": {
      title: "The same request is running",
      detail: () => "The first has not finished yet. Wait for its answer.",
    },
    "version-missing": { title: "The version read is missing", detail: () => "Give in If-Match the version you read." },
    "version-stale": {
      title: "Somebody saved before you",
      detail: () => "The data has changed since you read it. Reload, check and save again.",
    },
    "login-provider-unknown": {
      title: "Unknown identity provider",
      detail: () => "It is not in the list of recognised providers. Choose another one.",
    },
    "login-response-malformed": {
      title: "Sign-in failed",
      detail: () => "The identity provider’s answer cannot be read. Try again, or choose another provider.",
    },
    "login-response-untrusted": {
      title: "Sign-in failed",
      detail: () => "The identity provider’s answer cannot be verified. Try again, or choose another provider.",
    },
    "login-response-not-for-us": {
      title: "Sign-in failed",
      detail: () => "The identity provider’s answer was meant for another service. Try again from here.",
    },
    "login-response-out-of-time": {
      title: "Sign-in expired",
      detail: () => "Too much time passed between the request and the answer. Start signing in again.",
    },
    "login-response-unexpected": {
      title: "Sign-in failed",
      detail: () => "This answer does not belong to a sign-in in progress. Start again from here.",
    },
    "login-response-replayed": {
      title: "Sign-in already used",
      detail: () => "This answer has already served once and is no longer valid. Start signing in again.",
    },
    "login-other-browser": {
      title: "Sign-in started elsewhere",
      detail: () => "Signing in began in another window or on another device. Start again from here.",
    },
    "login-level-insufficient": {
      title: "Level 2 is needed",
      detail: () => "The credentials used are of a lower level. Sign in again with level 2.",
    },
    "login-fiscal-code-missing": {
      title: "The fiscal code is missing",
      detail: () => "The identity used carries no Italian fiscal code, and the portal recognises people by it.",
    },
    "login-identity-mismatch": {
      title: "The identity’s data do not agree",
      detail: () => "The date of birth is not that of the fiscal code. Contact your identity provider.",
    },
    "login-provider-error": {
      title: "The identity provider did not let you in",
      detail: () => "Try again, or choose another provider.",
    },
    "login-provider-unavailable": {
      title: "The identity provider does not answer",
      detail: () => "Right now we cannot reach or verify it. Try again in a few minutes, or enter another way.",
    },
    "inbox-item-unknown": {
      title: "This line is no longer there",
      detail: () => "Perhaps you removed it already, or it was not yours. Reload “To do”.",
    },
    "topic-always-mailed": {
      title: "Matters of security always travel",
      detail: () => "You can choose the other e-mails; not these, since they protect the access of institutions.",
    },
    "step-up-needed": {
      title: "Confirm that it is you",
      detail: () =>
        "This action needs a sign-in of the last ten minutes. Confirm with your identity and you come back here: what you wrote stays.",
    },
    "step-up-session-over": {
      title: "The session ended while you were confirming",
      detail: () => "Sign in again, then repeat the action.",
    },
    "step-up-other-person": {
      title: "Somebody else confirmed",
      detail: () =>
        "The session stays with whoever opened it, and nothing was done. Confirm with your own identity, or sign out and enter with the other.",
    },
    "step-up-not-fresh": {
      title: "The provider did not ask you to authenticate again",
      detail: () => "It answered with an earlier sign-in, which is not enough here. Try again.",
    },
    "login-person-blocked": {
      title: "Your access is suspended",
      detail: () =>
        "It was suspended by those who look after the portal’s security. Write to Support with the code below.",
    },
    "session-unknown": {
      title: "This session is no longer there",
      detail: () => "It has already ended, or is not yours. Refresh the list.",
    },
    "contact-changes-too-many": {
      title: "Too many codes asked for",
      detail: () => "You can ask for five in an hour. Try again later: until then the earlier address holds.",
    },
    "contact-code-wrong": {
      title: "That is not the code",
      detail: (f) => `Look at the latest message. Attempts left: ${text(f.attemptsLeft)}.`,
    },
    "contact-code-over": {
      title: "The code is no longer valid",
      detail: () => "It expired, was already used, or no attempts are left. Ask for another.",
    },
    "staff-door-closed": {
      title: "The staff door is closed",
      detail: () => "The staff’s identity provider is not connected to this portal yet.",
    },
    "staff-login-refused": {
      title: "Sign-in did not succeed",
      detail: () =>
        "The identity provider gave no answer that we can accept, or it took too long. Start again from here.",
    },
    "staff-without-profile": {
      title: "No profile on this portal",
      detail: () => "We recognised you, but none of your groups opens the portal.",
    },
    "staff-provider-unavailable": {
      title: "The identity provider does not answer",
      detail: () => "Without it we cannot recognise you. Try again in a few minutes.",
    },
    "registry-body-unknown": {
      title: "Institution not found in IndicePA",
      detail: (f) => `No institution has the IPA code “${text(f.ipaCode)}”. Search by name or tax code.`,
    },
    "registry-body-ended": {
      title: "Institution ended",
      detail: () =>
        "According to IndicePA the institution has ended and cannot join. If this is wrong, it must be corrected in IndicePA.",
    },
    "registry-file-malformed": {
      title: "IndicePA file not valid",
      detail: (f) => `Line ${text(f.line)}: ${text(f.reason)}. Nothing has been loaded.`,
    },
    "product-unknown": { title: "Unknown product", detail: () => "This product does not exist or is not published." },
    "product-faulty": {
      title: "The change cannot be published",
      detail: () => "There are faults in the configuration: the rehearsal lists them.",
    },
    "product-moved-on": {
      title: "The product changed meanwhile",
      detail: () => "Another version was published: start again from that.",
    },
    "product-proposal-open": { title: "A change already waits", detail: () => "Publish it or send it back first." },
    "product-proposal-missing": {
      title: "The proposal is no longer there",
      detail: () => "It was published, withdrawn or sent back: read the product again.",
    },
    "institution-unknown": {
      title: "Institution not found",
      detail: () => "This institution is not here, or you do not work for it.",
    },
    "draft-unknown": {
      title: "Draft not found",
      detail: () => "It no longer exists, or it is not yours. Your drafts are where you choose the institution.",
    },
    "draft-expired": {
      title: "Draft expired",
      detail: () => "Drafts are kept for 60 days. Open a new one: the registry’s data is already there.",
    },
    "hand-over-link-invalid": {
      title: "This link is not valid",
      detail: () =>
        "It is incomplete, has been altered or has been used by somebody else. Ask your colleague to hand the draft over again.",
    },
    "onboarding-unknown": { title: "Onboarding not found", detail: () => "It does not exist, or you did not send it." },
    "institution-kind-not-admitted": {
      title: "Kind of institution not admitted",
      detail: () => "This product is not for this kind of institution.",
    },
    "registry-entry-unknown": {
      title: "Not in the list",
      detail: (f) => `The list does not hold the code ${text(f.code)}. Go back to the search and choose again.`,
    },
    "institution-not-admitted": {
      title: "This institution cannot join",
      detail: (f) =>
        (
          ({
            category: "Its category in IndicePA is not among those of the product.",
            units: "The whole body joins this product, not one of its AOO or UO.",
            "private-beta": "The product is on trial: for now only invited institutions join.",
            activity: "Its activities in the business register are not among those admitted.",
            closed: "The product takes no new adhesions.",
          }) as Record<string, string>
        )[text(f.because)] ?? "The product does not admit it.",
    },
    "parent-product-missing": {
      title: "Another product is needed first",
      detail: (f) => `This product adds to ${text(f.parent)}: join that one first, then come back.`,
    },
    "recipient-code-not-of-institution": {
      title: "The recipient code is not of this body",
      detail: (f) =>
        `In IndicePA ${text(f.recipientCode)} is not the code of one of its offices. Copy it from the body’s page, under electronic invoicing.`,
    },
    "recipient-code-without-invoicing": {
      title: "The office receives no invoices",
      detail: (f) =>
        `In IndicePA the office ${text(f.recipientCode)} has no invoicing service. Choose one that has it.`,
    },
    "institution-data-differ": {
      title: "The registry has changed",
      detail: (f) =>
        `Since you searched for the institution, IndicePA has changed: the PEC is now ${text(f.pec)}. Check and send again.`,
    },
    "already-active": {
      title: "The institution has already joined",
      detail: () =>
        "The product is already active for this institution. To work on it, ask one of its administrators for access.",
    },
    "already-awaiting-signature": {
      title: "You have already sent this onboarding",
      detail: () =>
        "Wait for the signature: the agreement is at the institution’s PEC. You find it where you choose the institution.",
    },
    "manager-among-administrators": {
      title: "The legal representative cannot be an administrator",
      detail: () => "For this product they must be different people: name somebody else as administrator.",
    },
    "administrator-repeated": {
      title: "The same administrator twice",
      detail: () => "Each administrator is named only once.",
    },
    "product-has-children": {
      title: "Other products build on this one",
      detail: (f) => `Leave these first: ${text(f["children"])}. Nothing changed.`,
    },
    "aggregates-not-allowed": {
      title: "For this product each institution joins by itself",
      detail: () => "Joining for others with a file is not possible.",
    },
    "aggregate-file-unknown": {
      title: "This file is not there",
      detail: () => "Files that nobody asked to sign for are kept 30 days. Upload it again.",
    },
    "aggregate-file-malformed": {
      title: "The file cannot be read",
      detail: (f) => `Line ${text(f["line"])}: ${text(f["reason"])}. Nothing was written.`,
    },
    "aggregate-file-too-long": {
      title: "The file is too long",
      detail: (f) => `Up to ${text(f["maximum"])} rows: split it into several files.`,
    },
    "aggregate-file-used": {
      title: "The request for this file has already left",
      detail: () => "Upload another file for other institutions.",
    },
    "aggregate-file-empty": {
      title: "No row is in order",
      detail: () => "Mend the rows marked and upload the file again.",
    },
    "onboarding-not-to-sign": {
      title: "There is nothing to sign now",
      detail: () => "The agreement does not wait for a signature: see where the onboarding stands.",
    },
    "onboarding-resent-already": {
      title: "It has just left",
      detail: () =>
        "Wait an hour before sending it again; meanwhile look into the unwanted mail of the certified mailbox.",
    },
    "onboarding-extended-already": {
      title: "The time was extended already",
      detail: () => "It is extended once. If it ends, send a new request.",
    },
    "onboarding-not-reviewed": {
      title: "This request is not reviewed",
      detail: () => "Nobody looks at it first: the agreement leaves at once.",
    },
    "onboarding-not-to-correct": {
      title: "There is nothing to correct",
      detail: () => "It is corrected when the reviewer asks; meanwhile you can write a message.",
    },
    "onboarding-of-another-institution": {
      title: "It is another institution",
      detail: () => "The correction is about the institution already sent. For another one, send a new request.",
    },
    "review-decided-already": {
      title: "It has already been decided",
      detail: (f) =>
        f["by"]
          ? `${text(f["by"])} ${f["outcome"] === "approved" ? "approved it" : f["outcome"] === "rejected" ? "refused it" : "asked for corrections"}${f["at"] ? ` on ${day("en", text(f["at"]))}` : ""}. Your decision was not written.`
          : "Meanwhile it was decided or withdrawn. Your decision was not written.",
    },
    "review-taken": {
      title: "A colleague works on it",
      detail: (f) => `${text(f["by"]) || "A colleague"} has it: take it over, or leave it. Nothing was written.`,
    },
    "review-data-changed": {
      title: "The data changed meanwhile",
      detail: () => "The request was corrected after you opened it: read it again, then decide. Nothing was written.",
    },
    "review-over": { title: "The review is over", detail: () => "Nothing more is written about this request." },
    "review-proposal-open": {
      title: "A decision already waits for the second person",
      detail: () => "A colleague has proposed what to do: confirm it or send it back.",
    },
    "review-proposal-missing": {
      title: "There is nothing left to confirm",
      detail: () => "The proposal was withdrawn or confirmed. Read the request again.",
    },
    "onboarding-not-cancellable": {
      title: "It can no longer be cancelled",
      detail: () => "The onboarding has already ended.",
    },
    "second-person-needed": {
      title: "A second person is needed",
      detail: () =>
        "The institution asks for two people for this change: propose it, and a colleague who may do it approves. Nothing has changed.",
    },
    "second-person-missing": {
      title: "Nobody could approve",
      detail: () =>
        "To ask for two people at least two colleagues need the permissions to change IBANs and to approve. First give them to another person.",
    },
    "proposal-unknown": {
      title: "Proposal not found",
      detail: () => "It does not exist, or belongs to another institution.",
    },
    "proposal-closed": {
      title: "Proposal already closed",
      detail: () => "Somebody decided or withdrew it, or its days are over. Reload the page to see how it ended.",
    },
    "proposal-own": {
      title: "It is your own proposal",
      detail: () => "Another person decides on it. You can withdraw it.",
    },
    "proposal-of-another": {
      title: "It is somebody else’s proposal",
      detail: () => "Only its author can withdraw it; you can reject it.",
    },
    "proposal-outdated": {
      title: "Something changed meanwhile",
      detail: () =>
        "The proposed change can no longer be made like this. Its author can withdraw it and propose it anew. Nothing has changed.",
    },
    "proposal-not-possible": {
      title: "This action is not proposed",
      detail: () => "It is done directly, with the permission it asks for.",
    },
    "product-not-active": {
      title: "Product not active",
      detail: () => "The institution must first join the product. Joining begins from the overview.",
    },
    "iban-unknown": {
      title: "IBAN not found",
      detail: () => "It does not exist in this environment, was retired, or belongs to another institution.",
    },
    "iban-already-registered": {
      title: "The IBAN is already there",
      detail: () => "It is among the institution’s IBANs in use in this environment: open it to change it.",
    },
    "iban-of-another-institution": {
      title: "Postal account of another institution",
      detail: () =>
        "A BancoPosta account may belong to one institution only. Check the digits; if the account is yours, write to support.",
    },
    "iban-dates": {
      title: "The dates do not work",
      detail: (f) =>
        f.why === "begins-too-early"
          ? `It can hold from ${day("en", text(f.earliest))}: choose that day or a later one.`
          : f.why === "already-begun"
            ? "The IBAN already holds: its beginning can no longer change."
            : f.why === "already-over"
              ? "The end is already past: choose a day from today on."
              : f.why === "retires-too-early"
                ? `The first possible day of retirement is ${day("en", text(f.earliest))}.`
                : "The end must come after the beginning.",
    },
    "iban-retiring": {
      title: "The retirement is already planned",
      detail: () => "Cancel it first if you want to choose another day.",
    },
    "iban-not-retiring": {
      title: "No retirement to cancel",
      detail: () => "The IBAN is in use, without a day of retirement.",
    },
    "iban-last": {
      title: "It is the institution’s only IBAN",
      detail: () => "Without an account the institution cannot receive payments: first add another.",
    },
    "iban-not-owner": {
      title: "Another institution decides the end date",
      detail: () =>
        "This IBAN is also used by another institution, which declared it first: only they choose its end. You can plan its retirement from your own list.",
    },
    "iban-file-malformed": {
      title: "The file cannot be read",
      detail: (f) =>
        `${f.file ? `${text(f.file)}: ` : f.line ? `Line ${text(f.line)}: ` : ""}${text(f.reason)}. Mend it and upload it again: nothing has changed.`,
    },
    "iban-file-too-long": {
      title: "The file has too many rows",
      detail: (f) => `It may have ${text(f.maximum)}: split it into several files.`,
    },
    "iban-file-of-another": {
      title: "The file belongs to another institution",
      detail: (f) => `It says ${text(f.taxCode)} inside. Choose this institution’s file.`,
    },
    "iban-zip-refused": {
      title: "The ZIP is not accepted",
      detail: (f) =>
        `${f.file ? `${text(f.file)}: ` : ""}${({ "not-a-zip": "it is not a whole ZIP", "too-many-files": "it holds more than 10 files", "too-large": "opened it exceeds 10 MB", encrypted: "it is protected by a password", folder: "it holds folders", "repeated-name": "two files have the same name", empty: "it is empty" } as Record<string, string>)[text(f.why)] ?? "it is damaged"}.`,
    },
    "node-file-malformed": {
      title: "The file cannot be read",
      detail: (f) => `${f.file ? `${text(f.file)}: ` : f.line ? `Line ${text(f.line)}: ` : ""}${text(f.reason)}.`,
    },
    "node-file-too-long": {
      title: "The file has too many rows",
      detail: (f) => `It may have ${text(f.maximum)}: split it.`,
    },
    "iban-import-unknown": {
      title: "File not found",
      detail: () =>
        "It is not of this institution and environment, or a month passed without it being applied. Upload it again.",
    },
    "iban-import-partial": {
      title: "Some rows are refused",
      detail: (f) =>
        `There are ${text(f.refused)}. Mend the file and upload it again, or choose to apply only the rows in order.`,
    },
    "iban-import-empty": {
      title: "Nothing to apply",
      detail: () => "No row would change anything.",
    },
    "iban-import-outdated": {
      title: "Something changed meanwhile",
      detail: (f) =>
        `${f.line ? `Line ${text(f.line)} (${text(f.iban)}) no longer works. ` : ""}Upload the file again to check it: nothing has changed.`,
    },
    "evidence-needed": {
      title: "The proof of ownership is missing",
      detail: () =>
        "The account belongs to somebody else: upload the PDF that allows it, for example the treasury agreement.",
    },
    "evidence-unknown": {
      title: "The file cannot be found",
      detail: () =>
        "It was not uploaded for this institution and environment, or it already proves another IBAN. Upload it again.",
    },
    "evidence-not-a-pdf": {
      title: "A PDF is needed",
      detail: () => "The file is not a PDF, not even inside a signature. Choose another one.",
    },
    "iban-labelled": {
      title: "The IBAN carries a label",
      detail: () => "First move the labels to another IBAN: without it those payments would have no account.",
    },
    "not-a-member": {
      title: "You do not work for this institution",
      detail: () => "You need access to this institution. Ask for it from the page “Who are you working for today?”.",
    },
    "person-unknown": {
      title: "Person not found",
      detail: () => "They do not work for this institution, or no longer do. To let them in, invite them.",
    },
    "membership-unknown": {
      title: "Access not found",
      detail: () => "It has already been taken away, or belongs to another institution. Reload the page.",
    },
    "profile-unknown": {
      title: "Profile not found",
      detail: () => "It has been deleted, or belongs to another product or institution. Choose one from the list.",
    },
    "group-unknown": {
      title: "Group not found",
      detail: () => "It has been deleted, or belongs to another institution.",
    },
    "grant-exceeds-own": {
      title: "You cannot give or take away more than you hold",
      detail: () =>
        "You need every permission of that profile on that product. An administrator of the product can do it.",
    },
    "last-administrator": {
      title: "This is the last administrator",
      detail: () =>
        "The institution would be left without one, now or from a day already set. Appoint a successor first.",
    },
    "membership-repeated": {
      title: "They already have it",
      detail: () =>
        "The person already holds this profile in the same way. If needed, change the dates of the existing one.",
    },
    "membership-from-group": {
      title: "It comes from a group",
      detail: () =>
        "The dates of group members are not changed: take the person out of the group, or change the group.",
    },
    "profiles-not-combinable": {
      title: "One profile only on this product",
      detail: () => "Take away the one the person has, then give the new one.",
    },
    "nothing-to-change": {
      title: "It is already so",
      detail: () => "Somebody was quicker, or the page was out of date. Nothing has changed.",
    },
    "product-without-settings": {
      title: "There is nothing to set here",
      detail: () => "This product is not set up from the Area Riservata.",
    },
    "product-without-back-office": {
      title: "There is no way in from here",
      detail: () => "This product has no back office in this environment.",
    },
    "settings-nothing-saved": {
      title: "There is nothing to activate",
      detail: () => "Save the settings first, then activate them.",
    },
    "settings-incomplete": {
      title: "Something is still missing",
      detail: (f) =>
        `To be completed: ${Array.isArray(f["steps"]) ? f["steps"].join(", ") : ""}. What you wrote is saved.`,
    },
    "settings-awaiting-review": {
      title: "A change is already with the staff",
      detail: () => "The next one can be activated once that is decided. If it is no longer needed, withdraw it.",
    },
    "settings-not-waiting": {
      title: "This change is no longer waiting",
      detail: () => "Somebody has decided or withdrawn it in the meantime: reload the page.",
    },
    "settings-change-unknown": {
      title: "This change does not exist",
      detail: () => "The address is wrong, or the change is not of this product.",
    },
    "dates-out-of-order": {
      title: "The dates do not fit",
      detail: () => "The end must come after the beginning, and not be past.",
    },
    "profile-exceeds-maker": {
      title: "A profile cannot contain what its maker does not hold",
      detail: () =>
        "Remove the marked permissions, or have it made by who holds them through a built-in profile on that product.",
    },
    "profile-name-taken": {
      title: "There is already a profile with this name",
      detail: () => "Names differ within a product. Choose another.",
    },
    "profile-of-group": {
      title: "A group carries this profile",
      detail: () => "Give the group another profile first, or delete the group.",
    },
    "permission-of-another-product": {
      title: "A permission belongs to another product",
      detail: () => "A profile is about one product. Make a second one for the other.",
    },
    "group-resource-unknown": {
      title: "Something named does not exist",
      detail: (f) =>
        `“${String(f["resource"] ?? "")}” is not among the institution’s stations on this product. Check the code, or leave it empty.`,
    },
    "group-name-taken": {
      title: "There is already a group with this name",
      detail: () => "Names differ within a product. Choose another.",
    },
    "group-suspended": { title: "The group is suspended", detail: () => "Restore it before changing it." },
    "group-of-administrators": {
      title: "An administrator is a person, not a group",
      detail: () => "Who administers always has a name. Give the profile to the person.",
    },
    "already-here": {
      title: "Already works for the institution",
      detail: () => "No invitation is needed: give another profile from the person’s page, in Users.",
    },
    "invitation-unknown": {
      title: "Invitation not found",
      detail: () => "It does not exist, or belongs to another institution.",
    },
    "invitation-pending": {
      title: "An invitation is already waiting",
      detail: () => "The same person has already been invited. You can send the invitation again, or withdraw it.",
    },
    "invitation-used": {
      title: "Invitation already accepted",
      detail: () => "It works once only. If you accepted it, the institution is among yours.",
    },
    "invitation-revoked": {
      title: "Invitation withdrawn",
      detail: () => "Whoever invited you has withdrawn it. If you need access, ask the institution.",
    },
    "invitation-lapsed": {
      title: "The invitation no longer holds",
      detail: () =>
        "Whoever invited you can no longer give what it offered, or its dates are past. Ask the institution for a new one.",
    },
    "invitation-for-somebody-else": {
      title: "This invitation is for somebody else",
      detail: () =>
        "It works only for who enters with the fiscal code it was sent to. The institution sees that somebody else opened it.",
    },
    "institution-not-joined": {
      title: "The institution has not joined yet",
      detail: () => "There is nobody to ask for access. You can start the joining yourself.",
    },
    "access-request-unknown": {
      title: "Request not found",
      detail: () => "It does not exist, or belongs to another institution.",
    },
    "access-request-pending": {
      title: "You have already asked",
      detail: () => "Your request is waiting for an answer. You can withdraw it and ask for something else.",
    },
    "too-many-access-requests": {
      title: "You have asked enough for today",
      detail: (f) =>
        `At most ${String(f["most"] ?? "a few")} can be sent in a day. Wait for the answers, or withdraw what you no longer need.`,
    },
    "access-request-answered": {
      title: "It has already been answered",
      detail: () => "Somebody answered first, or the asker withdrew the request.",
    },
    "permission-already-held": {
      title: "You already have this permission",
      detail: () => "Reload the page: you can go on.",
    },
    "assistance-too-many": {
      title: "Too many requests",
      detail: () => "You can send ten in an hour. Those already sent have arrived.",
    },
    "assistance-unknown": {
      title: "Request not found",
      detail: () => "Check the list: it may be of another environment.",
    },
    "assistance-answered": {
      title: "It already has an answer",
      detail: () => "A colleague answered first. Reload the page to read it.",
    },
    "representative-unchanged": {
      title: "It is already this person",
      detail: () => "The legal representative we know already has this fiscal code.",
    },
    "representative-missing": {
      title: "We do not know who signs",
      detail: () => "First declare the legal representative, on the institution’s page.",
    },
    "nomination-needed": {
      title: "A signed nomination is needed",
      detail: () =>
        "For this product an administrator is named by a document that the legal representative signs: open it under “Nominations”.",
    },
    "nomination-not-needed": {
      title: "No document is needed",
      detail: () => "On this product you give an administrator yourself, on the person’s page or by an invitation.",
    },
    "nomination-pending": {
      title: "A nomination is already waiting",
      detail: () => "There is already a document to sign for this person. Use it, or withdraw it.",
    },
    "nomination-unknown": {
      title: "Nomination not found",
      detail: () => "Check the address, or go back to the list.",
    },
    "nomination-closed": {
      title: "The nomination is already over",
      detail: () => "It was signed or withdrawn. Reload the page.",
    },
    "nomination-outdated": {
      title: "The legal representative changed",
      detail: () => "The document names who was it before. Withdraw it and write a new one.",
    },
    "review-unknown": {
      title: "Review not found",
      detail: () => "Check the address, or go back to the list of reviews.",
    },
    "review-open": {
      title: "A review is already open",
      detail: () => "Answer that one: once it is closed another can be opened.",
    },
    "review-closed": {
      title: "The review is closed",
      detail: () => "The time to answer is over, or all lines are answered.",
    },
    "review-line-unknown": {
      title: "Line not found",
      detail: () => "It is not part of this review. Reload the page.",
    },
    "review-line-answered": {
      title: "It already has an answer",
      detail: () => "Somebody answered, or the access ended, meanwhile. Reload the page.",
    },
    "review-own-line": {
      title: "Somebody else confirms your access",
      detail: () => "There is another administrator: they review your access. You can only remove it.",
    },
    "administrators-answer": {
      title: "The institution still has administrators",
      detail: (f) =>
        `${text(f["institution"]) || "This institution"} has administrators who entered recently: ask them to give you access.`,
    },
    "recovery-open": {
      title: "Somebody already asked",
      detail: () =>
        "A request is already under way for this institution. Wait until it ends: whoever works there sees it on their page.",
    },
    "recoveries-too-many": {
      title: "Too many requests",
      detail: () => "You can ask three times in a month. If it is urgent, write to Support.",
    },
    "recovery-unknown": {
      title: "Request not found",
      detail: () =>
        "It is seen by whoever made it, by the legal representative and by the people of the institution. Check with which identity you entered.",
    },
    "recovery-closed": {
      title: "The request is already over",
      detail: () => "Meanwhile it ended, was stopped or expired. Reload the page to see how.",
    },
    "recovery-confirmed": {
      title: "It is already confirmed",
      detail: () => "The legal representative, or the staff, has already confirmed: nothing else is needed.",
    },
    "not-the-representative": {
      title: "Only the legal representative confirms",
      detail: () =>
        "Your fiscal code is not that of the legal representative we know. If they have changed, the staff will answer.",
    },
    "image-not-png": {
      title: "It is not a PNG",
      detail: () =>
        "A PNG picture is needed. Save it in this format and try again: changing the extension alone is not enough.",
    },
    "image-damaged": {
      title: "The picture is damaged",
      detail: () => "The file cannot be read to its end, or has parts we do not know. Export it again as PNG.",
    },
    "image-wrong-size": {
      title: "The logo has another size",
      detail: (f) =>
        `It is ${text(f["width"])} × ${text(f["height"])} pixel. A square is needed, 300 to 400 pixels a side.`,
    },
    "logo-missing": {
      title: "There is no logo",
      detail: () => "The institution does not have one yet, or somebody already removed it.",
    },
    "agreement-unknown": {
      title: "Agreement not found",
      detail: () => "It does not exist, or belongs to another institution.",
    },
    "acceptance-unknown": {
      title: "There is no such request",
      detail: () => "The institution has no new version to accept here. Go back to the documents.",
    },
    "acceptance-closed": {
      title: "There is nothing left to accept",
      detail: () => "It is already accepted, superseded by a newer text, or the institution left the product.",
    },
    "acceptance-wants-signature": {
      title: "This version is signed",
      detail: () => "It needs the digital signature of the legal representative: go to the page of the signature.",
    },
    "acceptance-moved-on": {
      title: "There is a newer text",
      detail: () => "What you read is no longer the latest. Reload the page and read what changes.",
    },
    "convention-unknown": {
      title: "There is no such convention",
      detail: () => "The institution cannot ask for it, or does not have it. Go back to the documents.",
    },
    "convention-open": {
      title: "This convention is already there",
      detail: () => "It is active, or waits for the signature: it is among the documents.",
    },
    "agreement-template-unknown": {
      title: "There is no such text",
      detail: () => "Go back to the list of texts.",
    },
    "agreement-template-faulty": {
      title: "The text has mistakes",
      detail: () => "Correct those listed: a place between braces must be one that the agreement can fill.",
    },
    "agreement-template-moved-on": {
      title: "The text changed meanwhile",
      detail: () => "Somebody published another version. Reload the page and start from that.",
    },
    "link-invalid": {
      title: "This link is not valid",
      detail: () =>
        "It is incomplete or has been altered. Open it again from the message that arrived at the PEC, without changing it.",
    },
    "link-expired": {
      title: "This link has expired",
      detail: () => "The time to sign has passed. Whoever sent the onboarding can send it again: another link arrives.",
    },
    "link-used": {
      title: "Already done",
      detail: () => "The signed agreement has already been accepted: nothing else is needed.",
    },
    "onboarding-cancelled": {
      title: "This onboarding has been cancelled",
      detail: () => "It can no longer be signed. To join, send a new one.",
    },
    "onboarding-superseded": {
      title: "Another onboarding has already been completed",
      detail: () => "The institution signed another request for the same product: this one is no longer needed.",
    },
    "agreement-not-ready": {
      title: "The agreement is not ready yet",
      detail: () => "We are writing it. Try again in a minute.",
    },
    "agreement-proof-missing": {
      title: "No proof available",
      detail: () =>
        "The agreement was signed before the portal wrote proofs: the document and the signed file are there.",
    },
    "remote-signature-unavailable": {
      title: "The remote signature does not answer",
      detail: () =>
        "The signature service does not answer. Try again in some minutes, or sign with your own tools and upload the file: the link still holds.",
    },
    "remote-signature-refused": {
      title: "Signature not authorised",
      detail: () =>
        "The signature service did not authorise it: the confirmation was cancelled or did not succeed. Nothing has changed, you can try again.",
    },
    "remote-signature-without-certificate": {
      title: "No signing certificate",
      detail: () =>
        "There is no valid signing certificate with this service. Sign with your own tools and upload the file.",
    },
    "remote-signature-expired": {
      title: "The signature was interrupted",
      detail: () =>
        "Too much time has passed, or the confirmation comes from another browser. Start again from the link in the certified mail: nothing has changed.",
    },
    "file-missing": { title: "The file is missing", detail: () => "Choose the signed file and send again." },
    "file-too-large": {
      title: "File too large",
      detail: () =>
        "The limit is 20 MB. The signed agreement usually weighs less than 1 MB: check that you chose the right file.",
    },
    "upload-truncated": {
      title: "The file arrived incomplete",
      detail: () => "The connection broke. Nothing has been recorded: send it again.",
    },
    "not-a-signature": {
      title: "The file is not signed",
      detail: () =>
        "There is no digital signature in it. Sign the agreement with CAdES (.p7m) or PAdES (.pdf) and upload the file your signing program produces.",
    },
    "signature-of-another-document": {
      title: "Another document is signed",
      detail: () =>
        "The signed document is not the agreement we sent you. Download the agreement from here and sign that one, without stamps or registration marks: the stamp comes after the signature.",
    },
    "signature-of-older-version": {
      title: "An earlier version was signed",
      detail: (f: Facts) =>
        `The signed document is the one of ${text(f["writtenAt"]).slice(0, 10) || "the past"}, which no longer counts. Download the agreement from this link and sign that one.`,
    },
    "signature-before-issue": {
      title: "The date of the signature comes before the agreement",
      detail: () =>
        "The signature bears a date from before the agreement existed. Check date and time of the computer and sign again.",
    },
    "signature-nested-too-deep": {
      title: "Too many envelopes, one inside the other",
      detail: () =>
        "The file is a signature within a signature, more than five times. Start from the downloaded agreement and sign it once.",
    },
    "signed-copy-to-review": {
      title: "Somebody must look at the signed copy",
      detail: () =>
        "The document changed after we issued it, and we cannot tell by ourselves whether only by a stamp. Sign the agreement downloaded from here; a stamp goes in the margins, without touching the text.",
    },
    "signed-copy-active-content": {
      title: "Active content was added to the document",
      detail: () =>
        "There is a script, an attachment or a command that the agreement did not have. Download the agreement from here and sign that one.",
    },
    "signature-altered": {
      title: "The signature is not intact",
      detail: () =>
        "The file changed after it was signed. Upload the file exactly as your signing program produces it.",
    },
    "signature-content-missing": {
      title: "The file holds only the signature",
      detail: () =>
        "It is a detached signature, without the document. Sign again choosing “signature with the document included”.",
    },
    "signature-incomplete-coverage": {
      title: "The signature does not cover the whole file",
      detail: () =>
        "Something was added after the signature. Upload the file exactly as your signing program produces it.",
    },
    "signature-weak-algorithm": {
      title: "Signed with an outdated algorithm",
      detail: () => "Use an up-to-date signing program: SHA-256 and a key of at least 2048 bits are needed.",
    },
    "signed-file-truncated": {
      title: "The signed file is incomplete",
      detail: () => "The end of the file is missing. Copy it again from your signing program and upload it.",
    },
    "signer-not-legal-representative": {
      title: "Somebody else signed",
      detail: (f) =>
        f.signer
          ? `${text(f.signer)} signed, ${text(f.expected)} must. The agreement is valid only with the signature of the legal representative named in the onboarding.`
          : "The agreement is valid only with the signature of the legal representative named in the onboarding.",
    },
    "signer-identity-missing": {
      title: "The certificate carries no fiscal code",
      detail: () => "A signing certificate issued in Italy is needed, which carries the fiscal code of whoever signs.",
    },
    "signer-certificate-expired": {
      title: "Signing certificate expired",
      detail: (f) =>
        `It was valid until ${text(f.notAfter).slice(0, 10) || "its expiry day"}. Renew it and sign again.`,
    },
    "signer-certificate-not-yet-valid": {
      title: "Certificate not valid yet",
      detail: () => "The signing certificate becomes valid later. Sign again from that day.",
    },
    "signer-certificate-untrusted": {
      title: "Certification authority not recognised",
      detail: () =>
        "The certificate does not come from a provider in the European list of trust services. Use a qualified digital signature.",
    },
    "signer-certificate-revoked": {
      title: "Signing certificate revoked",
      detail: (f: Facts) =>
        `The authority revoked it${f["revokedAt"] ? ` on ${text(f["revokedAt"]).slice(0, 10)}` : ""}. Sign again with a valid certificate.`,
    },
    "signer-certificate-status-unknown": {
      title: "The certification authority does not answer",
      detail: () =>
        "We cannot know whether the certificate is still valid. Try again in a few minutes: the file is fine as it is, no need to sign it again.",
    },
    "signer-certificate-not-qualified": {
      title: "Not a qualified signature",
      detail: () =>
        "The authority is recognised, but this certificate is not qualified for signatures. Use a qualified digital signature.",
    },
    "signer-certificate-not-for-signing": {
      title: "Not a signing certificate",
      detail: () =>
        "It is a certificate for authentication or for mail. Choose the signing certificate in your program.",
    },
  },
  fields: {
    required: () => "Missing: fill it in to continue.",
    "too-short": (f) => `Too short: at least ${text(f.minimum)} characters are needed.`,
    "too-long": (f) => `Too long: at most ${text(f.maximum)} characters.`,
    "wrong-format": () => "It contains characters or a form that is not right.",
    "wrong-length": (f) => `The length is not right: ${text(f.expected)} characters are needed.`,
    "wrong-check-digit": () => "The check character does not match: there is a typing mistake.",
    "wrong-type": () => "The value is not of the expected type.",
    "not-allowed": (f) =>
      f.because === "administrator-repeated"
        ? "This person is already among the administrators."
        : "This value is not admitted.",
    "unknown-field": () => "There is a field we do not know.",
    "too-few": (f) => `At least ${text(f.minimum)} is needed.`,
    "too-many": (f) => `At most ${text(f.maximum)}.`,
    "pec-not-personal": () => "This is a PEC address: the person’s ordinary e-mail is needed.",
    "not-a-pec": () => "This is not a PEC address.",
    "name-disagrees": () => "The fiscal code does not match name and surname.",
    "iban-not-sepa": (f) => `The country ${text(f["country"])} is not in SEPA: a SEPA account is needed.`,
    "wrong-cin": () => "The control letter (CIN) does not match the account: there is a typing error.",
  },
};
export default words;
