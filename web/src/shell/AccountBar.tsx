import { languageNames, languages } from "@area/words/languages";
import { type ReactNode, useState } from "react";
import { Icon } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { keepTheme, type Theme, themeInUse, themes } from "./theme.ts";

/** Company, help, the menu of whoever is in and the way out. */
export const AccountBar = ({ name, leave, mine }: { name: string; leave: () => void; mine?: ReactNode }) => {
  const { screens, language, speak } = useWords();
  const [theme, setTheme] = useState<Theme>(themeInUse);
  return (
    <div className="account on-band">
      <div className="in">
        <a href="https://www.pagopa.gov.it">PagoPA S.p.A.</a>
        <a className="push wide" href="/assistenza">
          <Icon name="help" small /> {screens.shell.help}
        </a>
        <button type="button" className="m-push" popoverTarget="menu-persona">
          <Icon name="person" small /> <span>{name}</span> <Icon name="down" small />
        </button>
        <div className="menu person" id="menu-persona" popover="auto">
          <fieldset>
            <legend>
              <Icon name="globe" small /> {screens.shell.language}
            </legend>
            {languages.map((one) => (
              <button
                type="button"
                key={one}
                lang={one}
                aria-pressed={one === language}
                onClick={() => void speak(one)}
              >
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
          {mine}
          <a href="/assistenza">
            <Icon name="help" small /> {screens.shell.help}
          </a>
          <button type="button" onClick={leave}>
            <Icon name="out" small /> {screens.shell.leave}
          </button>
        </div>
        <button type="button" className="wide" onClick={leave}>
          {screens.shell.leave}
        </button>
      </div>
    </div>
  );
};
