import { api, type PersonAtInstitution } from "@area/api";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useCall } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Bones, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { ChangeDates, EndMembership, GiveProfile, MovePerson } from "./change-person.tsx";
import { StateChip, useHeldName, useValidity, useWhere } from "./Held.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

type Held = PersonAtInstitution["memberships"][number];
type Doing = { what: "give" | "suspend" | "restore" | "remove" } | { what: "dates" | "end"; membership: Held } | null;

/** One person: what they hold, since and until when, through whom; and what can be changed. */
export const Person = () => (
  <PeopleWordsProvider>
    <Content />
  </PeopleWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.person;
  const institutionId = useInstitutionId();
  const { personId } = useParams({ from: "/enti/$institutionId/utenti/$personId" });
  const mine = useMine();
  const navigate = useNavigate();
  const person = useCall(api.people.read, { params: { institutionId, personId } });
  const name = useHeldName();
  const where = useWhere();
  const validity = useValidity();
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  const act = { memberships: mine.data?.memberships, permission: "institution:people:write" } as const;
  const one = person.data;
  const fullName = one ? `${one.givenName} ${one.familyName}` : words.list.title;
  const held = one?.memberships ?? [];
  return (
    <>
      <PageTitle
        title={fullName}
        acts={
          one ? (
            <May {...act} label={say.give}>
              <button type="button" className="btn main" onClick={() => setDoing({ what: "give" })}>
                {say.give}
              </button>
            </May>
          ) : null
        }
      >
        <p>{one ? (one.email ? say.intro(one.email) : say.noEmail) : null}</p>
        <p>
          <Link to="/enti/$institutionId/utenti" params={{ institutionId }}>
            {say.back}
          </Link>
        </p>
      </PageTitle>
      <Sheet title={say.holds}>
        {person.isPending ? <Bones what={say.holds} /> : null}
        {person.isError ? <Refusal error={person.error} retry={() => void person.refetch()} /> : null}
        <ul className="rows topics">
          {held.map((m) => (
            <li key={m.id}>
              <div>
                <h3>
                  {name(m)} <StateChip one={m} />
                </h3>
                <p className="s muted">
                  {[
                    where(m.productId),
                    validity(m),
                    m.groupName ? words.held.throughGroup(m.groupName) : "",
                    m.givenBy ? words.held.givenBy(m.givenBy) : "",
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
                {m.permissions.length > 0 ? (
                  <details className="s">
                    <summary>{say.allows(m.permissions.length)}</summary>
                    <ul>
                      {m.permissions.map((p) => (
                        <li key={p}>{screens.kit.permissionName[p]}</li>
                      ))}
                    </ul>
                  </details>
                ) : m.profile === "custom" && m.state === "active" ? (
                  <p className="s">{say.nothing}</p>
                ) : null}
              </div>
              <div className="row">
                {m.groupId ? null : (
                  <May {...act} label={say.dates} about={name(m)} className="btn plain s">
                    <button
                      type="button"
                      className="btn plain s"
                      onClick={() => setDoing({ what: "dates", membership: m })}
                    >
                      {say.dates}
                      <span className="hidden">: {name(m)}</span>
                    </button>
                  </May>
                )}
                <May {...act} label={say.end} about={`${name(m)} ${where(m.productId)}`} className="btn text s">
                  <button type="button" className="btn text s" onClick={() => setDoing({ what: "end", membership: m })}>
                    {say.end}
                    <span className="hidden">
                      : {name(m)} {where(m.productId)}
                    </span>
                  </button>
                </May>
              </div>
            </li>
          ))}
        </ul>
        {one ? (
          <footer className="row">
            {held.some((m) => m.state === "active") ? (
              <May {...act} label={say.suspend} className="btn plain s">
                <button type="button" className="btn plain s" onClick={() => setDoing({ what: "suspend" })}>
                  {say.suspend}
                </button>
              </May>
            ) : null}
            {held.some((m) => m.state === "suspended") ? (
              <May {...act} label={say.restore} className="btn plain s">
                <button type="button" className="btn plain s" onClick={() => setDoing({ what: "restore" })}>
                  {say.restore}
                </button>
              </May>
            ) : null}
            <May {...act} label={say.remove} className="btn text s">
              <button type="button" className="btn text s" onClick={() => setDoing({ what: "remove" })}>
                {say.remove}
              </button>
            </May>
          </footer>
        ) : null}
      </Sheet>
      {one && doing?.what === "give" ? <GiveProfile person={one} onClose={close} /> : null}
      {one && (doing?.what === "suspend" || doing?.what === "restore" || doing?.what === "remove") ? (
        <MovePerson
          person={one}
          move={doing.what}
          onClose={close}
          onGone={() => void navigate({ to: "/enti/$institutionId/utenti", params: { institutionId } })}
        />
      ) : null}
      {doing?.what === "dates" ? <ChangeDates membership={doing.membership} onClose={close} /> : null}
      {doing?.what === "end" ? (
        <EndMembership
          membership={doing.membership}
          name={fullName}
          onClose={close}
          onGone={() => {
            if (held.length === 1) void navigate({ to: "/enti/$institutionId/utenti", params: { institutionId } });
          }}
        />
      ) : null}
    </>
  );
};
