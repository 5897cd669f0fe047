import type { Facts } from "../it.ts";
import type { nodeProblems as it } from "./it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown) => (Array.isArray(value) ? value.map(text).join(", ") : text(value));

export const nodeProblems: typeof it = {
  "registration-missing": {
    title: "Register on the node first",
    detail: (f: Facts) =>
      `The institution is not yet registered in ${f["environment"] === "test" ? "test" : "production"}. Do it under “Registration”: it takes a few minutes.`,
  },
  "registration-of-psp": {
    title: "PSPs register elsewhere",
    detail: () => "Creditor institutions and partners register here. For PSPs write to support.",
  },
  "registration-not-direct": {
    title: "The institution has no stations of its own",
    detail: () =>
      "It is connected through an intermediary, or does not connect creditor institutions. Change its registration on the node first.",
  },
  "registration-stations-open": {
    title: "There are stations in use",
    detail: (f) =>
      `To connect through an intermediary no station may be active or pending: ${list(f["stations"])}. Retire them first.`,
  },
  "registration-serves-others": {
    title: "Other institutions connect through here",
    detail: () => "They chose this institution as their intermediary. They must choose another first.",
  },
  "registration-brokers-nothing": {
    title: "Whom do you want to connect?",
    detail: () => "Choose at least one: creditor institutions, PSPs, or both.",
  },
  "tax-code-doubtful": {
    title: "The tax code is not right",
    detail: (f) =>
      `The check digit of ${text(f["taxCode"])} is wrong: it cannot be registered in production. Check the institution’s data, or write to support.`,
  },
  "intermediary-unknown": {
    title: "This intermediary cannot be chosen",
    detail: () =>
      "It must be registered on the node in this environment; a partner also needs an active delegation from you.",
  },
  "encoding-of-another-institution": {
    title: "Code registered by another institution",
    detail: () => "On the node a tax code belongs to one institution. If it is yours, write to support.",
  },
  "station-unknown": {
    title: "Station not found",
    detail: () => "It does not exist in this environment, or belongs to another broker.",
  },
  "station-codes-exhausted": {
    title: "No free codes left",
    detail: () => "Write to support: every station code of this broker has been used.",
  },
  "station-retired": {
    title: "The station is retired",
    detail: () => "It no longer changes. You can duplicate it: the copy gets a new code.",
  },
  "station-not-active": {
    title: "The station is not active yet",
    detail: () => "Institutions are associated once the station is active.",
  },
  "station-has-institutions": {
    title: "Institutions are associated with the station",
    detail: (f) => `There are ${text(f["institutions"])}. Move them to another station or remove them, then retire it.`,
  },
  "station-change-missing": {
    title: "No change is waiting",
    detail: () => "It has been decided or withdrawn. Reload the page to see how things stand.",
  },
  "station-change-unknown": {
    title: "Request not found",
    detail: () => "There is no change at this address.",
  },
  "station-change-decided": {
    title: "It has been decided already",
    detail: () => "A colleague, or whoever sent it, dealt with it meanwhile. Reload to see.",
  },
  "station-change-moved-on": {
    title: "It changed meanwhile",
    detail: () => "A new version of the change has come: read it before you decide.",
  },
  "station-without-endpoint": {
    title: "There is no such address",
    detail: () => "The station has no address of this kind: there is nothing to test.",
  },
  "connection-tests-too-many": {
    title: "Too many tests in a short time",
    detail: (f) => `At most ${text(f["most"])} every ${text(f["minutes"])} minutes. Wait a little.`,
  },
  "institution-not-candidate": {
    title: "This institution cannot be associated",
    detail: () => "It must have delegated this partner on pagoPA, or chosen it as its intermediary.",
  },
  "institution-not-registered": {
    title: "The institution is not on the node yet",
    detail: (f) =>
      `${text(f["institution"])} must first register in this environment. It finds this among its things to do.`,
  },
  "already-associated": {
    title: "The institution is on this station already",
    detail: () => "There is one association per institution and station: open the one that is there.",
  },
  "segregation-code-taken": {
    title: "Segregation code not free",
    detail: (f) =>
      `${text(f["segregationCode"])} is in use or reserved for this institution.${f["free"] ? ` Free are, for instance, ${text(f["free"])}.` : " Choose another."}`,
  },
  "segregation-code-not-associated": {
    title: "Not your segregation code",
    detail: (f) => `The institution receives no payments with code ${text(f["segregationCode"])} in this environment.`,
  },
  "application-code-taken": {
    title: "Application code not free",
    detail: () => "The institution uses it on another station. Choose another, or leave it empty.",
  },
  "broadcast-needs-version-2": {
    title: "Broadcast needs version 2",
    detail: () => "Only a station with version 2 primitives receives broadcasts.",
  },
  "association-unknown": {
    title: "Association not found",
    detail: () => "It does not exist in this environment, or belongs to others.",
  },
  "association-over": {
    title: "The association is over",
    detail: () => "It has been removed or refused. If it is still needed, make a new one.",
  },
  "association-moving": {
    title: "The institution is moving to another partner",
    detail: () => "The association stays until the move is complete, so that payments do not stop.",
  },
};
