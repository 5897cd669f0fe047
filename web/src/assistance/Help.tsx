import { api, isProblem } from "@area/api";
import { useSearch } from "@tanstack/react-router";
import { useId } from "react";
import { get } from "react-hook-form";
import { queries, usePages, useSend } from "../kit/call.ts";
import { Field, Wrongness } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { Bones, Chip, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { AssistanceWordsProvider, useAssistanceWords } from "./words.tsx";

/** `/aiuto?pagina=…&codice=…`: a request for help that says by itself where it comes from. */
export const Help = () => (
  <BareShell>
    <AssistanceWordsProvider>
      <Content />
    </AssistanceWordsProvider>
  </BareShell>
);

type Typed = {
  page: string;
  supportCode: string;
  institutionId: string;
  message: string;
  email: string;
  language: string;
};
/** The institution somebody worked for is in the address of the page they come from. */
const institutionIn = (page: string): string => /^\/enti\/([0-9a-f-]{36})(\/|$)/.exec(page)?.[1] ?? "";

const Content = () => {
  const { language } = useWords();
  const say = useAssistanceWords();
  const problem = useProblemText();
  const id = useId();
  const from = useSearch({ from: "/aiuto" });
  const page = from.pagina?.startsWith("/") ? from.pagina.slice(0, 300) : "/";
  const { form, sent, showWrong } = useEndpointForm<Typed>(api.assistance.ask.body!, {
    page,
    supportCode: from.codice ?? "",
    institutionId: institutionIn(page),
    message: "",
    email: "",
    language,
  });
  const ask = useSend(api.assistance.ask, {
    onSuccess: ({ number }) => {
      toast(say.sent(number));
      form.reset({ ...form.getValues(), message: "" });
      void queries.invalidateQueries({ queryKey: ["pages", api.assistance.mine.path] });
    },
    onError: (error) => void showWrong(error),
  });
  const refused = ask.error && !(isProblem(ask.error) && ask.error.fields.length > 0) ? problem(ask.error) : null;
  const wrong = get(form.formState.errors, "message") as { message?: string } | undefined;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <div className="cols">
        <form
          noValidate
          onSubmit={(event) =>
            void form.handleSubmit((typed) => {
              if (!ask.isPending) ask.mutate({ body: sent(typed) as Parameters<typeof ask.mutate>[0]["body"] });
            })(event)
          }
        >
          <Sheet title={say.form}>
            <div className="body stack">
              <dl className="facts">
                <div>
                  <dt>{say.page}</dt>
                  <dd className="code">{page}</dd>
                </div>
                {from.codice ? (
                  <div>
                    <dt>{say.code}</dt>
                    <dd className="code">{from.codice}</dd>
                  </div>
                ) : null}
              </dl>
              <div className="field w12">
                <label htmlFor={id}>{say.message}</label>
                <textarea
                  className="input"
                  id={id}
                  rows={6}
                  maxLength={2000}
                  aria-invalid={wrong ? true : undefined}
                  aria-describedby={wrong ? `${id}-e` : `${id}-h`}
                  {...form.register("message")}
                />
                {wrong ? <Wrongness id={`${id}-e`} message={wrong.message ?? ""} /> : null}
                <p className="hint" id={`${id}-h`}>
                  {say.messageHelp}
                </p>
              </div>
              <div className="fields">
                <Field
                  form={form}
                  name="email"
                  type="email"
                  autoComplete="email"
                  label={say.email}
                  help={say.emailHelp}
                  width={12}
                  maxLength={254}
                />
              </div>
              {refused ? (
                <Note tone="critical" icon="wrong" role="alert" title={refused.title}>
                  <p>{refused.detail}</p>
                </Note>
              ) : null}
            </div>
            <footer className="row">
              <a href="/assistenza">{say.before}</a>
              <button type="submit" className="btn main push" aria-disabled={ask.isPending}>
                {ask.isPending ? say.sending : say.send}
              </button>
            </footer>
          </Sheet>
        </form>
        <aside>
          <Mine />
        </aside>
      </div>
    </>
  );
};

const Mine = () => {
  const { screens, day } = useWords();
  const say = useAssistanceWords();
  const pages = usePages(api.assistance.mine, { query: { limit: 10 } });
  return (
    <Sheet title={say.mine}>
      {pages.isPending ? <Bones what={say.mine} rows={2} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <div className="body">
          <p className="s muted">{say.none}</p>
        </div>
      ) : null}
      <ul className="rows">
        {pages.items.map((one) => (
          <li key={one.id}>
            <div>
              <h3>
                {say.number(one.number)}{" "}
                <Chip tone={one.state === "open" ? "progress" : "positive"}>{say.states[one.state]}</Chip>
              </h3>
              <p className="s">{one.message}</p>
              <p className="xs quiet">{say.asked(day(one.askedAt))}</p>
              {one.answer && one.answeredAt ? (
                <>
                  <h4 className="s">{say.answer(day(one.answeredAt))}</h4>
                  <blockquote className="s">{one.answer}</blockquote>
                </>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};
