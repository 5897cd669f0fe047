import { api, type CallInput, type Review, workflows } from "@area/api";
import { useId, useState } from "react";
import { keyOf, queries, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Wrongness } from "../kit/Field.tsx";
import { Note, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useKept } from "./useKept.ts";
import { useFieldText } from "./values.ts";
import { useReviewWords } from "./words.tsx";

export type Notes = Record<string, string>;
const written = (notes: Notes) =>
  Object.entries(notes).flatMap(([path, note]) => (note.trim() ? [{ path, note: note.trim() }] : []));

/** The next act on a request: take it, decide on it, answer a colleague's proposal. */
export const DecisionPanel = ({ one, notes, sent }: { one: Review; notes: Notes; sent: () => void }) => {
  const say = useReviewWords();
  const problem = useProblemText();
  const text = useFieldText();
  const [asking, setAsking] = useState<"changes-requested" | "rejected" | null>(null);
  const [note, setNote, forgetNote] = useKept(`motivo ${one.id} ${one.round}`, "");
  const [missing, setMissing] = useState(false);
  const field = useId();
  const at = { params: { onboardingId: one.id } };
  const keep = (now: Review) => {
    queries.setQueryData(keyOf(api.reviews.read, at), now);
    void queries.invalidateQueries({ queryKey: ["pages", ...keyOf(api.reviews.list)] });
    void queries.invalidateQueries({ queryKey: keyOf(api.reviews.summary, {}) });
  };
  const told = (now: Review, what: string) => {
    keep(now);
    toast(what);
  };
  const decide = useSend(api.reviews.decide, {
    onSuccess: (now, { body }) => {
      keep(now);
      setAsking(null);
      forgetNote();
      sent();
      toast(now.proposal ? say.proposedDone : say.done[(body as Decision).outcome]);
    },
  });
  const take = useSend(api.reviews.take, { onSuccess: (now) => told(now, say.taken) });
  const release = useSend(api.reviews.release, { onSuccess: (now) => told(now, say.released) });
  const confirm = useSend(api.reviews.confirm, {
    onSuccess: (now) => {
      keep(now);
      const last = now.decisions[0];
      if (last) toast(say.done[last.outcome]);
    },
  });
  const decline = useSend(api.reviews.decline, { onSuccess: (now) => told(now, say.declined) });
  const busy = [decide, take, release, confirm, decline].some((m) => m.isPending);
  const failed = [decide, take, release, confirm, decline].find((m) => m.isError)?.error;
  const send = (outcome: Decision["outcome"]) => {
    if (busy) return;
    const fields = outcome === "changes-requested" ? written(notes) : [];
    if (
      (outcome === "rejected" && !note.trim()) ||
      (outcome === "changes-requested" && !note.trim() && !fields.length)
    ) {
      setMissing(true);
      document.getElementById(field)?.focus();
      return;
    }
    decide.mutate({
      ...at,
      body: {
        outcome,
        round: one.round,
        fields,
        ...(outcome !== "approved" && note.trim() ? { note: note.trim() } : {}),
      },
    });
  };
  if (one.state !== "to-be-reviewed") return null;
  const mine = one.reviewer?.me ?? false;
  const others = one.reviewer && !one.reviewer.me ? one.reviewer : null;
  const count = written(notes).length;
  return (
    <>
      {failed && !asking ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
          <p>{problem(failed).detail}</p>
        </Note>
      ) : null}
      <Sheet title={say.holder}>
        <div className="body choose">
          <p>
            {one.reviewer ? mine ? <b>{say.you}</b> : one.reviewer.name : <span className="quiet">{say.nobody}</span>}
          </p>
          {mine ? (
            <button
              type="button"
              className="btn plain s"
              aria-disabled={busy}
              onClick={() => busy || release.mutate(at)}
            >
              {say.release}
            </button>
          ) : (
            <button
              type="button"
              className="btn plain s"
              aria-disabled={busy}
              onClick={() => busy || take.mutate({ ...at, body: { takeOver: others !== null } })}
            >
              {others ? say.takeOver(others.name) : say.take}
            </button>
          )}
        </div>
      </Sheet>
      {one.proposal ? (
        <Sheet title={say.proposal[one.proposal.outcome](one.proposal.by.me ? say.you : one.proposal.by.name)}>
          <div className="body choose">
            {one.proposal.note ? <p className="as-written">{one.proposal.note}</p> : null}
            {one.proposal.by.me ? (
              <p className="s muted">{say.proposalMine}</p>
            ) : (
              <button
                type="button"
                className="btn main"
                aria-disabled={busy}
                onClick={() => busy || confirm.mutate({ ...at, body: { round: one.round } })}
              >
                {say.confirm[one.proposal.outcome]}
              </button>
            )}
            <button
              type="button"
              className="btn plain"
              aria-disabled={busy}
              onClick={() => busy || decline.mutate({ ...at, body: {} })}
            >
              {one.proposal.by.me ? say.withdraw : say.decline}
            </button>
          </div>
        </Sheet>
      ) : others ? null : (
        <Sheet title={say.decide}>
          <div className="body choose">
            <p className="s muted">
              {one.people > 1 ? say.twoPeople : workflows[one.workflow].agreement ? say.approveHow : say.approveAlone}
            </p>
            {count > 0 ? <p className="s">{say.notes(count)}</p> : null}
            <button type="button" className="btn main" aria-disabled={busy} onClick={() => send("approved")}>
              {say.approve}
            </button>
            <button type="button" className="btn plain" onClick={() => setAsking("changes-requested")}>
              {say.ask}
            </button>
            <button type="button" className="btn danger" onClick={() => setAsking("rejected")}>
              {say.reject}
            </button>
          </div>
        </Sheet>
      )}
      <Dialog
        open={asking !== null}
        onClose={() => {
          setAsking(null);
          setMissing(false);
          decide.reset();
        }}
        title={asking === "rejected" ? say.rejectTitle(one.institution.name) : say.askTitle(one.applicant.name)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(null)}>
              {say.keep}
            </button>
            <button
              type="button"
              className={`btn ${asking === "rejected" ? "danger" : "main"}`}
              aria-disabled={busy}
              onClick={() => asking && send(asking)}
            >
              {asking === "rejected" ? say.reject : say.ask}
            </button>
          </>
        }
      >
        <div className="field w12">
          <label htmlFor={field}>{asking === "rejected" ? say.reason : say.askNote}</label>
          <textarea
            className="input"
            id={field}
            rows={5}
            maxLength={2000}
            value={note}
            aria-invalid={missing && !note.trim() ? true : undefined}
            aria-describedby={`${field}-h`}
            onChange={(event) => setNote(event.target.value)}
          />
          {missing && !note.trim() ? (
            <Wrongness id={`${field}-h`} message={asking === "rejected" ? say.reasonEmpty : say.askEmpty} />
          ) : (
            <p className="hint" id={`${field}-h`}>
              {asking === "rejected" ? say.reasonHelp : say.askHelp}
            </p>
          )}
        </div>
        {asking === "changes-requested" && count > 0 ? (
          <ul className="s below">
            {written(notes).map((n) => (
              <li key={n.path}>
                <b>{text.label(n.path)}</b>: {n.note}
              </li>
            ))}
          </ul>
        ) : null}
        {decide.isError ? (
          <p role="alert">
            <b>{problem(decide.error).title}</b> {problem(decide.error).detail}
          </p>
        ) : null}
      </Dialog>
    </>
  );
};
type Decision = Extract<CallInput<typeof api.reviews.decide>["body"], { outcome: unknown }>;
