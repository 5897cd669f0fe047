import { type AgreementText, acceptanceStates, acceptanceWays, api, overdueOutcomes, staffMay } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { keyOf, queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Wrongness } from "../kit/Field.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet, type Tone } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useKept } from "../reviews/useKept.ts";
import { More } from "../staff/More.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { BlockFields, type Content as Written } from "./BlockFields.tsx";
import { DifferenceView } from "./DifferenceView.tsx";
import { TermsWordsProvider, useTermsWords } from "./words.tsx";

/** A text: its next version, written, tried and proposed; a colleague's proposal, read and published; who accepted which. */
export const TextPage = () => (
  <TermsWordsProvider>
    <Content />
  </TermsWordsProvider>
);

const Content = () => {
  const say = useTermsWords();
  const { templateId } = useParams({ from: "/staff/testi/$templateId" });
  const text = useCall(api.terms.templates.read, { params: { templateId } });
  if (text.data) return <Page key={text.data.version} one={text.data} />;
  return (
    <>
      <PageTitle title={say.title} />
      <Sheet title={say.list}>
        {text.isError ? (
          <StaffRefusal error={text.error} retry={() => void text.refetch()} />
        ) : (
          <Bones what={say.list} />
        )}
      </Sheet>
    </>
  );
};

const blank = {
  summary: "",
  way: "online" as string,
  days: "60",
  reminderDays: "30, 7, 1",
  overdue: "stays",
  reason: "",
};

const Page = ({ one }: { one: AgreementText }) => {
  const say = useTermsWords();
  const problem = useProblemText();
  const at = { params: { templateId: one.id } };
  const me = useCall(api.staff.me, {});
  const mayWrite = me.data ? staffMay(me.data.profiles, "staff:products:write") : false;
  const [written, setWritten, forgetText] = useKept(`testo ${one.id} ${one.version}`, one.content as Written);
  const [typed, setTyped, forgetTyped] = useKept(`testo termini ${one.id} ${one.version}`, blank);
  const [tried, setTried] = useState(false);
  const keep = (now: AgreementText, what: string) => {
    queries.setQueryData(keyOf(api.terms.templates.read, at), now);
    void queries.invalidateQueries({ queryKey: keyOf(api.terms.templates.list, {}) });
    toast(what);
  };
  const rehearse = useSend(api.terms.templates.rehearse);
  const propose = useSend(api.terms.templates.propose, {
    onSuccess: (now) => {
      forgetText();
      forgetTyped();
      rehearse.reset();
      setTried(false);
      keep(now, say.proposedDone);
    },
  });
  const publish = useSend(api.terms.templates.publish, { onSuccess: (now) => keep(now, say.publishedDone) });
  const decline = useSend(api.terms.templates.decline, { onSuccess: (now) => keep(now, say.declinedDone) });
  const busy = [rehearse, propose, publish, decline].some((m) => m.isPending);
  const failed = [rehearse, propose, publish, decline].find((m) => m.isError)?.error;
  const { proposal } = one;
  const days = Number(typed.days);
  const reminders = typed.reminderDays
    .split(/[,; ]+/)
    .filter(Boolean)
    .map(Number);
  const wholeDays = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  const wrong = {
    summary: !typed.summary.trim(),
    reason: !typed.reason.trim(),
    days: !wholeDays(days, 365),
    reminderDays: reminders.length > 5 || reminders.some((n) => !wholeDays(n, 364)),
  };
  const send = () => {
    setTried(true);
    if (busy || Object.values(wrong).some(Boolean)) return;
    propose.mutate({
      ...at,
      body: {
        content: written,
        baseVersion: one.version,
        summary: typed.summary.trim(),
        way: typed.way as "online",
        days,
        reminderDays: reminders,
        overdue: typed.overdue as "stays",
        reason: typed.reason.trim(),
      },
    });
  };
  return (
    <>
      <PageTitle
        title={one.title.replaceAll(/\{\{[a-zA-Z.]+\}\}/g, "…")}
        acts={
          <Link className="btn text" to="/staff/testi">
            {say.all}
          </Link>
        }
      >
        <p>
          <span className="code">{one.id}</span> · {say.version(one.version)} ·{" "}
          {one.products.length > 0 ? say.usedBy(one.products.map((p) => p.title).join(", ")) : say.unused}
        </p>
      </PageTitle>
      {failed ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
          <p>{problem(failed).detail}</p>
        </Note>
      ) : null}
      {proposal ? (
        <>
          <Sheet title={say.proposal(proposal.proposedBy.name, proposal.version)}>
            <div className="body stack">
              <p className="as-written">{proposal.summary}</p>
              <dl className="facts">
                <div>
                  <dt>{say.way}</dt>
                  <dd>{say.ways[proposal.way]}</dd>
                </div>
                <div>
                  <dt>{say.days}</dt>
                  <dd>{proposal.days}</dd>
                </div>
                <div>
                  <dt>{say.remindOn}</dt>
                  <dd>{proposal.reminderDays.join(", ")}</dd>
                </div>
                <div>
                  <dt>{say.overdueLabel}</dt>
                  <dd>{say.overdues[proposal.overdue]}</dd>
                </div>
                <div>
                  <dt>{say.reason}</dt>
                  <dd>{proposal.reason}</dd>
                </div>
              </dl>
            </div>
            {mayWrite ? (
              <footer className="row">
                <button
                  type="button"
                  className="btn plain"
                  aria-disabled={busy}
                  onClick={() => busy || decline.mutate({ ...at, body: {} })}
                >
                  {proposal.proposedBy.me ? say.withdraw : say.decline}
                </button>
                {proposal.proposedBy.me ? (
                  <p className="s muted">{say.mine}</p>
                ) : (
                  <button
                    type="button"
                    className="btn main push"
                    aria-disabled={busy}
                    onClick={() => busy || publish.mutate({ ...at, body: { proposalId: proposal.id } })}
                  >
                    {say.publish}
                  </button>
                )}
              </footer>
            ) : null}
          </Sheet>
          <DifferenceView items={proposal.difference} title={say.whole} />
        </>
      ) : mayWrite ? (
        <>
          <Sheet title={say.edit}>
            <div className="body stack">
              <p className="s muted">{say.editHelp}</p>
              <BlockFields
                content={written}
                onChange={(content) => {
                  setWritten(content);
                  rehearse.reset();
                }}
              />
            </div>
            <footer className="row">
              <button
                type="button"
                className={`btn push ${rehearse.data?.valid ? "plain" : "main"}`}
                aria-disabled={busy}
                onClick={() => busy || rehearse.mutate({ ...at, body: { content: written } })}
              >
                {say.rehearse}
              </button>
            </footer>
          </Sheet>
          {rehearse.data && !rehearse.data.valid ? (
            <Note level={2} tone="critical" icon="wrong" role="alert" title={say.faults}>
              <ul>
                {rehearse.data.faults.map((f) => (
                  <li key={`${f.path} ${f.message}`}>
                    <span className="code">{f.path}</span>: {f.message}
                  </li>
                ))}
              </ul>
            </Note>
          ) : null}
          {rehearse.data?.valid ? (
            <>
              <Note level={2} tone="progress" icon="info" title={say.becomes(rehearse.data.version)}>
                <p>{say.touches(rehearse.data.institutions, rehearse.data.products.map((p) => p.title).join(", "))}</p>
              </Note>
              <DifferenceView items={rehearse.data.difference} title={say.whole} />
              <Terms typed={typed} setTyped={setTyped} wrong={tried ? wrong : null} busy={busy} send={send} />
            </>
          ) : null}
        </>
      ) : null}
      <Versions one={one} />
    </>
  );
};

type Typed = typeof blank;
const Terms = ({
  typed,
  setTyped,
  wrong,
  busy,
  send,
}: {
  typed: Typed;
  setTyped: (typed: Typed) => void;
  wrong: Record<"summary" | "reason" | "days" | "reminderDays", boolean> | null;
  busy: boolean;
  send: () => void;
}) => {
  const say = useTermsWords();
  const id = useId();
  const put = (name: keyof Typed) => (event: { target: { value: string } }) =>
    setTyped({ ...typed, [name]: event.target.value });
  const choice = (
    name: "way" | "overdue",
    label: string,
    options: readonly string[],
    words: Record<string, string>,
  ) => (
    <div className="field w6">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <select className="select" id={`${id}-${name}`} value={typed[name]} onChange={put(name)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {words[option]}
          </option>
        ))}
      </select>
    </div>
  );
  const text = (name: "summary" | "reason", label: string, help: string, most: number) => (
    <div className="field w12">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <textarea
        className="input"
        id={`${id}-${name}`}
        rows={3}
        maxLength={most}
        value={typed[name]}
        aria-invalid={wrong?.[name] ? true : undefined}
        aria-describedby={`${id}-${name}-h`}
        onChange={put(name)}
      />
      {wrong?.[name] ? (
        <Wrongness id={`${id}-${name}-h`} message={say.missing} />
      ) : (
        <p className="hint" id={`${id}-${name}-h`}>
          {help}
        </p>
      )}
    </div>
  );
  const number = (name: "days" | "reminderDays", label: string, help: string | null) => (
    <div className="field w6">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        className="input"
        id={`${id}-${name}`}
        inputMode={name === "days" ? "numeric" : "text"}
        value={typed[name]}
        aria-invalid={wrong?.[name] ? true : undefined}
        aria-describedby={`${id}-${name}-h`}
        onChange={put(name)}
      />
      {wrong?.[name] ? (
        <Wrongness id={`${id}-${name}-h`} message={say.wrongNumber} />
      ) : (
        <p className="hint" id={`${id}-${name}-h`}>
          {help}
        </p>
      )}
    </div>
  );
  return (
    <Sheet title={say.propose}>
      <div className="body">
        <div className="fields">
          {text("summary", say.summaryLabel, say.summaryHelp, 1000)}
          {choice("way", say.way, acceptanceWays, say.ways)}
          {typed.way === "none" ? null : (
            <>
              {choice("overdue", say.overdueLabel, overdueOutcomes, say.overdues)}
              {number("days", say.days, null)}
              {number("reminderDays", say.remindOn, say.remindHelp)}
            </>
          )}
          {text("reason", say.reason, say.reasonHelp, 500)}
        </div>
      </div>
      <footer className="row">
        <button type="button" className="btn main push" aria-disabled={busy} onClick={send}>
          {say.propose}
        </button>
      </footer>
    </Sheet>
  );
};

const Versions = ({ one }: { one: AgreementText }) => {
  const { day } = useWords();
  const say = useTermsWords();
  const [latest, previous] = one.versions;
  const asked = one.versions.filter((v) => v.counts && v.terms?.way !== "none");
  return (
    <>
      <Sheet title={say.versions} count={one.versions.length}>
        <ul className="rows people">
          {one.versions.map((v) => (
            <li key={v.version}>
              <div>
                <h3>{say.version(v.version)}</h3>
                <p className="s muted">
                  {[say.publishedOn(day(v.publishedAt)), v.terms ? say.ways[v.terms.way] : say.first].join(" · ")}
                </p>
              </div>
              <p className="s muted">
                {v.counts && v.terms?.way !== "none"
                  ? say.counts(v.counts.accepted, v.counts.asked, v.counts.overdue)
                  : ""}
              </p>
            </li>
          ))}
        </ul>
      </Sheet>
      {latest && previous ? <Compared templateId={one.id} from={previous.version} to={latest.version} /> : null}
      {asked[0] ? <Who templateId={one.id} version={asked[0].version} /> : null}
      {one.past.length > 0 ? (
        <Sheet title={say.past} count={one.past.length}>
          <ul className="rows people">
            {one.past.map((p) => (
              <li key={p.id}>
                <div>
                  <h3>{p.reason}</h3>
                  <p className="s muted">
                    {say.by(p.proposedBy.name, day(p.proposedAt))}
                    {p.note ? ` · ${p.note}` : ""}
                  </p>
                </div>
                <Chip tone="neutral">{say.pastStates[p.state]}</Chip>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </>
  );
};

const Compared = ({ templateId, from, to }: { templateId: string; from: string; to: string }) => {
  const say = useTermsWords();
  const found = useCall(api.terms.templates.difference, { params: { templateId }, query: { from, to } });
  return found.data ? <DifferenceView items={found.data.items} title={say.compare(from, to)} /> : null;
};

const tones: Record<(typeof acceptanceStates)[number], Tone> = {
  asked: "attention",
  overdue: "critical",
  accepted: "positive",
  superseded: "neutral",
  ended: "neutral",
};
/** Who has not accepted, first of all. */
const Who = ({ templateId, version }: { templateId: string; version: string }) => {
  const { day } = useWords();
  const say = useTermsWords();
  const id = useId();
  const [state, setState] = useState("asked");
  const params = { templateId, version };
  const pages = usePages(api.terms.templates.acceptances, {
    params,
    query: { limit: 20, ...(state ? { state: state as "asked" } : {}) },
  });
  return (
    <Sheet
      title={say.who(version)}
      beside={
        <a
          className="btn plain s"
          href={`/api/v1/staff/agreement-templates/${templateId}/versions/${version}/acceptances.csv`}
          download
        >
          <Icon name="download" small /> {say.export}
        </a>
      }
    >
      <div className="body">
        <div className="field w6">
          <label className="hidden" htmlFor={id}>
            {say.who(version)}
          </label>
          <select className="select" id={id} value={state} onChange={(event) => setState(event.target.value)}>
            <option value="">{say.whoAll}</option>
            {acceptanceStates.map((one) => (
              <option key={one} value={one}>
                {say.states[one]}
              </option>
            ))}
          </select>
        </div>
      </div>
      {pages.isPending ? <Bones what={say.who(version)} rows={2} /> : null}
      {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? <p className="body s muted">{say.nobody}</p> : null}
      <ul className="rows people">
        {pages.items.map((one) => (
          <li key={one.id}>
            <div>
              <h3>
                <Link to="/staff/enti/$institutionId" params={{ institutionId: one.institution.id }}>
                  {one.institution.name}
                </Link>
              </h3>
              <p className="s muted">
                {[
                  one.productTitle,
                  say.fromTo(one.fromVersion, one.version),
                  one.acceptedAt
                    ? say.acceptedOn(day(one.acceptedAt), one.acceptedBy ?? "")
                    : say.dueBy(day(one.dueAt)),
                ].join(" · ")}
              </p>
            </div>
            <Chip tone={tones[one.state]}>{say.states[one.state]}</Chip>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </Sheet>
  );
};
