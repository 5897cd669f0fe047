import { api, type StaffPermission, staffProfiles } from "@area/api";
import { useCall } from "../kit/call.ts";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { useProfileNames } from "./profiles.ts";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** Which profiles are mine, and what each lets me do. */
export const Overview = () => {
  const { time } = useWords();
  const words = useStaffWords();
  const say = words.overview;
  const me = useCall(api.staff.me, {});
  const profileNames = useProfileNames();
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.mine}>
        {me.isPending ? <Bones what={say.mine} /> : null}
        {me.isError ? <StaffRefusal error={me.error} retry={() => void me.refetch()} /> : null}
        {me.isSuccess && me.data.profiles.length === 0 ? (
          <StateBox icon="lock" title={say.mine}>
            <p>{say.nothing}</p>
          </StateBox>
        ) : null}
        <ul className="rows people">
          {me.data?.profiles.map((held) => (
            <li key={`${held.profile} ${held.productId}`}>
              <span className="glyph">
                <Icon name="person" />
              </span>
              <div>
                <h3>{profileNames([held])[0]}</h3>
                <p className="s muted">{words.does[held.profile]}</p>
                <ul className="s" aria-label={say.may}>
                  {(staffProfiles[held.profile].grants as readonly StaffPermission[]).map((permission) => (
                    <li key={permission}>
                      <Icon name="check" small /> {words.permissions[permission]}
                    </li>
                  ))}
                </ul>
              </div>
            </li>
          ))}
        </ul>
        <footer>
          {say.from} {me.data ? say.until(time(me.data.session.expiresAt)) : null}
        </footer>
      </Sheet>
    </>
  );
};
