import { api, type DetailBlock, type Review, type ReviewField, staffMay } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useId } from "react";
import { keyOf, queries, useCall, useSend } from "../kit/call.ts";
import { Bones, Chip, Icon, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Shield } from "../kit/Shield.tsx";
import { onboardingTone } from "../kit/states.ts";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { Clock } from "./Clock.tsx";
import { DecisionPanel, type Notes } from "./DecisionPanel.tsx";
import { Talk } from "./Talk.tsx";
import { useKept } from "./useKept.ts";
import { useFieldText } from "./values.ts";
import { ReviewWordsProvider, useReviewWords } from "./words.tsx";

/** One request, with all that was sent, what changed since the last time, and the decision. */
export const ReviewPage = () => (
  <ReviewWordsProvider>
    <Content />
  </ReviewWordsProvider>
);

const Content = () => {
  const say = useReviewWords();
  const { onboardingId } = useParams({ from: "/staff/adesioni/$onboardingId" });
  const review = useCall(api.reviews.read, { params: { onboardingId } });
  const back = (
    <Link className="btn text" to="/staff/adesioni">
      {say.all}
    </Link>
  );
  if (review.data) return <Whole key={`${review.data.id} ${review.data.round}`} one={review.data} />;
  return (
    <>
      <PageTitle title={say.title} acts={back} />
      <Sheet title={say.sections.institution}>
        {review.isError ? (
          <StaffRefusal error={review.error} retry={() => void review.refetch()} />
        ) : (
          <Bones what={say.title} rows={6} />
        )}
      </Sheet>
    </>
  );
};

const Whole = ({ one }: { one: Review }) => {
  const { screens, day, time } = useWords();
  const say = useReviewWords();
  const talk = screens.adhesion.review;
  const text = useFieldText();
  const me = useCall(api.staff.me, {});
  const summary = useCall(api.reviews.summary, {});
  const mayDecide = me.data ? staffMay(me.data.profiles, "staff:onboardings:write", one.productId) : false;
  const [notes, setNotes, forgetNotes] = useKept<Notes>(`note ${one.id} ${one.round}`, {});
  const at = { params: { onboardingId: one.id } };
  const write = useSend(api.reviews.write, {
    onSuccess: (now) => {
      queries.setQueryData(keyOf(api.reviews.read, at), now);
      toast(talk.sentMessage);
    },
  });
  const changed = one.fields.filter((f) => f.changed);
  const annotates = mayDecide && one.state === "to-be-reviewed" && !one.proposal;
  const { wizard, rules } = screens.adhesion;
  const why = {
    "register-silent": wizard.reviewSilent,
    "register-unknown": wizard.reviewUnknown,
    "pec-differs": wizard.reviewPec,
  };
  return (
    <>
      <PageTitle
        title={one.institution.name}
        before={<Shield taxCode={one.institution.taxCode} />}
        acts={
          <Link className="btn text" to="/staff/adesioni">
            {say.all}
          </Link>
        }
      >
        <p>
          {one.productTitle} · {screens.adhesion.kinds[one.kind].name} ·{" "}
          {say.sentBy(one.applicant.name, day(one.submittedAt))}
        </p>
      </PageTitle>
      <Note level={2} tone="progress" icon="eye" title={say.opened}>
        {null}
      </Note>
      <div className="cols below-note">
        <div>
          {one.round > 1 ? (
            <Sheet
              title={say.changed}
              count={changed.length}
              beside={<span className="s muted">{say.round(one.round)}</span>}
            >
              <div className="body">
                {changed.length === 0 ? <p className="s muted">{say.unchanged}</p> : null}
                <dl className="diff">
                  {changed.map((f) => (
                    <div key={f.path}>
                      <dt>{text.label(f.path)}</dt>
                      <dd>
                        <del>
                          <span>
                            <span className="hidden">{say.before} </span>
                            {f.before === null ? say.nothing : text.value(f.path, f.before)}
                          </span>
                        </del>
                        <ins>
                          <span>
                            <span className="hidden">{say.after} </span>
                            {f.value === null ? say.nothing : text.value(f.path, f.value)}
                          </span>
                        </ins>
                      </dd>
                    </div>
                  ))}
                </dl>
              </div>
            </Sheet>
          ) : null}
          {one.reasons.length > 0 ? (
            <Sheet title={say.why}>
              <div className="body">
                <ul className="checks">
                  {one.reasons.map((reason) => (
                    <li key={reason}>
                      <Icon name="alert" />
                      <p>{why[reason]}</p>
                    </li>
                  ))}
                </ul>
              </div>
            </Sheet>
          ) : null}
          {sectionsOf(one.fields).map(({ key, fields }) => (
            <Sheet
              key={key}
              title={
                key.startsWith("details.")
                  ? screens.adhesion.details[key.slice("details.".length) as DetailBlock].title
                  : say.sections[key as "institution"]
              }
            >
              <div className="body">
                <dl className="facts">
                  {fields.map((f) => (
                    <FieldRow
                      key={f.path}
                      field={f}
                      note={notes[f.path]}
                      onNote={
                        annotates
                          ? (note) => {
                              const { [f.path]: _, ...rest } = notes;
                              setNotes(note === null ? rest : { ...rest, [f.path]: note });
                            }
                          : null
                      }
                    />
                  ))}
                </dl>
              </div>
            </Sheet>
          ))}
          {one.attachments.length > 0 ? (
            <Sheet title={say.attachments} count={one.attachments.length}>
              <div className="body">
                <ul>
                  {one.attachments.map((title) => (
                    <li key={title}>
                      <Icon name="doc" small /> {title}
                    </li>
                  ))}
                </ul>
              </div>
            </Sheet>
          ) : null}
          <Talk
            id={one.id}
            messages={one.messages}
            open={mayDecide && (one.state === "to-be-reviewed" || one.state === "changes-requested")}
            label={say.message}
            help={say.messageHelp}
            send={(message) => write.mutateAsync({ ...at, body: { text: message } })}
          />
        </div>
        <aside>
          <Sheet
            title={say.due}
            beside={<Chip tone={onboardingTone[one.state]}>{screens.onboardingStates[one.state]}</Chip>}
          >
            <div className="body">
              {one.dueAt && one.queuedAt ? (
                <Clock
                  queuedAt={one.queuedAt}
                  dueAt={one.dueAt}
                  medianSeconds={
                    summary.data?.products.find((p) => p.productId === one.productId)?.medianSeconds ?? null
                  }
                />
              ) : (
                <p className="s muted">{screens.onboardingStates[one.state]}</p>
              )}
            </div>
          </Sheet>
          {one.rules ? (
            <Sheet title={rules.said}>
              <div className="body stack">
                {one.rules.rule ? (
                  <p>{rules.approved(rules.names[one.rules.rule].name)}</p>
                ) : (
                  <div>
                    <p>{rules.toPerson}</p>
                    <ul className="plain-list s">
                      {one.rules.because.map((reason) => (
                        <li key={reason}>{rules.because[reason]}</li>
                      ))}
                    </ul>
                  </div>
                )}
                <p className="s muted">
                  {rules.version(one.rules.version, day(one.rules.at))}.{" "}
                  {one.rules.replays ? rules.replays : <b>{rules.differs}</b>}
                </p>
              </div>
            </Sheet>
          ) : null}
          {mayDecide ? <DecisionPanel one={one} notes={notes} sent={forgetNotes} /> : null}
          {one.decisions.length > 0 ? (
            <Sheet title={say.decisions} count={one.decisions.length}>
              <div className="body">
                <ol className="history full">
                  {one.decisions.map((d) => (
                    <li key={d.round}>
                      <time dateTime={d.at}>
                        {day(d.at)}
                        <br />
                        {time(d.at)}
                      </time>
                      <div>
                        <b>{say.outcomes[d.outcome]}</b>
                        <small>
                          {d.by === null
                            ? say.byRules(d.rulesVersion ?? "")
                            : d.proposedBy
                              ? say.byTwo(d.proposedBy, d.by)
                              : say.by(d.by)}
                        </small>
                        {d.note ? <p className="as-written s">{d.note}</p> : null}
                        {d.fields.map((f) => (
                          <p key={f.path} className="s">
                            {text.label(f.path)}: {f.note}
                          </p>
                        ))}
                      </div>
                    </li>
                  ))}
                </ol>
              </div>
            </Sheet>
          ) : null}
        </aside>
      </div>
    </>
  );
};

const ORDER = ["institution", "billing", "details", "manager", "administrators"];
/** Fields in the order of the form, under the headings that the form has. What is gone has no row: it is in the difference. */
const sectionsOf = (fields: readonly ReviewField[]): { key: string; fields: ReviewField[] }[] => {
  const sections = new Map<string, ReviewField[]>();
  for (const f of fields.filter((one) => !(one.changed && one.value === null && one.before !== null))) {
    const [root = "", block = ""] = f.path.split(".");
    const key = root === "details" ? `details.${block}` : ORDER.includes(root) ? root : "institution";
    sections.set(key, [...(sections.get(key) ?? []), f]);
  }
  const rank = (key: string) => ORDER.indexOf(key.split(".")[0]!);
  return [...sections].map(([key, own]) => ({ key, fields: own })).sort((a, b) => rank(a.key) - rank(b.key));
};

const FieldRow = ({
  field,
  note,
  onNote,
}: {
  field: ReviewField;
  note: string | undefined;
  onNote: ((note: string | null) => void) | null;
}) => {
  const say = useReviewWords();
  const text = useFieldText();
  const id = useId();
  const label = text.label(field.path);
  return (
    <div>
      <dt>{field.path.startsWith("manager.") ? label.slice(label.indexOf(", ") + 2) : label}</dt>
      <dd>
        <span className="row between">
          <span className={text.isCode(field.path) ? "code" : undefined}>{text.value(field.path, field.value)}</span>
          {onNote && note === undefined ? (
            <button type="button" className="as-link xs" onClick={() => onNote("")}>
              {say.note}
              <span className="hidden"> {label}</span>
            </button>
          ) : null}
        </span>
        {onNote && note !== undefined ? (
          <span className="row">
            <label className="hidden" htmlFor={id}>
              {say.noteOn(label)}
            </label>
            <input
              className="input"
              id={id}
              maxLength={500}
              value={note}
              // biome-ignore lint/a11y/noAutofocus: it opens because its button was pressed
              autoFocus={note === ""}
              placeholder={say.noteOn(label)}
              onChange={(event) => onNote(event.target.value)}
            />
            <button type="button" className="as-link xs" onClick={() => onNote(null)}>
              {say.removeNote(label)}
            </button>
          </span>
        ) : null}
      </dd>
    </div>
  );
};
