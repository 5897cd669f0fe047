import { api } from "@area/api";
import { type ItemOf, useCall, usePages } from "../kit/call.ts";
import { Bones, Chip, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { byPerson } from "./by-person.ts";

type Membership = ItemOf<typeof api.people.memberships>;

/** Who has access, person by person. */
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
      <Sheet title={say.list} count={memberships.isSuccess && !memberships.hasNextPage ? people.length : undefined}>
        {memberships.isPending ? <Bones what={say.list} /> : null}
        {memberships.isError ? <Refusal error={memberships.error} retry={() => void memberships.refetch()} /> : null}
        {memberships.isSuccess && people.length === 0 ? (
          <StateBox icon="people" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows people">
          {people.map(({ person, held }) => (
            <li key={person.id}>
              <span className="glyph">
                <Icon name="person" />
              </span>
              <div>
                <h3>
                  {person.givenName} {person.familyName}
                </h3>
                {person.hasEntered ? null : <p className="xs quiet">{say.notEntered}</p>}
              </div>
              <ul className="held">
                {held.map((one) => (
                  <Holding key={one.id} one={one} titleOf={titleOf} />
                ))}
              </ul>
            </li>
          ))}
        </ul>
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

const Holding = ({ one, titleOf }: { one: Membership; titleOf: (id: string) => string }) => {
  const { screens, day } = useWords();
  const say = screens.people;
  const planned = new Date(one.beginsAt) > new Date();
  const where = one.productId === "institution" ? say.onInstitution : say.onProduct(titleOf(one.productId));
  return (
    <li>
      <span>
        <b>{profileName(screens, one)}</b> {where}
        <small>
          {say.since(day(one.beginsAt))}
          {one.endsAt ? `, ${say.until(day(one.endsAt))}` : ""}
        </small>
      </span>
      {one.state === "suspended" ? (
        <Chip tone="neutral">{say.suspended}</Chip>
      ) : planned ? (
        <Chip tone="neutral">{say.planned}</Chip>
      ) : (
        <Chip tone="positive">{say.active}</Chip>
      )}
    </li>
  );
};
