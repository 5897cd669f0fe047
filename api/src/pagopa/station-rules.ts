import { connectionKindOf, type Difference, type StationRuleLine, type StationSettings } from "./stations.ts";

/**
 * What a machine can say of a station, in the open: the same settings and facts give the same answer to everybody. Where every
 * rule passes, a change in Produzione needs nobody of the staff.
 */
export type StationFacts = {
  registered: boolean;
  operationsContact: boolean;
  /** Addresses that a test of the last days found good in every step. */
  tested: ReadonlySet<string>;
};
/** How long a test of an address counts. */
export const TEST_HOLDS_DAYS = 7;
/** How long the portal gives itself to look at what the rules leave to a person. */
export const STATION_REVIEW_HOURS = 48;

// Names that are of no public network (RFC 2606, RFC 6761, RFC 6762, ICANN's .internal).
const inwardNames = new Set("local internal localhost lan home corp intranet test invalid example onion".split(" "));
const isIp = (host: string): boolean => /^\[.*\]$|^\d{1,3}(\.\d{1,3}){3}$/.test(host);
/** A full name of the public internet, by its form. */
export const isPublicName = (host: string): boolean => {
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  return (
    !isIp(host) &&
    labels.length >= 2 &&
    labels.every((l) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(l)) &&
    /^([a-z]{2,24}|xn--[a-z0-9-]+)$/.test(labels.at(-1)!) &&
    !inwardNames.has(labels.at(-1)!)
  );
};

export const urlsOf = (s: StationSettings): string[] =>
  [s.noticeUrl, s.receiptUrl, s.redirectUrl, s.restUrl].filter((u): u is string => u !== null);

export const judgeStation = (s: StationSettings, facts: StationFacts): StationRuleLine[] => {
  const urls = urlsOf(s);
  const every = (holds: (u: URL) => boolean): string | null => urls.find((u) => !holds(new URL(u))) ?? null;
  const line = (rule: StationRuleLine["rule"], about: string | null, passes = about === null): StationRuleLine => ({
    rule,
    passes,
    about,
  });
  return [
    line("broker-registered", null, facts.registered),
    line("operations-contact", null, facts.operationsContact),
    line(
      "url-https",
      every((u) => u.protocol === "https:"),
    ),
    line(
      "url-public-name",
      every((u) => isPublicName(u.hostname)),
    ),
    line(
      "url-port",
      every((u) => u.port === "" || Number(u.port) === 443 || Number(u.port) >= 1024),
    ),
    line("connection-tested", urls.find((u) => !facts.tested.has(u)) ?? null),
    line("version-known", s.primitiveVersion === 2 ? null : String(s.primitiveVersion)),
    line("no-operator-field", connectionKindOf(s) === "sync-legacy" ? s.receiptUrl : null),
  ];
};

/** Field by field, what is different; both sides as people read them. */
export const differenceOf = (before: Record<string, unknown>, after: Record<string, unknown>): Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((field) => ({
      field,
      before: (before[field] ?? null) as Difference["before"],
      after: (after[field] ?? null) as Difference["after"],
    }))
    .filter((d) => d.before !== d.after);
