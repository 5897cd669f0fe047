import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Dialog } from "../kit/Dialog.tsx";
import { Note } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useDelegationWords } from "./words.tsx";

/** One decision with its reason: a question, its consequence, two answers in verbs. A refusal is said in place. */
export const Confirm = ({
  title,
  detail,
  act,
  keep,
  reason: asksReason,
  error,
  busy,
  onClose,
  onAct,
  children,
}: {
  title: string;
  detail?: string;
  act: string;
  keep: string;
  reason?: boolean;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onAct: (reason: string) => void;
  children?: ReactNode;
}) => {
  const say = useDelegationWords().detail;
  const problem = useProblemText();
  const [reason, setReason] = useState("");
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && (!asksReason || reason.trim())) onAct(reason.trim());
  };
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      answers={
        <>
          <button type="button" className="btn plain" onClick={onClose}>
            {keep}
          </button>
          <button type="submit" form={id} className="btn main" aria-disabled={busy}>
            {act}
          </button>
        </>
      }
    >
      <form className="stack" id={id} onSubmit={submit}>
        {detail ? <p>{detail}</p> : null}
        {children}
        {asksReason ? (
          <div className="field w12">
            <label htmlFor={`${id}-r`}>{say.why}</label>
            <input
              id={`${id}-r`}
              className="input"
              required
              maxLength={500}
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        ) : null}
        {error ? (
          <Note tone="critical" icon="wrong" role="alert" title={problem(error).title}>
            <p>{problem(error).detail}</p>
          </Note>
        ) : null}
      </form>
    </Dialog>
  );
};
