import { api } from "@area/api";
import { type ItemOf, useCall, usePages } from "../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { byPerson } from "./by-person.ts";

type Membership = ItemOf<typeof api.people.memberships>;

/** Who has access, one row per person. */
export const People = () => {
  const { screens } = useWords();
  const say = screens.people;
  const institutionId = useInstitutionId();
  const memberships = usePages(api.people.memberships, { params: { institutionId }, query: { limit: 50 } });
  const products = useCall(api.products.list, {});
  const titleOf = (id: string) => products.data?.items.find((p) => p.id === id)?.title ?? id;
  const people = byPerson<Membership>(memberships.items);
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.title} count={memberships.isSuccess && !memberships.hasNextPage ? people.length : undefined}>
        {memberships.isPending ? <Bones what={say.title} /> : null}
        {memberships.isError ? <Refusal error={memberships.error} retry={() => void memberships.refetch()} /> : null}
        {memberships.isSuccess && people.length === 0 ? (
          <StateBox icon="people" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        {people.length > 0 ? (
          <div className="table-box">
            {/* Roles are repeated because on a phone the rows are drawn as cards. */}
            {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
            <table className="cards" role="table">
              <thead>
                <tr>
                  <th scope="col">{say.person}</th>
                  <th scope="col">{say.profile}</th>
                  <th scope="col">{say.since}</th>
                  <th scope="col">{say.state}</th>
                </tr>
              </thead>
              <tbody>
                {people.map(({ person, held }) =>
                  held.map((one, n) => (
                    // biome-ignore lint/a11y/noRedundantRoles: see above
                    <tr key={one.id} role="row">
                      {n === 0 ? (
                        // biome-ignore lint/a11y/noRedundantRoles: see above
                        <th scope="rowgroup" rowSpan={held.length} role="rowheader">
                          <b>
                            {person.givenName} {person.familyName}
                          </b>
                          {person.hasEntered ? null : <small>{say.notEntered}</small>}
                        </th>
                      ) : null}
                      <MembershipCells one={one} titleOf={titleOf} />
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          </div>
        ) : null}
        {memberships.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void memberships.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
        <footer>{say.readOnly}</footer>
      </Sheet>
    </>
  );
};

const MembershipCells = ({ one, titleOf }: { one: Membership; titleOf: (id: string) => string }) => {
  const { screens, day } = useWords();
  const say = screens.people;
  const planned = new Date(one.beginsAt) > new Date();
  return (
    <>
      {/* biome-ignore lint/a11y/noRedundantRoles: rows are drawn as cards on a phone */}
      <td role="cell">
        {screens.profiles[one.profile]}
        <small>{one.productId === "institution" ? say.onInstitution : say.onProduct(titleOf(one.productId))}</small>
      </td>
      {/* biome-ignore lint/a11y/noRedundantRoles: rows are drawn as cards on a phone */}
      <td role="cell" data-label={say.since} className="nowrap">
        {day(one.beginsAt)}
        {one.endsAt ? <small>{say.until(day(one.endsAt))}</small> : null}
      </td>
      {/* biome-ignore lint/a11y/noRedundantRoles: rows are drawn as cards on a phone */}
      <td role="cell">
        {one.state === "suspended" ? (
          <Chip tone="neutral">{say.suspended}</Chip>
        ) : planned ? (
          <Chip tone="neutral">{say.planned}</Chip>
        ) : (
          <Chip tone="positive">{say.active}</Chip>
        )}
      </td>
    </>
  );
};
