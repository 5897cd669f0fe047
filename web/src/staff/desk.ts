/** The staff's screens, loaded together and by nobody else. */

export { Assistance } from "./Assistance.tsx";
export { InstitutionTrail, PortalTrail } from "./AuditTrail.tsx";
export { Findings } from "./Findings.tsx";
export { Institution } from "./Institution.tsx";
export { Institutions } from "./Institutions.tsx";
export { NodeFiles } from "./NodeFiles.tsx";
export { Overview } from "./Overview.tsx";
export { Recoveries } from "./Recoveries.tsx";
export { SignedAgreements } from "./SignedAgreements.tsx";
export { StaffShell } from "./StaffShell.tsx";
export { TrustedLists } from "./TrustedLists.tsx";
