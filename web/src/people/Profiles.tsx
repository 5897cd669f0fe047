import { api, type CustomProfile, type Group, grantsOn, permissionsAt, profileNames } from "@area/api";
import { Link } from "@tanstack/react-router";
import { usePages } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Bones, Chip, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { useTitleOf, useWhere } from "./Held.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** Sets of permissions with a name: those of the institution, those of everybody, and the groups that carry them. */
export const Profiles = () => (
  <PeopleWordsProvider>
    <Content />
  </PeopleWordsProvider>
);

const Content = () => {
  const say = usePeopleWords().profiles;
  const institutionId = useInstitutionId();
  const memberships = useMine().data?.memberships;
  const act = { memberships, permission: "institution:profiles:write" } as const;
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          <>
            <May {...act} label={say.addGroup}>
              <Link className="btn plain" to="/enti/$institutionId/gruppi/nuovo" params={{ institutionId }}>
                {say.addGroup}
              </Link>
            </May>
            <May {...act} label={say.add}>
              <Link className="btn main" to="/enti/$institutionId/profili/nuovo" params={{ institutionId }}>
                {say.add}
              </Link>
            </May>
          </>
        }
      >
        <p>{say.intro}</p>
      </PageTitle>
      <Own />
      <Groups />
      <BuiltIn />
    </>
  );
};

const Own = () => {
  const { screens } = useWords();
  const say = usePeopleWords().profiles;
  const institutionId = useInstitutionId();
  const pages = usePages(api.people.profiles.list, { params: { institutionId }, query: { limit: 50 } });
  return (
    <Sheet title={say.own} count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}>
      {pages.isPending ? <Bones what={say.own} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="key" title={say.emptyTitle}>
          <p>{say.empty}</p>
        </StateBox>
      ) : null}
      <ul className="rows topics">
        {pages.items.map((one) => (
          <OwnRow key={one.id} one={one} />
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

const OwnRow = ({ one }: { one: CustomProfile }) => {
  const { day } = useWords();
  const say = usePeopleWords().profiles;
  const institutionId = useInstitutionId();
  const where = useWhere();
  return (
    <li>
      <div>
        <h3>
          <Link to="/enti/$institutionId/profili/$profileId" params={{ institutionId, profileId: one.id }}>
            {one.name}
          </Link>
        </h3>
        {one.description ? <p className="s">{one.description}</p> : null}
        <p className="s muted">
          {[where(one.productId), say.people(one.people), say.madeBy(one.madeBy.name, day(one.madeAt))].join(" · ")}
        </p>
      </div>
      {one.gives.length < one.permissions.length ? <Chip tone="attention">{say.cut}</Chip> : null}
    </li>
  );
};

const Groups = () => {
  const { screens } = useWords();
  const say = usePeopleWords().profiles;
  const institutionId = useInstitutionId();
  const pages = usePages(api.people.groups.list, { params: { institutionId }, query: { limit: 50 } });
  return (
    <Sheet title={say.groups} count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}>
      {pages.isPending ? <Bones what={say.groups} rows={1} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="people" title={say.noGroupsTitle}>
          <p>{say.noGroups}</p>
        </StateBox>
      ) : null}
      <ul className="rows topics">
        {pages.items.map((one) => (
          <GroupRow key={one.id} one={one} />
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

const GroupRow = ({ one }: { one: Group }) => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.profiles;
  const institutionId = useInstitutionId();
  const where = useWhere();
  return (
    <li>
      <div>
        <h3>
          <Link to="/enti/$institutionId/gruppi/$groupId" params={{ institutionId, groupId: one.id }}>
            {one.name}
          </Link>
        </h3>
        {one.description ? <p className="s">{one.description}</p> : null}
        <p className="s muted">
          {[
            `${profileName(screens, one)} ${where(one.productId)}`,
            one.resources ? words.permissions.limited(one.resources.join(", ")) : "",
            say.people(one.people),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {one.state === "suspended" ? <Chip tone="neutral">{say.suspended}</Chip> : null}
    </li>
  );
};

const BuiltIn = () => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.profiles;
  const institutionId = useInstitutionId();
  const titleOf = useTitleOf();
  const active = (useInstitution().data?.products ?? []).map((p) => p.productId);
  const products = [...new Set(permissionsAt(active).map((c) => c.productId))];
  return (
    <Sheet title={say.builtIn}>
      <div className="body">
        <p className="muted">{say.builtInIntro}</p>
      </div>
      <ul className="rows topics">
        {profileNames.map((profile) => (
          <li key={profile}>
            <div>
              <h3>{screens.profiles[profile]}</h3>
              <p className="s muted">{say.purposes[profile]}</p>
              {products
                .map((productId) => ({ productId, grants: grantsOn(productId, profile) }))
                .filter(({ grants }) => grants.length > 0)
                .map(({ productId, grants }) => (
                  <details className="s" key={productId}>
                    <summary>
                      {titleOf(productId)}: {say.grants(grants.length)}
                    </summary>
                    <ul className="plain-list">
                      {grants.map((p) => (
                        <li key={p}>
                          <Icon name="check" small /> {screens.kit.permissionName[p]}
                        </li>
                      ))}
                    </ul>
                  </details>
                ))}
            </div>
            <Link
              className="s"
              to="/enti/$institutionId/permessi"
              params={{ institutionId }}
              search={{ profilo: profile }}
            >
              {words.permissions.seeWho}
              <span className="hidden">: {screens.profiles[profile]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};
