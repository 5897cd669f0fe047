import type { NodeStep, NodeStepLine } from "@area/api";
import type { RegistrationRow, standing } from "./store.ts";

/**
 * From joining to the first payment: what is there, what is missing, and whose turn it is. One list for the institution and for
 * whoever serves it, so that nobody finds out by an error what the other side has not done.
 */
export const stepsOf = (
  r: RegistrationRow | null,
  capacity: "creditor-institution" | "technology-partner",
  found: Awaited<ReturnType<typeof standing>>,
  hasIban: boolean,
): NodeStepLine[] => {
  const step = (name: NodeStep, done: boolean, whose: NodeStepLine["whose"] = "institution"): NodeStepLine => ({
    step: name,
    state: done ? "done" : whose === "institution" ? "to-do" : "waiting",
    whose,
  });
  const registered = step("registration", r !== null);
  if (capacity === "technology-partner")
    return [
      registered,
      step("operations-contact", found.contact),
      step("station", found.station),
      step("association", found.serves),
    ];
  if (r?.connection === "intermediary")
    return [
      registered,
      ...(r.entitled ? [] : [step("delegation", false)]),
      step("association", found.association, "intermediary"),
      step("iban", hasIban),
    ];
  return [
    registered,
    step("operations-contact", found.contact),
    step("station", found.station),
    step("association", found.association),
    step("iban", hasIban),
  ];
};
