import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { call, useCall, useSend } from "../kit/call.ts";
import { Icon } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { AccountBar } from "./AccountBar.tsx";

/** The account bar of a person who entered with SPID or CIE. */
export const PersonBar = () => {
  const { screens } = useWords();
  const me = useCall(api.identity.me, {});
  const unread = useCall(api.inbox.counts, {}).data?.unread ?? 0;
  // The page goes on to the provider when it keeps a session of its own.
  const out = { onSuccess: () => location.assign("/uscita") };
  const leave = useSend(api.identity.leave, out);
  const leaveEverywhere = useSend(api.identity.leaveEverywhere, out);
  return (
    <AccountBar
      name={me.data ? `${me.data.person.givenName} ${me.data.person.familyName}` : "…"}
      leave={() => leave.mutate({})}
      leaveEverywhere={() => leaveEverywhere.mutate({})}
      // Who reads in a language is written to in it as well.
      onSpeak={(language) => void call(api.inbox.preferences.speak, { body: { language } }).catch(() => undefined)}
      beside={
        <Link className="m-push" to="/da-fare">
          <Icon name="bell" small /> <span className="m-text">{screens.inbox.bar}</span>
          {unread > 0 ? (
            <span className="unread">
              <span aria-hidden="true">{unread}</span>
              <span className="hidden"> {screens.inbox.unread(unread)}</span>
            </span>
          ) : null}
        </Link>
      }
      mine={
        <>
          <Link to="/profilo/sessioni">
            <Icon name="server" small /> {screens.shell.mySessions}
          </Link>
          <Link to="/profilo/indirizzi">
            <Icon name="mail" small /> {screens.shell.myContacts}
          </Link>
          <Link to="/da-fare/preferenze">
            <Icon name="bell" small /> {screens.inbox.preferencesLink}
          </Link>
        </>
      }
    />
  );
};
