/*
 * The table of what must be refused, and the few things that must be accepted (identity facts, §1.8), by its rows. The tests
 * that try a row carry its number in their title; each file then says that none of its rows was left untried.
 */
type Part = "response" | "assertion" | "signatures" | "accepted" | "levels" | "errors";
const table: readonly (readonly [row: number, part: Part, cases: RegExp])[] = [
  [1, "accepted", /^a correct response|^Response signed too/],
  [2, "signatures", /^nothing signed|^only the Response signed/],
  [3, "signatures", /with another key|of another key|our own key|stranger's certificate in KeyInfo/],
  [4, "signatures", /./],
  [5, "response", /^ID /],
  [6, "response", /^Version /],
  [7, "response", /^IssueInstant (empty|missing|in a bad|on a day)/],
  [8, "response", /^IssueInstant (before|in 2099)/],
  [9, "response", /^InResponseTo/],
  [10, "response", /^Destination/],
  [11, "response", /^Status (empty|missing)|^StatusCode (Value|missing)/],
  [12, "response", /^StatusCode unknown/],
  [13, "response", /^Issuer (empty|missing|of another)/],
  [14, "response", /^Issuer Format/],
  [14, "accepted", /^Response Issuer Format omitted/],
  [15, "response", /^success without Assertion/],
  [16, "assertion", /^(Version|ID) /],
  [17, "assertion", /^IssueInstant (empty|missing|in a bad)/],
  [18, "assertion", /^IssueInstant (before|in 2099)/],
  [19, "assertion", /^Subject (empty|missing)/],
  [20, "assertion", /^NameID (empty|missing)/],
  [21, "assertion", /^NameID Format/],
  [22, "assertion", /^NameQualifier/],
  [23, "assertion", /^SubjectConfirmation (empty|missing)/],
  [24, "assertion", /^Method/],
  [25, "assertion", /^SubjectConfirmation without data/],
  [26, "assertion", /^Recipient/],
  [27, "assertion", /^SubjectConfirmationData InResponseTo/],
  [28, "assertion", /^SubjectConfirmationData NotOnOrAfter/],
  [29, "assertion", /^Issuer (empty|missing|of another)/],
  [30, "assertion", /^Issuer Format/],
  [30, "accepted", /^CIE: no Issuer Format/],
  [31, "assertion", /^Conditions/],
  [32, "assertion", /^NotBefore/],
  [33, "assertion", /^NotOnOrAfter/],
  [34, "assertion", /^Audience/],
  [35, "assertion", /^AuthnStatement/],
  [36, "assertion", /^AuthnContext (empty|missing)/],
  [37, "assertion", /^AuthnContextClassRef/],
  [38, "levels", /^L/],
  [39, "assertion", /^old urn class/],
  [40, "assertion", /^AttributeStatement without|^Attribute without/],
  [41, "assertion", /^fiscalNumber missing|^AttributeStatement missing/],
  [41, "accepted", /^another set of attributes/],
  [42, "errors", /^nr/],
  [43, "accepted", /^attributes without NameFormat/],
  [44, "accepted", /^IssueInstant with/],
  [45, "signatures", /^signed provider metadata first/],
  [45, "response", /^provider metadata first/],
  // 46, grant tokens of attribute authorities: none is used here.
];

export const profileRows = () => {
  const seen = new Set<number>();
  return {
    /** The title of a case, with the number of its row: the last that fits, since row 4 takes whatever is of signatures. */
    numbered: (part: Part, name: string): string => {
      const fits = table.filter(([, p, cases]) => p === part && cases.test(name));
      const found = fits.find(([row]) => row !== 4) ?? fits[0];
      if (!found) return name;
      seen.add(found[0]);
      return `row ${String(found[0]).padStart(2, "0")}: ${name}`;
    },
    /** Rows of these parts that no case has tried. */
    untried: (...parts: Part[]): number[] =>
      table.filter(([row, part]) => parts.includes(part) && !seen.has(row)).map(([row]) => row),
  };
};
