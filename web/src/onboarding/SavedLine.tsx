import { Icon } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import type { Saving } from "./useDraftSaving.ts";

/** In the bar: when the draft was last kept, or that it could not be. */
export const SavedLine = ({ saving }: { saving: Saving }) => {
  const { screens, time } = useWords();
  const say = screens.onboarding;
  const tone =
    saving.state === "saved" ? "" : saving.state === "failed" || saving.state === "refused" ? " failed" : " busy";
  return (
    <p className={`saved${tone}`} role="status">
      {saving.state === "saved" ? (
        <>
          <Icon name="check" small /> {say.saved(time(saving.at))}
        </>
      ) : saving.state === "saving" ? (
        <>
          <Icon name="save" small /> {say.saving}
        </>
      ) : saving.state === "none" ? (
        say.notYetSaved
      ) : (
        <>
          <Icon name="alert" small /> {say.notSaved}
        </>
      )}
    </p>
  );
};
