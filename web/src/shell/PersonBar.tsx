import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useCall, useSend } from "../kit/call.ts";
import { Icon } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { AccountBar } from "./AccountBar.tsx";

/** The account bar of a person who entered with SPID or CIE. */
export const PersonBar = () => {
  const { shell } = useWords().screens;
  const me = useCall(api.identity.me, {});
  const leave = useSend(api.identity.leave, { onSuccess: () => location.assign("/") });
  return (
    <AccountBar
      name={me.data ? `${me.data.person.givenName} ${me.data.person.familyName}` : "…"}
      leave={() => leave.mutate({})}
      mine={
        <>
          <Link to="/profilo/sessioni">
            <Icon name="server" small /> {shell.mySessions}
          </Link>
          <Link to="/profilo/indirizzi">
            <Icon name="mail" small /> {shell.myContacts}
          </Link>
        </>
      }
    />
  );
};
