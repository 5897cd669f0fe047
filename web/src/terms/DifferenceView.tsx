import type { ParagraphChange } from "@area/api";
import { useId, useState } from "react";
import { Chip, Sheet, type Tone } from "../kit/pieces.tsx";
import { useTermsWords } from "./words.tsx";

const tone: Record<ParagraphChange["change"], Tone> = {
  same: "neutral",
  changed: "progress",
  added: "positive",
  removed: "attention",
};

/** Two versions of a text, paragraph by paragraph; what stays is shown to who asks for it. */
export const DifferenceView = ({ items, title }: { items: readonly ParagraphChange[]; title: string }) => {
  const say = useTermsWords();
  const id = useId();
  const [whole, setWhole] = useState(false);
  const changed = items.filter((one) => one.change !== "same");
  const shown = whole ? items : changed;
  return (
    <Sheet
      title={title}
      beside={
        <span className="row">
          <input
            className="check"
            id={id}
            type="checkbox"
            checked={whole}
            onChange={(event) => setWhole(event.target.checked)}
          />
          <label htmlFor={id}>{say.everything}</label>
        </span>
      }
    >
      <div className="body">
        {changed.length === 0 ? <p className="s muted">{say.noChanges}</p> : null}
        <dl className="diff text">
          {shown.map((one, n) => (
            // The text of a version does not move.
            <div key={n}>
              <dt>{one.change === "same" ? null : <Chip tone={tone[one.change]}>{say.changes[one.change]}</Chip>}</dt>
              <dd>
                {one.change === "same" ? (
                  one.after
                ) : (
                  <>
                    {one.before === null ? null : (
                      <del>
                        <span>
                          <span className="hidden">{say.before}: </span>
                          {one.before}
                        </span>
                      </del>
                    )}
                    {one.after === null ? null : (
                      <ins>
                        <span>
                          <span className="hidden">{say.after}: </span>
                          {one.after}
                        </span>
                      </ins>
                    )}
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Sheet>
  );
};
