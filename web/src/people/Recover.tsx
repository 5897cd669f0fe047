import { api, isProblem } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { queries, usePages, useSend } from "../kit/call.ts";
import { Field, Wrongness } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { Chip, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { type Found, SearchBody } from "../onboarding/SearchBody.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { recoveryTone } from "./recovery-tone.ts";
import { RecoveryWordsProvider, useRecoveryWords } from "./recovery-words.tsx";

/** `/recupero`: somebody asks to administer an institution that nobody administers any more. */
export const Recover = () => (
  <BareShell>
    <RecoveryWordsProvider>
      <Content />
    </RecoveryWordsProvider>
  </BareShell>
);

type Typed = { code: string; says: "member" | "legal-representative"; email: string; message: string };

const Content = () => {
  const { screens } = useWords();
  const say = useRecoveryWords();
  const problem = useProblemText();
  const navigate = useNavigate();
  const given = useSearch({ from: "/recupero" }).ente ?? "";
  const searchField = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [byHand, setByHand] = useState(given !== "");
  const [missing, setMissing] = useState(false);
  const { form, sent, showWrong } = useEndpointForm<Typed>(api.people.recoveries.open.body!, {
    code: given,
    says: "member",
    email: "",
    message: "",
  });
  const open = useSend(api.people.recoveries.open, {
    onSuccess: ({ id }) => {
      void queries.invalidateQueries();
      void navigate({ to: "/recupero/$recoveryId", params: { recoveryId: id } });
    },
    onError: (error) => void showWrong(error),
  });
  const choose = (one: Found | null) => {
    setFound(one);
    setMissing(false);
    open.reset();
    form.setValue("code", one?.ipaCode ?? "");
  };
  const submit = form.handleSubmit(
    (values) => {
      if (!open.isPending) open.mutate({ body: sent(values) });
    },
    (errors) => {
      if (!errors.code || byHand) return;
      setMissing(true);
      searchField.current?.focus();
    },
  );
  const refused = open.error && !(isProblem(open.error) && open.error.fields.length > 0) ? problem(open.error) : null;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <div className="cols">
        <div>
          <form noValidate onSubmit={(event) => void submit(event)}>
            <Sheet title={say.form}>
              <div className="body stack">
                {byHand ? (
                  <div className="fields">
                    <Field form={form} name="code" label={say.code} code maxLength={20} width={6} />
                  </div>
                ) : found ? (
                  <dl className="facts">
                    <div>
                      <dt>{say.chosen}</dt>
                      <dd>
                        {found.name}{" "}
                        <button type="button" className="as-link s" onClick={() => choose(null)}>
                          {say.change}
                        </button>
                      </dd>
                    </div>
                  </dl>
                ) : (
                  <SearchBody onChoose={choose} missing={missing} fieldRef={searchField} />
                )}
                {found ? null : (
                  <p>
                    <button
                      type="button"
                      className="as-link s"
                      onClick={() => {
                        setByHand(!byHand);
                        form.setValue("code", "");
                      }}
                    >
                      {byHand ? say.inRegistry : say.notInRegistry}
                    </button>
                  </p>
                )}
                <fieldset>
                  <legend>{say.says}</legend>
                  <div className="choices">
                    {(
                      [
                        ["member", say.member, say.memberHow],
                        ["legal-representative", say.representative, say.representativeHow],
                      ] as const
                    ).map(([value, name, how]) => (
                      <label className="choice" key={value}>
                        <input type="radio" value={value} {...form.register("says")} />
                        <span>
                          {name}
                          <small>{how}</small>
                        </span>
                      </label>
                    ))}
                  </div>
                </fieldset>
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
                  <Field
                    form={form}
                    name="message"
                    label={say.message}
                    optional={screens.kit.optional}
                    help={say.messageHelp}
                    width={12}
                    maxLength={500}
                  />
                </div>
                {missing && !found && !byHand ? <Wrongness id="ente-manca" message={say.mustChoose} /> : null}
                {refused ? (
                  <Note tone="critical" icon="wrong" role="alert" title={refused.title}>
                    <p>{refused.detail}</p>
                  </Note>
                ) : null}
              </div>
              <footer className="row">
                <button type="submit" className="btn main push" aria-disabled={open.isPending}>
                  {open.isPending ? say.sending : say.send}
                </button>
              </footer>
            </Sheet>
          </form>
        </div>
        <aside>
          <Sheet title={say.steps}>
            <div className="body">
              <ol className="steps-list s">
                {say.how.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </div>
          </Sheet>
          <Mine />
        </aside>
      </div>
    </>
  );
};

const Mine = () => {
  const { screens } = useWords();
  const say = useRecoveryWords();
  const pages = usePages(api.people.recoveries.mine, { query: { limit: 5 } });
  if (pages.items.length === 0) return null;
  return (
    <Sheet title={say.mine}>
      <ul className="rows">
        {pages.items.map((one) => (
          <li key={one.id}>
            <div>
              <h3>{say.one(one.institution.name)}</h3>
              <p className="s muted">
                <Chip tone={recoveryTone[one.state]}>{say.states[one.state]}</Chip>
              </p>
            </div>
            <Link className="btn plain s" to="/recupero/$recoveryId" params={{ recoveryId: one.id }}>
              {say.see}
              <span className="hidden">: {one.institution.name}</span>
            </Link>
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
