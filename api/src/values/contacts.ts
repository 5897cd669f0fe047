import { z } from "zod";
import { rule } from "./rules.ts";

const address = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;
const isAddress = (text: string): boolean => address.test(text) && !text.includes("..") && !/^\.|\.@/.test(text);

/** Certified mail has no reserved domain: these are the signs that its domains show. */
export const looksLikePec = (mail: string): boolean =>
  /(^|[.@-])(pec|postacert|legalmail|postecert|certificatamail|pcert|cert|arubapec|pecveneto|certsanita)([.-]|$)/i.test(
    mail.slice(mail.indexOf("@")),
  ) || /pec\.[a-z]+$/i.test(mail);

const Mail = z
  .string()
  .max(320)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().min(1, { abort: true }).max(254).refine(isAddress, rule("wrong-format")));

/** An ordinary mail address of a person: certified mail is refused here, and said so (it locks people out of their codes). */
export const PersonalEmail = Mail.refine((mail) => !looksLikePec(mail), rule("pec-not-personal")).describe(
  "E-mail ordinaria di una persona, non PEC",
);
export const Email = Mail.describe("Indirizzo e-mail");
export const Pec = Mail.describe("Indirizzo PEC (domicilio digitale)");
