import type { IncomingMessage } from "node:http";
import { refusal } from "../../kit/http.ts";
import { type LoginRequest, satisfies } from "./login-request.ts";
import { isOutcome, type Outcome } from "./outcomes.ts";
import { type Level, type Person, reachableLevels } from "./people.ts";

/** Who answers, with which level and how it ends. */
export interface Choice {
  person: Person | undefined;
  level: Level;
  outcome: Outcome;
}

const COOKIE = "dev_idp_auto";

/** The choice of a form or of a query string; undefined when nobody has been chosen. */
export function choiceOf(fields: URLSearchParams, login: LoginRequest, people: readonly Person[]): Choice | undefined {
  if (fields.has("cancel")) return { person: undefined, level: login.level, outcome: "nr25" };
  const outcome = fields.get("outcome") || "ok";
  if (!isOutcome(outcome)) throw refusal(400, `L’esito «${outcome}» non esiste.`);
  const key = fields.get("person");
  // An error needs nobody; every other answer is about somebody.
  if (!key && !outcome.startsWith("nr")) return undefined;
  const person = key ? people.find((p) => p.key === key) : undefined;
  if (key && !person) throw refusal(400, `Non c’è nessuna persona di prova «${key}».`);
  if (person && !person.schemes.includes(login.idp.scheme)) {
    throw refusal(400, `${person.givenName} ${person.familyName} non ha la CIE.`);
  }
  return { person, level: levelOf(fields.get("level"), person, login), outcome };
}

/** The choice left in advance, in a header or cookie of this origin, so that a test needs no page. */
export function presetChoice(request: IncomingMessage): URLSearchParams | undefined {
  const header = request.headers["dev-idp-auto"] ?? request.headers[COOKIE];
  const cookie = request.headers.cookie
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
  const value = (typeof header === "string" ? header : undefined) ?? cookie;
  return value ? parsePreset(value) : undefined;
}

function parsePreset(value: string): URLSearchParams {
  const fields = new URLSearchParams();
  let text = value.replace(/^"|"$/g, "");
  try {
    text = decodeURIComponent(text);
  } catch {
    throw refusal(400, `${COOKIE} non è codificato come in un URL.`);
  }
  for (const part of text.split(";")) {
    const [name = "", content = ""] = part.split(":").map((s) => s.trim());
    if (!["person", "level", "outcome"].includes(name)) {
      throw refusal(400, `${COOKIE} atteso come person:CHIAVE;level:2;outcome:ok.`);
    }
    fields.set(name, content);
  }
  return fields;
}

function levelOf(asked: string | null, person: Person | undefined, login: LoginRequest): Level {
  if (asked) {
    if (!/^[123]$/.test(asked)) throw refusal(400, "Il livello è 1, 2 o 3.");
    return Number(asked) as Level;
  }
  const reachable = person ? reachableLevels(person, login.idp.scheme) : [];
  // The requested one when it will do; under `minimum` an identity provider may use a higher one.
  const fitting = reachable.filter((level) => satisfies(level, login));
  return fitting.includes(login.level) ? login.level : (fitting[0] ?? login.level);
}
