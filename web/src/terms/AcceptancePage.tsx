import { api } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { queries, useCall, useSend } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Bones, Chip, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { SigningSteps } from "../kit/SigningSteps.tsx";
import { useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { DifferenceView } from "./DifferenceView.tsx";
import { TermsWordsProvider, useTermsWords } from "./words.tsx";

/** `/documenti/versioni/…`: what changes, and the act of accepting it. */
export const AcceptancePage = () => (
  <TermsWordsProvider>
    <Content />
  </TermsWordsProvider>
);

const Content = () => {
  const { day, distance } = useWords();
  const say = useTermsWords();
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const { acceptanceId } = useParams({ from: "/enti/$institutionId/documenti/versioni/$acceptanceId" });
  const mine = useMine();
  const at = { params: { institutionId, acceptanceId } };
  const found = useCall(api.terms.acceptances.read, at);
  const stepUp = useStepUp(() => null);
  const confirm = useSend(api.terms.acceptances.confirm, {
    onSuccess: () => {
      toast(say.accepted);
      void queries.invalidateQueries();
    },
    onError: (error) => void stepUp.asks(error),
  });
  const link = useSend(api.terms.signingLink, { onSuccess: ({ url }) => location.assign(new URL(url).pathname) });
  const one = found.data;
  if (!one)
    return (
      <>
        <PageTitle title={say.toAccept} />
        <Sheet title={say.whole}>
          {found.isError ? (
            <Refusal error={found.error} retry={() => void found.refetch()} />
          ) : (
            <Bones what={say.whole} />
          )}
        </Sheet>
      </>
    );
  const open = one.state === "asked" || one.state === "overdue";
  const failed = [confirm.error, link.error].find((error) => error && !isStepUp(error));
  const signer = one.signing.find((s) => s.state === "next")?.name ?? "";
  return (
    <>
      <PageTitle
        title={say.newVersion(one.productTitle)}
        acts={
          <Link className="btn text" to="/enti/$institutionId/documenti" params={{ institutionId }}>
            {say.documents}
          </Link>
        }
      >
        <p>{say.fromTo(one.fromVersion, one.version)}</p>
      </PageTitle>
      {failed ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
          <p>{problem(failed).detail}</p>
        </Note>
      ) : null}
      <Sheet
        title={say.summary}
        beside={
          <Chip tone={one.state === "accepted" ? "positive" : one.state === "overdue" ? "critical" : "attention"}>
            {say.states[one.state]}
          </Chip>
        }
      >
        <div className="body stack">
          <p className="as-written">{one.summary}</p>
          {open ? (
            <p className="s muted">
              {one.state === "overdue" ? (
                say.wasDue(day(one.dueAt))
              ) : (
                <>
                  <b>{say.dueBy(day(one.dueAt))}</b>, {distance(one.dueAt)}
                </>
              )}
              . {one.state === "overdue" && one.overdue === "suspends" ? say.isSuspended : say[one.overdue]}
            </p>
          ) : null}
          {one.state === "accepted" && one.acceptedAt ? (
            <p className="s muted">{say.acceptedOn(day(one.acceptedAt), one.acceptedBy ?? "")}</p>
          ) : null}
          {one.state === "superseded" || one.state === "ended" ? <p className="s muted">{say[one.state]}</p> : null}
          <SigningSteps steps={one.signing} />
        </div>
        {open ? (
          <footer className="row">
            <p className="s muted">
              {one.way === "online" ? say.acceptHow : one.agreementId ? say.signHow(signer) : say.noDocument}
            </p>
            {one.way === "online" ? (
              <May
                memberships={mine.data?.memberships}
                permission="institution:agreements:write"
                label={say.accept}
                className="btn main push"
              >
                <button
                  type="button"
                  className="btn main push"
                  aria-disabled={confirm.isPending}
                  onClick={() => confirm.isPending || confirm.mutate({ ...at, body: { version: one.version } })}
                >
                  {say.accept}
                </button>
              </May>
            ) : one.agreementId ? (
              <May
                memberships={mine.data?.memberships}
                permission="institution:agreements:write"
                label={say.sign}
                className="btn main push"
              >
                <button
                  type="button"
                  className="btn main push"
                  aria-disabled={link.isPending}
                  onClick={() =>
                    link.isPending || link.mutate({ params: { institutionId, agreementId: one.agreementId! } })
                  }
                >
                  {say.sign}
                </button>
              </May>
            ) : null}
          </footer>
        ) : null}
      </Sheet>
      <DifferenceView items={one.difference} title={say.whole} />
      {stepUp.dialog}
    </>
  );
};

const isStepUp = (error: unknown): boolean => (error as { code?: string }).code === "step-up-needed";
