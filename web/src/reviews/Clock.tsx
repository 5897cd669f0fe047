import { useWords } from "../kit/words.tsx";
import { useUsual } from "./usual.ts";
import { useReviewWords } from "./words.tsx";

/** Time passed against time promised, with a tick at the usual duration. */
export const Clock = ({
  queuedAt,
  dueAt,
  medianSeconds,
}: {
  queuedAt: string;
  dueAt: string;
  medianSeconds: number | null;
}) => {
  const { dayInWords, distance } = useWords();
  const say = useReviewWords();
  const usual = useUsual();
  const [from, to] = [Date.parse(queuedAt), Date.parse(dueAt)];
  const part = (ms: number) => Math.max(0, Math.min(100, Math.round((ms / Math.max(1, to - from)) * 100)));
  const passed = part(Date.now() - from);
  const late = Date.now() > to;
  return (
    <div className="clock">
      <p className="s">
        {late ? (
          <b>{say.lateBy(dayInWords(dueAt), distance(dueAt))}</b>
        ) : (
          <b>{say.dueBy(dayInWords(dueAt), distance(dueAt))}</b>
        )}
      </p>
      <div className="bar" role="img" aria-label={say.elapsed(passed)}>
        <i style={{ inlineSize: `${passed}%` }} />
        {medianSeconds === null ? null : <em style={{ insetInlineStart: `${part(medianSeconds * 1000)}%` }} />}
      </div>
      <p className="legend">
        <span>{say.waitingSince(distance(queuedAt))}</span>
        {medianSeconds === null ? null : <span>{say.usual(usual(medianSeconds))}</span>}
      </p>
    </div>
  );
};
