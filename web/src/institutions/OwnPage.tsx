import { api, type InstitutionPage, isProblem, type UnitKind } from "@area/api";
import { type FormEvent, useId, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Field, Wrongness } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { LockedButton, mayI, useOnceAllowed } from "../kit/May.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { registryName } from "../kit/registry-name.ts";
import { say as toast } from "../kit/toast.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { Areas, type AreasForm } from "../onboarding/Areas.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { areaText } from "./area-text.ts";
import { Representative } from "./Representative.tsx";
import { InstitutionWordsProvider, useInstitutionWords } from "./words.tsx";

/** What a registry says, locked, with its date; and what the institution says of itself. */
export const OwnPage = () => (
  <InstitutionWordsProvider>
    <Content />
  </InstitutionWordsProvider>
);

const WRITE = "institution:data:write" as const;
const fresh = () => void queries.invalidateQueries({ queryKey: [api.institutions.page.read.path] });

const Content = () => {
  const say = useInstitutionWords();
  const institutionId = useInstitutionId();
  const page = useCall(api.institutions.page.read, { params: { institutionId } });
  const mine = useMine();
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], WRITE));
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <div className="cols">
        <div>
          {page.isPending ? (
            <Sheet title={say.contacts}>
              <Bones what={say.contacts} rows={4} />
            </Sheet>
          ) : null}
          {page.isError ? (
            <Sheet title={say.contacts}>
              <Refusal error={page.error} retry={() => void page.refetch()} />
            </Sheet>
          ) : null}
          {page.data && mine.data ? may ? <Contacts page={page.data} /> : <ContactsRead page={page.data} /> : null}
          {page.data && may
            ? page.data.areas.map((one) => <ProductAreas key={`${one.productId} ${one.version}`} one={one} />)
            : null}
          {page.data && mine.data && !may
            ? page.data.areas.map((one) => <AreasRead key={one.productId} one={one} />)
            : null}
          <Units />
        </div>
        <aside>
          <FromRegistry />
          {mayI(mine.data?.memberships ?? [], "institution:people:read") ? <Representative /> : null}
          {mine.data && !mayI(mine.data.memberships, "institution:people:read") ? <RepresentativeLocked /> : null}
          {page.data && mine.data ? <Logo page={page.data} may={may} /> : null}
        </aside>
      </div>
    </>
  );
};

const FromRegistry = () => {
  const { screens, day } = useWords();
  const say = useInstitutionWords();
  const institution = useInstitution();
  const one = institution.data;
  const facts = one
    ? [
        [say.name, one.name],
        [say.taxCode, <span className="code">{one.taxCode}</span>],
        one.ipaCode ? [say.ipaCode, <span className="code">{one.ipaCode}</span>] : null,
        one.category ? [say.category, screens.categories[one.category] ?? one.category] : null,
        one.unit ? [say.unit, `${one.unit.kind} ${one.unit.code}`] : null,
        [screens.overview.pec, one.pec],
        [screens.overview.address, `${one.address}, ${one.zipCode} ${one.city ?? ""}`],
      ].filter((f) => f !== null)
    : [];
  return (
    <Sheet title={one && !one.registry ? say.declared : say.registry}>
      <div className="body">
        {institution.isPending ? <Bones what={say.registry} rows={3} /> : null}
        {institution.isError ? <Refusal error={institution.error} retry={() => void institution.refetch()} /> : null}
        {one ? (
          <>
            <dl className="facts">
              {facts.map(([name, value]) => (
                <div key={String(name)}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            {one.registry ? (
              <p className="source">
                <Icon name="lock" />{" "}
                {screens.overview.source(registryName(screens, one.registry.name), day(one.registry.readAt))}
              </p>
            ) : null}
          </>
        ) : null}
      </div>
    </Sheet>
  );
};

const reach = [
  "assistanceEmail",
  "assistancePhone",
  "operationsName",
  "operationsEmail",
  "operationsPhone",
  "website",
] as const;
type Reach = Record<(typeof reach)[number], string>;
const typedOf = (page: InstitutionPage): Reach =>
  Object.fromEntries(reach.map((name) => [name, page[name] ?? ""])) as Reach;

const ContactsRead = ({ page }: { page: InstitutionPage }) => {
  const say = useInstitutionWords();
  return (
    <Sheet title={say.contacts}>
      <div className="body">
        <dl className="facts">
          {reach.map((name) => (
            <div key={name}>
              <dt>{say[name]}</dt>
              <dd>{page[name] ?? <span className="quiet">{say.none}</span>}</dd>
            </div>
          ))}
        </dl>
      </div>
      <footer className="row">
        <LockedButton permission={WRITE} label={say.save} className="btn plain push" />
      </footer>
    </Sheet>
  );
};

const Contacts = ({ page }: { page: InstitutionPage }) => {
  const { screens } = useWords();
  const say = useInstitutionWords();
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const [version, setVersion] = useState(page.version);
  const { form, showWrong } = useEndpointForm<Reach>(api.institutions.page.change.body!, typedOf(page));
  const stale = version !== page.version;
  const change = useSend(api.institutions.page.change, {
    onSuccess: (saved) => {
      toast(say.saved);
      setVersion(saved.version);
      form.reset(typedOf(saved));
      fresh();
    },
    onError: (error) => {
      // Somebody else was quicker: what is typed stays, the page reads theirs beside it.
      if (isProblem(error) && error.code === "version-stale") fresh();
      else showWrong(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = form.getValues();
    const body = Object.fromEntries(reach.map((name) => [name, typed[name].trim() || null])) as Parameters<
      typeof change.mutate
    >[0]["body"];
    if (!change.isPending) change.mutate({ params: { institutionId }, body, version });
  };
  const refused =
    change.error &&
    !(isProblem(change.error) && (change.error.fields.length > 0 || change.error.code === "version-stale"))
      ? problem(change.error)
      : null;
  return (
    <form noValidate onSubmit={submit}>
      <Sheet title={say.contacts}>
        <div className="body stack">
          <p className="s muted">{say.contactsIntro}</p>
          {stale ? (
            <Note
              tone="attention"
              icon="alert"
              role="alert"
              title={say.staleTitle}
              act={
                <>
                  <button
                    type="button"
                    className="btn plain s"
                    onClick={() => {
                      form.reset(typedOf(page));
                      setVersion(page.version);
                    }}
                  >
                    {say.theirs}
                  </button>
                  <button type="button" className="btn plain s" onClick={() => setVersion(page.version)}>
                    {say.mine}
                  </button>
                </>
              }
            >
              <p>{say.stale}</p>
            </Note>
          ) : null}
          <div className="fields">
            {reach.map((name) => (
              <Field
                key={name}
                form={form}
                name={name}
                label={say[name]}
                optional={screens.kit.optional}
                {...(name === "website" ? { help: say.websiteHelp, type: "url" } : {})}
                {...(name.endsWith("Email") ? { type: "email" } : {})}
                {...(name.endsWith("Phone") ? { type: "tel" } : {})}
                maxLength={200}
              />
            ))}
          </div>
          {refused ? (
            <Note tone="critical" icon="wrong" role="alert" title={refused.title}>
              <p>{refused.detail}</p>
            </Note>
          ) : null}
        </div>
        <footer className="row">
          <button type="submit" className="btn main push" aria-disabled={change.isPending || stale}>
            {say.save}
          </button>
        </footer>
      </Sheet>
    </form>
  );
};

const Logo = ({ page, may }: { page: InstitutionPage; may: boolean }) => {
  const say = useInstitutionWords();
  const problem = useProblemText();
  const id = useId();
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const params = { institutionId };
  const set = useSend(api.institutions.page.setLogo, {
    onSuccess: () => {
      toast(say.logoSaved);
      fresh();
    },
  });
  const remove = useSend(api.institutions.page.removeLogo, {
    onSuccess: () => {
      toast(say.logoRemoved);
      fresh();
    },
  });
  const failed = set.error ?? remove.error;
  const wrong = failed ? problem(failed) : null;
  return (
    <Sheet title={say.logo}>
      <div className="body stack">
        {page.logo ? (
          <img
            src={page.logo.address}
            alt={say.logoAlt(institution.data?.name ?? "")}
            width={120}
            height={120}
            className="logo"
          />
        ) : (
          <p className="s muted">{say.logoNone}</p>
        )}
        {may ? (
          <>
            <div className="field w12">
              <label htmlFor={id}>{say.logoFile}</label>
              <input
                className="filebox"
                id={id}
                type="file"
                accept="image/png"
                aria-describedby={wrong || missing ? `${id}-e ${id}-h` : `${id}-h`}
                aria-invalid={wrong || missing ? true : undefined}
                onChange={(event) => {
                  setFile(event.target.files?.[0] ?? null);
                  setMissing(false);
                  set.reset();
                }}
              />
              <div role="alert">
                {wrong ? <Wrongness id={`${id}-e`} message={wrong.title} mend={wrong.detail} /> : null}
                {missing ? <Wrongness id={`${id}-e`} message={say.logoMissing} /> : null}
              </div>
              <p className="hint" id={`${id}-h`}>
                {say.logoIntro}
              </p>
            </div>
            <div className="row">
              <button
                type="button"
                className="btn plain s"
                aria-disabled={set.isPending}
                onClick={() => {
                  if (!file) setMissing(true);
                  else if (!set.isPending) set.mutate({ params, file });
                }}
              >
                <Icon name="upload" small /> {say.logoSet}
              </button>
              {page.logo ? (
                <button type="button" className="btn text s" onClick={() => remove.mutate({ params })}>
                  {say.logoRemove}
                </button>
              ) : null}
            </div>
          </>
        ) : (
          <div className="row">
            <LockedButton permission={WRITE} label={say.logoSet} className="btn plain s" />
          </div>
        )}
      </div>
    </Sheet>
  );
};

/** Where a product is offered, for who may read it alone. */
const AreasRead = ({ one }: { one: InstitutionPage["areas"][number] }) => {
  const { screens } = useWords();
  const say = useInstitutionWords();
  return (
    <Sheet title={say.areasOf(one.title)} className="below">
      <div className="body">
        <ul>
          {one.geographicAreas.map((area) => (
            <li key={JSON.stringify(area)}>{areaText(screens, area)}</li>
          ))}
        </ul>
      </div>
      <footer className="row">
        <LockedButton permission={WRITE} label={say.areasSave(one.title)} className="btn plain push" />
      </footer>
    </Sheet>
  );
};

const RepresentativeLocked = () => {
  const say = useInstitutionWords();
  return (
    <Sheet title={say.representative.title}>
      <div className="body">
        <LockedButton permission="institution:people:read" label={say.representative.title} className="btn plain s" />
      </div>
    </Sheet>
  );
};

const ProductAreas = ({ one }: { one: InstitutionPage["areas"][number] }) => {
  const say = useInstitutionWords();
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const { form, sent, showWrong } = useEndpointForm<AreasForm>(api.institutions.page.changeAreas.body!, {
    geographicAreas: one.geographicAreas.map((area) => ({ name: "", code: "", ...area })),
  });
  const change = useSend(api.institutions.page.changeAreas, {
    onSuccess: () => {
      toast(say.areasSaved(one.title));
      void queries.invalidateQueries();
    },
    onError: (error) => void showWrong(error),
  });
  const refused =
    change.error && !(isProblem(change.error) && change.error.fields.length > 0)
      ? isProblem(change.error) && change.error.code === "version-stale"
        ? { title: problem(change.error).title, detail: say.areasStale }
        : problem(change.error)
      : null;
  return (
    <form
      noValidate
      className="below"
      onSubmit={(event) =>
        void form.handleSubmit((typed) => {
          if (!change.isPending)
            change.mutate({
              params: { institutionId, productId: one.productId },
              body: sent(typed) as Parameters<typeof change.mutate>[0]["body"],
              version: one.version,
            });
        })(event)
      }
    >
      <Areas
        form={form as UseFormReturn<AreasForm>}
        city=""
        title={say.areasOf(one.title)}
        after={
          <>
            {refused ? (
              <Note tone="critical" icon="wrong" role="alert" title={refused.title}>
                <p>{refused.detail}</p>
              </Note>
            ) : null}
            <footer className="row">
              <button type="submit" className="btn plain push" aria-disabled={change.isPending}>
                {say.areasSave(one.title)}
              </button>
            </footer>
          </>
        }
      />
    </form>
  );
};

const Units = () => {
  const { screens } = useWords();
  const say = useInstitutionWords();
  const institution = useInstitution();
  const ipaCode = institution.data && !institution.data.unit ? institution.data.ipaCode : null;
  return ipaCode ? <UnitList ipaCode={ipaCode} more={screens.kit.more} title={say.units} /> : null;
};

const UnitList = ({ ipaCode, more, title }: { ipaCode: string; more: string; title: string }) => {
  const say = useInstitutionWords();
  const [kind, setKind] = useState<"" | UnitKind>("");
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const pages = usePages(api.registries.units, {
    params: { ipaCode },
    query: { limit: 20, ...(kind ? { kind } : {}), ...(search ? { search } : {}) },
  });
  return (
    <Sheet title={title} className="below">
      <search className="filters">
        <div className="search">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            aria-label={say.unitsSearch}
            placeholder={say.unitsSearch}
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <div>
          <select
            className="select"
            aria-label={say.unitsKind}
            value={kind}
            onChange={(event) => setKind(event.target.value as "" | UnitKind)}
          >
            <option value="">{say.unitsAll}</option>
            <option value="AOO">AOO</option>
            <option value="UO">UO</option>
          </select>
        </div>
      </search>
      {pages.isPending ? <Bones what={title} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="bank" title={say.unitsEmptyTitle}>
          <p>{say.unitsEmpty}</p>
        </StateBox>
      ) : null}
      <ul className="rows">
        {pages.items.map((one) => (
          <li key={`${one.kind} ${one.code}`}>
            <div>
              <h3>{one.name}</h3>
              <p className="s muted">
                <span className="code">{one.code}</span>
                {one.pec ? ` · ${one.pec}` : ""}
                {one.invoicing ? ` · ${say.invoicing}` : ""}
              </p>
            </div>
            <Chip tone="neutral">{one.kind}</Chip>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};
