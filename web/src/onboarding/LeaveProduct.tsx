import { api, isProblem } from "@area/api";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { queries, useCall, useSend } from "../kit/call.ts";
import { Wrongness } from "../kit/Field.tsx";
import { Bones, Icon, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { takeKept, useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";

/** Leaving a product: what ends, said before; then the name typed, and who one is confirmed. */
export const LeaveProduct = () => {
  const { screens } = useWords();
  const say = screens.adhesion.leaving;
  const problem = useProblemText();
  const navigate = useNavigate();
  const field = useId();
  const { institutionId, productId } = useParams({ from: "/enti/$institutionId/prodotti/$productId/lascia" });
  const input = { params: { institutionId, productId } };
  const preview = useCall(api.onboarding.leaving.preview, input);
  const [typed, setTyped] = useState(() => (takeKept() as string | null) ?? "");
  const [missing, setMissing] = useState(false);
  const stepUp = useStepUp(() => typed);
  const leave = useSend(api.onboarding.leaving.leave, {
    onSuccess: (left) => {
      toast(say.done(left.title));
      void queries.invalidateQueries();
      void navigate({ to: "/enti/$institutionId", params: { institutionId } });
    },
    onError: (error) => void stepUp.asks(error),
  });
  const one = preview.data;
  if (!one)
    return (
      <>
        <PageTitle title={say.link} />
        <Sheet title={say.off}>
          {preview.isError ? (
            <Refusal error={preview.error} retry={() => void preview.refetch()} />
          ) : (
            <Bones what={say.off} />
          )}
        </Sheet>
      </>
    );
  const blocked = one.first.length > 0;
  return (
    <>
      <PageTitle title={say.title(one.title)}>
        <p>{say.lead}</p>
      </PageTitle>
      {blocked ? <Note level={2} tone="attention" icon="alert" title={say.first(one.first.join(", "))} /> : null}
      {leave.isError && !(isProblem(leave.error) && leave.error.code === "step-up-needed") ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(leave.error).title}>
          <p>{problem(leave.error).detail}</p>
        </Note>
      ) : null}
      <Sheet title={say.off}>
        <div className="body">
          <ul className="checks">
            {[
              ...one.switchesOff,
              say.agreement,
              ...(one.twins.length > 0 ? [say.twins(one.twins.join(", "))] : []),
              ...(one.people > 0 ? [say.people(one.people)] : []),
            ].map((said) => (
              <li key={said}>
                <Icon name="x" />
                <p>{said}</p>
              </li>
            ))}
          </ul>
          {blocked ? null : (
            <form
              className="below"
              onSubmit={(event) => {
                event.preventDefault();
                if (leave.isPending) return;
                const right = typed.trim().toLowerCase() === one.title.toLowerCase();
                setMissing(!right);
                if (right) leave.mutate(input);
                else document.getElementById(field)?.focus();
              }}
            >
              <div className="field">
                <label htmlFor={field}>{say.confirm(one.title)}</label>
                <input
                  className="input"
                  id={field}
                  autoComplete="off"
                  value={typed}
                  aria-invalid={missing ? true : undefined}
                  aria-describedby={missing ? `${field}-e` : undefined}
                  onChange={(event) => {
                    setTyped(event.target.value);
                    setMissing(false);
                  }}
                />
                {missing ? <Wrongness id={`${field}-e`} message={say.wrong} /> : null}
              </div>
              <div className="acts">
                <Link className="btn plain" to="/enti/$institutionId" params={{ institutionId }}>
                  {say.keep}
                </Link>
                <button type="submit" className="btn danger" aria-disabled={leave.isPending}>
                  {say.title(one.title)}
                </button>
              </div>
            </form>
          )}
        </div>
      </Sheet>
      {stepUp.dialog}
    </>
  );
};
