import { api, type Permission } from "@area/api";
import { usePages } from "../kit/call.ts";
import { Bones, Icon } from "../kit/pieces.tsx";
import { RefusalNote } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { usePeopleWords } from "./words.tsx";

/** Before and after, permission by permission. */
export const Difference = ({ before, after }: { before: readonly string[]; after: readonly string[] }) => {
  const { screens } = useWords();
  const say = usePeopleWords().profile;
  const nameOf = (code: string) => screens.kit.permissionName[code as Permission] ?? code;
  const lost = before.filter((p) => !after.includes(p));
  const gained = after.filter((p) => !before.includes(p));
  if (lost.length === 0 && gained.length === 0) return <p>{say.nothing}</p>;
  return (
    <>
      {(
        [
          [say.lose, lost, "x"],
          [say.gain, gained, "plus"],
        ] as const
      ).map(([title, permissions, icon]) =>
        permissions.length > 0 ? (
          <div key={title}>
            <p>
              <b>{title}</b>
            </p>
            <ul className="plain-list">
              {permissions.map((p) => (
                <li key={p}>
                  <Icon name={icon} small /> {nameOf(p)}
                </li>
              ))}
            </ul>
          </div>
        ) : null,
      )}
    </>
  );
};

/** Who is touched: how many, and the first of them by name. The number is the server's, from the rehearsed change. */
export const Touched = ({ of, count }: { of: { profileId: string } | { groupId: string }; count: number }) => {
  const say = usePeopleWords().profile;
  const institutionId = useInstitutionId();
  const people = usePages(api.people.list, { params: { institutionId }, query: { limit: 10, ...of } });
  if (people.isPending) return <Bones what={say.who} rows={1} />;
  if (people.isError) return <RefusalNote error={people.error} />;
  if (count === 0) return <p>{say.touchesNobody}</p>;
  const names = people.items.slice(0, 10).map((p) => `${p.givenName} ${p.familyName}`);
  const others = Math.max(0, count - names.length);
  return (
    <p>
      <b>{say.touched(count)}</b>: {names.join(", ")}
      {others > 0 ? ` ${say.others(others)}` : ""}.
    </p>
  );
};
