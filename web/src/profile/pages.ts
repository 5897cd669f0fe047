/** The pages of one's own account, loaded together. */
export { Contacts } from "./Contacts.tsx";
export { Sessions } from "./Sessions.tsx";
