import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { usePages } from "../kit/call.ts";
import { Bones, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { More } from "./More.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** What changed under institutions: the staff's half of the findings. */
export const Findings = () => {
  const { screens, day } = useWords();
  const say = useStaffWords().findings;
  const pages = usePages(api.findings.ofStaff, { query: { limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list} count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}>
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="check" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ol className="findings">
          {pages.items.map((one) => {
            const words = screens.findings[one.kind];
            return (
              <li key={one.id} className={one.severity}>
                <div>
                  <h3>{one.institution?.name ?? words.title(one.facts)}</h3>
                  <p>
                    {one.institution ? `${words.title(one.facts)}. ` : ""}
                    {words.why(one.facts)}
                  </p>
                </div>
                <div className="do">
                  {one.institution ? (
                    <Link
                      className="btn plain s"
                      to="/staff/enti/$institutionId"
                      params={{ institutionId: one.institution.id }}
                    >
                      {say.open}
                    </Link>
                  ) : null}
                  <p className="due">{say.raised(day(one.raisedAt))}</p>
                </div>
              </li>
            );
          })}
        </ol>
        <More pages={pages} />
      </Sheet>
    </>
  );
};
