import { api, type Convention } from "@area/api";
import { useState } from "react";
import { queries, useCall, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { May } from "../kit/May.tsx";
import { Chip, Note, Sheet, type Tone } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { SigningSteps } from "../kit/SigningSteps.tsx";
import { useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useMine } from "../shell/institution.ts";
import { TermsWordsProvider, useTermsWords } from "./words.tsx";

/** On the page of documents: what stands on the active products, or could. Nothing where no product has any. */
export const Conventions = ({ institutionId }: { institutionId: string }) => (
  <TermsWordsProvider>
    <Content institutionId={institutionId} />
  </TermsWordsProvider>
);

const Content = ({ institutionId }: { institutionId: string }) => {
  const say = useTermsWords().conventions;
  const list = useCall(api.terms.conventions.list, { params: { institutionId } });
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Sheet title={say.title} count={items.length}>
      <div className="body">
        <p className="s muted">{say.intro}</p>
      </div>
      <ul className="rows agreements">
        {items.map((one) => (
          <Row key={`${one.productId} ${one.conventionId}`} one={one} institutionId={institutionId} />
        ))}
      </ul>
    </Sheet>
  );
};

const tone: Record<Convention["state"], Tone> = { available: "neutral", pending: "attention", active: "positive" };
const Row = ({ one, institutionId }: { one: Convention; institutionId: string }) => {
  const { day } = useWords();
  const words = useTermsWords();
  const say = words.conventions;
  const problem = useProblemText();
  const mine = useMine();
  const [leaving, setLeaving] = useState(false);
  const stepUp = useStepUp(() => null);
  const fresh = (what: string) => () => {
    toast(what);
    setLeaving(false);
    void queries.invalidateQueries();
  };
  const ask = useSend(api.terms.conventions.ask, { onSuccess: fresh(say.asked) });
  const link = useSend(api.terms.signingLink, { onSuccess: ({ url }) => location.assign(new URL(url).pathname) });
  const leave = useSend(api.terms.conventions.leave, {
    onSuccess: fresh(say.done),
    onError: (error) => {
      if (stepUp.asks(error)) setLeaving(false);
    },
  });
  const failed = [ask.error, link.error, leave.error].find(
    (error) => error && (error as { code?: string }).code !== "step-up-needed",
  );
  const about = one.title;
  const act = (label: string, main: boolean, go: () => void, busy: boolean) => (
    <May
      memberships={mine.data?.memberships}
      permission="institution:agreements:write"
      label={label}
      about={about}
      className={`btn ${main ? "main" : "plain"} s`}
    >
      <button
        type="button"
        className={`btn ${main ? "main" : "plain"} s`}
        aria-disabled={busy}
        onClick={() => busy || go()}
      >
        {label}
        <span className="hidden">: {about}</span>
      </button>
    </May>
  );
  return (
    <li>
      <div>
        <h3>{one.title}</h3>
        <p className="s muted">
          {[
            one.productTitle,
            one.description,
            one.since ? say.since(day(one.since)) : null,
            one.dueAt ? words.dueBy(day(one.dueAt)) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <SigningSteps steps={one.signing} />
        {failed ? (
          <Note tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
            <p>{problem(failed).detail}</p>
          </Note>
        ) : null}
      </div>
      <Chip tone={tone[one.state]}>{say.states[one.state]}</Chip>
      <div className="files">
        {one.state === "available"
          ? act(
              say.ask,
              true,
              () =>
                ask.mutate({
                  params: { institutionId },
                  body: { productId: one.productId, conventionId: one.conventionId },
                }),
              ask.isPending,
            )
          : null}
        {one.state === "pending"
          ? act(
              words.sign,
              true,
              () => link.mutate({ params: { institutionId, agreementId: one.agreementId! } }),
              link.isPending,
            )
          : null}
        {one.state === "available"
          ? null
          : act(one.state === "active" ? say.leave : say.withdraw, false, () => setLeaving(true), leave.isPending)}
      </div>
      <Dialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={say.leaveTitle(one.title)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setLeaving(false)}>
              {say.keep}
            </button>
            <button
              type="button"
              className="btn danger"
              aria-disabled={leave.isPending}
              onClick={() =>
                leave.isPending || leave.mutate({ params: { institutionId, agreementId: one.agreementId! } })
              }
            >
              {one.state === "active" ? say.leave : say.withdraw}
            </button>
          </>
        }
      >
        <p>{say.leaveDetail}</p>
      </Dialog>
      {stepUp.dialog}
    </li>
  );
};
