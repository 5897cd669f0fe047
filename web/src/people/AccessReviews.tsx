import { type AccessReview, type AccessReviewLine, api, isProblem } from "@area/api";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { lazyWords } from "../kit/lazy-words.tsx";
import { LockedButton, mayI } from "../kit/May.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { today, untilDay } from "./dates.ts";
import { useWhere } from "./Held.tsx";
import { PeopleWordsProvider } from "./words.tsx";

const { Provider, use: useReviewWords } = lazyWords({
  it: () => import("@area/words/access-reviews/it"),
  en: () => import("@area/words/access-reviews/en"),
  de: () => import("@area/words/access-reviews/de"),
  fr: () => import("@area/words/access-reviews/fr"),
  sl: () => import("@area/words/access-reviews/sl"),
});

/** `/utenti/riesame`: who has access to what, one answer a line, all that is shown with one click. */
export const AccessReviews = () => (
  <PeopleWordsProvider>
    <Provider>
      <Content />
    </Provider>
  </PeopleWordsProvider>
);

const WRITE = "institution:people:write" as const;
/** Unknown until my memberships are. */
type Allowed = boolean | undefined;
const fresh = () => void queries.invalidateQueries();

const Content = () => {
  const { screens } = useWords();
  const say = useReviewWords();
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const mine = useMine();
  const may = mine.data ? mayI(mine.data.memberships, WRITE) : undefined;
  const reviews = usePages(api.people.reviews.list, { params: { institutionId }, query: { limit: 10 } });
  const open = useSend(api.people.reviews.open, {
    onSuccess: (made) => {
      toast(say.opened(made.lines));
      fresh();
    },
  });
  const going = reviews.items.find((r) => r.state === "open");
  const past = reviews.items.filter((r) => r.state === "closed");
  return (
    <>
      <PageTitle title={say.title}>
        <p>
          {say.intro}{" "}
          <Link to="/enti/$institutionId/utenti" params={{ institutionId }}>
            {say.back}
          </Link>
        </p>
      </PageTitle>
      <div className="cols">
        <div>
          {going ? (
            <Going review={going} may={may} />
          ) : (
            <Sheet title={say.list}>
              {reviews.isPending ? <Bones what={say.list} /> : null}
              {reviews.isError ? <Refusal error={reviews.error} retry={() => void reviews.refetch()} /> : null}
              {reviews.isSuccess ? (
                <StateBox
                  icon="check"
                  title={say.noneTitle}
                  acts={
                    may ? (
                      <button
                        type="button"
                        className="btn main s"
                        aria-disabled={open.isPending}
                        onClick={() => {
                          if (!open.isPending) open.mutate({ params: { institutionId } });
                        }}
                      >
                        {say.open}
                      </button>
                    ) : may === false ? (
                      <LockedButton permission={WRITE} label={say.open} className="btn plain s" />
                    ) : null
                  }
                >
                  <p>{say.none}</p>
                  {open.isError ? <p role="alert">{problem(open.error).detail}</p> : null}
                </StateBox>
              ) : null}
            </Sheet>
          )}
          <Sheet title={say.past} className="below">
            {reviews.isSuccess && past.length === 0 ? (
              <div className="body">
                <p className="s muted">{say.pastNone}</p>
              </div>
            ) : null}
            <ul className="rows">
              {past.map((one) => (
                <Past key={one.id} one={one} />
              ))}
            </ul>
            {reviews.hasNextPage ? (
              <div className="pager">
                <button type="button" className="btn plain s" onClick={() => void reviews.fetchNextPage()}>
                  {screens.kit.more}
                </button>
              </div>
            ) : null}
          </Sheet>
        </div>
        <aside>
          <RulesSheet may={may} />
        </aside>
      </div>
    </>
  );
};

const Past = ({ one }: { one: AccessReview }) => {
  const { day } = useWords();
  const say = useReviewWords();
  return (
    <li>
      <div>
        <h3>{one.closedAt ? say.closed(day(one.closedAt)) : ""}</h3>
        <p className="s muted">
          {one.openedBy ? say.by(one.openedBy) : say.byCalendar}
          {Object.entries(one.outcomes).map(([outcome, count]) => (
            <span key={outcome}>
              {" "}
              · {count} {say.outcomes[outcome as keyof typeof say.outcomes]}
            </span>
          ))}
        </p>
      </div>
    </li>
  );
};

const Going = ({ review, may }: { review: AccessReview; may: Allowed }) => {
  const { screens, day } = useWords();
  const say = useReviewWords();
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const me = useCall(api.identity.me, {});
  const params = { institutionId, reviewId: review.id };
  const pages = usePages(api.people.reviews.lines, { params, query: { limit: 50, pending: "true" as const } });
  const mine = (one: AccessReviewLine) => one.person.id === me.data?.person.id;
  // My own access is not among what I confirm with one click, unless nothing else is left.
  const others = pages.items.filter((one) => !mine(one)).slice(0, 100);
  const all = useSend(api.people.reviews.answer, {
    onSuccess: () => {
      toast(say.keptAll(others.length));
      fresh();
    },
  });
  return (
    <Sheet
      title={say.list}
      beside={
        <span className="push s muted">
          {say.left(review.left, review.lines)} · {say.until(day(review.dueAt))}
        </span>
      }
    >
      <div className="body">
        <p className="s muted">{review.endsUnanswered ? say.ends : say.stays}</p>
        {all.isError ? (
          <Note tone="critical" icon="wrong" role="alert" title={problem(all.error).title}>
            <p>{problem(all.error).detail}</p>
          </Note>
        ) : null}
      </div>
      {pages.isPending ? <Bones what={say.list} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      <ul className="rows inbox">
        {pages.items.map((one) => (
          <Line key={one.id} one={one} own={mine(one)} params={params} may={may} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
      {may && others.length > 0 ? (
        <footer className="row">
          <button
            type="button"
            className="btn main push"
            aria-disabled={all.isPending}
            onClick={() => {
              if (!all.isPending)
                all.mutate({
                  params,
                  body: { answers: others.map((one) => ({ lineId: one.id, answer: "keep" as const })) },
                });
            }}
          >
            <Icon name="check" small /> {say.keepAll(others.length)}
          </button>
        </footer>
      ) : null}
      {may === false && pages.items.length > 0 ? (
        <footer className="row">
          <LockedButton permission={WRITE} label={say.keepAll(pages.items.length)} className="btn plain push" />
        </footer>
      ) : null}
    </Sheet>
  );
};

const Line = ({
  one,
  own,
  params,
  may,
}: {
  one: AccessReviewLine;
  own: boolean;
  params: { institutionId: string; reviewId: string };
  may: Allowed;
}) => {
  const { screens, day } = useWords();
  const say = useReviewWords();
  const where = useWhere();
  const problem = useProblemText();
  const id = useId();
  const [asked, setAsked] = useState<"remove" | "change" | null>(null);
  const [until, setUntil] = useState("");
  const send = useSend(api.people.reviews.answer, {
    onSuccess: () => {
      toast(say.answered(one.person.name));
      setAsked(null);
      fresh();
    },
  });
  const answer = (how: "keep" | "remove" | "change") => {
    const endsAt = how === "change" ? untilDay(until) : null;
    if (!send.isPending)
      send.mutate({ params, body: { answers: [{ lineId: one.id, answer: how, ...(endsAt ? { endsAt } : {}) }] } });
  };
  const named = profileName(screens, one);
  const refusal = send.isError ? (
    <Note tone="critical" icon="wrong" role="alert" title={problem(send.error).title}>
      <p>{problem(send.error).detail}</p>
    </Note>
  ) : null;
  return (
    <li>
      <div>
        <h3>{one.person.name}</h3>
        <p>
          {named} {where(one.productId)}{" "}
          {one.state === "suspended" ? <Chip tone="neutral">{say.suspended}</Chip> : null}
        </p>
        <p className="xs quiet">
          {[
            say.since(day(one.beginsAt)),
            one.endsAt ? say.ending(day(one.endsAt)) : null,
            one.groupName ? say.group(one.groupName) : null,
            one.person.hasEntered ? null : say.notEntered,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {own ? <p className="s muted">{say.own}</p> : null}
        {asked === null ? refusal : null}
      </div>
      {may ? (
        <div className="do">
          <button type="button" className="btn plain s" aria-disabled={send.isPending} onClick={() => answer("keep")}>
            {say.keep}
            <span className="hidden">
              : {one.person.name}, {named}
            </span>
          </button>
          {one.groupName ? null : (
            <button type="button" className="btn text s" onClick={() => setAsked("change")}>
              {say.change}
              <span className="hidden">
                : {one.person.name}, {named}
              </span>
            </button>
          )}
          <button type="button" className="btn text s" onClick={() => setAsked("remove")}>
            {say.remove}
            <span className="hidden">
              : {one.person.name}, {named}
            </span>
          </button>
        </div>
      ) : null}
      <Dialog
        title={asked === "change" ? say.changeTitle(one.person.name) : say.removeTitle(one.person.name)}
        open={asked !== null}
        onClose={() => setAsked(null)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsked(null)}>
              {say.cancel}
            </button>
            <button
              type="button"
              className={`btn ${asked === "remove" ? "danger" : "main"}`}
              onClick={() => answer(asked ?? "keep")}
            >
              {asked === "change" ? say.changeDo : say.remove}
            </button>
          </>
        }
      >
        {asked === "change" ? (
          <div className="field">
            <label htmlFor={id}>{say.changeDay}</label>
            <input
              className="input"
              id={id}
              type="date"
              min={today()}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
        ) : (
          <p>{say.removeDetail}</p>
        )}
        {refusal}
      </Dialog>
    </li>
  );
};

const RulesSheet = ({ may }: { may: Allowed }) => {
  const { day } = useWords();
  const say = useReviewWords();
  const institutionId = useInstitutionId();
  const rules = useCall(api.people.reviews.rules, { params: { institutionId } });
  return (
    <Sheet title={say.rules}>
      {rules.isPending ? <Bones what={say.rules} rows={2} /> : null}
      {rules.isError ? <Refusal error={rules.error} retry={() => void rules.refetch()} /> : null}
      {rules.data ? (
        <div className="body stack">
          {may ? (
            <RulesForm key={rules.data.version} rules={rules.data} />
          ) : (
            <p>
              {rules.data.everyMonths ? say.months(rules.data.everyMonths) : say.never}.{" "}
              {rules.data.endsUnanswered ? say.ends : say.stays}
            </p>
          )}
          {may === false ? (
            <div className="row">
              <LockedButton permission={WRITE} label={say.save} className="btn plain s" />
            </div>
          ) : null}
          {rules.data.nextAt ? <p className="s muted">{say.next(day(rules.data.nextAt))}</p> : null}
        </div>
      ) : null}
    </Sheet>
  );
};

type Known = { everyMonths: 3 | 6 | 12 | null; daysToAnswer: number; endsUnanswered: boolean; version: number };
const RulesForm = ({ rules }: { rules: Known }) => {
  const say = useReviewWords();
  const problem = useProblemText();
  const id = useId();
  const institutionId = useInstitutionId();
  const [every, setEvery] = useState(String(rules.everyMonths ?? ""));
  const [days, setDays] = useState(String(rules.daysToAnswer));
  const [ends, setEnds] = useState(rules.endsUnanswered);
  const change = useSend(api.people.reviews.changeRules, {
    onSuccess: () => {
      toast(say.saved);
      void queries.invalidateQueries({ queryKey: [api.people.reviews.rules.path] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending)
      change.mutate({
        params: { institutionId },
        body: {
          everyMonths: every ? (Number(every) as 3 | 6 | 12) : null,
          daysToAnswer: Number(days),
          endsUnanswered: ends,
        },
        version: rules.version,
      });
  };
  const wrong = change.error ? problem(change.error) : null;
  return (
    <form noValidate onSubmit={submit} className="stack">
      <div className="field w12">
        <label htmlFor={`${id}-e`}>{say.every}</label>
        <select className="select" id={`${id}-e`} value={every} onChange={(event) => setEvery(event.target.value)}>
          {[3, 6, 12].map((months) => (
            <option key={months} value={months}>
              {say.months(months)}
            </option>
          ))}
          <option value="">{say.never}</option>
        </select>
      </div>
      <div className="field w12">
        <label htmlFor={`${id}-d`}>{say.days}</label>
        <input
          className="input"
          id={`${id}-d`}
          inputMode="numeric"
          maxLength={2}
          value={days}
          aria-invalid={isProblem(change.error) && change.error.fields.length > 0 ? true : undefined}
          onChange={(event) => setDays(event.target.value)}
        />
      </div>
      <label className="choice">
        <input type="checkbox" checked={ends} onChange={(event) => setEnds(event.target.checked)} />
        <span>
          {say.endsUnanswered}
          <small>{say.endsUnansweredHow}</small>
        </span>
      </label>
      {wrong ? (
        <Note tone="critical" icon="wrong" role="alert" title={wrong.title}>
          <p>{wrong.detail}</p>
        </Note>
      ) : null}
      <button type="submit" className="btn plain s" aria-disabled={change.isPending}>
        {say.save}
      </button>
    </form>
  );
};
