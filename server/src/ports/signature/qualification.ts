import type { Certificate } from "./certificate.ts";
import type { Qualification, TrustPeriod } from "./trust.ts";

// Is a certificate qualified for electronic signatures? Its own statements speak first, the list may correct them
// (ETSI TS 119 615, 4.4 and 4.5; qualifiers of ETSI TS 119 612, 5.5.9.2.3).

const eSign = "0.4.0.1862.1.6.1";
/** Before eIDAS the policy told: QCP public, and with a device (ETSI TS 101 456). */
const oldPolicies = ["0.4.0.1456.1.1", "0.4.0.1456.1.2"];
const eidas = new Date("2016-07-01T00:00:00Z");

const meets = (certificate: Certificate, { assert, policies, keyUsage, others }: Qualification): boolean => {
  const met = [
    ...policies.map((set) => set.every((policy) => certificate.policies.includes(policy))),
    ...keyUsage.map((bits) => bits.every(({ bit, value }) => (certificate.keyUsage?.has(bit) ?? false) === value)),
    ...(others ? [false] : []),
  ];
  if (met.length === 0) return false;
  // What we cannot read may not be taken for "not met".
  if (assert === "none") return !others && met.every((one) => !one);
  return assert === "all" ? met.every(Boolean) : met.some(Boolean);
};

export const isQualifiedForSignatures = (certificate: Certificate, period: TrustPeriod): boolean => {
  const early = certificate.notBefore < eidas && oldPolicies.some((policy) => certificate.policies.includes(policy));
  const said = period.qualifications.filter((one) => meets(certificate, one)).flatMap(({ qualifiers }) => qualifiers);
  const saysOneOf = (...names: string[]) => names.some((name) => said.includes(name));
  const qualified = !saysOneOf("NotQualified") && (certificate.declaresQualified || early || saysOneOf("QCStatement"));
  const typed = certificate.qualifiedFor.length === 0 || certificate.qualifiedFor.includes(eSign);
  const forSignatures = saysOneOf("QCForESig") || (typed && !saysOneOf("QCForESeal", "QCForWSA", "QCForLegalPerson"));
  return qualified && forSignatures && period.forSignatures;
};
