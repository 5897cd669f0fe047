import { api, stationReviewViews } from "@area/api";
import { Link, useSearch } from "@tanstack/react-router";
import { usePages } from "../../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet, StateBox } from "../../kit/pieces.tsx";
import { useWords } from "../../kit/words.tsx";
import { More } from "../../staff/More.tsx";
import { StaffRefusal } from "../../staff/StaffRefusal.tsx";
import { StationWordsProvider, useStationWords } from "../words.tsx";

/** Stations that the published rules leave to a person, the next due first. */
export const StationQueue = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

const Content = () => {
  const words = useStationWords();
  const say = words.desk;
  const { day } = useWords();
  const { vista } = useSearch({ from: "/staff/stazioni" });
  const view = vista ?? "waiting";
  const pages = usePages(api.pagopa.stationReviews.list, { query: { view, limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <nav className="views" aria-label={say.title}>
        <ul>
          {stationReviewViews.map((one) => (
            <li key={one}>
              <Link
                to="/staff/stazioni"
                search={one === "waiting" ? {} : { vista: one }}
                aria-current={one === view ? "page" : undefined}
              >
                {say.views[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Sheet title={say.views[view]}>
        {pages.isPending ? <Bones what={say.title} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="server" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        {pages.items.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
          <section className="table-box" aria-label={say.title} tabIndex={0}>
            <table className="cards">
              <caption className="hidden">{say.title}</caption>
              <thead>
                <tr>
                  <th scope="col">{say.columns.station}</th>
                  <th scope="col">{say.columns.broker}</th>
                  <th scope="col" className="num">
                    {say.columns.failing}
                  </th>
                  <th scope="col">{say.columns.due}</th>
                </tr>
              </thead>
              <tbody>
                {pages.items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Link className="code" to="/staff/stazioni/$stationChangeId" params={{ stationChangeId: one.id }}>
                        {one.station.code}
                      </Link>
                      <small>{say[one.kind]}</small>
                    </th>
                    <td data-label={`${say.columns.broker}:`}>{one.broker.name}</td>
                    <td className="num" data-label={`${say.columns.failing}:`}>
                      {one.failing}
                    </td>
                    <td data-label={`${say.columns.due}:`}>
                      {one.dueAt ? (
                        <>
                          {day(one.dueAt)}{" "}
                          {new Date(one.dueAt) < new Date() ? <Chip tone="critical">{say.late}</Chip> : null}
                        </>
                      ) : (
                        words.page.changeStates[one.state]
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null}
        <More pages={pages} />
      </Sheet>
    </>
  );
};
