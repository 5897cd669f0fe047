/** The pages of who works for an institution, loaded together. */
export { Invite } from "./Invite.tsx";
export { Invited } from "./Invited.tsx";
export { People } from "./People.tsx";
export { Person } from "./Person.tsx";
export { Recover } from "./Recover.tsx";
export { RecoveryPage } from "./RecoveryPage.tsx";
export { Requests } from "./Requests.tsx";
