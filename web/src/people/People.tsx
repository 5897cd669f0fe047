import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { type ItemOf, usePages } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { StateChip, useHeldName, useValidity, useWhere } from "./Held.tsx";
import { Invitations } from "./Invitations.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** Who has access, person by person, and who has been invited. */
export const People = () => (
  <PeopleWordsProvider>
    <Content />
  </PeopleWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const say = usePeopleWords().list;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const id = useId();
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const pages = usePages(api.people.list, {
    params: { institutionId },
    query: { limit: 20, ...(search ? { search } : {}) },
  });
  const act = { memberships: mine.data?.memberships, permission: "institution:people:write" } as const;
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          <>
            <May {...act} label={say.requests}>
              <Link className="btn plain" to="/enti/$institutionId/utenti/richieste" params={{ institutionId }}>
                {say.requests}
              </Link>
            </May>
            <May {...act} label={say.invite}>
              <Link className="btn main" to="/enti/$institutionId/utenti/invita" params={{ institutionId }}>
                {say.invite}
              </Link>
            </May>
          </>
        }
      >
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list} count={pages.isSuccess && !pages.hasNextPage && !search ? pages.items.length : undefined}>
        <search className="filters">
          <div className="search">
            <label className="hidden" htmlFor={id}>
              {say.search}
            </label>
            <Icon name="search" small />
            <input
              className="input"
              id={id}
              type="search"
              maxLength={100}
              placeholder={say.search}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        </search>
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          search ? (
            <StateBox
              icon="search"
              title={say.noMatchTitle(search)}
              acts={
                <button type="button" className="btn plain s" onClick={() => setTyped("")}>
                  {say.clear}
                </button>
              }
            >
              <p>{say.noMatch}</p>
            </StateBox>
          ) : (
            <StateBox icon="people" title={say.emptyTitle}>
              <p>{say.empty}</p>
            </StateBox>
          )
        ) : null}
        <ul className="rows people">
          {pages.items.map((person) => (
            <Row key={person.id} person={person} institutionId={institutionId} />
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
      <Invitations />
    </>
  );
};

const Row = ({ person, institutionId }: { person: ItemOf<typeof api.people.list>; institutionId: string }) => {
  const say = usePeopleWords().held;
  const name = useHeldName();
  const where = useWhere();
  const validity = useValidity();
  return (
    <li>
      <span className="glyph">
        <Icon name="person" />
      </span>
      <div>
        <h3>
          <Link to="/enti/$institutionId/utenti/$personId" params={{ institutionId, personId: person.id }}>
            {person.givenName} {person.familyName}
          </Link>
        </h3>
        {person.hasEntered ? null : <p className="xs quiet">{say.notEntered}</p>}
      </div>
      <ul className="held">
        {person.memberships.map((one) => (
          <li key={one.id}>
            <span>
              <b>{name(one)}</b> {where(one.productId)}
              <small>{validity(one)}</small>
            </span>
            <StateChip one={one} />
          </li>
        ))}
      </ul>
    </li>
  );
};
