import { isProblem } from "@area/api";
import { type ReactNode, useState } from "react";
import { Dialog } from "./Dialog.tsx";
import { useWords } from "./words.tsx";

const MINUTES = 20;
const keyOf = (path: string) => `step-up ${path}`;

/** What was typed before going to confirm, given back once, to the same page of the same tab. */
export const takeKept = (): unknown => {
  const key = keyOf(location.pathname);
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (!kept) return null;
  const { at, what } = JSON.parse(kept) as { at: number; what: unknown };
  return Date.now() - at < MINUTES * 60_000 ? what : null;
};

/**
 * A verb that asks for a fresh confirmation: hand its error to `asks`, put `dialog` in the page. What `kept` answers waits in
 * this tab while the person is at the provider, and `takeKept` gives it back on return: nothing typed is lost.
 */
export const useStepUp = (kept: () => unknown): { asks: (error: unknown) => boolean; dialog: ReactNode } => {
  const { screens, problems } = useWords();
  const [asked, setAsked] = useState(false);
  const say = problems.problems["step-up-needed"];
  const go = () => {
    sessionStorage.setItem(keyOf(location.pathname), JSON.stringify({ at: Date.now(), what: kept() }));
    location.assign(`/conferma?ritorno=${encodeURIComponent(location.pathname + location.search)}`);
  };
  return {
    asks: (error) => {
      const mine = isProblem(error) && error.code === "step-up-needed";
      if (mine) setAsked(true);
      return mine;
    },
    dialog: (
      <Dialog
        title={say.title}
        open={asked}
        onClose={() => setAsked(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsked(false)}>
              {screens.kit.notNow}
            </button>
            <button type="button" className="btn main" onClick={go}>
              {screens.kit.stepUp}
            </button>
          </>
        }
      >
        <p>{say.detail({})}</p>
      </Dialog>
    ),
  };
};
