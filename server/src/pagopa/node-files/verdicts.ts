import {
  barcodeOf,
  type Environment,
  fieldProblems,
  hasElevenDigitCheck,
  Iban,
  type NodeFileKind,
  type NodeFileProblem,
  type NodeVerdict,
} from "@area/api";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import { dayIn } from "../ibans/index.ts";
import type { NodeFile, NodeRow } from "./read-node-file.ts";

/** What the portal knows of those a file names. */
export type Known = {
  institutions: ReadonlyMap<
    string,
    { name: string; registered: boolean; qrCode: boolean; barcodes: readonly string[] }
  >;
  stations: ReadonlyMap<string, { brokerTaxCode: string; primitiveVersion: number }>;
  associations: readonly {
    taxCode: string;
    stationCode: string;
    segregationCode: string | null;
    applicationCode: string | null;
    auxDigit: string;
    broadcast: boolean;
  }[];
  /** `taxCode iban` of accounts in use, and those of others that are postal. */
  accounts: ReadonlySet<string>;
  postalElsewhere: ReadonlyMap<string, string>;
};
export type Line = {
  number: number;
  line: number;
  file: string | null;
  taxCode: string;
  subject: string;
  verdict: NodeVerdict;
  problems: { code: NodeFileProblem; facts: Record<string, unknown> }[];
};

/** Who has a segregation code of their own by rule (Roma Capitale, ACI, Unioncamere). */
const exceptions: Record<string, string> = { "02438750586": "49", "00493410583": "96", "01484460587": "97" };
const severities: Partial<Record<NodeFileProblem, NodeVerdict>> = {
  "aux-retired": "quarantined",
  "segregation-old": "quarantined",
  "qr-code-missing": "warning",
  "barcode-missing": "warning",
  "name-differs": "warning",
  "already-so": "warning",
};
const ranks: NodeVerdict[] = ["accepted", "warning", "quarantined", "refused"];
const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Each thing of a file with all that is wrong with it, as the node's own report says it, and what becomes of it. */
export const judge = (file: NodeFile, environment: Environment, known: Known, now: Date): Line[] => {
  const today = dayInRome(now);
  const tomorrow = daysAfter(today, 1);
  const seen = new Map<string, number>();
  const flows = new Map<string, string>();
  return file.rows.map((row, i): Line => {
    const problems: Line["problems"] = [];
    const say = (code: NodeFileProblem, facts: Record<string, unknown> = {}) => void problems.push({ code, facts });
    const f = (name: string) => row.fields[name] ?? "";
    const taxCode = (f("cf") || f("iddominio")).slice(0, 40);
    const institution = known.institutions.get(taxCode);
    if (row.wrong !== null) say("structure", { reason: row.wrong });
    else {
      if (!/^\d{11}$/.test(taxCode)) say("tax-code-form");
      else if (!hasElevenDigitCheck(taxCode)) say("tax-code-check");
      if (!institution) say("institution-unknown");
      else if (!institution.registered && file.kind !== "cbill") say("institution-not-registered");
      if (institution && f("ragionesociale") && plain(f("ragionesociale")) !== plain(institution.name))
        say("name-differs", { written: f("ragionesociale").slice(0, 70), known: institution.name });
      rules[file.kind](row, {
        say,
        taxCode,
        institution,
        known,
        environment,
        today,
        tomorrow,
        seen,
        flows,
        number: i + 1,
      });
    }
    // A wrong check digit stops a row where money moves; where it is rehearsed, fixtures have them on purpose.
    const rank = (code: NodeFileProblem): number =>
      code === "tax-code-check" ? (environment === "test" ? 1 : 3) : ranks.indexOf(severities[code] ?? "refused");
    return {
      number: i + 1,
      line: row.line,
      file: row.file,
      taxCode,
      subject: (f("idstazione") || f("idstazione_provenienza") || f("iban") || f("sia") || f("flow")).slice(0, 60),
      verdict: ranks[Math.max(0, ...problems.map((p) => rank(p.code)))]!,
      problems,
    };
  });
};

type Given = {
  say: (code: NodeFileProblem, facts?: Record<string, unknown>) => void;
  taxCode: string;
  institution: { name: string; registered: boolean; qrCode: boolean; barcodes: readonly string[] } | undefined;
  known: Known;
  environment: Environment;
  today: string;
  tomorrow: string;
  seen: Map<string, number>;
  flows: Map<string, string>;
  number: number;
};
const once = (g: Given, key: string): void => {
  const twin = g.seen.get(key);
  if (twin !== undefined) g.say("repeated", { line: twin });
  else g.seen.set(key, g.number);
};
const accountRules = (g: Given, text: string): string | null => {
  const read = Iban.safeParse(text);
  if (!read.success) {
    const first = fieldProblems(read.error, "iban")[0];
    g.say("iban-wrong", { rule: first?.code ?? "wrong-format", ...first?.facts });
    return null;
  }
  const holder = g.known.postalElsewhere.get(read.data);
  if (holder && holder !== g.taxCode) g.say("iban-of-another");
  return read.data;
};

const rules: Record<NodeFileKind, (row: NodeRow, g: Given) => void> = {
  associations: ({ fields: f }, g) => {
    const [aux, seg, app] = [f["auxdigit"]!, f["codicesegregazione"]!, f["applicationcode"]!];
    const station = g.known.stations.get(f["idstazione"]!);
    if (!station) g.say("station-unknown");
    if (!/^(ESER|COLL)$/.test(f["ambiente"]!)) g.say("environment-wrong");
    else if ((f["ambiente"] === "COLL") !== (g.environment === "test")) g.say("environment-other");
    if (!/^[SN]$/.test(f["broadcast"]!)) g.say("flag-wrong", { column: "broadcast" });
    for (const column of ["aca", "standin"] as const) if (!/^[01]$/.test(f[column]!)) g.say("flag-wrong", { column });
    if (f["aca"] === "0" && f["standin"] === "1") g.say("stand-in-without-aca");
    if (!/^[0-3]$/.test(aux)) g.say("aux-wrong");
    else if (aux !== "3") g.say("aux-retired", { aux });
    if ((aux === "1" || aux === "2") && (seg || app)) g.say("codes-not-here");
    if (aux === "0" && !/^\d{2}$/.test(app)) g.say("application-wrong");
    if (aux === "3" && app && !/^\d{2}$/.test(app)) g.say("application-wrong");
    if (aux === "3" || (aux === "0" && seg)) {
      const own = exceptions[g.taxCode];
      if (!/^\d{2}$/.test(seg)) g.say("segregation-wrong");
      else if (own ? seg !== own : Number(seg) > 49) g.say("segregation-reserved", { code: seg });
      else if (!own && Number(seg) > 45) g.say("segregation-old", { code: seg });
    }
    const day = f["datavalidita"]!;
    if (day && !/^\d{4}-\d{2}-\d{2}$/.test(day)) g.say("date-wrong");
    else if (day && !dayIn(day)) g.say("date-wrong");
    if (!/^[AC]$/.test(f["operazione"]!)) g.say("operation-unknown", { written: f["operazione"]!.slice(0, 20) });
    once(g, `${g.taxCode} ${f["idstazione"]!}`);
    const mine = g.known.associations.filter((a) => a.taxCode === g.taxCode);
    const here = mine.find((a) => a.stationCode === f["idstazione"]);
    if (f["operazione"] === "A") {
      if (here) g.say(here.segregationCode === (seg || null) ? "already-so" : "association-exists");
      const taken = mine.find((a) => a !== here && seg && (a.segregationCode === seg || a.applicationCode === seg));
      if (taken) g.say("segregation-taken", { station: taken.stationCode });
      const application = mine.find(
        (a) => a !== here && app && (a.applicationCode === app || a.segregationCode === app),
      );
      if (application) g.say("application-taken", { station: application.stationCode });
    } else if (f["operazione"] === "C") {
      if (!here) g.say("association-missing");
      else if (
        here.auxDigit !== aux ||
        here.broadcast !== (f["broadcast"] === "S") ||
        (here.segregationCode ?? "") !== seg ||
        (here.applicationCode ?? "") !== app
      )
        g.say("association-differs");
    }
  },
  migration: ({ fields: f }, g) => {
    const [from, to] = [f["idstazione_provenienza"]!, f["idstazione_destinazione"]!];
    if (!g.known.stations.get(from)) g.say("station-unknown");
    const target = g.known.stations.get(to);
    if (!target) g.say("destination-unknown", { code: to.slice(0, 40) });
    if (from === to) g.say("destination-same");
    if (!/^[SN]$/.test(f["broadcast"]!)) g.say("flag-wrong", { column: "broadcast" });
    else if (f["broadcast"] === "S" && target && target.primitiveVersion !== 2) g.say("broadcast-version");
    once(g, g.taxCode);
    const here = g.known.associations.find((a) => a.taxCode === g.taxCode && a.stationCode === from);
    if (g.institution && !here) g.say("association-missing");
    const [seg, app] = [here?.segregationCode ?? null, here?.auxDigit];
    if (app && app !== "3") g.say("aux-retired", { aux: app });
    if (seg && Number(seg) > 45 && exceptions[g.taxCode] !== seg) g.say("segregation-old", { code: seg });
    if (g.known.associations.some((a) => a.taxCode === g.taxCode && a.stationCode === to)) g.say("association-exists");
  },
  cbill: ({ fields: f }, g) => {
    if (!/^[A-Z0-9]{5}$/.test(f["sia"]!)) g.say("cbill-wrong");
    once(g, g.taxCode);
    once(g, `sia ${f["sia"]!}`);
  },
  ibans: ({ fields: f }, g) => {
    const operation = { I: "I", C: "I", U: "U", M: "U", D: "D", UPSERT: "UPSERT" }[f["operazione"]!];
    if (!operation) g.say("operation-unknown", { written: f["operazione"]!.slice(0, 20) });
    const iban = accountRules(g, f["iban"]!);
    if (!f["descrizione"] && operation !== "D" && operation !== "UPSERT") g.say("description-missing");
    const day = f["dataattivazioneiban"] ? dayIn(f["dataattivazioneiban"]) : null;
    if (!f["dataattivazioneiban"]) g.say("date-missing");
    else if (!day) g.say("date-wrong");
    else if (day < (g.environment === "production" ? g.tomorrow : g.today) && operation !== "D")
      g.say("date-past", { earliest: g.environment === "production" ? g.tomorrow : g.today });
    if (!iban) return;
    once(g, `${g.taxCode} ${iban}`);
    const mine = g.known.accounts.has(`${g.taxCode} ${iban}`);
    if (operation === "I" && mine) g.say("iban-known");
    if ((operation === "U" || operation === "D") && !mine) g.say("iban-unknown");
  },
  "credit-accounts": ({ fields: f, file }, g) => {
    const key = `${f["flow"]!}`;
    const before = g.flows.get(key);
    if (before !== undefined && before !== (file ?? "")) g.say("flow-repeated", { flow: f["flow"]! });
    else g.flows.set(key, file ?? "");
    const iban = accountRules(g, f["iban"]!);
    const day = dayIn(f["datainiziovalidita"]!);
    if (!day) g.say("date-wrong");
    else if (day < g.tomorrow) g.say("date-past", { earliest: g.tomorrow });
    if (g.institution && !g.institution.qrCode) g.say("qr-code-missing");
    const code = iban ? barcodeOf(iban) : null;
    if (code && g.institution && !g.institution.barcodes.includes(code)) g.say("barcode-missing", { code });
    if (iban) once(g, `${file ?? ""} ${iban}`);
    if (iban && g.known.accounts.has(`${g.taxCode} ${iban}`)) g.say("already-so");
  },
  counterparts: ({ fields: f }, g) => {
    const day = dayIn(f["datainiziovalidita"]!);
    if (!day) g.say("date-wrong");
    else if (day < g.tomorrow) g.say("date-past", { earliest: g.tomorrow });
    once(g, `${g.taxCode} ${f["flow"]!}`);
  },
};
