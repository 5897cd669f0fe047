import { isProblem, type StaffPermission, staffPermissions, staffProfilesWith } from "@area/api";
import { StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useStaffWords } from "./words.tsx";

/** As `Refusal`; a missing permission of the staff says which profiles have it, and where profiles come from. */
export const StaffRefusal = ({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) => {
  const say = useStaffWords();
  const permission = isProblem(error) && error.code === "permission-missing" ? error.facts.permission : undefined;
  if (typeof permission === "string" && permission in staffPermissions) {
    const missing = permission as StaffPermission;
    const profiles = staffProfilesWith(missing).map((profile) => say.profiles[profile]);
    return (
      <StateBox icon="lock" title={say.lockedTitle(say.permissions[missing])}>
        <p role="alert">{say.locked(profiles.join(", "))}</p>
      </StateBox>
    );
  }
  return <Refusal error={error} retry={retry} />;
};
