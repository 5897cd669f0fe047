/** Why the person is no longer inside. The shell shows it, with the way back in. */
export type SessionEnd = "missing" | "expired";

let end: SessionEnd | null = null;
let entered = false;
const listeners = new Set<() => void>();

/** Somebody has been recognised since the page opened: from now on a missing session is a session that ended. */
export const sessionBegun = (): void => {
  entered = true;
};

export const sessionEnded = (why: SessionEnd): void => {
  if (end) return;
  end = why === "missing" && entered ? "expired" : why;
  for (const listener of listeners) listener();
};

export const watchSessionEnd = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const currentSessionEnd = (): SessionEnd | null => end;

/** The company's staff have a door of their own, and pages under it. */
export const onStaffSide = (): boolean => location.pathname.startsWith("/staff/");

/** The server's entry page, told where to come back. */
export const entryPath = (): string =>
  `${onStaffSide() ? "/staff" : "/"}?ritorno=${encodeURIComponent(location.pathname + location.search)}`;
