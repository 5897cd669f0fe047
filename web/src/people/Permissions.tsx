import {
  api,
  isOfEachProduct,
  type Permission,
  type PersonAtInstitution,
  permissionCodes,
  permissionsAt,
  productOf,
  profileNames,
} from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type ItemOf, useCall, usePages } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { LockedButton, mayI, WhyNotDialog } from "../kit/May.tsx";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Refusal } from "../kit/Refusal.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { StateChip, useHeldName, useTitleOf, useValidity, useWhere } from "./Held.tsx";
import { type Column, cellOf, columnsOf } from "./matrix.ts";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** All permissions of all products, what each allows, who holds it and why: read, filtered, printed, exported. */
export const Permissions = () => (
  <PeopleWordsProvider>
    <Content />
  </PeopleWordsProvider>
);

const useFilter = () => {
  const asked = useSearch({ from: "/enti/$institutionId/permessi" });
  const permission = permissionCodes.find((p) => p === asked.permesso);
  const builtIn = profileNames.find((p) => p === asked.profilo);
  return {
    asked,
    permission,
    query: {
      ...(asked.cerca ? { search: asked.cerca } : {}),
      ...(asked.prodotto ? { productId: asked.prodotto } : {}),
      ...(permission ? { permission } : {}),
      ...(builtIn ? { profile: builtIn } : asked.profilo ? { profileId: asked.profilo } : {}),
    },
  };
};

/** The products on which the institution's people may hold something. */
const useActive = () =>
  (useInstitution().data?.products ?? []).filter((p) => p.state !== "ended").map((p) => p.productId);

const Content = () => {
  const { day, time } = useWords();
  const say = usePeopleWords().permissions;
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const { query } = useFilter();
  const people = usePages(api.people.list, { params: { institutionId }, query: { limit: 50, ...query } });
  const [printing, setPrinting] = useState(false);
  const address = new URLSearchParams(query).toString();
  /** On paper everybody of the filter stands, not only the page that was read. */
  const print = async () => {
    if (printing) return;
    flushSync(() => setPrinting(true));
    let more = people.hasNextPage;
    while (more) {
      const next = await people.fetchNextPage();
      if (next.isError) break;
      more = next.hasNextPage;
    }
    flushSync(() => setPrinting(false));
    if (!more) globalThis.print();
  };
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          <>
            <button type="button" className="btn plain" onClick={() => void print()} aria-disabled={printing}>
              {printing ? say.printing : say.print}
            </button>
            <a
              className="btn plain"
              href={`/api/v1/institutions/${institutionId}/permission-matrix${address ? `?${address}` : ""}`}
              download
            >
              <Icon name="download" small /> {say.export}
            </a>
          </>
        }
      >
        <p>{say.intro}</p>
        <p className="on-paper">
          {institution.data?.name} · {say.printed(day(new Date()), time(new Date()))}
        </p>
      </PageTitle>
      <Matrix people={people} />
      <All />
    </>
  );
};

const Legend = () => {
  const say = usePeopleWords().permissions.cells;
  return (
    <p className="legend push" aria-hidden="true">
      {(["write", "read", "dated", "none"] as const).map((what) => (
        <span className={`is-${what}`} key={what}>
          <span className="g" /> {say[what]}
        </span>
      ))}
    </p>
  );
};

const Matrix = ({ people }: { people: ReturnType<typeof usePages<typeof api.people.list>> }) => {
  const { screens } = useWords();
  const say = usePeopleWords().permissions;
  const titleOf = useTitleOf();
  const { asked, permission } = useFilter();
  const columns = columnsOf(useActive());
  const product = asked.prodotto ?? (permission && !isOfEachProduct(permission) ? productOf(permission) : undefined);
  const shown = columns.filter((c) => !product || c.productId === product);
  const products = [...new Set(shown.map((c) => c.productId))];
  const filtered = Boolean(asked.cerca ?? asked.prodotto ?? asked.permesso ?? asked.profilo);
  return (
    <Sheet title={say.matrix} beside={<Legend />} className="matrix-sheet">
      <Filters />
      {people.isPending ? <Bones what={say.matrix} rows={5} /> : null}
      {people.isError ? <Refusal error={people.error} retry={() => void people.refetch()} /> : null}
      {people.isSuccess && people.items.length === 0 && filtered ? <NoMatch /> : null}
      {people.items.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
        <section className="table-box" aria-label={say.title} tabIndex={0}>
          <table className="cards matrix">
            <caption className="hidden">{say.matrix}</caption>
            <thead>
              <tr>
                <th scope="col" className="first" rowSpan={2}>
                  {say.person}
                </th>
                {products.map((id) => (
                  <th
                    scope="colgroup"
                    key={id}
                    className="edge group"
                    colSpan={shown.filter((c) => c.productId === id).length}
                  >
                    {titleOf(id)}
                  </th>
                ))}
              </tr>
              <tr>
                {shown.map((c, n) => (
                  <th
                    scope="col"
                    key={`${c.productId} ${c.area}`}
                    className={shown[n - 1]?.productId === c.productId ? undefined : "edge"}
                  >
                    {say.areas[c.area]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {people.items.map((person) => (
                <Row key={person.id} person={person} shown={shown} />
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
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

const Row = ({ person, shown }: { person: ItemOf<typeof api.people.list>; shown: Column[] }) => {
  const say = usePeopleWords().permissions;
  const institutionId = useInstitutionId();
  const me = useCall(api.identity.me, {});
  const mine = me.data?.person.id === person.id;
  const now = new Date();
  return (
    <tr className={mine ? "here" : undefined}>
      <th scope="row" className="first">
        <Link to="/enti/$institutionId/utenti/$personId" params={{ institutionId, personId: person.id }}>
          {person.givenName} {person.familyName}
        </Link>{" "}
        {mine ? <span className="tag">{say.you}</span> : null}
        {person.memberships.map((one) => (
          <Why key={one.id} one={one} />
        ))}
      </th>
      {shown.map((column, n) => {
        const cell = cellOf(person.memberships, column, now);
        return (
          <td
            key={`${column.productId} ${column.area}`}
            className={`p is-${cell.until ? "dated" : cell.what}${shown[n - 1]?.productId === column.productId ? "" : " edge"}`}
          >
            <CellWords cell={cell} area={say.areas[column.area]} />
          </td>
        );
      })}
    </tr>
  );
};

/** Why somebody holds what they hold: one line for each thing that gives it. */
const Why = ({ one }: { one: PersonAtInstitution["memberships"][number] }) => {
  const words = usePeopleWords();
  const name = useHeldName();
  const where = useWhere();
  const validity = useValidity();
  return (
    <small>
      <b>{name(one)}</b> {where(one.productId)}, {validity(one)}
      {one.groupName ? `, ${words.held.throughGroup(one.groupName)}` : ""}
      {one.resources ? `, ${words.permissions.limited(one.resources.join(", "))}` : ""}
      {one.state === "suspended" || new Date(one.beginsAt) > new Date() ? (
        <>
          {" "}
          <StateChip one={one} />
        </>
      ) : null}
    </small>
  );
};

const CellWords = ({ cell, area }: { cell: ReturnType<typeof cellOf>; area: string }) => {
  const { shortDay } = useWords();
  const say = usePeopleWords().permissions;
  const name = useHeldName();
  return (
    <>
      <span className="what">{area}: </span>
      <span className="g" aria-hidden="true" />
      <span className="w">
        {say.cells[cell.what]}
        {cell.ways.length > 0 ? (
          <span className="through">, {say.cellThrough([...new Set(cell.ways.map(name))].join(", "))}</span>
        ) : null}
      </span>
      {cell.until ? (
        <span className="until">
          <span className="hidden">, </span>
          {say.cellUntil(shortDay(cell.until))}
        </span>
      ) : null}
    </>
  );
};

const NoMatch = () => {
  const say = usePeopleWords().permissions;
  const navigate = useNavigate({ from: "/enti/$institutionId/permessi" });
  return (
    <StateBox
      icon="search"
      title={say.noMatchTitle}
      acts={
        <button type="button" className="btn plain s" onClick={() => void navigate({ search: {}, replace: true })}>
          {say.clear}
        </button>
      }
    >
      <p>{say.noMatch}</p>
    </StateBox>
  );
};

/** Each filter is a word in the address: what one sees can be sent to a colleague. */
const Filters = () => {
  const { screens } = useWords();
  const say = usePeopleWords().permissions;
  const titleOf = useTitleOf();
  const id = useId();
  const institutionId = useInstitutionId();
  const navigate = useNavigate({ from: "/enti/$institutionId/permessi" });
  const { asked } = useFilter();
  const customs = usePages(api.people.profiles.list, { params: { institutionId }, query: { limit: 100 } });
  const [typed, setTyped] = useState(asked.cerca ?? "");
  const search = useSettled(typed.trim());
  // What is typed goes to the address; what the address loses, by a button of this page, leaves the field.
  const sent = useRef(asked.cerca ?? "");
  useEffect(() => {
    if (search === sent.current) return;
    sent.current = search;
    void navigate({ search: (was) => ({ ...was, cerca: search || undefined }), replace: true });
  }, [search, navigate]);
  useEffect(() => {
    const now = asked.cerca ?? "";
    if (now !== sent.current) {
      sent.current = now;
      setTyped(now);
    }
  }, [asked.cerca]);
  const set = (name: "prodotto" | "permesso" | "profilo") => (event: React.ChangeEvent<HTMLSelectElement>) => {
    const value = event.target.value || undefined;
    void navigate({ search: (was) => ({ ...was, [name]: value }), replace: true });
  };
  const held = permissionsAt(useActive());
  const products = [...new Set(held.map((c) => c.productId))];
  const permissions = [
    ...new Set(held.filter((h) => !asked.prodotto || h.productId === asked.prodotto).map((h) => h.permission)),
  ];
  return (
    <search className="filters">
      <div className="search">
        <label className="hidden" htmlFor={`${id}-s`}>
          {say.search}
        </label>
        <Icon name="search" small />
        <input
          className="input"
          id={`${id}-s`}
          type="search"
          maxLength={100}
          placeholder={say.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className="pickers">
        <label className="hidden" htmlFor={`${id}-p`}>
          {say.product}
        </label>
        <select className="select" id={`${id}-p`} value={asked.prodotto ?? ""} onChange={set("prodotto")}>
          <option value="">{say.anyProduct}</option>
          {products.map((one) => (
            <option value={one} key={one}>
              {titleOf(one)}
            </option>
          ))}
        </select>
        <label className="hidden" htmlFor={`${id}-q`}>
          {say.permission}
        </label>
        <select className="select" id={`${id}-q`} value={asked.permesso ?? ""} onChange={set("permesso")}>
          <option value="">{say.anyPermission}</option>
          {permissions.map((one) => (
            <option value={one} key={one}>
              {screens.kit.permissionName[one]}
            </option>
          ))}
        </select>
        <label className="hidden" htmlFor={`${id}-r`}>
          {say.profile}
        </label>
        <select className="select" id={`${id}-r`} value={asked.profilo ?? ""} onChange={set("profilo")}>
          <option value="">{say.anyProfile}</option>
          {profileNames.map((one) => (
            <option value={one} key={one}>
              {screens.profiles[one]}
            </option>
          ))}
          {customs.items.map((one) => (
            <option value={one.id} key={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <WhyNotPicker />
    </search>
  );
};

/** "Perché non posso?", asked of any permission that is missing. */
const WhyNotPicker = () => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.permissions;
  const id = useId();
  const mine = useMine();
  const [open, setOpen] = useState(false);
  const titleOf = useTitleOf();
  const [chosen, setChosen] = useState("");
  const [shown, setShown] = useState<{ permission: Permission; productId: string } | null>(null);
  const lacking = permissionsAt(useActive()).filter(
    ({ permission, productId }) => !mayI(mine.data?.memberships ?? [], permission, productId),
  );
  const keyOf = (one: { permission: Permission; productId: string }) => `${one.productId} ${one.permission}`;
  return (
    <>
      <button type="button" className="btn text s push" onClick={() => setOpen(true)}>
        <Icon name="help" small /> {say.why}
      </button>
      <Dialog
        title={say.whyTitle}
        open={open}
        onClose={() => setOpen(false)}
        answers={
          lacking.length > 0 ? (
            <button
              type="button"
              className="btn main"
              aria-disabled={chosen === ""}
              onClick={() => {
                const one = lacking.find((l) => keyOf(l) === chosen);
                if (!one) return;
                setOpen(false);
                setShown(one);
              }}
            >
              {say.whyShow}
            </button>
          ) : undefined
        }
      >
        {lacking.length === 0 ? (
          <p>{say.whyNothing}</p>
        ) : (
          <div className="stack">
            <p>{say.whyIntro}</p>
            <div className="field">
              <label htmlFor={id}>{say.permission}</label>
              <select className="select" id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                <option value="">{words.offer.choose}</option>
                {lacking.map((one) => (
                  <option value={keyOf(one)} key={keyOf(one)}>
                    {screens.kit.permissionName[one.permission]}
                    {isOfEachProduct(one.permission) ? ` (${titleOf(one.productId)})` : ""}
                  </option>
                ))}
              </select>
            </div>
          </div>
        )}
      </Dialog>
      {shown ? <WhyNotDialog {...shown} open onClose={() => setShown(null)} /> : null}
    </>
  );
};

/** Every permission, in plain words, with what gives it and how many people hold it that way. */
const All = () => {
  const { screens } = useWords();
  const say = usePeopleWords().permissions;
  const titleOf = useTitleOf();
  const institutionId = useInstitutionId();
  const mine = useMine();
  const list = useCall(api.people.permissions.list, { params: { institutionId } });
  const items = list.data?.items ?? [];
  return (
    <Sheet title={say.all}>
      <div className="body">
        <p className="muted">{say.allIntro}</p>
      </div>
      {list.isPending ? <Bones what={say.all} rows={6} /> : null}
      {list.isError ? <Refusal error={list.error} retry={() => void list.refetch()} /> : null}
      {[...new Set(items.map((i) => i.productId))].map((productId) => (
        <section className="permission-group" key={productId} aria-label={titleOf(productId)}>
          <h3>{titleOf(productId)}</h3>
          <ul className="rows topics">
            {items
              .filter((i) => i.productId === productId)
              .map((one) => {
                const held = one.ways.filter((w) => w.people > 0);
                return (
                  <li key={one.permission}>
                    <div>
                      <h4>{screens.kit.permissionName[one.permission]}</h4>
                      <p className="s muted">
                        {held.length > 0
                          ? `${say.heldBy} ${held.map((w) => `${profileName(screens, w)} (${say.people(w.people)})`).join(", ")}.`
                          : say.nobody}{" "}
                        <span className="code xs">{one.permission}</span>
                      </p>
                    </div>
                    <div className="row">
                      <Link
                        className="s"
                        from="/enti/$institutionId/permessi"
                        to="."
                        search={{ permesso: one.permission }}
                      >
                        {say.seeWho}
                        <span className="hidden">: {screens.kit.permissionName[one.permission]}</span>
                      </Link>
                      {mine.data && !mayI(mine.data.memberships, one.permission) ? (
                        <LockedButton
                          permission={one.permission}
                          label={say.why}
                          about={screens.kit.permissionName[one.permission]}
                          className="btn text s"
                        />
                      ) : null}
                    </div>
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </Sheet>
  );
};
