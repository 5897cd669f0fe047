/** The pages of who works for an institution, loaded together. */
export { AskToJoin } from "./AskToJoin.tsx";
export { GroupPage, NewGroup } from "./GroupPage.tsx";
export { Invite } from "./Invite.tsx";
export { Invited } from "./Invited.tsx";
export { People } from "./People.tsx";
export { Permissions } from "./Permissions.tsx";
export { Person } from "./Person.tsx";
export { NewProfile, ProfilePage } from "./ProfilePage.tsx";
export { Profiles } from "./Profiles.tsx";
export { Recover } from "./Recover.tsx";
export { RecoveryPage } from "./RecoveryPage.tsx";
export { Requests } from "./Requests.tsx";
