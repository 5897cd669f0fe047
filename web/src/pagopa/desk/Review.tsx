import { api, type StationReview, stationReviewOutcomes } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queries, useCall, useSend } from "../../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { useProblemText } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { StaffRefusal } from "../../staff/StaffRefusal.tsx";
import { Differences } from "../stations/Difference.tsx";
import { Rules } from "../stations/Rules.tsx";
import { Steps } from "../stations/Tests.tsx";
import { StationWordsProvider, useStationWords } from "../words.tsx";

export const StationReviewPage = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

const Content = () => {
  const words = useStationWords();
  const say = words.desk;
  const { day } = useWords();
  const { stationChangeId } = useParams({ from: "/staff/stazioni/$stationChangeId" });
  const one = useCall(api.pagopa.stationReviews.read, { params: { stationChangeId } });
  const r = one.data;
  return (
    <>
      <PageTitle
        title={r ? r.station.code : say.title}
        acts={
          r ? (
            <Chip tone={r.state === "waiting" ? "progress" : r.state === "approved" ? "positive" : "attention"}>
              {words.page.changeStates[r.state]}
            </Chip>
          ) : null
        }
      >
        <p>
          <Link to="/staff/stazioni">{say.back}</Link>
          {r ? ` · ${say[r.kind]} · ${r.broker.name} · ${r.change.proposed.by ?? ""}, ${day(r.proposedAt)}` : ""}
        </p>
      </PageTitle>
      {one.isPending ? (
        <Sheet title={say.title}>
          <Bones what={say.title} />
        </Sheet>
      ) : null}
      {one.isError ? (
        <Sheet title={say.title}>
          <StaffRefusal error={one.error} retry={() => void one.refetch()} />
        </Sheet>
      ) : null}
      {r ? (
        <>
          <Sheet title={words.page.difference}>
            <div className="body">
              <Differences items={r.change.difference} />
            </div>
          </Sheet>
          <Sheet title={words.page.rules}>
            <Rules rules={r.change.rules} />
          </Sheet>
          {r.live.tests.length > 0 ? (
            <Sheet title={words.page.tests}>
              <ul className="rows">
                {r.live.tests.map((t) => (
                  <li key={t.id}>
                    <p>
                      {words.endpoints[t.endpoint]} <span className="code">{t.url}</span>, {day(t.at)}
                    </p>
                    <Steps test={t} />
                  </li>
                ))}
              </ul>
            </Sheet>
          ) : null}
          <Talk review={r} />
          {r.state === "waiting" ? <Decide key={r.round} review={r} /> : null}
        </>
      ) : null}
    </>
  );
};

const Talk = ({ review: r }: { review: StationReview }) => {
  const words = useStationWords();
  const { day } = useWords();
  const text = useProblemText();
  const [typed, setTyped] = useState("");
  const write = useSend(api.pagopa.stationReviews.write);
  const open = r.state === "waiting" || r.state === "changes-requested";
  return (
    <Sheet title={words.page.messages} count={r.change.messages.length}>
      <div className="body stack">
        {r.change.messages.map((m) => (
          <p key={m.id}>
            <b>{m.from === "staff" ? words.page.fromStaff : (m.name ?? r.broker.name)}</b>, {day(m.at)}: {m.text}
          </p>
        ))}
        {open ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim())
                write.mutate(
                  { params: { stationChangeId: r.id }, body: { text: typed } },
                  {
                    onSuccess: () => {
                      setTyped("");
                      void queries.invalidateQueries();
                    },
                  },
                );
            }}
          >
            <div className="field w12">
              <label htmlFor="desk-message">{words.desk.write}</label>
              <textarea
                id="desk-message"
                className="input"
                rows={2}
                maxLength={2000}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </div>
            {write.error ? <p role="alert">{text(write.error).title}</p> : null}
            <div className="row">
              <button type="submit" className="btn plain s">
                {words.page.send}
              </button>
            </div>
          </form>
        ) : null}
      </div>
    </Sheet>
  );
};

const Decide = ({ review: r }: { review: StationReview }) => {
  const words = useStationWords();
  const say = words.desk;
  const text = useProblemText();
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const decide = useSend(api.pagopa.stationReviews.decide);
  const label = { approved: say.approve, "changes-requested": say.changes, refused: say.refuse };
  const done = { approved: say.approved, "changes-requested": say.changesAsked, refused: say.refused };
  const send = (outcome: (typeof stationReviewOutcomes)[number]) => {
    if (outcome !== "approved" && !note.trim()) return setMissing(true);
    setMissing(false);
    decide.mutate(
      {
        params: { stationChangeId: r.id },
        body: {
          outcome,
          round: r.round,
          ...(note.trim() ? { note } : {}),
          ...(outcome === "approved" ? { operator: r.suggestedOperator } : {}),
        },
      },
      {
        onSuccess: () => {
          toast(done[outcome]);
          void queries.invalidateQueries();
        },
      },
    );
  };
  return (
    <Sheet title={say.decide}>
      <div className="body stack">
        <h3>{say.operator}</h3>
        {r.operatorDifference.length > 0 ? <Differences items={r.operatorDifference} /> : <p>{say.operatorNone}</p>}
        <div className="field w12">
          <label htmlFor="desk-note">{say.note}</label>
          <textarea
            id="desk-note"
            className="input"
            rows={3}
            maxLength={2000}
            value={note}
            aria-invalid={missing || undefined}
            aria-describedby={missing ? "desk-note-e" : undefined}
            onChange={(event) => setNote(event.target.value)}
          />
          {missing ? (
            <p className="error" id="desk-note-e" role="alert">
              {say.needsNote}
            </p>
          ) : null}
        </div>
        {decide.error ? (
          <p role="alert">
            <b>{text(decide.error).title}</b> {text(decide.error).detail}
          </p>
        ) : null}
      </div>
      <footer className="row">
        {stationReviewOutcomes.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className={outcome === "approved" ? "btn main" : outcome === "refused" ? "btn danger" : "btn plain"}
            aria-disabled={decide.isPending}
            onClick={() => send(outcome)}
          >
            {label[outcome]}
          </button>
        ))}
      </footer>
    </Sheet>
  );
};
