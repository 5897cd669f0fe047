import { api } from "@area/api";
import { type Language, languageNames, languages } from "@area/words/languages";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { call, useCall, useSend } from "../kit/call.ts";
import { Icon } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { keepTheme, type Theme, themeInUse, themes } from "./theme.ts";

/** Company, help, the person's own menu and the way out. */
export const AccountBar = () => {
  const { screens, language, speak } = useWords();
  const me = useCall(api.identity.me, {});
  const [theme, setTheme] = useState<Theme>(themeInUse);
  const leave = useSend(api.identity.leave, { onSuccess: () => location.assign("/") });
  const unread = useCall(api.inbox.counts, {}).data?.unread ?? 0;
  const name = me.data ? `${me.data.person.givenName} ${me.data.person.familyName}` : "…";
  /** Who reads in a language is written to in it as well. */
  const choose = (one: Language) => {
    void speak(one);
    void call(api.inbox.preferences.speak, { body: { language: one } }).catch(() => undefined);
  };
  const goOut = () => leave.mutate({});
  return (
    <div className="account on-band">
      <div className="in">
        <a href="https://www.pagopa.gov.it">PagoPA S.p.A.</a>
        <a className="push wide" href="/assistenza">
          <Icon name="help" small /> {screens.shell.help}
        </a>
        <Link className="m-push" to="/da-fare">
          <Icon name="bell" small /> <span className="m-text">{screens.inbox.bar}</span>
          {unread > 0 ? (
            <span className="unread">
              <span aria-hidden="true">{unread}</span>
              <span className="hidden"> {screens.inbox.unread(unread)}</span>
            </span>
          ) : null}
        </Link>
        <button type="button" popoverTarget="menu-persona">
          <Icon name="person" small /> <span>{name}</span> <Icon name="down" small />
        </button>
        <div className="menu person" id="menu-persona" popover="auto">
          <fieldset>
            <legend>
              <Icon name="globe" small /> {screens.shell.language}
            </legend>
            {languages.map((one) => (
              <button type="button" key={one} lang={one} aria-pressed={one === language} onClick={() => choose(one)}>
                {one === language ? <Icon name="check" small /> : <span className="i-none" />} {languageNames[one]}
              </button>
            ))}
          </fieldset>
          <hr />
          <fieldset>
            <legend>
              <Icon name="eye" small /> {screens.shell.theme}
            </legend>
            {themes.map((one) => (
              <button
                type="button"
                key={one}
                aria-pressed={one === theme}
                onClick={() => {
                  keepTheme(one);
                  setTheme(one);
                }}
              >
                {one === theme ? <Icon name="check" small /> : <span className="i-none" />} {screens.shell.themes[one]}
              </button>
            ))}
          </fieldset>
          <hr />
          <Link to="/da-fare/preferenze">
            <Icon name="mail" small /> {screens.inbox.preferencesLink}
          </Link>
          <a href="/assistenza">
            <Icon name="help" small /> {screens.shell.help}
          </a>
          <button type="button" onClick={goOut}>
            <Icon name="out" small /> {screens.shell.leave}
          </button>
        </div>
        <button type="button" className="wide" onClick={goOut}>
          {screens.shell.leave}
        </button>
      </div>
    </div>
  );
};
