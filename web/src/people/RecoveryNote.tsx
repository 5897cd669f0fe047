import type { Recovery } from "@area/api";
import { useState } from "react";
import { useWords } from "../kit/words.tsx";
import { StopRecovery } from "./RecoveryPage.tsx";
import { RecoveryWordsProvider, useRecoveryWords } from "./recovery-words.tsx";

/** On every page of the institution while it goes on: who asks, until when, and the way to stop it. */
export const RecoveryNote = ({ one }: { one: Recovery }) => (
  <RecoveryWordsProvider>
    <Content one={one} />
  </RecoveryWordsProvider>
);

const Content = ({ one }: { one: Recovery }) => {
  const { day, time } = useWords();
  const say = useRecoveryWords();
  const [stopping, setStopping] = useState(false);
  return (
    <>
      <section className="note attention page-note" aria-label={say.noteTitle(one.person.name)}>
        <span className="i i-alert" aria-hidden="true" />
        <div>
          <p>
            <b>{say.noteTitle(one.person.name)}</b>
          </p>
          <p>
            {one.waitsUntil
              ? say.noteWaiting(one.person.name, day(one.waitsUntil), time(one.waitsUntil))
              : say.noteOpen(one.person.name, day(one.expiresAt))}
          </p>
          {one.message ? <blockquote className="s">«{one.message}»</blockquote> : null}
        </div>
        <div className="act row">
          <button type="button" className="btn plain s" onClick={() => setStopping(true)}>
            {say.stop}
          </button>
        </div>
      </section>
      <StopRecovery one={one} open={stopping} onClose={() => setStopping(false)} />
    </>
  );
};
