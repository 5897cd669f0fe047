import { api, isProblem } from "@area/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { queries, useSend } from "../kit/call.ts";
import { Bones, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { useWhere } from "./Held.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** `/enti/invito?token=…`: who invites, where, to hold what; accepted once, by the person it was sent to. */
export const Invited = () => (
  <BareShell>
    <PeopleWordsProvider>
      <Content />
    </PeopleWordsProvider>
  </BareShell>
);

const Content = () => {
  const { screens, day } = useWords();
  const words = usePeopleWords();
  const say = words.landing;
  const where = useWhere();
  const navigate = useNavigate();
  const problem = useProblemText();
  const token = useSearch({ from: "/enti/invito" }).token ?? "-";
  const asked = useRef(false);
  const read = useSend(api.people.invitations.read);
  const accept = useSend(api.people.invitations.accept, {
    onSuccess: ({ institutionId, institutionName }) => {
      toast(say.accepted(institutionName));
      void queries.invalidateQueries();
      void navigate({ to: "/enti/$institutionId", params: { institutionId }, replace: true });
    },
  });
  const { mutate } = read;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate({ body: { token } });
  }, [mutate, token]);
  const offered = read.data;
  return (
    <>
      <PageTitle title={say.title}>
        {offered ? <p>{say.intro(offered.invitedBy, offered.institutionName)}</p> : null}
      </PageTitle>
      <Sheet title={offered ? say.to(offered.institutionName) : say.title}>
        {read.isError ? (
          <LinkRefusal error={read.error} retry={() => mutate({ body: { token } })} />
        ) : offered ? (
          <>
            <div className="body stack">
              <h3>{say.what}</h3>
              <ul className="held">
                {offered.offers.map((one) => (
                  <li key={`${one.productId} ${one.profile} ${one.profileId ?? ""}`}>
                    <span>
                      <b>{profileName(screens, one)}</b> {where(one.productId)}
                      <small>
                        {one.beginsAt ? words.held.since(day(one.beginsAt)) : say.fromAcceptance}
                        {one.endsAt ? `, ${words.held.until(day(one.endsAt))}` : ""}
                      </small>
                    </span>
                  </li>
                ))}
              </ul>
              <p className="s muted">
                {say.email(offered.email)} {say.until(day(offered.expiresAt))}
              </p>
              {accept.isError ? (
                <Note tone="critical" icon="wrong" role="alert" title={problem(accept.error).title}>
                  <p>{problem(accept.error).detail}</p>
                </Note>
              ) : null}
            </div>
            <footer className="row">
              <button
                type="button"
                className="btn main push"
                aria-disabled={accept.isPending}
                onClick={() => {
                  if (!accept.isPending) accept.mutate({ body: { token } });
                }}
              >
                {say.accept}
              </button>
            </footer>
          </>
        ) : (
          <Bones what={say.title} rows={2} />
        )}
      </Sheet>
    </>
  );
};

/** The words of links in general speak of agreements to sign; these two of an invitation. */
const LinkRefusal = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const say = usePeopleWords().landing;
  const code = isProblem(error) ? error.code : null;
  if (code === "link-expired" || code === "link-invalid" || code === "input-invalid")
    return (
      <StateBox icon="info" title={code === "link-expired" ? say.expiredTitle : say.invalidTitle}>
        <p role="alert">{code === "link-expired" ? say.expired : say.invalid}</p>
      </StateBox>
    );
  return <Refusal error={error} retry={isProblem(error) && error.status < 500 ? undefined : retry} />;
};
