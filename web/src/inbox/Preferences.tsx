import { type AnswerOf, api, type InboxPreferences, type InboxTopic } from "@area/api";
import { languageNames, languages } from "@area/words/languages";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { keyOf, queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Bones, Hidden, Icon, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { say as announce } from "../kit/toast.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";

type Choice = AnswerOf<typeof api.inbox.preferences.read>["general"][number];

/** What also travels by mail: in general, and otherwise for one institution. */
export const Preferences = () => {
  const { screens } = useWords();
  const say = screens.inbox;
  const preferences = useCall(api.inbox.preferences.read, {});
  const keep = (now: InboxPreferences) => {
    queries.setQueryData(keyOf(api.inbox.preferences.read, {}), now);
    announce(say.saved);
  };
  const choose = useSend(api.inbox.preferences.choose, {
    onSuccess: keep,
    onError: () => void queries.invalidateQueries({ queryKey: keyOf(api.inbox.preferences.read, {}) }),
  });
  const speak = useSend(api.inbox.preferences.speak, { onSuccess: keep });
  const language = useId();
  const set = (institutionId: string | null, topic: InboxTopic, byMail: boolean | null) => {
    // The tick moves at once; a refusal puts it back.
    const ticked = (choices: Choice[]) =>
      choices.map((c) => (c.topic === topic && byMail !== null ? { ...c, byMail } : c));
    queries.setQueryData<InboxPreferences>(
      keyOf(api.inbox.preferences.read, {}),
      (now) =>
        now && {
          ...now,
          general: institutionId === null ? ticked(now.general) : now.general,
          exceptions: now.exceptions.map((e) =>
            e.institution.id === institutionId ? { ...e, preferences: ticked(e.preferences) } : e,
          ),
        },
    );
    choose.mutate({ body: { institutionId, topic, byMail } });
  };
  const known = preferences.data;
  return (
    <BareShell>
      <PageTitle title={say.preferencesTitle}>
        <p>{say.preferencesIntro}</p>
        <p>
          <Link to="/da-fare">{say.backToInbox}</Link>
        </p>
      </PageTitle>
      {choose.isError ? <Refusal error={choose.error} /> : null}
      {speak.isError ? <Refusal error={speak.error} /> : null}
      <Sheet title={say.general}>
        {preferences.isPending ? <Bones what={say.preferencesTitle} rows={4} /> : null}
        {preferences.isError ? <Refusal error={preferences.error} retry={() => void preferences.refetch()} /> : null}
        {known ? <Choices choices={known.general} onChoose={(topic, byMail) => set(null, topic, byMail)} /> : null}
      </Sheet>
      {known ? (
        <>
          <Sheet title={say.exceptions} count={known.exceptions.length || undefined}>
            {known.exceptions.length === 0 ? (
              <div className="body">
                <p className="s muted">{say.noExceptions}</p>
              </div>
            ) : null}
            {known.exceptions.map(({ institution, preferences: own }) => (
              <fieldset key={institution.id} className="exception">
                <legend className="hidden">{institution.name}</legend>
                <div className="row between head">
                  <b>{institution.name}</b>
                  <button
                    type="button"
                    className="btn text s"
                    onClick={() => {
                      for (const one of own.filter((c) => !c.locked)) set(institution.id, one.topic, null);
                    }}
                  >
                    {say.backToGeneral}
                    <Hidden>: {institution.name}</Hidden>
                  </button>
                </div>
                <Choices choices={own} onChoose={(topic, byMail) => set(institution.id, topic, byMail)} />
              </fieldset>
            ))}
            <Add
              known={known.exceptions.map((e) => e.institution.id)}
              onAdd={(institutionId) =>
                set(institutionId, "to-do", known.general.find((c) => c.topic === "to-do")?.byMail ?? true)
              }
            />
          </Sheet>
          <Sheet title={say.language}>
            <div className="body">
              <div className="field w4">
                <label htmlFor={language}>
                  <Hidden>{say.language}</Hidden>
                </label>
                <select
                  id={language}
                  className="select"
                  value={known.language ?? "it"}
                  onChange={(event) =>
                    speak.mutate({ body: { language: event.target.value as (typeof languages)[number] } })
                  }
                >
                  {languages.map((one) => (
                    <option key={one} value={one} lang={one}>
                      {languageNames[one]}
                    </option>
                  ))}
                </select>
                <p className="hint">{say.languageWhy}</p>
              </div>
            </div>
          </Sheet>
        </>
      ) : null}
    </BareShell>
  );
};

const Choices = ({
  choices,
  onChoose,
}: {
  choices: Choice[];
  onChoose: (topic: InboxTopic, byMail: boolean) => void;
}) => {
  const { screens } = useWords();
  const say = screens.inbox;
  return (
    <ul className="rows topics">
      {choices.map((one) => (
        <li key={one.topic}>
          <div>
            <h3>{say.topics[one.topic].name}</h3>
            <p className="s muted">{say.topics[one.topic].what}</p>
          </div>
          {one.locked ? (
            <span className="s muted">
              <Icon name="lock" small /> {say.always}
            </span>
          ) : (
            <label className="tick">
              <input
                type="checkbox"
                checked={one.byMail}
                onChange={(event) => onChoose(one.topic, event.target.checked)}
              />
              <span>
                {say.byMail}
                <Hidden>: {say.topics[one.topic].name}</Hidden>
              </span>
            </label>
          )}
        </li>
      ))}
    </ul>
  );
};

/** An institution found by name, for which another choice shall hold. */
const Add = ({ known, onAdd }: { known: string[]; onAdd: (institutionId: string) => void }) => {
  const { screens } = useWords();
  const say = screens.inbox;
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const found = usePages(api.people.myInstitutions, { query: { search: search || undefined, limit: 5 } });
  const offered = search ? found.items.filter((one) => !known.includes(one.id)) : [];
  return (
    <div className="body below">
      <div className="search">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          autoComplete="off"
          aria-label={say.findInstitution}
          placeholder={say.findInstitution}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {found.isError ? <Refusal error={found.error} retry={() => void found.refetch()} /> : null}
      <p className="s muted" role="status">
        {search && found.isSuccess ? screens.institutions.results(offered.length) : ""}
      </p>
      <ul className="side-list">
        {offered.map((one) => (
          <li key={one.id} className="row between">
            <span>
              <b>{one.name}</b>
            </span>
            <button
              type="button"
              className="btn plain s"
              onClick={() => {
                onAdd(one.id);
                setTyped("");
              }}
            >
              {say.choose}
              <Hidden>: {one.name}</Hidden>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
