import {
  api,
  endpointsOf,
  type Group,
  grantsOn,
  isProblem,
  type Permission,
  type ProfileChoice,
  profileNames,
} from "@area/api";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { type ItemOf, queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Wrongness } from "../kit/Field.tsx";
import { LockedButton, May, mayI, useOnceAllowed } from "../kit/May.tsx";
import { Bones, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Locked, Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { useTitleOf, useWhere } from "./Held.tsx";
import { Difference, Touched } from "./impact.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

const WRITE: Permission = "institution:profiles:write";
const fresh = () => void queries.invalidateQueries();
type Typed = { productId: string; name: string; description: string; choice: string; resources: string };
type Custom = ItemOf<typeof api.people.profiles.list>;

/** Permissions that are about one thing at a time (a station, a key): only those can be limited to some of them. */
const aboutThings = new Set(endpointsOf(api).flatMap(({ endpoint }) => (endpoint.resource ? [endpoint.needs] : [])));

const choiceOf = (choice: string): ProfileChoice =>
  profileNames.some((p) => p === choice) ? { profile: choice as (typeof profileNames)[number] } : { profileId: choice };
const bodyOf = (typed: Typed) => {
  const resources = typed.resources.split(/[\s,;]+/).filter(Boolean);
  return {
    name: typed.name.trim(),
    description: typed.description.trim(),
    choice: choiceOf(typed.choice),
    resources: resources.length > 0 ? resources : null,
  };
};

const useCustoms = (): Custom[] => {
  const institutionId = useInstitutionId();
  return usePages(api.people.profiles.list, { params: { institutionId }, query: { limit: 100 } }).items;
};
const givesOf = (productId: string, choice: string, customs: readonly Custom[]): readonly string[] =>
  profileNames.some((p) => p === choice)
    ? grantsOn(productId, choice as (typeof profileNames)[number])
    : (customs.find((c) => c.id === choice)?.gives ?? []);

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

/** A new group: people of one product who hold the same profile. */
export const NewGroup = () => (
  <PeopleWordsProvider>
    <New />
  </PeopleWordsProvider>
);

const New = () => {
  const say = usePeopleWords().group;
  const institutionId = useInstitutionId();
  const navigate = useNavigate();
  const mine = useMine();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], WRITE));
  const make = useSend(api.people.groups.make, {
    onSuccess: (made) => {
      toast(say.made(made.name));
      fresh();
      void navigate({ to: "/enti/$institutionId/gruppi/$groupId", params: { institutionId, groupId: made.id } });
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
          initial={{ productId: "institution", name: "", description: "", choice: "", resources: "" }}
          submit={say.make}
          error={make.error}
          busy={make.isPending}
          onSubmit={(typed) =>
            make.mutate({ params: { institutionId }, body: { productId: typed.productId, ...bodyOf(typed) } })
          }
        />
      ) : (
        <Sheet title={say.data}>
          <Locked permission={WRITE} />
        </Sheet>
      )}
    </>
  );
};

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
  const words = usePeopleWords();
  const say = words.group;
  const institution = useInstitution();
  const mine = useMine();
  const customs = useCustoms();
  const titleOf = useTitleOf();
  const id = useId();
  const [typed, setTyped] = useState(initial);
  const [wrong, setWrong] = useState<"name" | "choice" | null>(null);
  const held = mine.data?.memberships ?? [];
  const canGive = (permissions: readonly Permission[]) =>
    permissions.length > 0 && permissions.every((p) => mayI(held, p));
  const builtIn = profileNames.filter((p) => p !== "administrator" && canGive(grantsOn(typed.productId, p)));
  const own = customs.filter((c) => c.productId === typed.productId && (canGive(c.gives) || c.id === initial.choice));
  const products = [
    "institution",
    ...(institution.data?.products ?? []).filter((p) => p.state !== "ended").map((p) => p.productId),
  ];
  const limits =
    typed.resources !== "" ||
    givesOf(typed.productId, typed.choice, customs).some((p) => aboutThings.has(p as Permission));
  const set = (name: keyof Typed) => (event: { target: { value: string } }) =>
    setTyped({ ...typed, [name]: event.target.value });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const lacking = typed.choice === "" ? "choice" : typed.name.trim() === "" ? "name" : null;
    setWrong(lacking);
    if (lacking) document.getElementById(`${id}-${lacking}`)?.focus();
    else if (!busy) onSubmit(typed);
  };
  const missing = (field: "name" | "choice") =>
    wrong === field ? <Wrongness id={`${id}-${field}-e`} message={problems.fields.required({})} /> : null;
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
                  onChange={(event) => setTyped({ ...typed, productId: event.target.value, choice: "" })}
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
              <label htmlFor={`${id}-choice`}>{words.offer.profile}</label>
              <select
                className="select"
                id={`${id}-choice`}
                value={typed.choice}
                aria-invalid={wrong === "choice" || undefined}
                aria-describedby={wrong === "choice" ? `${id}-choice-e` : `${id}-choice-h`}
                onChange={set("choice")}
              >
                <option value="">{words.offer.choose}</option>
                <optgroup label={words.offer.builtIn}>
                  {builtIn.map((p) => (
                    <option value={p} key={p}>
                      {screens.profiles[p]}
                    </option>
                  ))}
                </optgroup>
                {own.length > 0 ? (
                  <optgroup label={words.offer.ownProfiles}>
                    {own.map((c) => (
                      <option value={c.id} key={c.id}>
                        {c.name}
                      </option>
                    ))}
                  </optgroup>
                ) : null}
              </select>
              {missing("choice") ?? (
                <p className="hint" id={`${id}-choice-h`}>
                  {words.offer.onlyWhatIHave} {say.noAdministrators}
                </p>
              )}
            </div>
            <div className="field">
              <label htmlFor={`${id}-name`}>{say.name}</label>
              <input
                className="input"
                id={`${id}-name`}
                maxLength={50}
                autoComplete="off"
                value={typed.name}
                aria-invalid={wrong === "name" || undefined}
                aria-describedby={wrong === "name" ? `${id}-name-e` : `${id}-name-h`}
                onChange={set("name")}
              />
              {missing("name") ?? (
                <p className="hint" id={`${id}-name-h`}>
                  {say.nameHelp}
                </p>
              )}
            </div>
            <div className="field">
              <label htmlFor={`${id}-d`}>
                {say.description} <span className="opt">{screens.kit.optional}</span>
              </label>
              <input
                className="input"
                id={`${id}-d`}
                maxLength={200}
                autoComplete="off"
                value={typed.description}
                onChange={set("description")}
              />
            </div>
            {limits ? (
              <div className="field w12">
                <label htmlFor={`${id}-r`}>
                  {say.resources} <span className="opt">{screens.kit.optional}</span>
                </label>
                <input
                  className="input code"
                  id={`${id}-r`}
                  maxLength={2000}
                  autoComplete="off"
                  spellCheck={false}
                  value={typed.resources}
                  aria-describedby={`${id}-rh`}
                  onChange={set("resources")}
                />
                <p className="hint" id={`${id}-rh`}>
                  {say.resourcesHelp}
                </p>
              </div>
            ) : null}
          </div>
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

/** One group: what it carries, who is in it. */
export const GroupPage = () => (
  <PeopleWordsProvider>
    <One />
  </PeopleWordsProvider>
);

type Doing = "suspend" | "end" | "add" | null;
const One = () => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.group;
  const institutionId = useInstitutionId();
  const { groupId } = useParams({ from: "/enti/$institutionId/gruppi/$groupId" });
  const params = { institutionId, groupId };
  const one = useCall(api.people.groups.read, { params });
  const mine = useMine();
  const navigate = useNavigate();
  const where = useWhere();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], WRITE));
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  const group = one.data;
  const suspend = useSend(api.people.groups.suspend, {
    onSuccess: (done) => {
      toast(say.suspended(done.name));
      close();
      fresh();
    },
  });
  const restore = useSend(api.people.groups.restore, {
    onSuccess: (done) => {
      toast(say.restored(done.name));
      fresh();
    },
  });
  const end = useSend(api.people.groups.end, {
    onSuccess: () => {
      toast(say.ended(group?.name ?? ""));
      void navigate({ to: "/enti/$institutionId/profili", params: { institutionId } });
      fresh();
    },
  });
  const act = { memberships: mine.data?.memberships, permission: WRITE } as const;
  return (
    <>
      <PageTitle
        title={group?.name ?? words.profiles.title}
        acts={
          group ? (
            <>
              {group.state === "active" ? (
                <May {...act} label={say.suspend}>
                  <button type="button" className="btn plain" onClick={() => setDoing("suspend")}>
                    {say.suspend}
                  </button>
                </May>
              ) : null}
              <May {...act} label={say.end}>
                <button type="button" className="btn plain" onClick={() => setDoing("end")}>
                  {say.end}
                </button>
              </May>
            </>
          ) : null
        }
      >
        <p>{group ? say.intro(profileName(screens, group), where(group.productId)) : null}</p>
        <Back />
      </PageTitle>
      {one.isPending || one.isError ? (
        <Sheet title={say.data}>
          {one.isPending ? <Bones what={say.data} /> : <Refusal error={one.error} retry={() => void one.refetch()} />}
        </Sheet>
      ) : null}
      {group?.state === "suspended" ? (
        <Note
          tone="neutral"
          icon="info"
          level={2}
          title={say.suspendedTitle}
          act={
            <May {...act} label={say.restore} className="btn plain s">
              <button
                type="button"
                className="btn plain s"
                aria-disabled={restore.isPending}
                onClick={() => {
                  if (!restore.isPending) restore.mutate({ params });
                }}
              >
                {say.restore}
              </button>
            </May>
          }
        >
          <p>{say.suspendedWhy}</p>
        </Note>
      ) : null}
      {restore.isError ? <RefusalNote error={restore.error} level={2} /> : null}
      {group && group.state === "active" && mine.isSuccess ? (
        allowed ? (
          <Change key={group.id} group={group} />
        ) : (
          <Sheet title={say.data}>
            <div className="body stack">
              {group.description ? <p>{group.description}</p> : null}
              <p>
                {profileName(screens, group)} {where(group.productId)}
                {group.resources ? `, ${words.permissions.limited(group.resources.join(", "))}` : ""}
              </p>
            </div>
            <footer className="row">
              <LockedButton permission={WRITE} label={say.change} className="btn plain push" />
            </footer>
          </Sheet>
        )
      ) : null}
      {group ? <Members group={group} onAdd={() => setDoing("add")} /> : null}
      {group && doing === "suspend" ? (
        <Question
          title={say.suspendTitle(group.name)}
          act={say.suspend}
          send={suspend}
          onClose={close}
          onAct={() => suspend.mutate({ params })}
        >
          <p>{say.suspendDetail}</p>
          <Touched of={{ groupId }} count={group.people} />
        </Question>
      ) : null}
      {group && doing === "end" ? (
        <Question
          title={say.endTitle(group.name)}
          act={say.endDo}
          send={end}
          onClose={close}
          onAct={() => end.mutate({ params })}
        >
          <p>{say.endDetail}</p>
          <Touched of={{ groupId }} count={group.people} />
        </Question>
      ) : null}
      {group && doing === "add" ? <Add group={group} onClose={close} /> : null}
    </>
  );
};

const Question = ({
  title,
  act,
  send,
  onClose,
  onAct,
  children,
}: {
  title: string;
  act: string;
  send: { isPending: boolean; error: unknown };
  onClose: () => void;
  onAct: () => void;
  children: ReactNode;
}) => {
  const say = usePeopleWords().profile;
  return (
    <Dialog
      title={title}
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
            aria-disabled={send.isPending}
            onClick={() => {
              if (!send.isPending) onAct();
            }}
          >
            {act}
          </button>
        </>
      }
    >
      <div className="stack">
        {children}
        {send.error ? <RefusalNote error={send.error} /> : null}
      </div>
    </Dialog>
  );
};

const isStale = (error: unknown) => isProblem(error) && error.code === "version-stale";

const Change = ({ group }: { group: Group }) => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.group;
  const institutionId = useInstitutionId();
  const customs = useCustoms();
  const params = { institutionId, groupId: group.id };
  const [asked, setAsked] = useState<{ typed: Typed; would: Group } | null>(null);
  const close = () => setAsked(null);
  const onError = (error: Error) => {
    if (!isStale(error)) return;
    close();
    fresh();
  };
  const rehearse = useSend(api.people.groups.change, { onError });
  const change = useSend(api.people.groups.change, {
    onSuccess: (changed) => {
      toast(say.changed(changed.name));
      close();
      rehearse.reset();
      fresh();
    },
    onError,
  });
  const before = group.profileId ?? group.profile;
  const stale = isStale(rehearse.error) || isStale(change.error);
  return (
    <>
      <Form
        initial={{
          productId: group.productId,
          name: group.name,
          description: group.description,
          choice: before,
          resources: (group.resources ?? []).join(", "),
        }}
        fixedProduct
        submit={words.profile.preview}
        error={rehearse.error}
        stale={stale}
        busy={rehearse.isPending}
        onSubmit={(typed) => {
          change.reset();
          rehearse.mutate(
            { params, body: bodyOf(typed), version: group.version, dryRun: true },
            { onSuccess: (would) => setAsked({ typed, would }) },
          );
        }}
      />
      {asked ? (
        <Question
          title={say.changeTitle(group.name)}
          act={say.change}
          send={{ isPending: change.isPending, error: stale ? null : change.error }}
          onClose={close}
          onAct={() => change.mutate({ params, body: bodyOf(asked.typed), version: group.version })}
        >
          <p>
            {(asked.would.profileId ?? asked.would.profile) === before
              ? say.sameProfile
              : say.becomes(profileName(screens, group), profileName(screens, asked.would))}
          </p>
          <Difference
            before={givesOf(group.productId, before, customs)}
            after={givesOf(group.productId, asked.typed.choice, customs)}
          />
          <Touched of={{ groupId: group.id }} count={asked.would.people} />
        </Question>
      ) : null}
    </>
  );
};

const Members = ({ group, onAdd }: { group: Group; onAdd: () => void }) => {
  const { screens } = useWords();
  const say = usePeopleWords().group;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const people = usePages(api.people.list, { params: { institutionId }, query: { limit: 20, groupId: group.id } });
  const take = useSend(api.people.groups.take);
  const act = { memberships: mine.data?.memberships, permission: "institution:people:write" } as const;
  const add =
    group.state === "active" ? (
      <May {...act} label={say.add} className="btn plain s">
        <button type="button" className="btn plain s" onClick={onAdd}>
          <Icon name="plus" small /> {say.add}
        </button>
      </May>
    ) : null;
  return (
    <Sheet
      title={say.members}
      count={group.people}
      beside={people.items.length > 0 ? <div className="push">{add}</div> : null}
    >
      {people.isPending ? <Bones what={say.members} rows={1} /> : null}
      {people.isError ? <Refusal error={people.error} retry={() => void people.refetch()} /> : null}
      {people.isSuccess && people.items.length === 0 ? (
        <StateBox icon="people" title={say.noMembersTitle} acts={add}>
          <p>{say.noMembers}</p>
        </StateBox>
      ) : null}
      {take.isError ? <RefusalNote error={take.error} /> : null}
      <ul className="rows topics">
        {people.items.map((person) => {
          const name = `${person.givenName} ${person.familyName}`;
          return (
            <li key={person.id}>
              <h3>
                <Link to="/enti/$institutionId/utenti/$personId" params={{ institutionId, personId: person.id }}>
                  {name}
                </Link>
              </h3>
              <May {...act} label={say.take} about={name} className="btn text s">
                <button
                  type="button"
                  className="btn text s"
                  aria-disabled={take.isPending}
                  onClick={() => {
                    if (take.isPending) return;
                    take.mutate(
                      { params: { institutionId, groupId: group.id, personId: person.id } },
                      {
                        onSuccess: () => {
                          toast(say.taken(name));
                          fresh();
                        },
                      },
                    );
                  }}
                >
                  {say.take}
                  <span className="hidden">: {name}</span>
                </button>
              </May>
            </li>
          );
        })}
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

/** Who works for the institution already, found by name. */
const Add = ({ group, onClose }: { group: Group; onClose: () => void }) => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.group;
  const institutionId = useInstitutionId();
  const id = useId();
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const people = usePages(api.people.list, {
    params: { institutionId },
    query: { limit: 10, ...(search ? { search } : {}) },
  });
  const add = useSend(api.people.groups.add);
  return (
    <Dialog title={say.addTitle(group.name)} open onClose={onClose}>
      <div className="stack">
        <div className="field">
          <label htmlFor={id}>{say.addSearch}</label>
          <input
            className="input"
            id={id}
            type="search"
            maxLength={100}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {add.isError ? <RefusalNote error={add.error} /> : null}
        {people.isPending ? <Bones what={words.list.list} /> : null}
        {people.isError ? <Refusal error={people.error} /> : null}
        {people.isSuccess && people.items.length === 0 ? <p>{words.list.noMatchTitle(search)}</p> : null}
        <ul className="rows topics within">
          {people.items.map((person) => {
            const name = `${person.givenName} ${person.familyName}`;
            const inside = person.memberships.some((m) => m.groupId === group.id);
            return (
              <li key={person.id}>
                <span>{name}</span>
                {inside ? (
                  <span className="s quiet">{say.alreadyIn}</span>
                ) : (
                  <button
                    type="button"
                    className="btn plain s"
                    aria-disabled={add.isPending}
                    onClick={() => {
                      if (add.isPending) return;
                      add.mutate(
                        { params: { institutionId, groupId: group.id, personId: person.id } },
                        {
                          onSuccess: () => {
                            toast(say.added(name));
                            fresh();
                          },
                        },
                      );
                    }}
                  >
                    {say.addDo}
                    <span className="hidden">: {name}</span>
                  </button>
                )}
              </li>
            );
          })}
        </ul>
        {people.hasNextPage ? (
          <button type="button" className="btn plain s" onClick={() => void people.fetchNextPage()}>
            {screens.kit.more}
          </button>
        ) : null}
      </div>
    </Dialog>
  );
};
