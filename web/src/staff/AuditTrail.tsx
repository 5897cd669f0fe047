import { type AnyEndpoint, api, type CallInput } from "@area/api";
import { useParams } from "@tanstack/react-router";
import { type AuditLine, AuditSentence } from "../audit/AuditSentence.tsx";
import { useCall, usePages } from "../kit/call.ts";
import { Bones, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { More } from "./More.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** The portal's own chain. */
export const PortalTrail = () => {
  const say = useStaffWords().audit;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Lines endpoint={api.audit.ofPortal} input={{ query: { limit: 20 } }} />
    </>
  );
};

/** The chain of one institution, as the auditor reads it. */
export const InstitutionTrail = () => {
  const say = useStaffWords().audit;
  const { institutionId } = useParams({ from: "/staff/enti/$institutionId/storia" });
  const institution = useCall(api.institutions.readByStaff, { params: { institutionId } });
  return (
    <>
      <PageTitle title={say.ofInstitution(institution.data?.name ?? "…")}>
        <p>{say.ofInstitutionIntro}</p>
      </PageTitle>
      <Lines endpoint={api.audit.ofInstitutionByStaff} input={{ params: { institutionId }, query: { limit: 20 } }} />
    </>
  );
};

const Lines = <E extends AnyEndpoint>({ endpoint, input }: { endpoint: E; input: CallInput<E> }) => {
  const { screens, day, time } = useWords();
  const words = useStaffWords();
  const trail = usePages(endpoint, input);
  const lines = trail.items as AuditLine[];
  return (
    <Sheet title={words.audit.list}>
      {trail.isPending ? <Bones what={words.audit.list} rows={5} /> : null}
      {trail.isError ? <StaffRefusal error={trail.error} retry={() => void trail.refetch()} /> : null}
      {trail.isSuccess && lines.length === 0 ? (
        <StateBox icon="clock" title={screens.audit.emptyTitle}>
          <p>{screens.audit.empty}</p>
        </StateBox>
      ) : null}
      <div className="body">
        <ol className="history full">
          {lines.map((line) => (
            <li key={line.sequence}>
              <time dateTime={line.at}>
                {day(line.at)}
                <br />
                {time(line.at)}
              </time>
              <div>
                <AuditSentence line={line} />
                {line.actor.purpose ? (
                  <small className="quiet">{words.audit.because(words.purposes[line.actor.purpose])}</small>
                ) : null}
                <details>
                  <summary className="xs">{screens.audit.line(line.sequence)}</summary>
                  <p className="xs quiet">
                    {screens.audit.digest} <span className="code">{line.digest}</span>
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
      <More pages={trail} />
    </Sheet>
  );
};
