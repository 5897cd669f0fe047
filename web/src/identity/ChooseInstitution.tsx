import { api } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { type ItemOf, useCall, usePages } from "../kit/call.ts";
import { Matched } from "../kit/Matched.tsx";
import { Bones, Chip, Hidden, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal } from "../kit/Refusal.tsx";
import { Shield } from "../kit/Shield.tsx";
import { onboardingTone } from "../kit/states.ts";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { type MyInstitution, rememberMine } from "../shell/institution.ts";

type Draft = ItemOf<typeof api.onboarding.drafts.list>;
type Onboarding = ItemOf<typeof api.onboarding.mine>;

/** "Per chi lavori oggi?" */
export const ChooseInstitution = () => {
  const { screens } = useWords();
  const say = screens.institutions;
  const navigate = useNavigate();
  const asked = useSearch({ from: "/enti" }).cerca ?? "";
  const [typed, setTyped] = useState(asked);
  const search = useSettled(typed.trim());
  const field = useRef<HTMLInputElement>(null);

  const me = useCall(api.identity.me, {});
  const institutions = usePages(api.people.myInstitutions, { query: { search: search || undefined, limit: 20 } });
  const mandates = usePages(api.delegations.mandates.list, { query: { search: search || undefined, limit: 20 } });
  const drafts = useCall(api.onboarding.drafts.list, {});
  const sent = usePages(api.onboarding.mine, { query: { limit: 20 } });
  const products = useCall(api.products.list, {});

  useEffect(() => {
    if (search !== asked) void navigate({ to: "/enti", search: { cerca: search || undefined }, replace: true });
  }, [search, asked, navigate]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key === "/" && !typing && field.current) {
        event.preventDefault();
        field.current.focus();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const nobody =
    institutions.isSuccess &&
    !search &&
    institutions.items.length === 0 &&
    mandates.isSuccess &&
    mandates.items.length === 0;
  const ongoing = (drafts.data?.items.length ?? 0) + sent.items.length;
  const titleOf = (productId: string) => products.data?.items.find((p) => p.id === productId)?.title ?? productId;
  const name = me.data?.person.givenName;
  return (
    <BareShell>
      <PageTitle title={say.chooseTitle}>
        {name ? <p>{nobody ? say.introNobody(name) : say.intro(name)}</p> : null}
      </PageTitle>
      <div className="pick">
        <div>
          {nobody ? null : (
            <search className="find">
              <div className="search">
                <Icon name="search" />
                <input
                  className="input"
                  type="search"
                  autoComplete="off"
                  aria-label={say.searchLabel}
                  placeholder={say.search}
                  maxLength={100}
                  value={typed}
                  ref={field}
                  onChange={(event) => setTyped(event.target.value)}
                />
                {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus */}
                <kbd aria-hidden="true">/</kbd>
              </div>
              <p className="s muted" role="status">
                {institutions.isSuccess && mandates.isSuccess
                  ? institutions.hasNextPage || mandates.hasNextPage
                    ? say.moreThan(institutions.items.length + mandates.items.length)
                    : say.results(institutions.items.length + mandates.items.length)
                  : ""}
              </p>
            </search>
          )}
          <Sheet title={say.mine}>
            {institutions.isPending ? <Bones what={say.mine} rows={4} /> : null}
            {institutions.isError ? (
              <Refusal error={institutions.error} retry={() => void institutions.refetch()} />
            ) : null}
            {nobody ? (
              <StateBox
                icon="bank"
                title={say.noneTitle}
                acts={
                  <>
                    <Link className="btn main s" to="/adesione">
                      {say.join}
                    </Link>
                    <Link className="btn plain s" to="/enti/richiesta">
                      {say.askToJoin}
                    </Link>
                  </>
                }
              >
                <p>{say.none}</p>
              </StateBox>
            ) : null}
            {institutions.isSuccess && search && institutions.items.length === 0 && mandates.items.length === 0 ? (
              <StateBox
                icon="search"
                title={say.noMatchTitle(search)}
                acts={
                  <button type="button" className="btn plain s" onClick={() => setTyped("")}>
                    {say.clearSearch}
                  </button>
                }
              >
                <p>{say.noMatch}</p>
              </StateBox>
            ) : null}
            <ul className="rows">
              {institutions.items.map((one, n) => (
                <InstitutionRow key={one.id} one={one} search={search} main={n === 0} titleOf={titleOf} />
              ))}
            </ul>
            {institutions.hasNextPage ? (
              <div className="pager">
                <button
                  type="button"
                  className="btn plain s"
                  onClick={() => void institutions.fetchNextPage()}
                  aria-disabled={institutions.isFetchingNextPage}
                >
                  {institutions.isFetchingNextPage ? screens.kit.loadingMore : screens.kit.more}
                </button>
              </div>
            ) : null}
          </Sheet>
          {mandates.items.length > 0 ? <Mandates pages={mandates} search={search} titleOf={titleOf} /> : null}
          {ongoing > 0 ? (
            <Sheet title={say.ongoing} count={sent.hasNextPage ? undefined : ongoing}>
              <ul className="rows">
                {drafts.data?.items.map((draft) => (
                  <DraftRow key={draft.id} draft={draft} titleOf={titleOf} />
                ))}
                {sent.items.map((one) => (
                  <OnboardingRow key={one.id} one={one} />
                ))}
              </ul>
              {sent.hasNextPage ? (
                <div className="pager">
                  <button type="button" className="btn plain s" onClick={() => void sent.fetchNextPage()}>
                    {screens.kit.more}
                  </button>
                </div>
              ) : null}
            </Sheet>
          ) : null}
          {drafts.isError || sent.isError ? (
            <Sheet title={say.ongoing}>
              <Refusal
                error={drafts.error ?? sent.error}
                retry={() => {
                  void drafts.refetch();
                  void sent.refetch();
                }}
              />
            </Sheet>
          ) : null}
        </div>
        <aside aria-labelledby="manca">
          <h2 id="manca">{say.missingTitle}</h2>
          <ul className="side-list">
            <li>
              <Link to="/adesione">
                <b>{say.join}</b>
              </Link>
              <span className="s muted">{say.joinWhy}</span>
            </li>
            <li>
              <Link to="/enti/richiesta">
                <b>{say.askToJoin}</b>
              </Link>
              <span className="s muted">{say.askToJoinWhy}</span>
            </li>
            <li>
              <Link to="/recupero">
                <b>{say.recover}</b>
              </Link>
              <span className="s muted">{say.recoverWhy}</span>
            </li>
          </ul>
        </aside>
      </div>
    </BareShell>
  );
};

/** On behalf of others: grouped apart, through whom said first. */
const Mandates = ({
  pages,
  search,
  titleOf,
}: {
  pages: ReturnType<typeof usePages<typeof api.delegations.mandates.list>>;
  search: string;
  titleOf: (productId: string) => string;
}) => {
  const { screens, day } = useWords();
  const say = screens.mandates;
  const partners = [...new Set(pages.items.map((m) => m.partner.name))];
  return (
    <section className="sheet by" aria-labelledby="per-conto">
      <div className="group">
        <span className="firm" aria-hidden="true">
          {initials(partners[0] ?? "")}
        </span>
        <div>
          <h2 id="per-conto">
            {say.through} {partners.join(", ")}
          </h2>
          <p className="muted">{say.throughWhy}</p>
        </div>
      </div>
      <ul className="rows">
        {pages.items.map((m) => (
          <li key={m.delegationId}>
            <Shield taxCode={m.institution.taxCode} />
            <div>
              <h3>
                <Matched text={m.institution.name} search={search} />
              </h3>
              <p className="xs quiet">
                <span className="code">
                  <Matched text={m.institution.taxCode} search={search} />
                </span>
                {m.institution.city ? ` · ${m.institution.city}` : ""}
              </p>
            </div>
            <div className="role s">
              <b>{titleOf(m.productId)}</b>
              <br />
              <span className="muted">
                {say.env[m.environment]}
                {partners.length > 1 ? `, ${say.partnerOf} ${m.partner.name}` : ""}
              </span>
            </div>
            <div className="state">
              <Chip tone={m.state === "active" ? "positive" : "neutral"}>
                {m.state === "active" ? say.active : say.suspended}
              </Chip>
              <p className="xs quiet">{m.endsAt ? `${say.until} ${day(m.endsAt)}` : say.noEnd}</p>
            </div>
            {m.state === "active" ? (
              <Link
                className="btn plain s"
                to="/enti/$institutionId"
                params={{ institutionId: m.institution.id }}
                search={{ mandato: m.delegationId }}
              >
                {screens.institutions.enter}
                <Hidden> {m.institution.name}</Hidden>
              </Link>
            ) : (
              <span />
            )}
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
    </section>
  );
};
const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .slice(0, 2)
    .map((word) => word[0])
    .join("");

const InstitutionRow = ({
  one,
  search,
  main,
  titleOf,
}: {
  one: MyInstitution;
  search: string;
  main: boolean;
  titleOf: (productId: string) => string;
}) => {
  const { screens } = useWords();
  const say = screens.institutions;
  const active = one.memberships.filter((m) => m.state === "active");
  const shown = active.length > 0 ? active : one.memberships;
  const profiles = [...new Set(shown.map((m) => profileName(screens, m)))].join(", ");
  const products = [...new Set(shown.map((m) => m.productId).filter((id) => id !== "institution"))]
    .map(titleOf)
    .join(", ");
  return (
    <li>
      <Shield taxCode={one.taxCode} />
      <div>
        <h3>
          <Matched text={one.name} search={search} />
        </h3>
        <p className="xs quiet">
          <span className="code">
            <Matched text={one.taxCode} search={search} />
          </span>
          {one.city ? ` · ${one.city}` : ""}
        </p>
      </div>
      <div className="role s">
        <b>{profiles}</b>
        <br />
        <span className="muted">{products}</span>
      </div>
      <div className="state">
        {active.length === 0 ? (
          <>
            <Chip tone="neutral">{say.suspended}</Chip>
            <p className="xs quiet">{say.suspendedWhy}</p>
          </>
        ) : one.findings > 0 ? (
          <Chip tone="attention">{screens.shell.toDo(one.findings)}</Chip>
        ) : (
          <Chip tone="positive">{say.active}</Chip>
        )}
      </div>
      {active.length === 0 ? (
        <span />
      ) : (
        <Link
          className={`btn s ${main ? "main" : "plain"}`}
          to="/enti/$institutionId"
          params={{ institutionId: one.id }}
          onClick={() => rememberMine(one)}
        >
          {say.enter}
          <Hidden> {one.name}</Hidden>
        </Link>
      )}
    </li>
  );
};

const DraftRow = ({ draft, titleOf }: { draft: Draft; titleOf: (productId: string) => string }) => {
  const { screens, day } = useWords();
  const say = screens.institutions;
  const { institution, step } = draft.content;
  return (
    <li>
      <Shield taxCode={institution?.taxCode ?? ""} />
      <div>
        <h3>{institution?.name || say.draftUnnamed}</h3>
        <p className="xs quiet">
          {institution?.taxCode ? <span className="code">{institution.taxCode}</span> : null}
          {institution?.taxCode && institution.city ? " · " : ""}
          {institution?.city}
        </p>
      </div>
      <div className="role s">
        <b>{draft.openedBy.me ? say.compiler : say.compilerOther(draft.openedBy.name)}</b>
        <br />
        <span className="muted">{say.draftOf(titleOf(draft.productId), screens.onboarding.steps[step - 1] ?? "")}</span>
      </div>
      <div className="state">
        <Chip tone="attention">{say.toComplete}</Chip>
        <p className="xs quiet">{say.keptUntil(day(draft.keptUntil))}</p>
      </div>
      <Link className="btn plain s" to="/adesione/$draftId" params={{ draftId: draft.id }}>
        {say.resume}
        <Hidden> {institution?.name || say.draftUnnamed}</Hidden>
      </Link>
    </li>
  );
};

const OnboardingRow = ({ one }: { one: Onboarding }) => {
  const { screens, day } = useWords();
  const say = screens.institutions;
  const role = { submitted: say.preparing, "awaiting-signature": say.sentTo } as Partial<
    Record<Onboarding["state"], (product: string) => string>
  >;
  return (
    <li>
      <Shield taxCode={one.institution.taxCode} />
      <div>
        <h3>{one.institution.name}</h3>
        <p className="xs quiet">
          <span className="code">{one.institution.taxCode}</span>
        </p>
      </div>
      <div className="role s">
        <b>{say.sentBy}</b>
        <br />
        <span className="muted">{(role[one.state] ?? say.endedOf)(one.productTitle)}</span>
      </div>
      <div className="state">
        <Chip tone={onboardingTone[one.state]}>{screens.onboardingStates[one.state]}</Chip>
        {one.endedAt ? (
          <p className="xs quiet">{say.on(day(one.endedAt))}</p>
        ) : one.expiresAt ? (
          <p className="xs quiet">{say.signBy(day(one.expiresAt))}</p>
        ) : null}
      </div>
      <Link className="btn plain s" to="/adesione/inviata/$onboardingId" params={{ onboardingId: one.id }}>
        {say.seeProgress}
        <Hidden> {one.institution.name}</Hidden>
      </Link>
    </li>
  );
};
