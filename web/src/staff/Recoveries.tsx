import { api, type Recovery } from "@area/api";
import { useId, useState } from "react";
import { queries, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Bones, Chip, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { recoveryTone } from "../people/recovery-tone.ts";
import { RecoveryWordsProvider, useRecoveryWords } from "../people/recovery-words.tsx";
import { More } from "./More.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";

/** Who asks to administer an institution without administrators: confirmed where nobody else can, or stopped. */
export const Recoveries = () => (
  <RecoveryWordsProvider>
    <Content />
  </RecoveryWordsProvider>
);

const Content = () => {
  const say = useRecoveryWords().staff;
  const [all, setAll] = useState(false);
  const pages = usePages(api.people.recoveries.ofStaff, {
    query: { limit: 20, ...(all ? {} : { state: "open" as const }) },
  });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet
        title={say.list}
        beside={
          pages.isError ? null : (
            <button type="button" className="push s as-link" onClick={() => setAll(!all)}>
              {all ? say.onlyOpen : say.all}
            </button>
          )
        }
      >
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="check" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows inbox">
          {pages.items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
        <More pages={pages} />
      </Sheet>
    </>
  );
};

const Row = ({ one }: { one: Recovery }) => {
  const { day, time } = useWords();
  const words = useRecoveryWords();
  const say = words.staff;
  const problem = useProblemText();
  const id = useId();
  const [asked, setAsked] = useState<"vouch" | "stop" | null>(null);
  const [note, setNote] = useState("");
  const params = { institutionId: one.institution.id, recoveryId: one.id };
  const after = (text: string) => () => {
    toast(text);
    setAsked(null);
    void queries.invalidateQueries();
  };
  const vouch = useSend(api.people.recoveries.vouch, { onSuccess: after(say.vouched) });
  const stop = useSend(api.people.recoveries.stopByStaff, { onSuccess: after(words.stopped) });
  const failed = vouch.error ?? stop.error;
  const goingOn = one.state === "open" || one.state === "waiting";
  return (
    <li>
      <div>
        <h3>{one.institution.name}</h3>
        <p>
          {one.person.name}, {say.says[one.says]}.{" "}
          {one.representativeKnown ? say.representativeKnown : say.representativeUnknown}
          {"; "}
          {one.pecConfirmedAt ? say.pecYes : say.pecNo}.
        </p>
        {one.message ? <blockquote className="s">{one.message}</blockquote> : null}
        <p className="xs quiet">
          {words.on(day(one.askedAt), time(one.askedAt))} · <span className="code">{one.pec}</span>
          {one.waitsUntil ? ` · ${words.waits} ${words.until(day(one.waitsUntil), time(one.waitsUntil))}` : ""}
          {one.stoppedBy ? ` · ${words.stoppedBy[one.stoppedBy]}` : ""}
        </p>
      </div>
      <div className="do">
        <Chip tone={recoveryTone[one.state]}>{words.states[one.state]}</Chip>
        {one.state === "open" && !one.vouchedAt ? (
          <button type="button" className="btn plain s" onClick={() => setAsked("vouch")}>
            {say.vouchDo}
            <span className="hidden">: {one.institution.name}</span>
          </button>
        ) : null}
        {goingOn ? (
          <button type="button" className="btn text s" onClick={() => setAsked("stop")}>
            {words.stop}
            <span className="hidden">: {one.institution.name}</span>
          </button>
        ) : null}
      </div>
      <Dialog
        title={asked === "stop" ? words.stopTitle(one.person.name) : say.vouch}
        open={asked !== null}
        onClose={() => setAsked(null)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsked(null)}>
              {words.keep}
            </button>
            <button
              type="button"
              className={`btn ${asked === "stop" ? "danger" : "main"}`}
              onClick={() => (asked === "stop" ? stop.mutate({ params }) : vouch.mutate({ params, body: { note } }))}
            >
              {asked === "stop" ? words.stop : say.vouchDo}
            </button>
          </>
        }
      >
        {asked === "stop" ? (
          <p>{words.stopDetail}</p>
        ) : (
          <div className="field">
            <label htmlFor={id}>{say.note}</label>
            <input
              className="input"
              id={id}
              maxLength={500}
              value={note}
              aria-describedby={`${id}-h`}
              onChange={(event) => setNote(event.target.value)}
            />
            <p className="hint" id={`${id}-h`}>
              {say.noteHelp}
            </p>
          </div>
        )}
        {failed ? (
          <Note tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
            <p>{problem(failed).detail}</p>
          </Note>
        ) : null}
      </Dialog>
    </li>
  );
};
