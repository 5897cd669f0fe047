import { api, type StationLine } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { usePages } from "../../kit/call.ts";
import { May } from "../../kit/May.tsx";
import { Bones, Chip, Icon, PageTitle, Sheet, StateBox, type Tone } from "../../kit/pieces.tsx";
import { Refusal } from "../../kit/Refusal.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { Download } from "../Download.tsx";
import { StationWordsProvider, useStationWords } from "../words.tsx";

export const stationTone: Record<StationLine["state"], Tone> = {
  pending: "progress",
  active: "positive",
  retired: "neutral",
};
const views = ["in-use", "waiting", "retired"] as const;

export const Stations = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

/** The broker's stations in the environment of the address; filters are words of the address. */
const Content = () => {
  const { screens, day } = useWords();
  const words = useStationWords();
  const say = words.list;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const search = useSearch({ from: "/enti/$institutionId/pagopa/$ambiente/stazioni" });
  const navigate = useNavigate({ from: "/enti/$institutionId/pagopa/$ambiente/stazioni" });
  const [typed, setTyped] = useState(search.cerca ?? "");
  const settled = useSettled(typed.trim());
  useEffect(() => {
    void navigate({ search: (before) => ({ ...before, cerca: settled || undefined }), replace: true });
  }, [settled]);
  const view: (typeof views)[number] = search.vista ?? "in-use";
  const id = useId();
  const at = { institutionId, ambiente: environmentWord[environment] };
  const query = { environment, state: view, ...(settled ? { search: settled } : {}) };
  const pages = usePages(api.pagopa.stations.list, { params: { institutionId }, query: { ...query, limit: 50 } });
  const add = (
    <May memberships={mine.data?.memberships} permission="pagopa:stations:write" label={say.add} className="btn main">
      <Link className="btn main" to="/enti/$institutionId/pagopa/$ambiente/stazioni/nuova" params={at}>
        {say.add}
      </Link>
    </May>
  );
  const filtered = settled !== "" || view !== "in-use";
  return (
    <>
      <PageTitle
        title={say.title}
        documentTitle={`${say.title}, ${words.environments[environment]}`}
        acts={
          pages.items.length > 0 ? (
            <>
              <Download
                endpoint={api.pagopa.stations.export}
                input={{ params: { institutionId }, query }}
                name="stazioni.csv"
                label={say.export}
              />
              {add}
            </>
          ) : null
        }
      >
        <p>{say.intro[environment]}</p>
      </PageTitle>
      <nav className="views" aria-label={say.viewsLabel}>
        <ul>
          {views.map((one) => (
            <li key={one}>
              <Link
                to="/enti/$institutionId/pagopa/$ambiente/stazioni"
                params={at}
                search={(before) => ({ ...before, vista: one === "in-use" ? undefined : one })}
                aria-current={one === view ? "page" : undefined}
              >
                {say.views[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Sheet title={say.views[view]}>
        <search className="filters">
          <label className="hidden" htmlFor={id}>
            {say.search}
          </label>
          <div className="search">
            <Icon name="search" />
            <input
              className="input"
              id={id}
              type="search"
              placeholder={say.search}
              value={typed}
              maxLength={60}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        </search>
        {pages.isPending ? <Bones what={say.title} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="server" title={filtered ? say.noMatch : say.emptyTitle} {...(filtered ? {} : { acts: add })}>
            {filtered ? null : <p>{say.empty}</p>}
          </StateBox>
        ) : null}
        {pages.items.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
          <section className="table-box" aria-label={say.title} tabIndex={0}>
            <table className="cards">
              <caption className="hidden">{say.title}</caption>
              <thead>
                <tr>
                  <th scope="col">{say.columns.code}</th>
                  <th scope="col">{say.columns.state}</th>
                  <th scope="col">{say.columns.connection}</th>
                  <th scope="col" className="num c1">
                    {say.columns.institutions}
                  </th>
                  <th scope="col" className="c2">
                    {say.columns.changed}
                  </th>
                </tr>
              </thead>
              <tbody>
                {pages.items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Link
                        className="code nowrap"
                        to="/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode"
                        params={{ ...at, stationCode: one.code }}
                      >
                        {one.code}
                      </Link>
                      {one.description ? <small>{one.description}</small> : null}
                    </th>
                    <td>
                      {one.change?.state === "changes-requested" ? (
                        <Chip tone="attention">{say.changes["changes-requested"]}</Chip>
                      ) : (
                        <Chip tone={stationTone[one.state]}>{say.states[one.state]}</Chip>
                      )}
                      {one.state === "active" && one.change?.state === "waiting" ? (
                        <small>{say.changes.waiting}</small>
                      ) : null}
                    </td>
                    <td data-label={`${say.columns.connection}:`}>{say.connections[one.connection]}</td>
                    <td className="num c1" data-label={`${say.columns.institutions}:`}>
                      {one.institutions}
                    </td>
                    <td className="c2" data-label={`${say.columns.changed}:`}>
                      {day(one.changed.at)}
                      {one.changed.by ? <small>{one.changed.by}</small> : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null}
        {pages.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};
