import { api, type StaffAssistanceRequest } from "@area/api";
import { languageNames } from "@area/words/languages";
import { useId, useState } from "react";
import { AssistanceWordsProvider, useAssistanceWords } from "../assistance/words.tsx";
import { queries, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Bones, Chip, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { More } from "./More.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";

/** Who asks for help, from which page, with which code; and the answer. */
export const Assistance = () => (
  <AssistanceWordsProvider>
    <Content />
  </AssistanceWordsProvider>
);

const Content = () => {
  const say = useAssistanceWords().staff;
  const [all, setAll] = useState(false);
  const pages = usePages(api.assistance.ofStaff, {
    query: { limit: 20, ...(all ? {} : { state: "open" as const }) },
  });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet
        title={say.list}
        beside={
          pages.isError ? null : (
            <button type="button" className="push s as-link" onClick={() => setAll(!all)}>
              {all ? say.onlyOpen : say.all}
            </button>
          )
        }
      >
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="check" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows inbox">
          {pages.items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
        <More pages={pages} />
      </Sheet>
    </>
  );
};

const Row = ({ one }: { one: StaffAssistanceRequest }) => {
  const { day, time } = useWords();
  const words = useAssistanceWords();
  const say = words.staff;
  const problem = useProblemText();
  const id = useId();
  const [answering, setAnswering] = useState(false);
  const [text, setText] = useState("");
  const answer = useSend(api.assistance.answer, {
    onSuccess: () => {
      toast(say.sent);
      setAnswering(false);
      void queries.invalidateQueries();
    },
  });
  return (
    <li>
      <div>
        <h3>
          {words.number(one.number)} <small className="muted">{say.by(one.person.name)}</small>
        </h3>
        <p>{one.message}</p>
        <p className="xs quiet">
          {day(one.askedAt)}, {time(one.askedAt)} · <span className="code">{one.page}</span>
          {one.institution ? ` · ${one.institution.name}` : ""}
          {one.supportCode ? (
            <>
              {" "}
              · {words.code} <span className="code">{one.supportCode}</span>
            </>
          ) : null}
        </p>
        {one.answer ? <blockquote className="s">{one.answer}</blockquote> : null}
      </div>
      <div className="do">
        <Chip tone={one.state === "open" ? "progress" : "positive"}>{words.states[one.state]}</Chip>
        {one.state === "open" ? (
          <button type="button" className="btn plain s" onClick={() => setAnswering(true)}>
            {say.answer}
            <span className="hidden">: {words.number(one.number)}</span>
          </button>
        ) : null}
      </div>
      <Dialog
        title={say.answerTitle(one.person.name)}
        open={answering}
        onClose={() => setAnswering(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAnswering(false)}>
              {say.cancel}
            </button>
            <button
              type="button"
              className="btn main"
              onClick={() => {
                if (!answer.isPending) answer.mutate({ params: { assistanceRequestId: one.id }, body: { text } });
              }}
            >
              {say.send}
            </button>
          </>
        }
      >
        <div className="field">
          <label htmlFor={id}>{say.text}</label>
          <textarea
            className="input"
            id={id}
            rows={6}
            maxLength={4000}
            value={text}
            aria-describedby={`${id}-h`}
            onChange={(event) => setText(event.target.value)}
          />
          <p className="hint" id={`${id}-h`}>
            {say.textHelp(languageNames[one.language])}
          </p>
        </div>
        {answer.isError ? (
          <Note tone="critical" icon="wrong" role="alert" title={problem(answer.error).title}>
            <p>{problem(answer.error).detail}</p>
          </Note>
        ) : null}
      </Dialog>
    </li>
  );
};
