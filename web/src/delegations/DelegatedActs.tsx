import { api } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useId } from "react";
import { AuditSentence } from "../audit/AuditSentence.tsx";
import { usePages } from "../kit/call.ts";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";

/** What was done in the name of the institution: every act of who is delegated, filtered, exported as it is filtered. */
export const DelegatedActs = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const { screens, day, time } = useWords();
  const words = useDelegationWords();
  const say = words.acts;
  const institutionId = useInstitutionId();
  const navigate = useNavigate();
  const id = useId();
  const asked = useSearch({ from: "/enti/$institutionId/deleghe/atti" });
  const query = {
    ...(asked.delega ? { delegationId: asked.delega } : {}),
    ...(asked.dal ? { from: asked.dal } : {}),
    ...(asked.al ? { to: asked.al } : {}),
    ...(asked.esito ? { outcome: asked.esito } : {}),
  };
  const acts = usePages(api.audit.delegated, { params: { institutionId }, query: { ...query, limit: 20 } });
  const given = usePages(api.delegations.list, { params: { institutionId }, query: { limit: 100 } });
  const filter = (change: Partial<typeof asked>) =>
    void navigate({
      to: "/enti/$institutionId/deleghe/atti",
      params: { institutionId },
      search: { ...asked, ...change },
      replace: true,
    });
  const file = `/api/v1/institutions/${institutionId}/audit-trail/delegated/export?${new URLSearchParams(query as Record<string, string>).toString()}`;
  const filtered = Object.keys(query).length > 0;
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          <a className="btn plain" href={file} download>
            <Icon name="download" /> {say.export}
          </a>
        }
      >
        <p>{say.intro}</p>
        <p>
          <Link to="/enti/$institutionId/deleghe" params={{ institutionId }} search={{}}>
            {words.detail.back}
          </Link>
        </p>
      </PageTitle>
      <Sheet title={say.list}>
        <search className="filters">
          <label className="pair">
            <span>{say.of}</span>
            <select
              className="select"
              value={asked.delega ?? ""}
              onChange={(event) => filter({ delega: event.target.value || undefined })}
            >
              <option value="">{say.all}</option>
              {given.items.map((d) => (
                <option key={d.id} value={d.id}>
                  {d.partner.name}, {d.productTitle}
                </option>
              ))}
            </select>
          </label>
          <label className="pair" htmlFor={`${id}-from`}>
            <span>{say.from}</span>
            <input
              id={`${id}-from`}
              className="input"
              type="date"
              value={asked.dal ?? ""}
              onChange={(event) => filter({ dal: event.target.value || undefined })}
            />
          </label>
          <label className="pair" htmlFor={`${id}-to`}>
            <span>{say.to}</span>
            <input
              id={`${id}-to`}
              className="input"
              type="date"
              value={asked.al ?? ""}
              onChange={(event) => filter({ al: event.target.value || undefined })}
            />
          </label>
          <label className="pair">
            <span>{say.outcome}</span>
            <select
              className="select"
              value={asked.esito ?? ""}
              onChange={(event) => filter({ esito: (event.target.value || undefined) as "done" | undefined })}
            >
              <option value="">{say.outcomes.all}</option>
              <option value="done">{say.outcomes.done}</option>
              <option value="refused">{say.outcomes.refused}</option>
            </select>
          </label>
        </search>
        {acts.isPending ? <Bones what={say.list} rows={4} /> : null}
        {acts.isError ? <Refusal error={acts.error} retry={() => void acts.refetch()} /> : null}
        {acts.isSuccess && acts.items.length === 0 ? (
          <StateBox
            icon="clock"
            title={say.emptyTitle}
            {...(filtered
              ? {
                  acts: (
                    <Link
                      className="btn plain s"
                      to="/enti/$institutionId/deleghe/atti"
                      params={{ institutionId }}
                      search={{}}
                    >
                      {words.portfolio.removeAll}
                    </Link>
                  ),
                }
              : {})}
          >
            <p>{filtered ? say.noMatch : say.empty}</p>
          </StateBox>
        ) : null}
        <div className="body">
          <ol className="history full">
            {acts.items.map((line) => (
              <li key={line.sequence}>
                <time dateTime={line.at}>
                  {day(line.at)}
                  <br />
                  {time(line.at)}
                </time>
                <div>
                  <AuditSentence line={line} />
                </div>
              </li>
            ))}
          </ol>
        </div>
        {acts.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void acts.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};
