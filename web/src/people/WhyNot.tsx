import { api, isOfEachProduct, type Permission } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { queries, useCall, useSend } from "../kit/call.ts";
import { Bones, Note } from "../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { today, untilDay } from "./dates.ts";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** Why I cannot: the rule, the permission that is missing, who can give it, and one click to ask them. */
export const WhyNot = (given: { institutionId: string; permission: Permission; productId?: string }) => (
  <PeopleWordsProvider>
    <Content {...given} />
  </PeopleWordsProvider>
);

const Content = ({
  institutionId,
  permission,
  productId,
}: {
  institutionId: string;
  permission: Permission;
  productId?: string;
}) => {
  const { screens, day } = useWords();
  const say = usePeopleWords().why;
  const id = useId();
  const [askedOf, setAskedOf] = useState("");
  const [until, setUntil] = useState("");
  const [message, setMessage] = useState("");
  const why = useCall(api.people.permissions.explain, {
    params: { institutionId, permission },
    query: isOfEachProduct(permission) && productId ? { productId } : {},
  });
  const fresh = () => void queries.invalidateQueries({ queryKey: [api.people.permissions.explain.path] });
  const ask = useSend(api.people.requests.ask, {
    onSuccess: () => {
      toast(say.sent);
      fresh();
    },
  });
  const withdraw = useSend(api.people.requests.withdraw, {
    onSuccess: () => {
      toast(say.withdrawn);
      fresh();
    },
  });
  if (why.isPending) return <Bones what={say.givers} rows={2} />;
  if (why.isError) return <Refusal error={why.error} retry={() => void why.refetch()} />;
  const { held, givers, profiles, customProfiles, pending } = why.data;
  if (held) return <p role="status">{say.held}</p>;
  const failed = ask.error ?? withdraw.error;
  const refusal = failed ? <RefusalNote error={failed} /> : null;
  if (pending)
    return (
      <div className="stack">
        <Note
          tone="progress"
          icon="clock"
          role="status"
          title={say.askedTitle}
          act={
            <button
              type="button"
              className="btn plain s"
              onClick={() => withdraw.mutate({ params: { requestId: pending.id } })}
            >
              {say.withdraw}
            </button>
          }
        >
          <p>{say.asked(pending.askedOf ?? say.everybody, day(pending.askedAt))}</p>
        </Note>
        {refusal}
      </div>
    );
  const asked = givers.find((g) => g.id === askedOf);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // Not also of a form around the question.
        event.stopPropagation();
        if (!ask.isPending)
          ask.mutate({
            params: { institutionId },
            body: {
              permission,
              ...(isOfEachProduct(permission) && productId ? { productId } : {}),
              askedOf: asked?.id ?? null,
              until: untilDay(until),
              message,
            },
          });
      }}
    >
      <p>{say.rule([...profiles.map((p) => screens.profiles[p]), ...customProfiles].join(", "))}</p>
      {givers.length === 0 ? (
        <p>
          {say.noGivers} <Link to="/recupero">{say.recover}</Link>
        </p>
      ) : (
        <>
          <fieldset>
            <legend>{say.givers}</legend>
            <div className="choices">
              {[{ id: "", name: say.everyGiver, answersIn: null }, ...givers].map((one) => (
                <label className="choice" key={one.id}>
                  <input
                    type="radio"
                    name={`${id}-of`}
                    checked={askedOf === one.id}
                    onChange={() => setAskedOf(one.id)}
                  />
                  <span>
                    {one.name}
                    <small>
                      {one.id === "" ? say.everyGiverHow : one.answersIn === null ? "" : say.answersIn(one.answersIn)}
                    </small>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
          <div className="fields">
            <div className="field">
              <label htmlFor={`${id}-u`}>
                {say.until} <span className="opt">{screens.kit.optional}</span>
              </label>
              <input
                className="input"
                id={`${id}-u`}
                type="date"
                min={today()}
                value={until}
                onChange={(event) => setUntil(event.target.value)}
              />
            </div>
            <div className="field">
              <label htmlFor={`${id}-m`}>
                {say.message} <span className="opt">{screens.kit.optional}</span>
              </label>
              <input
                className="input"
                id={`${id}-m`}
                maxLength={500}
                value={message}
                onChange={(event) => setMessage(event.target.value)}
              />
            </div>
          </div>
          {refusal}
          <button type="submit" className="btn main" aria-disabled={ask.isPending}>
            {asked ? say.ask(asked.name) : say.askAll}
          </button>
        </>
      )}
    </form>
  );
};
