import type { Difference } from "@area/api";
import { Hidden } from "../../kit/pieces.tsx";
import { useStationWords } from "../words.tsx";

/** A value as people read it. */
export const useValue = () => {
  const say = useStationWords();
  return (value: unknown): string => {
    if (value === null || value === undefined || value === "") return say.values["null"]!;
    const text = String(value as string | number | boolean);
    return say.values[text] ?? text;
  };
};

/** Field by field, before and after. */
export const Differences = ({ items }: { items: readonly Difference[] }) => {
  const say = useStationWords();
  const value = useValue();
  return (
    <dl className="facts">
      {items.map((d) => (
        <div key={d.field}>
          <dt>{say.fields[d.field.replace(/^operator\./, "")] ?? d.field}</dt>
          <dd>
            <del>
              <Hidden>{say.before}</Hidden>
              {value(d.before)}
            </del>{" "}
            <span aria-hidden="true">→</span>{" "}
            <ins>
              <Hidden>{say.after}</Hidden>
              {value(d.after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
};
