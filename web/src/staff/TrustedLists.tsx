import { api } from "@area/api";
import { useCall } from "../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** Where each European trusted list stands: what signatures rest on today, and which list could not be renewed. */
export const TrustedLists = () => {
  const { day, time, language } = useWords();
  const say = useStaffWords().trust;
  const lists = useCall(api.trust.lists, {});
  const states = new Intl.DisplayNames(language, { type: "region" });
  const nameOf = (territory: string) =>
    territory === "EU" ? say.europe : /^[A-Z]{2}$/.test(territory) ? (states.of(territory) ?? territory) : territory;
  const items = lists.data?.items ?? [];
  const late = (nextUpdate: string | null) => nextUpdate !== null && new Date(nextUpdate) < new Date();
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list} count={lists.isSuccess ? items.length : undefined}>
        {lists.isPending ? <Bones what={say.list} /> : null}
        {lists.isError ? <StaffRefusal error={lists.error} retry={() => void lists.refetch()} /> : null}
        {lists.isSuccess && items.length === 0 ? (
          <StateBox icon="shield" title={lists.data.configured ? say.waitingTitle : say.unsetTitle}>
            <p>{lists.data.configured ? say.waiting : say.unset}</p>
          </StateBox>
        ) : null}
        <ul className="rows">
          {items.map((one) => (
            <li key={one.territory}>
              <div>
                <h3>{nameOf(one.territory)}</h3>
                <p className="s muted">
                  {[
                    say.number(one.sequence, day(one.issuedAt)),
                    ...(one.territory === "EU" ? [] : [say.services(one.services)]),
                    one.nextUpdate ? say.until(day(one.nextUpdate)) : say.closed,
                  ].join(" · ")}
                </p>
                <p className="s muted">
                  {say.verified(day(one.verifiedAt), time(one.verifiedAt))}
                  {" · "}
                  <span className="code">{one.address}</span>
                </p>
                {one.problem && one.problemSince ? (
                  <p>
                    <Chip tone="attention">{say.problem(day(one.problemSince), one.problem)}</Chip>
                  </p>
                ) : late(one.nextUpdate) ? (
                  <p>
                    <Chip tone="attention">{say.late}</Chip>
                  </p>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
};
