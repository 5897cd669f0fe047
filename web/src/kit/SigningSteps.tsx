import type { SigningStep } from "@area/api";
import { Icon } from "./pieces.tsx";
import { useWords } from "./words.tsx";

/** Who signs an agreement, in order: who did, whose turn it is and since when. Nothing where it is one signature. */
export const SigningSteps = ({ steps }: { steps: readonly SigningStep[] }) => {
  const { screens, day } = useWords();
  const say = screens.signing;
  if (steps.length < 2) return null;
  return (
    <ol className="checks oks" aria-label={say.title}>
      {steps.map((one) => (
        <li key={`${one.party} ${one.name}`} className={one.state === "signed" ? "positive" : "neutral"}>
          <Icon name={one.state === "signed" ? "right2" : "clock"} />
          <span>
            {one.name}, {say.parties[one.party]}
            <br />
            <small>
              {one.signedAt ? say.signedOn(day(one.signedAt)) : one.since ? say.next(day(one.since)) : say.later}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
};
