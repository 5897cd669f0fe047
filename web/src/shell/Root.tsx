import { api } from "@area/api";
import { Outlet } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import { useCall } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { currentSessionEnd, entryPath, onStaffSide, sessionBegun, watchSessionEnd } from "../kit/session-end.ts";
import { Toasts } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";

/** Around every page: who is in, the end of the session, what was just done. */
export const Root = () => {
  const { screens } = useWords();
  // Two doors, two cookies: on the staff's side the person's session says nothing.
  const person = useCall(api.identity.me, {}, { enabled: !onStaffSide() });
  const staff = useCall(api.staff.me, {}, { enabled: onStaffSide() });
  const me = onStaffSide() ? staff : person;
  const end = useSyncExternalStore(watchSessionEnd, currentSessionEnd);
  useEffect(() => {
    if (me.data) sessionBegun();
  }, [me.data]);
  useEffect(() => {
    if (end === "missing") location.replace(entryPath());
  }, [end]);
  const enter = () => location.assign(entryPath());
  return (
    <>
      <a className="skip" href="#contenuto">
        {screens.shell.skip}
      </a>
      <Outlet />
      <Toasts />
      <Dialog
        open={end === "expired"}
        onClose={enter}
        title={screens.kit.sessionEndedTitle}
        answers={
          <button type="button" className="btn main" onClick={enter}>
            {screens.kit.enterAgain}
          </button>
        }
      >
        <p>{screens.kit.sessionEnded}</p>
      </Dialog>
    </>
  );
};
