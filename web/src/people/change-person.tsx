import { api, type PersonAtInstitution } from "@area/api";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { z } from "zod";
import { queries, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId } from "../shell/institution.ts";
import { dayOf, fromDay, today, untilDay } from "./dates.ts";
import { useHeldName } from "./Held.tsx";
import { emptyOffer, OfferFields, offerOf, type TypedOffer } from "./OfferFields.tsx";
import { usePeopleWords } from "./words.tsx";

type Held = PersonAtInstitution["memberships"][number];
const fresh = () => void queries.invalidateQueries();

/** One question and its two answers; a refusal is said in place, and what was typed stays. */
const Ask = ({
  title,
  keep,
  act,
  error,
  busy,
  onClose,
  onAct,
  children,
}: {
  title: string;
  keep: string;
  act: string;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onAct: () => void;
  children: ReactNode;
}) => {
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onAct();
  };
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      answers={
        <>
          <button type="button" className="btn plain" onClick={onClose}>
            {keep}
          </button>
          <button type="submit" form={id} className="btn main" aria-disabled={busy}>
            {act}
          </button>
        </>
      }
    >
      <form className="stack" id={id} onSubmit={submit} noValidate>
        {children}
        {error ? <RefusalNote error={error} /> : null}
      </form>
    </Dialog>
  );
};

const GiveBody = z.preprocess((typed) => offerOf(typed as TypedOffer), api.people.give.body ?? z.unknown());

export const GiveProfile = ({ person, onClose }: { person: PersonAtInstitution; onClose: () => void }) => {
  const words = usePeopleWords();
  const say = words.person;
  const institutionId = useInstitutionId();
  const name = useHeldName();
  const { form, sent, showWrong } = useEndpointForm<TypedOffer>(GiveBody, emptyOffer);
  const give = useSend(api.people.give);
  const submit = form.handleSubmit((values) =>
    give.mutate(
      {
        params: { institutionId, personId: person.id },
        body: offerOf(sent(values)) as Parameters<typeof give.mutate>[0]["body"],
      },
      {
        onSuccess: (given) => {
          toast(say.gave(name(given)));
          fresh();
          onClose();
        },
        onError: showWrong,
      },
    ),
  );
  return (
    <Ask
      title={say.giveTitle(`${person.givenName} ${person.familyName}`)}
      keep={say.keep}
      act={say.give}
      error={Object.keys(form.formState.errors).length > 0 ? null : give.error}
      busy={give.isPending}
      onClose={onClose}
      onAct={() => void submit()}
    >
      <OfferFields form={form} prefix="" />
    </Ask>
  );
};

export const MovePerson = ({
  person,
  move,
  onClose,
  onGone,
}: {
  person: PersonAtInstitution;
  move: "suspend" | "restore" | "remove";
  onClose: () => void;
  onGone: () => void;
}) => {
  const words = usePeopleWords();
  const say = words.person;
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const id = useId();
  const [productId, setProductId] = useState("");
  const name = `${person.givenName} ${person.familyName}`;
  const on = [...new Set(person.memberships.map((m) => m.productId))];
  const done = (text: string) => {
    toast(text);
    onClose();
    // Gone from everywhere: the page of the person is no more, so it is left before it is asked again.
    if (move === "remove" && (productId === "" || on.length === 1)) onGone();
    fresh();
  };
  const suspend = useSend(api.people.suspend, { onSuccess: () => done(say.suspended(name)) });
  const restore = useSend(api.people.restore, { onSuccess: () => done(say.restored(name)) });
  const remove = useSend(api.people.remove, { onSuccess: () => done(say.removed(name)) });
  const input = { params: { institutionId, personId: person.id }, body: { productId: productId || null } };
  const said = {
    suspend: { title: say.suspendTitle(name), detail: say.suspendDetail, act: say.suspend, send: suspend },
    restore: { title: say.restoreTitle(name), detail: say.restoreDetail, act: say.restore, send: restore },
    remove: { title: say.removeTitle(name), detail: say.removeDetail, act: say.removeDo, send: remove },
  }[move];
  const titleOf = (product: string) =>
    product === "institution"
      ? words.held.institution
      : (institution.data?.products.find((p) => p.productId === product)?.title ?? product);
  return (
    <Ask
      title={said.title}
      keep={say.keep}
      act={said.act}
      error={said.send.error}
      busy={said.send.isPending}
      onClose={onClose}
      onAct={() => said.send.mutate(input)}
    >
      <p>{said.detail}</p>
      {on.length > 1 ? (
        <div className="field">
          <label htmlFor={id}>{say.where}</label>
          <select className="select" id={id} value={productId} onChange={(event) => setProductId(event.target.value)}>
            <option value="">{say.everywhere}</option>
            {on.map((one) => (
              <option value={one} key={one}>
                {titleOf(one)}
              </option>
            ))}
          </select>
        </div>
      ) : null}
    </Ask>
  );
};

export const ChangeDates = ({ membership, onClose }: { membership: Held; onClose: () => void }) => {
  const { screens, day } = useWords();
  const words = usePeopleWords();
  const say = words.person;
  const institutionId = useInstitutionId();
  const name = useHeldName();
  const id = useId();
  const begun = new Date(membership.beginsAt) <= new Date();
  const [from, setFrom] = useState(dayOf(membership.beginsAt));
  const [until, setUntil] = useState(membership.endsAt ? dayOf(membership.endsAt) : "");
  const change = useSend(api.people.changeDates, {
    onSuccess: () => {
      toast(say.datesChanged);
      fresh();
      onClose();
    },
  });
  return (
    <Ask
      title={say.datesOf(name(membership))}
      keep={say.keep}
      act={say.datesSave}
      error={change.error}
      busy={change.isPending}
      onClose={onClose}
      onAct={() =>
        change.mutate({
          params: { institutionId, membershipId: membership.id },
          version: membership.version,
          body: {
            // A beginning brought to today is this very moment: left out, the server would keep the one it has.
            ...(begun ? {} : { beginsAt: fromDay(from) ?? new Date().toISOString() }),
            endsAt: untilDay(until),
          },
        })
      }
    >
      <div className="fields">
        {begun ? (
          <p className="field w12">{say.begun(day(membership.beginsAt))}</p>
        ) : (
          <div className="field">
            <label htmlFor={`${id}-f`}>{words.offer.from}</label>
            <input
              className="input"
              id={`${id}-f`}
              type="date"
              min={today()}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-u`}>
            {words.offer.to} <span className="opt">{screens.kit.optional}</span>
          </label>
          <input
            className="input"
            id={`${id}-u`}
            type="date"
            value={until}
            aria-describedby={`${id}-h`}
            onChange={(event) => setUntil(event.target.value)}
          />
          <p className="hint" id={`${id}-h`}>
            {words.offer.toHelp}
          </p>
        </div>
      </div>
    </Ask>
  );
};

export const EndMembership = ({
  membership,
  name: person,
  onClose,
  onGone,
}: {
  membership: Held;
  name: string;
  onClose: () => void;
  onGone: () => void;
}) => {
  const say = usePeopleWords().person;
  const institutionId = useInstitutionId();
  const name = useHeldName();
  const end = useSend(api.people.end, {
    onSuccess: () => {
      toast(say.ended);
      onClose();
      onGone();
      fresh();
    },
  });
  return (
    <Ask
      title={say.endTitle(name(membership), person)}
      keep={say.endKeep}
      act={say.endDo}
      error={end.error}
      busy={end.isPending}
      onClose={onClose}
      onAct={() => end.mutate({ params: { institutionId, membershipId: membership.id } })}
    >
      <p>{say.endDetail}</p>
    </Ask>
  );
};
