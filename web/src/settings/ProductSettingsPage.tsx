import {
  api,
  type Environment,
  type FieldRule,
  fieldProblems,
  isProblem,
  type ProductSettings,
  stepsDone,
  typeOfSettings,
} from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { LockedButton, mayI, useOnceAllowed } from "../kit/May.tsx";
import { Bones, Chip, Note, PageTitle, Sheet, type Tone } from "../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { environmentWord, useEnvironment } from "../shell/environment.ts";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { useMandate } from "../shell/mandate.ts";
import { DeclaredInput } from "./DeclaredInput.tsx";
import { type Typed, textsOf, typedIn, valuesOf } from "./declared.ts";
import { SettingsWordsProvider, useSettingsWords } from "./words.tsx";

const READ = "product:settings:read" as const;
const WRITE = "product:settings:write" as const;
export const versionTone: Record<keyof ReturnType<typeof useSettingsWords>["states"], Tone> = {
  draft: "neutral",
  waiting: "progress",
  live: "positive",
  superseded: "neutral",
  refused: "attention",
  withdrawn: "neutral",
};

/** What a product asks an institution to set: its own schema, drawn as steps. */
export const ProductSettingsPage = () => (
  <SettingsWordsProvider>
    <Content />
  </SettingsWordsProvider>
);

const Content = () => {
  const say = useSettingsWords();
  const institutionId = useInstitutionId();
  const { productId } = useParams({ strict: false }) as { productId: string };
  const environment = useEnvironment();
  const found = useCall(api.settings.read, { params: { institutionId, productId }, query: { environment } });
  const other: Environment = environment === "test" ? "production" : "test";
  if (!found.data)
    return (
      <>
        <PageTitle title={say.link} />
        <Sheet title={say.steps}>
          {found.isPending ? <Bones what={say.steps} rows={4} /> : null}
          {found.isError ? <Refusal error={found.error} retry={() => void found.refetch()} /> : null}
        </Sheet>
      </>
    );
  const { product, reviewed } = found.data;
  return (
    <>
      <PageTitle
        title={say.title(product.title)}
        documentTitle={`${say.title(product.title)}, ${say.environments[environment]}`}
        acts={
          <Link
            className="btn plain"
            to="/enti/$institutionId/prodotti/$productId/$ambiente/impostazioni"
            params={{ institutionId, productId, ambiente: environmentWord[other] }}
          >
            {say.other(say.environments[other])}
          </Link>
        }
      >
        <p>
          <Chip tone={environment === "test" ? "attention" : "neutral"}>{say.environments[environment]}</Chip>{" "}
          {reviewed ? say.introReviewed : say.intro}
        </p>
      </PageTitle>
      <Standing settings={found.data} />
      <Steps key={`${productId} ${environment}`} settings={found.data} />
      <History productId={productId} environment={environment} />
    </>
  );
};

/** What holds, what waits, and what came back. */
const Standing = ({ settings }: { settings: ProductSettings }) => {
  const { day } = useWords();
  const say = useSettingsWords();
  const institutionId = useInstitutionId();
  const { live, waiting, refused } = settings;
  const may = useMayWrite(settings.product.id);
  const withdraw = useSend(api.settings.withdraw, {
    onSuccess: () => {
      toast(say.withdrawn);
      void queries.invalidateQueries({ queryKey: [api.settings.read.path] });
    },
  });
  return (
    <div className="stack below">
      {refused ? (
        <Note tone="attention" icon="alert" level={2} title={say.refusedTitle}>
          <p>{refused.note}</p>
        </Note>
      ) : null}
      {waiting ? (
        <Note
          tone="progress"
          icon="clock"
          level={2}
          title={say.waitingTitle}
          act={
            may ? (
              <button
                type="button"
                className="btn plain s"
                onClick={() =>
                  withdraw.mutate({
                    params: { institutionId, productId: settings.product.id },
                    query: { environment: settings.environment },
                  })
                }
              >
                {say.withdraw}
              </button>
            ) : undefined
          }
        >
          <p>{say.waiting(waiting.number, day(waiting.savedAt))}</p>
        </Note>
      ) : null}
      {withdraw.isError ? <RefusalNote error={withdraw.error} level={2} /> : null}
      {live ? (
        <Note tone="positive" icon="check" level={2} title={say.live(live.number, day(live.savedAt), live.savedBy)} />
      ) : (
        <Note tone="neutral" icon="info" level={2} title={say.nothingLive}>
          <p>{say.nothingLiveHow}</p>
        </Note>
      )}
    </div>
  );
};

/** May the reader set this product: by what they hold, or by the mandate under which they work. */
const useMayWrite = (productId: string): boolean | undefined => {
  const mine = useMine();
  const mandate = useMandate();
  if (mandate.data) return mandate.data.held.includes(WRITE);
  return mine.data ? mayI(mine.data.memberships, WRITE, productId) : undefined;
};

const Steps = ({ settings }: { settings: ProductSettings }) => {
  const { day, language, problems } = useWords();
  const say = useSettingsWords();
  const institutionId = useInstitutionId();
  const { schema, environment, product, draft, live } = settings;
  const key = `settings ${institutionId} ${product.id} ${environment}`;
  const written = typedIn(schema, (draft ?? live)?.values);
  const [typed, setTyped] = useState<Typed>(() => keptIn(key) ?? written);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [stale, setStale] = useState(false);
  const [version, setVersion] = useState(settings.version);
  const dirty = JSON.stringify(typed) !== JSON.stringify(written);
  // What was typed stays in this tab until it is saved, whatever happens to the page.
  useEffect(() => {
    if (dirty) sessionStorage.setItem(key, JSON.stringify(typed));
    else sessionStorage.removeItem(key);
  }, [dirty, key, typed]);
  const wrote = (code: string, facts: Record<string, unknown> = {}) =>
    problems.fields[code as FieldRule]?.(facts) ?? code;
  const wrongIn = (values: ReturnType<typeof valuesOf>): Record<string, string> => {
    const read = typeOfSettings(schema, { whole: false }).safeParse(values);
    return read.success
      ? {}
      : Object.fromEntries(
          fieldProblems(read.error, "values").map((f) => [
            f.path.split("/").slice(1, 3).join("/"),
            wrote(f.code, f.facts),
          ]),
        );
  };
  const look = (place: string, now: Typed = typed) => {
    const message = wrongIn(valuesOf(schema, now))[place];
    setErrors(({ [place]: _was, ...rest }) => (message ? { ...rest, [place]: message } : rest));
  };
  const answered = (text: string) => (now: ProductSettings) => {
    toast(text);
    setStale(false);
    setErrors({});
    setVersion(now.version);
    setTyped(typedIn(now.schema, (now.draft ?? now.waiting ?? now.live)?.values));
    queries.setQueryData([api.settings.read.path, { params: at.params, query: at.query }], now);
    void queries.invalidateQueries({ queryKey: [api.settings.read.path] });
    void queries.invalidateQueries({ queryKey: ["pages", api.settings.history.path] });
  };
  const refused = (error: unknown) => {
    if (!isProblem(error)) return;
    if (error.code === "version-stale") {
      setStale(true);
      void queries.fetchQuery({ queryKey: ["fresh", key], queryFn: () => read.refetch(), staleTime: 0 });
    }
    if (error.fields.length > 0) {
      const found = Object.fromEntries(
        error.fields.map((f) => [f.path.split("/").slice(2, 4).join("/"), wrote(f.code, f.facts)]),
      );
      setErrors(found);
      focusOn(Object.keys(found)[0]);
    }
  };
  const at = { params: { institutionId, productId: product.id }, query: { environment } };
  const read = useCall(api.settings.read, at, { enabled: false });
  // Who saved in between left another version: the next save goes over it only after this reader was told.
  useEffect(() => {
    if (stale && read.data) setVersion(read.data.version);
  }, [stale, read.data]);
  const save = useSend(api.settings.save, { onSuccess: answered(say.saved), onError: refused });
  const activate = useSend(api.settings.activate, {
    onSuccess: (now) => answered(now.waiting ? say.submitted : say.activated)(now),
    onError: refused,
  });
  const values = valuesOf(schema, typed);
  const done = stepsDone(schema, values);
  const allowed = useMayWrite(product.id);
  const may = useOnceAllowed(allowed ?? false);
  const busy = save.isPending || activate.isPending;
  const send = () => {
    const wrong = wrongIn(values);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return focusOn(Object.keys(wrong)[0]);
    if (!busy) save.mutate({ ...at, body: { values }, version });
  };
  // What an earlier try was refused for is no news once something was saved since.
  const failed = save.submittedAt > activate.submittedAt ? save.error : activate.error;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {dirty && keptIn(key) ? <p className="s muted">{say.kept}</p> : null}
      {draft && !dirty ? <p className="s muted">{say.draftNote(day(draft.savedAt), draft.savedBy)}</p> : null}
      {stale ? <Note tone="attention" icon="alert" role="alert" level={2} title={say.stale} /> : null}
      {schema["x-order"].map((name) => {
        const step = schema.properties[name]!;
        const { title, description } = textsOf(step, language);
        return (
          <Sheet
            key={name}
            title={title}
            className="below"
            beside={
              <Chip tone={done.includes(name) ? "positive" : "neutral"}>
                {done.includes(name) ? say.stepDone : say.stepMissing}
              </Chip>
            }
          >
            <div className="body stack">
              {description ? <p className="muted">{description}</p> : null}
              <div className="fields">
                {step["x-order"].map((field) => {
                  const place = `${name}/${field}`;
                  return (
                    <DeclaredInput
                      key={field}
                      place={place}
                      field={step.properties[field]!}
                      required={step.required.includes(field)}
                      value={typed[name]?.[field] ?? ""}
                      error={errors[place]}
                      locked={!may}
                      onChange={(value) => {
                        const now = { ...typed, [name]: { ...typed[name], [field]: value } };
                        setTyped(now);
                        // Once wrong, it is looked at again while it is mended: nothing moves under the finger later.
                        if (errors[place]) look(place, now);
                      }}
                      onLeave={() => look(place)}
                    />
                  );
                })}
              </div>
            </div>
          </Sheet>
        );
      })}
      {failed && !(isProblem(failed) && ["version-stale", "input-invalid"].includes(failed.code)) ? (
        <RefusalNote error={failed} level={2} />
      ) : null}
      {may ? (
        <div className="row below">
          <button type="submit" className={`btn ${draft && !dirty ? "plain" : "main"}`} aria-disabled={busy}>
            {say.save}
          </button>
          {draft && !dirty ? (
            <button
              type="button"
              className="btn main"
              aria-disabled={busy}
              onClick={() => {
                if (!busy) activate.mutate({ ...at, version });
              }}
            >
              {settings.reviewed ? say.submit : say.activate}
            </button>
          ) : null}
        </div>
      ) : allowed === undefined ? null : (
        <div className="row below">
          <LockedButton permission={WRITE} productId={product.id} label={say.save} />
        </div>
      )}
    </form>
  );
};

const keptIn = (key: string): Typed | null => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Typed | null;
  } catch {
    return null;
  }
};
const focusOn = (place: string | undefined) =>
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-place="${place ?? ""}"] :is(input, textarea, select)`)?.focus(),
  );

const History = ({ productId, environment }: { productId: string; environment: Environment }) => {
  const { screens, day, time } = useWords();
  const say = useSettingsWords();
  const institutionId = useInstitutionId();
  const pages = usePages(api.settings.history, {
    params: { institutionId, productId },
    query: { environment, limit: 10 },
  });
  return (
    <Sheet title={say.history} className="below">
      {pages.isPending ? <Bones what={say.history} rows={2} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <div className="body">
          <p className="s muted">{say.noHistory}</p>
        </div>
      ) : null}
      <ul className="rows inbox">
        {pages.items.map((one) => (
          <li key={one.id}>
            <div>
              <h3>{say.version(one.number)}</h3>
              <p className="s muted">
                {one.savedBy} · {day(one.savedAt)}, {time(one.savedAt)}
                {one.note ? ` · ${one.note}` : ""}
              </p>
            </div>
            <div className="do">
              <Chip tone={versionTone[one.state]}>{say.states[one.state]}</Chip>
            </div>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};

export { READ as settingsRead };
