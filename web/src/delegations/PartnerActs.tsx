import { api } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { AuditSentence } from "../audit/AuditSentence.tsx";
import { usePages } from "../kit/call.ts";
import { Bones, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";

/** What the people of the partner did for who delegated it: its own book, across institutions. */
export const PartnerActs = () => (
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
  const asked = useSearch({ from: "/enti/$institutionId/enti-gestiti/atti" });
  const query = {
    ...(asked.dal ? { from: asked.dal } : {}),
    ...(asked.al ? { to: asked.al } : {}),
    ...(asked.esito ? { outcome: asked.esito } : {}),
  };
  const acts = usePages(api.audit.asPartner, { params: { institutionId }, query: { ...query, limit: 20 } });
  const filter = (change: Partial<typeof asked>) =>
    void navigate({
      to: "/enti/$institutionId/enti-gestiti/atti",
      params: { institutionId },
      search: { ...asked, ...change },
      replace: true,
    });
  return (
    <>
      <PageTitle title={say.partnerTitle}>
        <p>{say.partnerIntro}</p>
        <p>
          <Link to="/enti/$institutionId/enti-gestiti" params={{ institutionId }} search={{}}>
            {words.detail.backManaged}
          </Link>
        </p>
      </PageTitle>
      <Sheet title={say.list}>
        <search className="filters">
          <label className="pair">
            <span>{say.from}</span>
            <input
              className="input"
              type="date"
              value={asked.dal ?? ""}
              onChange={(event) => filter({ dal: event.target.value || undefined })}
            />
          </label>
          <label className="pair">
            <span>{say.to}</span>
            <input
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
          <StateBox icon="clock" title={say.emptyTitle}>
            <p>{Object.keys(query).length > 0 ? say.noMatch : say.partnerEmpty}</p>
          </StateBox>
        ) : null}
        <div className="body">
          <ol className="history full">
            {acts.items.map((line) => (
              <li key={`${line.institution.id} ${line.sequence}`}>
                <time dateTime={line.at}>
                  {day(line.at)}
                  <br />
                  {time(line.at)}
                </time>
                <div>
                  <AuditSentence line={line} />
                  <p className="s muted">{say.forWhom(line.institution.name)}</p>
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
