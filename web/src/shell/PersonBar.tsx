import { api } from "@area/api";
import { useCall, useSend } from "../kit/call.ts";
import { AccountBar } from "./AccountBar.tsx";

/** The account bar of a person who entered with SPID or CIE. */
export const PersonBar = () => {
  const me = useCall(api.identity.me, {});
  const leave = useSend(api.identity.leave, { onSuccess: () => location.assign("/") });
  return (
    <AccountBar
      name={me.data ? `${me.data.person.givenName} ${me.data.person.familyName}` : "…"}
      leave={() => leave.mutate({})}
    />
  );
};
