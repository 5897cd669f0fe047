import { api, type Recovery } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queries, useCall, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { recoveryTone } from "./recovery-tone.ts";
import { RecoveryWordsProvider, useRecoveryWords } from "./recovery-words.tsx";

/** `/recupero/$recoveryId`: how it stands, for who asked and for the legal representative, who confirms here. */
export const RecoveryPage = () => (
  <BareShell>
    <RecoveryWordsProvider>
      <Content />
    </RecoveryWordsProvider>
  </BareShell>
);

const Content = () => {
  const say = useRecoveryWords();
  const { recoveryId } = useParams({ from: "/recupero/$recoveryId" });
  const read = useCall(api.people.recoveries.read, { params: { recoveryId } });
  const one = read.data;
  return (
    <>
      <PageTitle title={one ? say.one(one.institution.name) : say.title}>
        {one ? <p>{say.oneIntro(one.person.name)}</p> : null}
      </PageTitle>
      {one?.asksMe ? <Confirm one={one} /> : null}
      <Sheet
        title={say.progress}
        beside={one ? <Chip tone={recoveryTone[one.state]}>{say.states[one.state]}</Chip> : null}
      >
        {read.isPending ? <Bones what={say.progress} /> : null}
        {read.isError ? <Refusal error={read.error} retry={() => void read.refetch()} /> : null}
        {one ? <Progress one={one} /> : null}
      </Sheet>
    </>
  );
};

const fresh = () => void queries.invalidateQueries();

const Confirm = ({ one }: { one: Recovery }) => {
  const say = useRecoveryWords();
  const problem = useProblemText();
  const confirm = useSend(api.people.recoveries.confirm, {
    onSuccess: () => {
      toast(say.confirmed);
      fresh();
    },
  });
  return (
    <Note
      level={2}
      tone="attention"
      icon="person"
      title={say.confirmTitle}
      act={
        <button
          type="button"
          className="btn main s"
          aria-disabled={confirm.isPending}
          onClick={() => {
            if (!confirm.isPending) confirm.mutate({ params: { recoveryId: one.id } });
          }}
        >
          {say.confirm}
        </button>
      }
    >
      <p>{say.confirmIntro(one.person.name, one.institution.name)}</p>
      {one.message ? <blockquote className="s">«{one.message}»</blockquote> : null}
      {confirm.isError ? (
        <p role="alert">
          <b>{problem(confirm.error).title}.</b> {problem(confirm.error).detail}
        </p>
      ) : null}
    </Note>
  );
};

const Progress = ({ one }: { one: Recovery }) => {
  const { day, time } = useWords();
  const say = useRecoveryWords();
  const [stopping, setStopping] = useState(false);
  const goingOn = one.state === "open" || one.state === "waiting";
  const at = (when: string | null) => (when ? say.on(day(when), time(when)) : null);
  const steps = [
    { name: say.asked, done: at(one.askedAt), note: "" },
    { name: say.pec(one.pec), done: at(one.pecConfirmedAt), note: say.by(day(one.expiresAt)) },
    {
      name:
        one.vouchedBy === "staff"
          ? say.vouchedByStaff
          : one.representativeKnown || one.vouchedAt
            ? say.vouch
            : say.vouchUnknown,
      done: at(one.vouchedAt),
      note: say.by(day(one.expiresAt)),
    },
    {
      name: say.waits,
      done: one.state === "completed" ? at(one.endedAt) : null,
      note: one.waitsUntil ? say.until(day(one.waitsUntil), time(one.waitsUntil)) : say.waitsNote,
    },
  ];
  return (
    <>
      <div className="body">
        <ol className="checks">
          {steps.map((step) => (
            <li key={step.name} className={step.done ? "positive" : "neutral"}>
              <Icon name={step.done ? "right2" : "clock"} />
              <span>
                {step.name}
                <br />
                <small>{step.done ?? (goingOn ? step.note : say.missing)}</small>
              </span>
            </li>
          ))}
        </ol>
        {one.stoppedBy ? (
          <p role="status">
            {say.stoppedBy[one.stoppedBy]}
            {one.stoppedByName ? ` (${one.stoppedByName})` : ""}.
          </p>
        ) : null}
        {one.state === "completed" && one.endedAt ? <p role="status">{say.completed(day(one.endedAt))}</p> : null}
        {one.state === "expired" ? <p role="status">{say.expired}</p> : null}
      </div>
      <footer className="row">
        {goingOn ? (
          <button type="button" className="btn plain push" onClick={() => setStopping(true)}>
            {one.asksMe ? say.stop : say.withdraw}
          </button>
        ) : one.state === "completed" ? (
          <Link className="btn main push" to="/enti/$institutionId" params={{ institutionId: one.institution.id }}>
            {say.enter}
          </Link>
        ) : (
          <Link className="btn plain push" to="/recupero">
            {say.again}
          </Link>
        )}
      </footer>
      <StopRecovery one={one} open={stopping} onClose={() => setStopping(false)} own />
    </>
  );
};

/** Stops it: from the institution's side (`own` absent) or as who asked, or confirms. */
export const StopRecovery = ({
  one,
  open,
  onClose,
  own,
}: {
  one: Recovery;
  open: boolean;
  onClose: () => void;
  own?: boolean;
}) => {
  const say = useRecoveryWords();
  const problem = useProblemText();
  const after = () => {
    toast(say.stopped);
    onClose();
    fresh();
  };
  const withdraw = useSend(api.people.recoveries.withdraw, { onSuccess: after });
  const stop = useSend(api.people.recoveries.stop, { onSuccess: after });
  const failed = withdraw.error ?? stop.error;
  const go = () =>
    own
      ? withdraw.mutate({ params: { recoveryId: one.id } })
      : stop.mutate({ params: { recoveryId: one.id, institutionId: one.institution.id } });
  return (
    <Dialog
      title={own && !one.asksMe ? say.withdrawTitle : say.stopTitle(one.person.name)}
      open={open}
      onClose={onClose}
      answers={
        <>
          <button type="button" className="btn plain" onClick={onClose}>
            {say.keep}
          </button>
          <button type="button" className="btn danger" onClick={go}>
            {own && !one.asksMe ? say.withdraw : say.stop}
          </button>
        </>
      }
    >
      <p>{say.stopDetail}</p>
      {failed ? (
        <Note tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
          <p>{problem(failed).detail}</p>
        </Note>
      ) : null}
    </Dialog>
  );
};
