import { api, isProblem } from "@area/api";
import { type FormEvent, useId, useState } from "react";
import { useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Wrongness } from "../kit/Field.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useProfileWords } from "./words.tsx";

export type Kept = { institution: { id: string; name: string }; email: string };

/** First the address, then the code that arrived there. */
export const ChangeContact = ({
  institution,
  email: before,
  waiting,
  returned,
  onClose,
}: {
  institution: Kept["institution"];
  email: string;
  /** The address that already waits for its code. */
  waiting?: string | undefined;
  /** Just back from confirming who one is. */
  returned: boolean;
  onClose: () => void;
}) => {
  const { problems } = useWords();
  const say = useProfileWords().contacts;
  const problemText = useProblemText();
  const id = useId();
  const [email, setEmail] = useState(before);
  const [code, setCode] = useState("");
  const [sentTo, setSentTo] = useState<string | null>(waiting ?? null);
  const params = { institutionId: institution.id };
  const stepUp = useStepUp((): Kept => ({ institution, email }));
  const change = useSend(api.people.contacts.change, {
    onSuccess: () => {
      setSentTo(email.trim());
      setCode("");
    },
    onError: (error) => void stepUp.asks(error),
  });
  const confirm = useSend(api.people.contacts.confirm, {
    onSuccess: (done) => {
      toast(say.done(done.email));
      onClose();
    },
  });
  const atCode = sentTo !== null;
  const failed = atCode ? confirm.error : change.error;
  const wrong = isProblem(failed) && failed.code === "step-up-needed" ? null : failed;
  const field = isProblem(wrong) ? wrong.fields[0] : undefined;
  const message = field
    ? (problems.fields[field.code as keyof typeof problems.fields]?.(field.facts ?? {}) ?? problemText(wrong).detail)
    : wrong
      ? `${problemText(wrong).title}. ${problemText(wrong).detail}`
      : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (atCode) confirm.mutate({ params, body: { code } });
    else change.mutate({ params, body: { email } });
  };
  return (
    <>
      <Dialog
        title={say.dialog(institution.name)}
        open
        onClose={onClose}
        answers={
          <>
            {atCode ? (
              <button
                type="button"
                className="btn plain"
                onClick={() => {
                  setSentTo(null);
                  change.reset();
                  confirm.reset();
                }}
              >
                {say.another}
              </button>
            ) : (
              <button type="button" className="btn plain" onClick={onClose}>
                {say.cancel}
              </button>
            )}
            <button
              type="submit"
              form={`${id}-form`}
              className="btn main"
              aria-disabled={change.isPending || confirm.isPending}
            >
              {atCode ? say.confirm : say.sendCode}
            </button>
          </>
        }
      >
        <form id={`${id}-form`} onSubmit={submit} noValidate>
          {atCode ? <p role="status">{say.sent(sentTo)}</p> : returned ? <p role="status">{say.returned}</p> : null}
          <div className="field">
            <label htmlFor={id}>{atCode ? say.code : say.email}</label>
            {atCode ? (
              <input
                className="input code"
                id={id}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={6}
                value={code}
                aria-invalid={message ? true : undefined}
                aria-describedby={message ? `${id}-e` : undefined}
                onChange={(event) => setCode(event.target.value.replace(/\D/g, ""))}
              />
            ) : (
              <input
                className="input"
                id={id}
                type="email"
                autoComplete="email"
                maxLength={320}
                value={email}
                aria-invalid={message ? true : undefined}
                aria-describedby={message ? `${id}-e` : `${id}-h`}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
            {message ? (
              <Wrongness id={`${id}-e`} message={message} />
            ) : atCode ? null : (
              <p className="help" id={`${id}-h`}>
                {say.emailHelp}
              </p>
            )}
          </div>
        </form>
      </Dialog>
      {stepUp.dialog}
    </>
  );
};
