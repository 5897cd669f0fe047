/** The staff's screens, loaded together and by nobody else. */
export { Overview } from "./Overview.tsx";
export { StaffShell } from "./StaffShell.tsx";
