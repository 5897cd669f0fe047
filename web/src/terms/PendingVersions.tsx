import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useCall } from "../kit/call.ts";
import { Chip, Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { TermsWordsProvider, useTermsWords } from "./words.tsx";

/** On the page of documents: the new versions that the institution is asked to accept. Nothing where there is none. */
export const PendingVersions = ({ institutionId }: { institutionId: string }) => (
  <TermsWordsProvider>
    <Content institutionId={institutionId} />
  </TermsWordsProvider>
);

const Content = ({ institutionId }: { institutionId: string }) => {
  const { day } = useWords();
  const say = useTermsWords();
  const list = useCall(api.terms.acceptances.list, { params: { institutionId } });
  const open = (list.data?.items ?? []).filter((one) => one.state === "asked" || one.state === "overdue");
  if (open.length === 0) return null;
  return (
    <Sheet title={say.toAccept} count={open.length}>
      <ul className="rows people">
        {open.map((one) => (
          <li key={one.id}>
            <div>
              <h3>{say.newVersion(one.productTitle)}</h3>
              <p className="s muted">
                {[
                  say.fromTo(one.fromVersion, one.version),
                  one.state === "overdue" ? say.wasDue(day(one.dueAt)) : say.dueBy(day(one.dueAt)),
                ].join(" · ")}
              </p>
            </div>
            <Chip tone={one.state === "overdue" ? "critical" : "attention"}>{say.states[one.state]}</Chip>
            <Link
              className="btn main s"
              to="/enti/$institutionId/documenti/versioni/$acceptanceId"
              params={{ institutionId, acceptanceId: one.id }}
            >
              {say.readIt}
              <span className="hidden">: {one.productTitle}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
