import { api, MOST_AHEAD } from "@area/api";
import { useNavigate } from "@tanstack/react-router";
import { keyOf, queries, useCall, useSend } from "../kit/call.ts";
import { Bones, Note, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { Talk } from "../reviews/Talk.tsx";
import { useUsual } from "../reviews/usual.ts";
import { useFieldText } from "../reviews/values.ts";

/** Where my request stands while a person looks at it: place, promise, who decides, what to correct, what was said. */
export const UnderReview = ({ onboardingId, productTitle }: { onboardingId: string; productTitle: string }) => {
  const { screens, dayInWords } = useWords();
  const say = screens.adhesion.review;
  const text = useFieldText();
  const usual = useUsual();
  const problem = useProblemText();
  const navigate = useNavigate();
  const at = { params: { onboardingId } };
  const status = useCall(api.reviews.status, at, { refetchInterval: 60_000 });
  const reply = useSend(api.reviews.reply, {
    onSuccess: (now) => {
      queries.setQueryData(keyOf(api.reviews.status, at), now);
      toast(say.sentMessage);
    },
  });
  const revise = useSend(api.reviews.revise, {
    onSuccess: (draft) => void navigate({ to: "/adesione/$draftId", params: { draftId: draft.id } }),
  });
  const one = status.data;
  if (!one)
    return (
      <Sheet title={say.title}>
        {status.isError ? (
          <Refusal error={status.error} retry={() => void status.refetch()} />
        ) : (
          <Bones what={say.title} />
        )}
      </Sheet>
    );
  const late = one.dueAt !== null && Date.parse(one.dueAt) < Date.now();
  const correcting = one.state === "changes-requested";
  const facts = [
    one.ahead === null
      ? null
      : one.ahead === 0
        ? say.first
        : one.ahead >= MOST_AHEAD
          ? say.aheadMany(MOST_AHEAD)
          : say.ahead(one.ahead),
    one.dueAt ? (late ? say.late(dayInWords(one.dueAt)) : say.due(dayInWords(one.dueAt))) : null,
    one.started ? say.started : null,
    one.ahead === null ? null : say.decides(productTitle, one.people),
    one.ahead === null ? null : one.medianSeconds === null ? say.medianUnknown : say.median(usual(one.medianSeconds)),
  ].filter((said): said is string => said !== null);
  return (
    <>
      {correcting ? (
        <Sheet title={say.toCorrect}>
          <div className="body stack">
            {one.note ? <p className="as-written">{one.note}</p> : null}
            <ul className="stack">
              {one.fields.map((f) => (
                <li key={f.path}>
                  <b>{text.label(f.path)}</b>
                  <p className="as-written">{f.note}</p>
                </li>
              ))}
            </ul>
            {revise.isError ? (
              <Note tone="critical" icon="wrong" role="alert" title={problem(revise.error).title}>
                <p>{problem(revise.error).detail}</p>
              </Note>
            ) : null}
            <div className="row">
              <button
                type="button"
                className="btn main"
                aria-disabled={revise.isPending}
                onClick={() => revise.isPending || revise.mutate(at)}
              >
                {say.correct}
              </button>
            </div>
            <p className="s muted">
              {one.correctBy ? `${say.correctBy(dayInWords(one.correctBy))} ` : ""}
              {say.correctHow}
            </p>
          </div>
        </Sheet>
      ) : null}
      {facts.length > 0 ? (
        <Sheet title={say.title}>
          <div className="body">
            <ul className="stack">
              {facts.map((said) => (
                <li key={said}>{said}</li>
              ))}
            </ul>
          </div>
        </Sheet>
      ) : null}
      {one.messages.length > 0 || one.ahead !== null || correcting ? (
        <Talk
          id={onboardingId}
          messages={one.messages}
          open={one.ahead !== null || correcting}
          label={say.message}
          help={say.messageHelp}
          send={(message) => reply.mutateAsync({ ...at, body: { text: message } })}
        />
      ) : null}
    </>
  );
};
