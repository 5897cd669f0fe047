import type { ReviewStatus } from "@area/api";
import { useId, useState } from "react";
import { Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { useKept } from "./useKept.ts";

/** What applicant and reviewer wrote to each other, and the next message: kept until it is sent. */
export const Talk = ({
  id,
  messages,
  open,
  label,
  help,
  send,
}: {
  id: string;
  messages: ReviewStatus["messages"];
  open: boolean;
  label: string;
  help: string;
  send: (text: string) => Promise<unknown>;
}) => {
  const { screens, day, time } = useWords();
  const say = screens.adhesion.review;
  const problem = useProblemText();
  const field = useId();
  const [text, setText, forget] = useKept(`messaggio ${id}`, "");
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return (
    <Sheet title={say.messages} count={messages.length || undefined}>
      <div className="body">
        {messages.length === 0 ? <p className="s muted">{open ? say.noMessages : say.over}</p> : null}
        <ol className="history full">
          {messages.map((m) => (
            <li key={m.id}>
              <time dateTime={m.at}>
                {day(m.at)}
                <br />
                {time(m.at)}
              </time>
              <div>
                <b>{m.from === "staff" ? (m.name ? `${say.staff}, ${m.name}` : say.staff) : m.name}</b>
                <p className="as-written">{m.text}</p>
              </div>
            </li>
          ))}
        </ol>
        {open ? (
          <form
            className="below"
            onSubmit={(event) => {
              event.preventDefault();
              if (sending || !text.trim()) return;
              setSending(true);
              setError(null);
              send(text.trim())
                .then(forget, setError)
                .finally(() => setSending(false));
            }}
          >
            <div className="field w12">
              <label htmlFor={field}>{label}</label>
              <textarea
                className="input"
                id={field}
                rows={3}
                maxLength={2000}
                value={text}
                aria-describedby={`${field}-h`}
                onChange={(event) => setText(event.target.value)}
              />
              <p className="hint" id={`${field}-h`}>
                {help}
              </p>
            </div>
            {error ? (
              <p role="alert" className="s">
                <b>{problem(error as Error).title}</b> {problem(error as Error).detail}
              </p>
            ) : null}
            <div className="acts">
              <button type="submit" className="btn plain" aria-disabled={sending || !text.trim()}>
                {say.send}
              </button>
            </div>
          </form>
        ) : null}
      </div>
    </Sheet>
  );
};
