import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { usePages } from "../kit/call.ts";
import { Bones, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { More } from "../staff/More.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { SettingsWordsProvider, useSettingsWords } from "./words.tsx";

/** What institutions want to set in Produzione, where the product asks for a look first. */
export const SettingsChanges = () => (
  <SettingsWordsProvider>
    <Content />
  </SettingsWordsProvider>
);

const Content = () => {
  const { day, time } = useWords();
  const say = useSettingsWords().staff;
  const pages = usePages(api.settings.review.list, { query: { limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list}>
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="check" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows inbox">
          {pages.items.map((one) => (
            <li key={one.changeId}>
              <div>
                <h3>
                  <Link
                    to="/staff/impostazioni/$productId/$changeId"
                    params={{ productId: one.product.id, changeId: one.changeId }}
                  >
                    {one.institution.name}
                  </Link>
                </h3>
                <p className="s muted">
                  {one.product.title} · {say.since(day(one.submittedAt), time(one.submittedAt))}
                </p>
              </div>
            </li>
          ))}
        </ul>
        <More pages={pages} />
      </Sheet>
    </>
  );
};
