import { api } from "@area/api";
import { useCall, useSend } from "../kit/call.ts";
import { AccountBar } from "./AccountBar.tsx";

/** The account bar of a person who entered with SPID or CIE. */
export const PersonBar = () => {
  const me = useCall(api.identity.me, {});
  // The page goes on to the provider when it keeps a session of its own.
  const out = { onSuccess: () => location.assign("/uscita") };
  const leave = useSend(api.identity.leave, out);
  const leaveEverywhere = useSend(api.identity.leaveEverywhere, out);
  return (
    <AccountBar
      name={me.data ? `${me.data.person.givenName} ${me.data.person.familyName}` : "…"}
      leave={() => leave.mutate({})}
      leaveEverywhere={() => leaveEverywhere.mutate({})}
    />
  );
};
