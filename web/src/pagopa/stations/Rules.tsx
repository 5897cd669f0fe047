import type { StationRuleLine } from "@area/api";
import { Chip } from "../../kit/pieces.tsx";
import { useStationWords } from "../words.tsx";

/** What the published rules found, each with what it is about. */
export const Rules = ({ rules }: { rules: readonly StationRuleLine[] }) => {
  const say = useStationWords();
  return (
    <ul className="rows">
      {rules.map((r) => (
        <li key={r.rule} className="may">
          <span>
            {say.ruleNames[r.rule]}
            {r.about ? <small className="quiet code"> {r.about}</small> : null}
          </span>
          <Chip tone={r.passes ? "positive" : "attention"}>{r.passes ? say.rulePasses : say.ruleFails}</Chip>
        </li>
      ))}
    </ul>
  );
};
