import { api, type CustomProfile, isProblem, type Permission, profilesWith } from "@area/api";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Wrongness } from "../kit/Field.tsx";
import { LockedButton, May, mayI, useOnceAllowed } from "../kit/May.tsx";
import { Bones, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Locked, Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { useTitleOf, useValidity, useWhere } from "./Held.tsx";
import { Difference, Touched } from "./impact.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

const WRITE: Permission = "institution:profiles:write";
const fresh = () => void queries.invalidateQueries();
type Typed = { productId: string; name: string; description: string; permissions: Permission[] };

/** A new profile: a named part of what its maker may do on one product. */
export const NewProfile = () => (
  <PeopleWordsProvider>
    <New />
  </PeopleWordsProvider>
);

const New = () => {
  const say = usePeopleWords().profile;
  const institutionId = useInstitutionId();
  const navigate = useNavigate();
  const mine = useMine();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], WRITE));
  const make = useSend(api.people.profiles.make, {
    onSuccess: (made) => {
      toast(say.made(made.name));
      fresh();
      void navigate({ to: "/enti/$institutionId/profili/$profileId", params: { institutionId, profileId: made.id } });
    },
  });
  return (
    <>
      <PageTitle title={say.newTitle}>
        <p>{say.newIntro}</p>
        <Back />
      </PageTitle>
      {mine.isPending ? (
        <Sheet title={say.data}>
          <Bones what={say.data} />
        </Sheet>
      ) : allowed ? (
        <Form
          initial={{ productId: "institution", name: "", description: "", permissions: [] }}
          submit={say.make}
          error={make.error}
          busy={make.isPending}
          onSubmit={(typed) => make.mutate({ params: { institutionId }, body: typed })}
        />
      ) : (
        <Sheet title={say.data}>
          <Locked permission={WRITE} />
        </Sheet>
      )}
    </>
  );
};

const Back = () => {
  const say = usePeopleWords().profiles;
  const institutionId = useInstitutionId();
  return (
    <p>
      <Link to="/enti/$institutionId/profili" params={{ institutionId }}>
        {say.back}
      </Link>
    </p>
  );
};

/** Name, product and what it gives. What its maker cannot pass on stands there too, with the reason. */
const Form = ({
  initial,
  fixedProduct,
  submit,
  error,
  busy,
  stale,
  onSubmit,
}: {
  initial: Typed;
  fixedProduct?: boolean;
  submit: string;
  error: unknown;
  busy: boolean;
  stale?: boolean;
  onSubmit: (typed: Typed) => void;
}) => {
  const { screens, problems } = useWords();
  const say = usePeopleWords().profile;
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const titleOf = useTitleOf();
  const id = useId();
  const [typed, setTyped] = useState(initial);
  const [wrong, setWrong] = useState<"name" | "permissions" | null>(null);
  const all = useCall(api.people.permissions.list, { params: { institutionId } });
  const offered = (all.data?.items ?? []).filter((p) => p.productId === typed.productId);
  const products = [
    "institution",
    ...(institution.data?.products ?? []).filter((p) => p.state !== "ended").map((p) => p.productId),
  ];
  const toggle = (permission: Permission, on: boolean) =>
    setTyped({
      ...typed,
      permissions: on ? [...typed.permissions, permission] : typed.permissions.filter((p) => p !== permission),
    });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const lacking = typed.name.trim() === "" ? "name" : typed.permissions.length === 0 ? "permissions" : null;
    setWrong(lacking);
    if (lacking === "name") document.getElementById(`${id}-n`)?.focus();
    if (lacking === "permissions") document.querySelector<HTMLElement>(`[data-first="${id}"]`)?.focus();
    if (!lacking && !busy) onSubmit({ ...typed, name: typed.name.trim(), description: typed.description.trim() });
  };
  return (
    <form onSubmit={send} noValidate>
      <Sheet title={say.data}>
        <div className="body stack">
          <div className="fields">
            <div className="field">
              <label htmlFor={`${id}-p`}>{screens.shell.products}</label>
              {fixedProduct ? (
                <input className="input" id={`${id}-p`} value={titleOf(typed.productId)} readOnly />
              ) : (
                <select
                  className="select"
                  id={`${id}-p`}
                  value={typed.productId}
                  onChange={(event) => setTyped({ ...typed, productId: event.target.value, permissions: [] })}
                >
                  {products.map((one) => (
                    <option value={one} key={one}>
                      {titleOf(one)}
                    </option>
                  ))}
                </select>
              )}
            </div>
            <div className="field">
              <label htmlFor={`${id}-n`}>{say.name}</label>
              <input
                className="input"
                id={`${id}-n`}
                maxLength={60}
                autoComplete="off"
                value={typed.name}
                aria-invalid={wrong === "name" || undefined}
                aria-describedby={wrong === "name" ? `${id}-ne` : `${id}-nh`}
                onChange={(event) => setTyped({ ...typed, name: event.target.value })}
              />
              {wrong === "name" ? (
                <Wrongness id={`${id}-ne`} message={problems.fields.required({})} />
              ) : (
                <p className="hint" id={`${id}-nh`}>
                  {say.nameHelp}
                </p>
              )}
            </div>
            <div className="field w12">
              <label htmlFor={`${id}-d`}>
                {say.description} <span className="opt">{screens.kit.optional}</span>
              </label>
              <input
                className="input"
                id={`${id}-d`}
                maxLength={200}
                autoComplete="off"
                value={typed.description}
                onChange={(event) => setTyped({ ...typed, description: event.target.value })}
              />
            </div>
          </div>
          {all.isPending ? <Bones what={say.permissions} /> : null}
          {all.isError ? <Refusal error={all.error} retry={() => void all.refetch()} /> : null}
          {offered.length > 0 ? (
            <fieldset aria-describedby={wrong === "permissions" ? `${id}-pe` : undefined}>
              <legend>{say.permissions}</legend>
              <div className="choices">
                {offered.map((one, n) => {
                  const on = typed.permissions.includes(one.permission);
                  // What is already listed can always be taken out.
                  const beyond = !one.passable && !on;
                  return (
                    <label className={`choice${beyond ? " off" : ""}`} key={one.permission}>
                      <input
                        type="checkbox"
                        checked={on}
                        data-first={n === 0 ? id : undefined}
                        aria-disabled={beyond || undefined}
                        aria-describedby={one.passable ? undefined : `${id}-${one.permission}`}
                        onChange={(event) => {
                          if (!beyond) toggle(one.permission, event.target.checked);
                        }}
                      />
                      <span>
                        {screens.kit.permissionName[one.permission]}
                        {one.passable ? null : (
                          <small id={`${id}-${one.permission}`}>
                            <Icon name="lock" small />{" "}
                            {say.beyond(
                              profilesWith(one.permission)
                                .map((p) => screens.profiles[p])
                                .join(", "),
                            )}
                          </small>
                        )}
                      </span>
                    </label>
                  );
                })}
              </div>
              {wrong === "permissions" ? <Wrongness id={`${id}-pe`} message={say.choose} /> : null}
            </fieldset>
          ) : null}
          {stale ? (
            <Note tone="attention" icon="alert" role="alert" title={say.stale} />
          ) : error ? (
            <RefusalNote error={error} />
          ) : null}
        </div>
        <footer className="row">
          <button type="submit" className="btn main push" aria-disabled={busy}>
            {submit}
          </button>
        </footer>
      </Sheet>
    </form>
  );
};

/** One profile of the institution: what it gives, who answers for it, who holds it; changed and removed after seeing what moves. */
export const ProfilePage = () => (
  <PeopleWordsProvider>
    <One />
  </PeopleWordsProvider>
);

const One = () => {
  const words = usePeopleWords();
  const say = words.profile;
  const institutionId = useInstitutionId();
  const { profileId } = useParams({ from: "/enti/$institutionId/profili/$profileId" });
  const params = { institutionId, profileId };
  const one = useCall(api.people.profiles.read, { params });
  const mine = useMine();
  const where = useWhere();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], WRITE));
  const [ending, setEnding] = useState(false);
  const takeOver = useSend(api.people.profiles.takeOver, {
    onSuccess: (taken) => {
      toast(say.taken(taken.name));
      fresh();
    },
  });
  const profile = one.data;
  return (
    <>
      <PageTitle
        title={profile?.name ?? words.profiles.title}
        acts={
          profile ? (
            <May memberships={mine.data?.memberships} permission={WRITE} label={say.end}>
              <button type="button" className="btn plain" onClick={() => setEnding(true)}>
                {say.end}
              </button>
            </May>
          ) : null
        }
      >
        <p>{profile ? say.intro(where(profile.productId)) : null}</p>
        <Back />
      </PageTitle>
      {one.isPending || one.isError ? (
        <Sheet title={say.data}>
          {one.isPending ? <Bones what={say.data} /> : <Refusal error={one.error} retry={() => void one.refetch()} />}
        </Sheet>
      ) : null}
      {profile && profile.gives.length < profile.permissions.length ? (
        <Note
          tone="attention"
          icon="alert"
          level={2}
          title={say.cutTitle}
          act={
            <May memberships={mine.data?.memberships} permission={WRITE} label={say.takeOver} className="btn plain s">
              <button
                type="button"
                className="btn plain s"
                aria-disabled={takeOver.isPending}
                onClick={() => {
                  if (!takeOver.isPending) takeOver.mutate({ params });
                }}
              >
                {say.takeOver}
              </button>
            </May>
          }
        >
          <p>{say.cut(profile.madeBy.name)}</p>
        </Note>
      ) : null}
      {takeOver.isError ? <RefusalNote error={takeOver.error} level={2} /> : null}
      {profile && mine.isSuccess ? (
        allowed ? (
          <Change key={profile.id} profile={profile} />
        ) : (
          <Read profile={profile} />
        )
      ) : null}
      {profile ? <Holders profile={profile} /> : null}
      {profile && ending ? <End profile={profile} onClose={() => setEnding(false)} /> : null}
    </>
  );
};

/** For who may not change it: the same, to read, and the act locked. */
const Read = ({ profile }: { profile: CustomProfile }) => {
  const { screens } = useWords();
  const say = usePeopleWords().profile;
  return (
    <Sheet title={say.data}>
      <div className="body stack">
        {profile.description ? <p>{profile.description}</p> : null}
        <ul className="plain-list">
          {profile.permissions.map((p) => {
            const gives = (profile.gives as string[]).includes(p);
            return (
              <li key={p}>
                <Icon name={gives ? "check" : "x"} small /> {screens.kit.permissionName[p as Permission] ?? p}
                {gives ? "" : ` (${say.notNow})`}
              </li>
            );
          })}
        </ul>
      </div>
      <footer className="row">
        <LockedButton permission={WRITE} label={say.change} className="btn plain push" />
      </footer>
    </Sheet>
  );
};

/** Rehearsed first: the server says what would happen and whom it touches; then it is done, or left. */
const Change = ({ profile }: { profile: CustomProfile }) => {
  const say = usePeopleWords().profile;
  const institutionId = useInstitutionId();
  const params = { institutionId, profileId: profile.id };
  const [asked, setAsked] = useState<{ typed: Typed; would: CustomProfile } | null>(null);
  const me = useCall(api.identity.me, {});
  const close = () => setAsked(null);
  const isStale = (error: unknown) => isProblem(error) && error.code === "version-stale";
  const onError = (error: Error) => {
    if (!isStale(error)) return;
    close();
    fresh();
  };
  const rehearse = useSend(api.people.profiles.change, { onError });
  const change = useSend(api.people.profiles.change, {
    onSuccess: (changed) => {
      toast(say.changed(changed.name));
      close();
      rehearse.reset();
      fresh();
    },
    onError,
  });
  const bodyOf = ({ name, description, permissions }: Typed) => ({ name, description, permissions });
  const stale = isStale(rehearse.error) || isStale(change.error);
  return (
    <>
      <Form
        initial={{
          productId: profile.productId,
          name: profile.name,
          description: profile.description,
          permissions: profile.permissions as Permission[],
        }}
        fixedProduct
        submit={say.preview}
        error={rehearse.error}
        stale={stale}
        busy={rehearse.isPending}
        onSubmit={(typed) => {
          change.reset();
          rehearse.mutate(
            { params, body: bodyOf(typed), version: profile.version, dryRun: true },
            { onSuccess: (would) => setAsked({ typed, would }) },
          );
        }}
      />
      {asked ? (
        <Dialog
          title={say.changeTitle(profile.name)}
          open
          onClose={close}
          answers={
            <>
              <button type="button" className="btn plain" onClick={close}>
                {say.keep}
              </button>
              <button
                type="button"
                className="btn main"
                aria-disabled={change.isPending}
                onClick={() => {
                  if (!change.isPending) change.mutate({ params, body: bodyOf(asked.typed), version: profile.version });
                }}
              >
                {say.change}
              </button>
            </>
          }
        >
          <div className="stack">
            {asked.typed.name === profile.name ? null : <p>{say.renamed(profile.name, asked.typed.name)}</p>}
            <Difference before={profile.gives} after={asked.would.gives} />
            <Touched of={{ profileId: profile.id }} count={asked.would.people} />
            {me.data && me.data.person.id !== profile.madeBy.id ? <p className="s muted">{say.answers}</p> : null}
            {change.isError && !stale ? <RefusalNote error={change.error} /> : null}
          </div>
        </Dialog>
      ) : null}
    </>
  );
};

const End = ({ profile, onClose }: { profile: CustomProfile; onClose: () => void }) => {
  const say = usePeopleWords().profile;
  const institutionId = useInstitutionId();
  const navigate = useNavigate();
  const end = useSend(api.people.profiles.end, {
    onSuccess: () => {
      toast(say.ended(profile.name));
      // Left before it is asked again: it is no more.
      void navigate({ to: "/enti/$institutionId/profili", params: { institutionId } });
      fresh();
    },
  });
  return (
    <Dialog
      title={say.endTitle(profile.name)}
      open
      onClose={onClose}
      answers={
        <>
          <button type="button" className="btn plain" onClick={onClose}>
            {say.keep}
          </button>
          <button
            type="button"
            className="btn main"
            aria-disabled={end.isPending}
            onClick={() => {
              if (!end.isPending) end.mutate({ params: { institutionId, profileId: profile.id } });
            }}
          >
            {say.endDo}
          </button>
        </>
      }
    >
      <div className="stack">
        <p>{say.endDetail}</p>
        <Touched of={{ profileId: profile.id }} count={profile.people} />
        {end.isError ? <RefusalNote error={end.error} /> : null}
      </div>
    </Dialog>
  );
};

const Holders = ({ profile }: { profile: CustomProfile }) => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.profile;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const validity = useValidity();
  const people = usePages(api.people.list, {
    params: { institutionId },
    query: { limit: 20, profileId: profile.id },
  });
  const invite = (
    <May
      memberships={mine.data?.memberships}
      permission="institution:people:write"
      label={say.invite}
      className="btn plain s"
    >
      <Link className="btn plain s" to="/enti/$institutionId/utenti/invita" params={{ institutionId }}>
        {say.invite}
      </Link>
    </May>
  );
  return (
    <Sheet title={say.who} count={people.isSuccess ? profile.people : undefined}>
      {people.isPending ? <Bones what={say.who} rows={1} /> : null}
      {people.isError ? <Refusal error={people.error} retry={() => void people.refetch()} /> : null}
      {people.isSuccess && people.items.length === 0 ? (
        <StateBox icon="people" title={say.whoNone} acts={invite}>
          <p>{say.whoNoneHow}</p>
        </StateBox>
      ) : null}
      <ul className="rows topics">
        {people.items.map((person) => (
          <li key={person.id}>
            <div>
              <h3>
                <Link to="/enti/$institutionId/utenti/$personId" params={{ institutionId, personId: person.id }}>
                  {person.givenName} {person.familyName}
                </Link>
              </h3>
              {person.memberships
                .filter((m) => m.profileId === profile.id)
                .map((m) => (
                  <p className="s muted" key={m.id}>
                    {[validity(m), m.groupName ? words.held.throughGroup(m.groupName) : ""].filter(Boolean).join(" · ")}
                  </p>
                ))}
            </div>
          </li>
        ))}
      </ul>
      {people.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void people.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};
