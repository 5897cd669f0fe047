import { type AccessRequest, api, type FieldRule, fieldProblems, isProblem, profileNames, TaxCode } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import type { z } from "zod";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Field, Wrongness } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { Bones, Chip, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { Shield } from "../kit/Shield.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { type Found, SearchBody } from "../onboarding/SearchBody.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { useTitleOf, useWhere } from "./Held.tsx";
import { requestTone } from "./Requests.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** `/enti/richiesta`: who works for an institution that is here already, and has no access yet, asks for it. */
export const AskToJoin = () => (
  <BareShell>
    <PeopleWordsProvider>
      <Content />
    </PeopleWordsProvider>
  </BareShell>
);

type Typed = { productId: string; profile: string; email: string; message: string };
const Body = (api.people.requests.join.body as z.ZodObject).omit({ institution: true });

const Content = () => {
  const words = usePeopleWords();
  const say = words.join;
  const { screens, problems } = useWords();
  const search = screens.onboarding.search;
  const [chosen, setChosen] = useState<Found | null>(null);
  // Who is in no IndicePA names the institution by its tax code.
  const [elsewhere, setElsewhere] = useState(false);
  const [taxCode, setTaxCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const titleOf = useTitleOf();
  const products = useCall(api.products.list, {});
  const { form, sent, showWrong } = useEndpointForm<Typed>(Body, {
    productId: "institution",
    profile: "operator",
    email: "",
    message: "",
  });
  const join = useSend(api.people.requests.join, {
    onSuccess: (made) => {
      toast(say.sent(made.institution.name));
      setChosen(null);
      setTaxCode("");
      form.reset();
      void queries.invalidateQueries({ queryKey: ["pages", api.people.requests.mine.path] });
    },
  });
  const submit = form.handleSubmit((values) => {
    const read = elsewhere ? TaxCode.safeParse(taxCode) : null;
    if (read && !read.success) {
      const [first] = fieldProblems(read.error, "body");
      setWrong(problems.fields[first?.code as FieldRule]?.(first?.facts ?? {}) ?? problems.fields.required({}));
      document.getElementById(id)?.focus();
      return;
    }
    if (!read && !chosen) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (!join.isPending)
      join.mutate(
        {
          params: undefined,
          body: {
            ...sent(values),
            institution: read?.success ? { taxCode: read.data } : { ipaCode: chosen?.ipaCode },
          } as Parameters<typeof join.mutate>[0]["body"],
        },
        { onError: showWrong },
      );
  });
  const notJoined = isProblem(join.error) && join.error.code === "institution-not-joined";
  const atField = Object.keys(form.formState.errors).length > 0;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
        <p>
          <Link to="/enti">{screens.kit.backToInstitutions}</Link>
        </p>
      </PageTitle>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Sheet title={say.which}>
          <div className="body">
            {elsewhere ? (
              <div className="fields">
                <div className="field">
                  <label htmlFor={id}>{say.taxCode}</label>
                  <input
                    className="input code"
                    id={id}
                    maxLength={40}
                    autoComplete="off"
                    spellCheck={false}
                    value={taxCode}
                    aria-invalid={wrong ? true : undefined}
                    aria-describedby={wrong ? `${id}-e` : undefined}
                    onChange={(event) => {
                      setTaxCode(event.target.value);
                      setWrong(null);
                    }}
                  />
                  {wrong ? <Wrongness id={`${id}-e`} message={wrong} /> : null}
                </div>
              </div>
            ) : chosen ? (
              <div className="chosen">
                <Shield taxCode={chosen.taxCode} />
                <div>
                  <h3>{chosen.name}</h3>
                  <p className="xs quiet">
                    <span className="code">{chosen.taxCode}</span> · <span className="code">{chosen.ipaCode}</span>
                  </p>
                </div>
                <button
                  type="button"
                  className="btn text s"
                  onClick={() => {
                    setChosen(null);
                    join.reset();
                  }}
                >
                  {search.change}
                </button>
              </div>
            ) : (
              <SearchBody
                missing={missing}
                fieldRef={field}
                onChoose={(found) => {
                  setChosen(found);
                  setMissing(false);
                  join.reset();
                }}
              />
            )}
          </div>
          {chosen ? null : (
            <footer>
              <button
                type="button"
                className="as-link"
                onClick={() => {
                  setElsewhere(!elsewhere);
                  setMissing(false);
                  setWrong(null);
                  join.reset();
                }}
              >
                {elsewhere ? say.inRegistry : say.notInRegistry}
              </button>
            </footer>
          )}
        </Sheet>
        <Sheet title={say.what} className="below">
          <div className="body stack">
            <div className="fields">
              <Field
                form={form}
                name="productId"
                label={words.offer.product}
                options={["institution", ...(products.data?.items ?? []).map((p) => p.id)].map((one) => (
                  <option value={one} key={one}>
                    {titleOf(one)}
                  </option>
                ))}
              />
              <Field
                form={form}
                name="profile"
                label={words.offer.profile}
                help={say.onlyBuiltIn}
                options={profileNames.map((one) => (
                  <option value={one} key={one}>
                    {screens.profiles[one]}
                  </option>
                ))}
              />
              <Field form={form} name="email" label={say.email} help={say.emailHelp} type="email" maxLength={320} />
              <Field form={form} name="message" label={say.message} help={say.messageHelp} maxLength={500} />
            </div>
            {join.error && !atField ? (
              notJoined ? (
                <Note
                  tone="attention"
                  icon="info"
                  role="alert"
                  title={say.notJoined}
                  act={
                    <Link className="btn plain s" to="/adesione" search={{ ente: chosen?.ipaCode }}>
                      {say.begin}
                    </Link>
                  }
                >
                  <p>{say.notJoinedHow}</p>
                </Note>
              ) : (
                <RefusalNote error={join.error} />
              )
            ) : null}
          </div>
          <footer className="row">
            <button type="submit" className="btn main push" aria-disabled={join.isPending}>
              {say.send}
            </button>
          </footer>
        </Sheet>
      </form>
      <div className="below">
        <Mine />
      </div>
    </>
  );
};

/** What I asked, wherever, and the answers. */
const Mine = () => {
  const { screens } = useWords();
  const say = usePeopleWords().join;
  const pages = usePages(api.people.requests.mine, { query: { limit: 10 } });
  return (
    <Sheet title={say.mine}>
      {pages.isPending ? <Bones what={say.mine} rows={1} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <div className="body">
          <p className="muted">{say.none}</p>
        </div>
      ) : null}
      <ul className="rows topics">
        {pages.items.map((one) => (
          <Row key={one.id} one={one} />
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

const Row = ({ one }: { one: AccessRequest }) => {
  const { screens, day } = useWords();
  const words = usePeopleWords();
  const say = words.join;
  const where = useWhere();
  const withdraw = useSend(api.people.requests.withdraw, {
    onSuccess: () => {
      toast(say.withdrawn);
      void queries.invalidateQueries();
    },
  });
  return (
    <li>
      <div>
        <h3>{one.institution.name}</h3>
        <p className="s muted">
          {[
            one.permission
              ? say.asksPermission(screens.kit.permissionName[one.permission])
              : say.asks(screens.profiles[one.profile ?? "operator"], where(one.productId)),
            say.asked(day(one.askedAt)),
            one.answeredAt && one.state !== "withdrawn" ? say.answered(day(one.answeredAt)) : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {one.note ? <blockquote className="s">{one.note}</blockquote> : null}
        {withdraw.isError ? <RefusalNote error={withdraw.error} /> : null}
      </div>
      <div className="row">
        <Chip tone={requestTone[one.state]}>{words.requests.states[one.state]}</Chip>
        {one.state === "pending" ? (
          <button
            type="button"
            className="btn text s"
            aria-disabled={withdraw.isPending}
            onClick={() => {
              if (!withdraw.isPending) withdraw.mutate({ params: { requestId: one.id } });
            }}
          >
            {say.withdraw}
            <span className="hidden">: {one.institution.name}</span>
          </button>
        ) : null}
        {one.state === "granted" ? (
          <Link className="btn plain s" to="/enti/$institutionId" params={{ institutionId: one.institution.id }}>
            {say.enter}
            <span className="hidden">: {one.institution.name}</span>
          </Link>
        ) : null}
      </div>
    </li>
  );
};
