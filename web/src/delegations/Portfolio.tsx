import { api, type ManagedInstitution, type PortfolioBlock, portfolioBlocks } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { call, type ItemOf, useCall, usePages } from "../kit/call.ts";
import { Matched } from "../kit/Matched.tsx";
import { May } from "../kit/May.tsx";
import { Bones, Chip, Icon, PageTitle, Sheet, StateBox, type Tone } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { useFindingTitle } from "./FindingTitle.tsx";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";
import { keepWork, MOST } from "./work-list.ts";

const blockTone: Record<PortfolioBlock | "none", Tone> = {
  "to-accept": "attention",
  waiting: "progress",
  suspended: "critical",
  expiring: "attention",
  unassigned: "attention",
  finding: "critical",
  none: "positive",
};

/** Every institution that delegated, what stops each, and the way through them. */
export const Portfolio = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const words = useDelegationWords();
  const say = words.portfolio;
  const institutionId = useInstitutionId();
  const navigate = useNavigate();
  const mine = useMine();
  const finding = useFindingTitle();
  const id = useId();
  const asked = useSearch({ from: "/enti/$institutionId/enti-gestiti" });
  const [typed, setTyped] = useState(asked.cerca ?? "");
  const search = useSettled(typed.trim());
  const [preparing, setPreparing] = useState(false);
  const go = (change: Partial<typeof asked>) =>
    void navigate({
      to: "/enti/$institutionId/enti-gestiti",
      params: { institutionId },
      search: { ...asked, ...change },
      replace: true,
    });
  useEffect(() => {
    if (search !== (asked.cerca ?? ""))
      void navigate({
        to: "/enti/$institutionId/enti-gestiti",
        params: { institutionId },
        search: { ...asked, cerca: search || undefined },
        replace: true,
      });
  }, [search, asked, navigate, institutionId]);

  const query = {
    ...(search ? { search } : {}),
    ...(asked.blocco ? { block: asked.blocco } : {}),
    ...(asked.segnalazione ? { finding: asked.segnalazione } : {}),
    ...(asked.ambiente ? { environment: asked.ambiente } : {}),
    ...(asked.ordine ? { order: asked.ordine } : {}),
  };
  const pages = usePages(api.delegations.received, { params: { institutionId }, query: { ...query, limit: 50 } });
  const summary = useCall(api.delegations.summary, { params: { institutionId }, query: {} });
  const told = summary.data;
  const stopped = told ? told.open - told.fine : 0;
  const filtered = Boolean(search || asked.blocco || asked.segnalazione || asked.ambiente);
  const file = `/api/v1/institutions/${institutionId}/delegations/received/export?${new URLSearchParams(query as Record<string, string>).toString()}`;

  /** The order is taken now, page after page, and kept in this tab. */
  const work = async () => {
    if (preparing) return;
    setPreparing(true);
    const ids: string[] = [];
    let cursor: string | undefined;
    try {
      do {
        const page = await call(api.delegations.received, {
          params: { institutionId },
          query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) },
        });
        ids.push(...page.items.map((one) => one.delegationId));
        cursor = page.next ?? undefined;
      } while (cursor && ids.length < MOST);
    } finally {
      setPreparing(false);
    }
    if (!ids[0]) return;
    keepWork({
      institutionId,
      ids,
      back: Object.fromEntries(Object.entries(asked).filter(([, v]) => typeof v === "string")) as Record<
        string,
        string
      >,
    });
    void navigate({
      to: "/enti/$institutionId/enti-gestiti/$delegationId",
      params: { institutionId, delegationId: ids[0] },
      search: { lista: 1 },
    });
  };

  const facets = told
    ? [
        ...portfolioBlocks
          .filter((block) => block !== "finding")
          .map((block) => ({
            key: block as string,
            name: say.blocks[block],
            tone: blockTone[block],
            count: told.blocks.find((b) => b.block === block)?.count ?? 0,
            on: asked.blocco === block,
            to: { blocco: block, segnalazione: undefined },
          })),
        ...told.findings.map((f) => ({
          key: f.kind,
          name: finding(f.kind),
          tone: "critical" as Tone,
          count: f.count,
          on: asked.segnalazione === f.kind,
          to: { blocco: undefined, segnalazione: f.kind },
        })),
        {
          key: "none",
          name: say.blocks.none,
          tone: blockTone.none,
          count: told.fine,
          on: asked.blocco === "none",
          to: { blocco: "none" as const, segnalazione: undefined },
        },
      ].filter((facet) => facet.count > 0 || facet.on)
    : [];
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          <>
            <a className="btn plain" href={file} download>
              <Icon name="download" /> {say.export}
            </a>
            <May memberships={mine.data?.memberships} permission="institution:delegations:write" label={say.ask}>
              <Link className="btn plain" to="/enti/$institutionId/enti-gestiti/chiedi" params={{ institutionId }}>
                <Icon name="plus" /> {say.ask}
              </Link>
            </May>
          </>
        }
      >
        <p>{told ? say.intro(told.open, stopped) : "…"}</p>
        <p>
          <Link to="/enti/$institutionId/incarichi" params={{ institutionId }}>
            {words.assignments.title}
          </Link>
          {" · "}
          <Link to="/enti/$institutionId/enti-gestiti/atti" params={{ institutionId }} search={{}}>
            {words.acts.partnerTitle}
          </Link>
        </p>
      </PageTitle>
      <Sheet title={say.caption} className="portfolio">
        {told && told.open > 0 ? (
          <div className="spread">
            <div className="bar" role="img" aria-label={say.spread(told.fine, stopped)}>
              <i className="critical" data-share={share(stopped, told.open)} />
              <i className="positive" data-share={share(told.fine, told.open)} />
            </div>
            <nav className="facets" aria-label={say.facets}>
              {facets.map((facet) => (
                <Link
                  key={facet.key}
                  className={`facet ${facet.tone}`}
                  to="/enti/$institutionId/enti-gestiti"
                  params={{ institutionId }}
                  search={{ ...asked, ...(facet.on ? { blocco: undefined, segnalazione: undefined } : facet.to) }}
                  activeOptions={{ exact: true }}
                  activeProps={{ "aria-current": undefined }}
                  aria-current={facet.on ? "true" : undefined}
                  replace
                >
                  {facet.name} <b>{facet.count}</b>
                </Link>
              ))}
            </nav>
          </div>
        ) : null}
        <search className="filters">
          <div className="search">
            <label className="hidden" htmlFor={id}>
              {say.search}
            </label>
            <Icon name="search" />
            <input
              className="input"
              id={id}
              type="search"
              maxLength={100}
              autoComplete="off"
              placeholder={say.search}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <select
            className="select narrow"
            aria-label={say.environment}
            value={asked.ambiente ?? ""}
            onChange={(event) => go({ ambiente: (event.target.value || undefined) as "test" | undefined })}
          >
            <option value="">{say.anyEnvironment}</option>
            <option value="test">{say.withTest}</option>
            <option value="production">{say.withProduction}</option>
          </select>
          <select
            className="select narrow"
            aria-label={say.sortName}
            value={asked.ordine ?? "name"}
            onChange={(event) => go({ ordine: event.target.value === "due" ? "due" : undefined })}
          >
            <option value="name">{say.sortName}</option>
            <option value="due">{say.sortDue}</option>
          </select>
          {asked.blocco ? (
            <span className="filter">
              {say.filterBlock(say.blocks[asked.blocco])}
              <button type="button" onClick={() => go({ blocco: undefined })}>
                <span className="hidden">{say.remove(say.blocks[asked.blocco])}</span>
                <Icon name="x" small />
              </button>
            </span>
          ) : null}
          {asked.segnalazione ? (
            <span className="filter">
              {say.filterBlock(finding(asked.segnalazione))}
              <button type="button" onClick={() => go({ segnalazione: undefined })}>
                <span className="hidden">{say.remove(finding(asked.segnalazione))}</span>
                <Icon name="x" small />
              </button>
            </span>
          ) : null}
          <button
            type="button"
            className="btn text s"
            onClick={() =>
              void navigator.clipboard.writeText(location.href).then(
                () => toast(say.copied),
                () => undefined,
              )
            }
          >
            <Icon name="copy" small /> {say.copy}
          </button>
          {filtered ? (
            <button
              type="button"
              className="as-link s push"
              onClick={() => {
                setTyped("");
                go({ cerca: undefined, blocco: undefined, segnalazione: undefined, ambiente: undefined });
              }}
            >
              {say.removeAll}
            </button>
          ) : null}
        </search>
        {pages.items.length > 0 ? (
          <div className="work">
            <b>{say.work}</b>
            <button type="button" className="btn main s push" aria-disabled={preparing} onClick={() => void work()}>
              {preparing ? say.workLoading : say.workStart} <Icon name="arrow" small />
            </button>
          </div>
        ) : null}
        {pages.isPending ? <Bones what={say.caption} rows={6} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          filtered ? (
            <StateBox icon="search" title={say.noMatchTitle}>
              <p>{say.noMatch}</p>
            </StateBox>
          ) : (
            <StateBox icon="list" title={say.emptyTitle}>
              <p>{say.empty}</p>
            </StateBox>
          )
        ) : null}
        {pages.items.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
          <section className="table-box" aria-label={say.columns.stops} tabIndex={0}>
            <table className="cards">
              <caption className="hidden">{say.title}</caption>
              <thead>
                <tr>
                  <th scope="col">{say.columns.institution}</th>
                  <th scope="col">{say.columns.stops}</th>
                  <th scope="col">{say.columns.due}</th>
                  <th scope="col" className="c1">
                    {say.columns.hands}
                  </th>
                  <th scope="col">
                    <span className="hidden">{say.columns.act}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {pages.items.map((one) => (
                  <Row key={one.delegationId} one={one} search={search} />
                ))}
              </tbody>
            </table>
          </section>
        ) : null}
        {pages.hasNextPage ? (
          <div className="pager">
            <button
              type="button"
              className="btn plain s"
              aria-disabled={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {pages.isFetchingNextPage ? screens.kit.loadingMore : say.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};

/** In twentieths, which the stylesheet knows: the content policy allows no inline style. */
const share = (part: number, whole: number): number =>
  part === 0 ? 0 : Math.max(1, Math.min(20, Math.round((part / whole) * 20)));

const actOf = (one: ManagedInstitution): "accept" | "assign" | "open" =>
  one.state === "offered" ? "accept" : one.blocks.includes("unassigned") ? "assign" : "open";

const Row = ({ one, search }: { one: ItemOf<typeof api.delegations.received>; search: string }) => {
  const { day, distance } = useWords();
  const words = useDelegationWords();
  const say = words.portfolio;
  const institutionId = useInstitutionId();
  const finding = useFindingTitle();
  const blocks = one.blocks.filter((b) => b !== "finding");
  return (
    <tr>
      <th scope="row">
        <Link
          to="/enti/$institutionId/enti-gestiti/$delegationId"
          params={{ institutionId, delegationId: one.delegationId }}
          search={{}}
        >
          <Matched text={one.institution.name} search={search} />
        </Link>
        <small>
          <span className="code">
            <Matched text={one.institution.taxCode} search={search} />
          </span>{" "}
          · {words.environments[one.environment]}
        </small>
      </th>
      <td>
        {blocks.map((b) => (
          <Chip key={b} tone={blockTone[b]}>
            {say.blocks[b]}
          </Chip>
        ))}
        {one.findings.map((f) => (
          <span className="block" key={f.kind}>
            <Chip tone={f.severity}>{finding(f.kind, { environment: f.environment })}</Chip>
          </span>
        ))}
        {one.blocks.length === 0 ? <Chip tone="positive">{say.fine}</Chip> : null}
      </td>
      <td data-label={`${say.columns.due}:`}>
        {one.dueAt ? (
          <>
            {day(one.dueAt)}
            <small>{distance(one.dueAt)}</small>
          </>
        ) : (
          <span className="quiet">—</span>
        )}
      </td>
      <td className="c1" data-label={`${say.columns.hands}:`}>
        {one.servedBy.length === 0 ? say.nobody : one.servedBy.map((s) => (s === "*" ? say.everybody : s)).join(", ")}
      </td>
      <td className="go">
        <Link
          className="btn plain s"
          to="/enti/$institutionId/enti-gestiti/$delegationId"
          params={{ institutionId, delegationId: one.delegationId }}
          search={{}}
        >
          {say[actOf(one)]}
          <span className="hidden">: {one.institution.name}</span>
        </Link>
      </td>
    </tr>
  );
};
