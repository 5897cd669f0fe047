/** The inbox's pages, loaded together and only when needed. */
export { Inbox } from "./Inbox.tsx";
export { Preferences } from "./Preferences.tsx";
