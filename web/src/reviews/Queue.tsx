import { api, type InstitutionKind, institutionKinds, MOST_AHEAD, type ReviewView, reviewViews } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useId, useState } from "react";
import { type ItemOf, useCall, usePages } from "../kit/call.ts";
import { Matched } from "../kit/Matched.tsx";
import { Bones, Chip, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { onboardingTone } from "../kit/states.ts";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { More } from "../staff/More.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { useUsual } from "./usual.ts";
import { ReviewWordsProvider, useReviewWords } from "./words.tsx";

const DAY = 86_400_000;
const AGES = [1, 3, 5, 10] as const;

/** Who waits for a decision, the next due first; every filter is a word of the address. */
export const Queue = () => (
  <ReviewWordsProvider>
    <Content />
  </ReviewWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const say = useReviewWords();
  const usual = useUsual();
  const search = useSearch({ from: "/staff/adesioni" });
  const navigate = useNavigate({ from: "/staff/adesioni" });
  const [typed, setTyped] = useState(search.cerca ?? "");
  const settled = useSettled(typed.trim());
  const change = (more: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...more }), replace: true });
  useEffect(() => change({ cerca: settled || undefined }), [settled]);
  const view: ReviewView = search.vista ?? "waiting";
  const summary = useCall(api.reviews.summary, {}, { refetchInterval: 60_000 });
  const pages = usePages(api.reviews.list, {
    query: {
      view,
      limit: 20,
      ...(search.prodotto ? { productId: search.prodotto } : {}),
      ...(search.tipo ? { kind: search.tipo as InstitutionKind } : {}),
      ...(search.scadenza ? { clock: search.scadenza } : {}),
      ...(search.attesa ? { waitingDays: search.attesa } : {}),
      ...(search.mie ? { mine: "true" as const } : {}),
      ...(settled ? { search: settled } : {}),
    },
  });
  const filtered = Boolean(search.prodotto || search.tipo || search.scadenza || search.attesa || search.mie || settled);
  const many = (count: number) => (count >= MOST_AHEAD ? say.moreThan(MOST_AHEAD) : String(count));
  const products = summary.data?.products ?? [];
  const known = products.filter((p) => p.medianSeconds !== null);
  return (
    <>
      <PageTitle title={say.title}>
        <p role="status">
          {summary.data
            ? say.summary(many(summary.data.waiting), many(summary.data.late), many(summary.data.mine))
            : ""}
        </p>
      </PageTitle>
      <nav className="views" aria-label={say.viewsLabel}>
        <ul>
          {reviewViews.map((one) => (
            <li key={one}>
              <Link
                to="/staff/adesioni"
                search={(before) => ({ ...before, vista: one === "waiting" ? undefined : one })}
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
          <Search typed={typed} onType={setTyped} />
          <Choice label={say.product} value={search.prodotto} onChange={(prodotto) => change({ prodotto })}>
            <option value="">{say.everyProduct}</option>
            {products.map((p) => (
              <option key={p.productId} value={p.productId}>
                {p.title}
              </option>
            ))}
          </Choice>
          <Choice
            label={say.kind}
            value={search.tipo}
            onChange={(tipo) => change({ tipo: tipo as InstitutionKind | undefined })}
          >
            <option value="">{say.everyKind}</option>
            {institutionKinds.map((kind) => (
              <option key={kind} value={kind}>
                {screens.adhesion.kinds[kind].name}
              </option>
            ))}
          </Choice>
          {view === "waiting" ? (
            <>
              <Choice
                label={say.clock}
                value={search.scadenza}
                onChange={(scadenza) => change({ scadenza: scadenza as "late" | "soon" | undefined })}
              >
                <option value="">{say.everyClock}</option>
                <option value="late">{say.clocks.late}</option>
                <option value="soon">{say.clocks.soon}</option>
              </Choice>
              <Choice
                label={say.age}
                value={search.attesa ? String(search.attesa) : undefined}
                onChange={(attesa) => change({ attesa: attesa ? Number(attesa) : undefined })}
              >
                <option value="">{say.everyAge}</option>
                {AGES.map((days) => (
                  <option key={days} value={days}>
                    {say.ages(days)}
                  </option>
                ))}
              </Choice>
              <label className="choice tight">
                <input
                  type="checkbox"
                  checked={Boolean(search.mie)}
                  onChange={(event) => change({ mie: event.target.checked || undefined })}
                />
                <span>{say.mine}</span>
              </label>
            </>
          ) : null}
        </search>
        {pages.isPending ? <Bones what={say.title} rows={5} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          filtered ? (
            <StateBox
              icon="search"
              title={say.noMatchTitle}
              acts={
                <button
                  type="button"
                  className="btn plain s"
                  onClick={() => {
                    setTyped("");
                    void navigate({ search: { vista: search.vista }, replace: true });
                  }}
                >
                  {say.clear}
                </button>
              }
            >
              <p>{say.noMatch}</p>
            </StateBox>
          ) : (
            <StateBox icon="check" title={say.emptyTitle}>
              <p>{say.empty}</p>
            </StateBox>
          )
        ) : null}
        {pages.items.length > 0 ? (
          <div className="table-box">
            <table className="cards">
              <caption className="hidden">{say.caption}</caption>
              <thead>
                <tr>
                  <th scope="col">{say.columns.institution}</th>
                  <th scope="col">{say.columns.product}</th>
                  <th scope="col">{view === "waiting" ? say.columns.due : say.decide}</th>
                  <th scope="col">{say.columns.since}</th>
                  <th scope="col">{say.columns.holder}</th>
                </tr>
              </thead>
              <tbody>
                {pages.items.map((one) => (
                  <Row key={one.id} one={one} search={settled} />
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        <More pages={pages} />
      </Sheet>
      {known.length > 0 ? (
        <Sheet title={say.times}>
          <div className="body">
            <p className="s muted">{say.timesWhy}</p>
            <dl className="facts">
              {known.map((p) => (
                <div key={p.productId}>
                  <dt>{p.title}</dt>
                  <dd>{usual(p.medianSeconds!)}</dd>
                </div>
              ))}
            </dl>
          </div>
        </Sheet>
      ) : null}
    </>
  );
};

const Search = ({ typed, onType }: { typed: string; onType: (text: string) => void }) => {
  const say = useReviewWords();
  const id = useId();
  return (
    <div className="search">
      <label className="hidden" htmlFor={id}>
        {say.search}
      </label>
      <Icon name="search" small />
      <input
        className="input"
        id={id}
        type="search"
        autoComplete="off"
        maxLength={100}
        placeholder={say.search}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    </div>
  );
};

const Choice = ({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  children: ReactNode;
}) => {
  const id = useId();
  return (
    <div>
      <label className="hidden" htmlFor={id}>
        {label}
      </label>
      <select
        className="select"
        id={id}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        {children}
      </select>
    </div>
  );
};

const Row = ({ one, search }: { one: ItemOf<typeof api.reviews.list>; search: string }) => {
  const { screens, day, distance } = useWords();
  const say = useReviewWords();
  const left = one.dueAt ? Date.parse(one.dueAt) - Date.now() : null;
  return (
    <tr>
      <th scope="row">
        <Link to="/staff/adesioni/$onboardingId" params={{ onboardingId: one.id }}>
          <Matched text={one.institution.name} search={search} />
        </Link>
        <small>
          <span className="code">{one.institution.taxCode}</span>
          {one.round > 1 ? ` · ${say.corrected}` : ""}
          {one.unansweredSince ? ` · ${say.answered}` : ""}
        </small>
      </th>
      <td data-label={say.columns.product}>
        {one.productTitle}
        <small>{screens.adhesion.kinds[one.kind].name}</small>
      </td>
      <td>
        {left === null ? (
          <>
            <Chip tone={onboardingTone[one.state]}>{screens.onboardingStates[one.state]}</Chip>
            <small>{one.decidedAt ? day(one.decidedAt) : ""}</small>
          </>
        ) : (
          <>
            {left < 0 ? (
              <Chip tone="critical">{say.late}</Chip>
            ) : left < DAY ? (
              <Chip tone="attention">{say.soon}</Chip>
            ) : (
              day(one.dueAt!)
            )}
            <small>{distance(one.dueAt!)}</small>
          </>
        )}
      </td>
      <td data-label={say.columns.since}>
        <span className="nowrap">{day(one.submittedAt)}</span>
        <small>{distance(one.submittedAt)}</small>
      </td>
      <td data-label={say.columns.holder}>
        {one.reviewer ? (
          one.reviewer.me ? (
            <b>{say.you}</b>
          ) : (
            one.reviewer.name
          )
        ) : (
          <span className="quiet">{say.nobody}</span>
        )}
        {one.proposed ? <small>{say.proposed}</small> : null}
      </td>
    </tr>
  );
};
