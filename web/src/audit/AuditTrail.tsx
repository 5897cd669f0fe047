import { api } from "@area/api";
import { usePages } from "../kit/call.ts";
import { Bones, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { AuditSentence } from "./AuditSentence.tsx";

/** What happened, each line with the digest that ties it to the one before. */
export const AuditTrail = () => {
  const { screens, day, time } = useWords();
  const say = screens.audit;
  const institutionId = useInstitutionId();
  const trail = usePages(api.audit.trail, { params: { institutionId }, query: { limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list}>
        {trail.isPending ? <Bones what={say.list} rows={5} /> : null}
        {trail.isError ? <Refusal error={trail.error} retry={() => void trail.refetch()} /> : null}
        {trail.isSuccess && trail.items.length === 0 ? (
          <StateBox icon="clock" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <div className="body">
          <ol className="history full">
            {trail.items.map((line) => (
              <li key={line.sequence}>
                <time dateTime={line.at}>
                  {day(line.at)}
                  <br />
                  {time(line.at)}
                </time>
                <div>
                  <AuditSentence line={line} />
                  <details>
                    <summary className="xs">{say.line(line.sequence)}</summary>
                    <p className="xs quiet">
                      {say.digest} <span className="code">{line.digest}</span>
                    </p>
                    <p className="xs quiet">
                      <span className="code">{line.action}</span>
                    </p>
                  </details>
                </div>
              </li>
            ))}
          </ol>
        </div>
        {trail.hasNextPage ? (
          <div className="pager">
            <button
              type="button"
              className="btn plain s"
              onClick={() => void trail.fetchNextPage()}
              aria-disabled={trail.isFetchingNextPage}
            >
              {trail.isFetchingNextPage ? screens.kit.loadingMore : screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};
