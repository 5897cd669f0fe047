import type { Facts } from "../it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const i = (f: Facts) => text(f["institution"]);
const p = (f: Facts) => text(f["partner"]);
const r = (f: Facts) => (f["reason"] ? ` Reason: ${text(f["reason"])}.` : "");
const states: Record<string, string> = {
  offered: "has not been accepted yet",
  asked: "has not been accepted yet",
  suspended: "is suspended",
  revoked: "has been revoked",
  expired: "has expired",
  refused: "has been refused",
  withdrawn: "has been withdrawn",
  planned: "begins later",
  "partner-left": "no longer holds: the partner has left the product",
};
const envs: Record<string, string> = { test: "Test", production: "Production" };

/** What a delegation or a mandate is refused for. */
export const delegationProblems = {
  "mandate-unknown": {
    title: "This mandate does not hold here",
    detail: () =>
      "The delegation named is not of this institution, or you no longer work for the partner that received it. Choose again for whom you act.",
  },
  "mandate-not-active": {
    title: "This delegation is not active",
    detail: (f: Facts) =>
      `The delegation of ${i(f)} to ${p(f)} ${states[text(f["state"])] ?? "is not active"}.${r(f)} Nothing was written.`,
  },
  "mandate-out-of-scope": {
    title: "Outside this delegation",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "permission":
          return `${i(f)} has not given ${p(f)} the permission “${text(f["permission"])}”. Whoever administers the institution can add it.`;
        case "environment":
          return `The delegation of ${i(f)} does not hold in ${envs[text(f["environment"])] ?? ""}. Whoever administers the institution can widen it.`;
        case "product":
          return `The delegation of ${i(f)} is about another product.`;
        case "aggregates":
          return `The delegation of ${p(f)} comes from the aggregator and does not include its aggregates, such as ${i(f)}. Whoever administers the aggregator can add them.`;
        case "resource":
          return `The delegation of ${i(f)} does not include this.`;
        default:
          return `Only the institution’s own people do this, never a partner.`;
      }
    },
  },
  "mandate-not-assigned": {
    title: "You are not assigned to this institution",
    detail: (f: Facts) =>
      `${p(f)} has the delegation of ${i(f)} but has not assigned you. Whoever administers the partner can, under “Assignments”.`,
  },
  "delegation-unknown": {
    title: "Delegation not found",
    detail: () => "It is not of this institution, or no longer there. Reload the page.",
  },
  "delegation-own": {
    title: "An institution does not delegate itself",
    detail: () => "Choose a partner other than the institution that delegates.",
  },
  "delegation-cycle": {
    title: "The delegations would come back",
    detail: (f: Facts) =>
      `${p(f) || "The partner"} has already delegated this product, directly or not, to the institution that would now delegate to it. That delegation must be revoked first.`,
  },
  "delegation-partner-not-joined": {
    title: "Not a partner on this product",
    detail: (f: Facts) =>
      `${p(f) || "The institution chosen"} has not joined the product as a technology partner, or has left it. Choose a partner from the list.`,
  },
  "delegation-institution-not-joined": {
    title: "No such institution on this product",
    detail: (f: Facts) => `No institution with tax code ${text(f["taxCode"])} has joined this product.`,
  },
  "delegation-already-open": {
    title: "A delegation is open already",
    detail: () =>
      "Between these two, on this product and in this environment, one is already offered, active or suspended. Change that one.",
  },
  "delegation-state": {
    title: "The delegation has changed meanwhile",
    detail: (f: Facts) =>
      `Now it ${states[text(f["state"])] ?? "is active"}: this can no longer be done. Reload the page.`,
  },
  "delegation-other-side": {
    title: "This is for the other side",
    detail: (f: Facts) => `${i(f)} or ${p(f)} can do this, according to the moment: not who asked now.`,
  },
  "delegation-scope-unknown": {
    title: "The scope names what is not there",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "empty":
          return `Choose at least one permission of the product.`;
        case "resource":
          return `“${text(f["resource"])}” does not exist at the institution, or cannot be named here.`;
        default:
          return `The permission “${text(f["permission"])}” cannot be delegated on this product.`;
      }
    },
  },
  "delegation-delicate": {
    title: "This permission is entrusted apart",
    detail: (f: Facts) =>
      `“${text(f["permission"])}” moves money: first the delegation becomes active, then two people of the institution entrust it, confirming who they are.`,
  },
  "product-not-delegable": {
    title: "This product is not delegated",
    detail: () => "Who runs it does not let a partner act for an institution.",
  },
  "assignment-unknown": {
    title: "Assignment not found",
    detail: () => "It has been removed already. Reload the page.",
  },
  "assignment-repeated": {
    title: "It is there already",
    detail: () => "The same person or group is already assigned here.",
  },
  "assignment-of-both": {
    title: "A person or a group",
    detail: () => "An assignment is about a person, or a group, or everybody.",
  },
  "move-unknown": {
    title: "Move not found",
    detail: () => "It is not of this institution, or no longer there. Reload the page.",
  },
  "move-over": {
    title: "This move is over",
    detail: () => "It was completed, or the institution went back: it moves no more.",
  },
  "move-already-planned": {
    title: "A move is under way",
    detail: () => "From this delegation one is already moving to another partner: close that one first, or go back.",
  },
};
