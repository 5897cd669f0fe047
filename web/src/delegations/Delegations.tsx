import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { StateChip, useDates, useTask } from "./pieces.tsx";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";

const closed = ["revoked", "expired", "refused", "withdrawn"] as const;

/** Who may act for the institution, on what, until when, and what is still open on either side. */
export const Delegations = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const words = useDelegationWords();
  const say = words.list;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const [ended, setEnded] = useState<(typeof closed)[number] | null>(null);
  const pages = usePages(api.delegations.list, {
    params: { institutionId },
    query: { limit: 50, ...(ended ? { state: ended } : {}) },
  });
  const title = ended ? say.closed : say.open;
  const offer = (
    <May memberships={mine.data?.memberships} permission="institution:delegations:write" label={say.offer}>
      <Link className="btn main" to="/enti/$institutionId/deleghe/nuova" params={{ institutionId }}>
        {say.offer}
      </Link>
    </May>
  );
  const empty = pages.isSuccess && pages.items.length === 0;
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          <>
            <Link className="btn plain" to="/enti/$institutionId/deleghe/atti" params={{ institutionId }}>
              <Icon name="clock" /> {say.acts}
            </Link>
            {empty && !ended ? null : offer}
          </>
        }
      >
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet
        title={title}
        count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}
        beside={
          ended ? (
            <button type="button" className="push s as-link" onClick={() => setEnded(null)}>
              {say.showOpen}
            </button>
          ) : (
            <button type="button" className="push s as-link" onClick={() => setEnded("revoked")}>
              {say.showClosed}
            </button>
          )
        }
      >
        {ended ? (
          <div className="filters">
            <select
              className="select narrow"
              aria-label={say.columns.state}
              value={ended}
              onChange={(event) => setEnded(event.target.value as typeof ended)}
            >
              {closed.map((state) => (
                <option key={state} value={state}>
                  {words.states[state]}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        {pages.isPending ? <Bones what={title} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {empty ? (
          ended ? (
            <StateBox icon="swap" title={say.noneClosed} />
          ) : (
            <StateBox icon="swap" title={say.emptyTitle} acts={offer}>
              <p>{say.empty}</p>
            </StateBox>
          )
        ) : null}
        {pages.items.length > 0 ? <Table items={pages.items} title={title} /> : null}
        {pages.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
      <ThroughAggregator />
    </>
  );
};

/** Who acts for the institution though it delegated nobody: said with the reason, and only where it is so. */
const ThroughAggregator = () => {
  const { screens } = useWords();
  const words = useDelegationWords();
  const dates = useDates();
  const institutionId = useInstitutionId();
  const pages = usePages(api.delegations.throughAggregator, { params: { institutionId }, query: { limit: 20 } });
  if (pages.isSuccess && pages.items.length === 0) return null;
  return pages.isPending ? null : (
    <Sheet title={words.chain.title} className="below">
      <div className="body">
        <p className="s muted">{words.chain.intro}</p>
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      </div>
      <ul className="rows">
        {pages.items.map((d) => (
          <li key={d.delegationId}>
            <div>
              <h3>{d.partner.name}</h3>
              <p className="s muted">
                {d.productTitle} {words.chain.why(d.aggregator.name)} · {words.environments[d.environment]} · {dates(d)}
              </p>
              <p className="xs quiet">{d.permissions.map((p) => screens.kit.permissionName[p] ?? p).join(" · ")}</p>
            </div>
            <StateChip state={d.state} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};

const Table = ({
  items,
  title,
}: {
  items: ReturnType<typeof usePages<typeof api.delegations.list>>["items"];
  title: string;
}) => {
  const words = useDelegationWords();
  const say = words.list;
  const institutionId = useInstitutionId();
  const dates = useDates();
  const task = useTask();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
    <section className="table-box" aria-label={say.title} tabIndex={0}>
      <table className="cards">
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{say.columns.partner}</th>
            <th scope="col">{say.columns.product}</th>
            <th scope="col">{say.columns.state}</th>
            <th scope="col" className="c1">
              {say.columns.dates}
            </th>
            <th scope="col" className="c2">
              {say.columns.open}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((d) => (
            <tr key={d.id}>
              <th scope="row">
                <Link to="/enti/$institutionId/deleghe/$delegationId" params={{ institutionId, delegationId: d.id }}>
                  {d.partner.name}
                </Link>
                <small>
                  <span className="code">{d.partner.taxCode}</span>
                </small>
              </th>
              <td>
                {d.productTitle}
                <small>{words.environments[d.environment]}</small>
              </td>
              <td>
                <StateChip state={d.state} />
              </td>
              <td className="c1" data-label={`${say.columns.dates}:`}>
                {dates(d)}
              </td>
              <td className="c2" data-label={`${say.columns.open}:`}>
                {d.tasks.length === 0 ? (
                  <span className="quiet">{words.nothingOpen}</span>
                ) : (
                  d.tasks.slice(0, 2).map((one) => {
                    const told = task(one, d.productTitle);
                    return (
                      <span className="block" key={`${one.task} ${one.finding ?? ""}`}>
                        {told.text}
                        {told.due ? <small>{told.due}</small> : null}
                      </span>
                    );
                  })
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
