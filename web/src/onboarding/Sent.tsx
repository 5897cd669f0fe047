import { type AnswerOf, api, mayMove, workflows } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { keyOf, queries, useCall, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Bones, Chip, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { SigningSteps } from "../kit/SigningSteps.tsx";
import { onboardingTone } from "../kit/states.ts";
import { say as announce } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { UnderReview } from "./UnderReview.tsx";

/** Sent: where the agreement went, who must sign it, by when, and what comes next. */
export const Sent = () => {
  const { screens, day, dayInWords, distance } = useWords();
  const say = screens.onboarding.sent;
  const text = useProblemText();
  const { onboardingId } = useParams({ from: "/adesione/inviata/$onboardingId" });
  const [cancelling, setCancelling] = useState(false);
  const input = { params: { onboardingId } };
  // What the portal does by itself takes seconds.
  const writing = ["submitted", "awaiting-countersignature"].includes(
    queries.getQueryData<{ state: string }>(keyOf(api.onboarding.read, input))?.state ?? "",
  );
  const onboarding = useCall(api.onboarding.read, input, { refetchInterval: writing ? 3000 : 60_000 });
  const cancel = useSend(api.onboarding.cancel, {
    onSuccess: (ended) => {
      queries.setQueryData(keyOf(api.onboarding.read, input), ended);
      void queries.invalidateQueries({ queryKey: ["pages", ...keyOf(api.onboarding.mine)] });
      setCancelling(false);
      announce(say.cancelled);
    },
  });
  const again = screens.adhesion.review;
  const kept = (what: string) => ({
    onSuccess: (now: AnswerOf<typeof api.onboarding.read>) => {
      queries.setQueryData(keyOf(api.onboarding.read, input), now);
      announce(what);
    },
  });
  const resend = useSend(api.onboarding.resend, kept(again.resent));
  const extend = useSend(api.onboarding.extend, kept(again.extended));
  const one = onboarding.data;
  if (!one)
    return (
      <BareShell>
        <PageTitle title={say.status} />
        <Sheet title={say.status}>
          {onboarding.isError ? (
            <Refusal error={onboarding.error} retry={() => void onboarding.refetch()} />
          ) : (
            <Bones what={say.status} />
          )}
        </Sheet>
      </BareShell>
    );
  const { wizard } = screens.adhesion;
  const waiting = one.state === "submitted" || one.state === "awaiting-signature";
  const signer = one.manager ? `${one.manager.givenName} ${one.manager.familyName}` : wizard.noSigner;
  const ended = one.state === "cancelled" || one.state === "expired" || one.state === "rejected";
  const why = {
    "register-silent": wizard.reviewSilent,
    "register-unknown": wizard.reviewUnknown,
    "pec-differs": wizard.reviewPec,
  };
  const next = waiting
    ? [say.next1(one.institution.pec), say.next2(signer), say.next3]
    : [
        ...one.reviewReasons.map((reason) => why[reason]),
        wizard.nextReview,
        ...(one.manager ? [wizard.nextReviewed(one.institution.pec), say.next2(signer)] : [wizard.nextApproval]),
      ];
  return (
    <BareShell>
      <PageTitle title={say.titles[one.state]} documentTitle={`${say.titles[one.state]}, ${one.institution.name}`}>
        <p>{say.intros[one.state]}</p>
      </PageTitle>
      <div className="cols">
        <div>
          <Sheet
            title={say.status}
            beside={<Chip tone={onboardingTone[one.state]}>{screens.onboardingStates[one.state]}</Chip>}
          >
            <div className="body">
              <dl className="facts">
                <div>
                  <dt>{say.institution}</dt>
                  <dd>{one.institution.name}</dd>
                </div>
                <div>
                  <dt>{say.product}</dt>
                  <dd>{one.productTitle}</dd>
                </div>
                <div>
                  <dt>{say.pec}</dt>
                  <dd>{one.institution.pec}</dd>
                </div>
                <div>
                  <dt>{say.signer}</dt>
                  <dd>{signer}</dd>
                </div>
                <div>
                  <dt>{say.sentOn}</dt>
                  <dd>{day(one.submittedAt)}</dd>
                </div>
                {waiting && one.expiresAt ? (
                  <div>
                    <dt>{say.signBy}</dt>
                    <dd>
                      <b>{dayInWords(one.expiresAt)}</b>, {distance(one.expiresAt)}
                    </dd>
                  </div>
                ) : null}
                {one.endedAt ? (
                  <div>
                    <dt>{say.endedOn}</dt>
                    <dd>{day(one.endedAt)}</dd>
                  </div>
                ) : null}
                {one.agreement ? (
                  <div>
                    <dt>{say.digest}</dt>
                    <dd className="code xs">{one.agreement.sha256}</dd>
                  </div>
                ) : null}
              </dl>
            </div>
          </Sheet>
          {one.signing.length > 1 ? (
            <Sheet title={screens.signing.title}>
              <div className="body">
                <SigningSteps steps={one.signing} />
              </div>
            </Sheet>
          ) : null}
          {workflows[one.workflow].reviewed ? (
            <UnderReview onboardingId={one.id} productTitle={one.productTitle} />
          ) : null}
          {one.reviewNote && one.state !== "changes-requested" ? (
            <Sheet title={wizard.note}>
              <div className="body">
                <p className="as-written">{one.reviewNote}</p>
              </div>
            </Sheet>
          ) : null}
          {waiting || one.state === "to-be-reviewed" ? (
            <Sheet title={say.nextTitle}>
              <div className="body">
                <ol className="steps-next">
                  {next.map((sentence) => (
                    <li key={sentence}>
                      <p>{sentence}</p>
                    </li>
                  ))}
                </ol>
              </div>
            </Sheet>
          ) : null}
          {resend.isError || extend.isError ? (
            <Note tone="attention" icon="alert" role="alert" title={text(resend.error ?? extend.error).title}>
              <p>{text(resend.error ?? extend.error).detail}</p>
            </Note>
          ) : null}
          <p className="acts">
            <Link className={`btn ${ended || one.state === "changes-requested" ? "plain" : "main"}`} to="/enti">
              {say.toInstitutions}
            </Link>
            {ended ? (
              <Link className="btn main" to="/adesione" search={{ prodotto: one.productId }}>
                {say.again}
              </Link>
            ) : null}
            {one.state === "awaiting-signature" ? (
              <button
                type="button"
                className="btn plain"
                aria-disabled={resend.isPending}
                onClick={() => resend.isPending || resend.mutate(input)}
              >
                {again.resend}
              </button>
            ) : null}
            {one.state === "awaiting-signature" && !one.extended ? (
              <button
                type="button"
                className="btn plain"
                aria-disabled={extend.isPending}
                onClick={() => extend.isPending || extend.mutate(input)}
              >
                {again.extend}
              </button>
            ) : null}
            {mayMove(one.state, "cancelled") ? (
              <button type="button" className="btn danger push" onClick={() => setCancelling(true)}>
                {say.cancel}
              </button>
            ) : null}
          </p>
        </div>
      </div>
      <Dialog
        open={cancelling}
        onClose={() => setCancelling(false)}
        title={say.cancelTitle(one.institution.name, one.productTitle)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setCancelling(false)}>
              {say.keep}
            </button>
            <button
              type="button"
              className="btn danger"
              aria-disabled={cancel.isPending}
              onClick={() => {
                if (!cancel.isPending) cancel.mutate(input);
              }}
            >
              {say.cancel}
            </button>
          </>
        }
      >
        <p>{say.cancelDetail}</p>
        {cancel.isError ? <p role="alert">{text(cancel.error).detail}</p> : null}
      </Dialog>
    </BareShell>
  );
};
