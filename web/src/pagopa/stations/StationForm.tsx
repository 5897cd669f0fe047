import { api, isProblem, NewStation, type Station, type StationSettings } from "@area/api";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { queries, useCall, useSend } from "../../kit/call.ts";
import { Field } from "../../kit/Field.tsx";
import { useEndpointForm } from "../../kit/form.ts";
import { mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Bones, Note, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { Locked, Refusal, RefusalNote } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { StationWordsProvider, useStationWords } from "../words.tsx";

export type Typed = {
  description: string;
  settings: {
    connection: "sync" | "async";
    primitiveVersion: 1 | 2 | string;
    noticeUrl: string;
    receiptUrl: string;
    redirectUrl: string;
    restUrl: string;
    paymentOptions: boolean;
  };
};
export const typedOf = (s: StationSettings | null, description = ""): Typed => ({
  description,
  settings: {
    connection: s?.connection ?? "sync",
    primitiveVersion: String(s?.primitiveVersion ?? 2),
    noticeUrl: s?.noticeUrl ?? "",
    receiptUrl: s?.receiptUrl ?? "",
    redirectUrl: s?.redirectUrl ?? "",
    restUrl: s?.restUrl ?? "",
    paymentOptions: s?.paymentOptions ?? false,
  },
});
/** What is typed for the other kind of connection stays in the form, and does not go out. */
export const bodyOf = (v: Typed) => {
  const s = v.settings;
  const sync = s.connection === "sync";
  return {
    description: v.description,
    settings: {
      connection: s.connection,
      primitiveVersion: Number(s.primitiveVersion) as 1 | 2,
      noticeUrl: (sync && s.noticeUrl.trim()) || null,
      receiptUrl: (sync && s.receiptUrl.trim()) || null,
      redirectUrl: (sync && s.redirectUrl.trim()) || null,
      restUrl: (sync && s.restUrl.trim()) || null,
      paymentOptions: sync && s.paymentOptions,
    },
  };
};
/** The endpoint's type, looked at with what would go out. */
export const asSent = {
  safeParse: (values: unknown) => NewStation.safeParse(bodyOf(normal(values as Partial<Typed>))),
} as unknown as typeof NewStation;
const normal = (v: Partial<Typed>): Typed => ({
  description: v.description ?? "",
  settings: {
    ...typedOf(null).settings,
    ...Object.fromEntries(Object.entries(v.settings ?? {}).filter(([, x]) => x !== undefined)),
  } as Typed["settings"],
});

/** The addresses of a station, for whoever writes them: a new one, a change, or the way to production. */
export const SettingsFields = ({ form }: { form: UseFormReturn<Typed> }) => {
  const words = useStationWords();
  const say = words.form;
  const { screens } = useWords();
  const connection = useWatch({ control: form.control, name: "settings.connection" });
  return (
    <>
      <fieldset>
        <legend>{say.connection}</legend>
        <div className="choices">
          {(["sync", "async"] as const).map((one) => (
            <label className="choice" key={one}>
              <input type="radio" value={one} {...form.register("settings.connection")} />
              <span>
                {say[one]}
                <small>{say[`${one}Help`]}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {connection === "sync" ? (
        <>
          <div className="fields">
            <Field
              form={form}
              name="settings.noticeUrl"
              label={words.fields["noticeUrl"]}
              help={say.urlHelp}
              width={12}
              type="url"
              code
              maxLength={500}
            />
            <Field
              form={form}
              name="settings.restUrl"
              label={words.fields["restUrl"]}
              optional={screens.kit.optional}
              width={12}
              type="url"
              code
              maxLength={500}
            />
          </div>
          <div className="choices">
            <label className="choice">
              <input type="checkbox" {...form.register("settings.paymentOptions")} />
              <span>{say.paymentOptions}</span>
            </label>
          </div>
          <fieldset>
            <legend>{say.legacy}</legend>
            <p className="hint">{say.legacyHelp}</p>
            <div className="fields">
              <Field
                form={form}
                name="settings.receiptUrl"
                label={words.fields["receiptUrl"]}
                optional={screens.kit.optional}
                width={12}
                type="url"
                code
                maxLength={500}
                deps={["settings.redirectUrl"]}
              />
              <Field
                form={form}
                name="settings.redirectUrl"
                label={words.fields["redirectUrl"]}
                optional={screens.kit.optional}
                width={12}
                type="url"
                code
                maxLength={500}
                deps={["settings.receiptUrl"]}
              />
            </div>
          </fieldset>
        </>
      ) : null}
      <div className="fields">
        <Field
          form={form}
          name="description"
          label={words.fields["description"]}
          optional={screens.kit.optional}
          help={say.descriptionHelp}
          maxLength={255}
          width={8}
        />
        <Field
          form={form}
          name="settings.primitiveVersion"
          label={say.version}
          width={4}
          options={
            <>
              <option value="2">2</option>
              <option value="1">1</option>
            </>
          }
        />
      </div>
    </>
  );
};

export const StationForm = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

const Content = () => {
  const words = useStationWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const { stationCode } = useParams({ strict: false }) as { stationCode?: string };
  const { da } = useSearch({ strict: false }) as { da?: string };
  const like = stationCode ?? da;
  const one = useCall(
    api.pagopa.stations.read,
    { params: { institutionId, stationCode: like ?? "_" }, query: { environment } },
    { enabled: like !== undefined },
  );
  const title = stationCode ? words.form.changeTitle(stationCode) : da ? words.form.copyTitle(da) : words.form.newTitle;
  const mine = useMine();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:stations:write"));
  if (mine.isSuccess && !allowed)
    return (
      <>
        <PageTitle title={title} />
        <Sheet title={words.page.configuration}>
          <Locked permission="pagopa:stations:write" />
        </Sheet>
      </>
    );
  return (
    <>
      <PageTitle title={title} documentTitle={`${title}, ${words.environments[environment]}`}>
        <p>{stationCode ? "" : words.form.codeNote}</p>
      </PageTitle>
      {like !== undefined && one.isPending ? (
        <Sheet title={words.page.configuration}>
          <Bones what={words.page.configuration} />
        </Sheet>
      ) : null}
      {one.isError && !one.data ? (
        <Sheet title={words.page.configuration}>
          <Refusal error={one.error} retry={() => void one.refetch()} />
        </Sheet>
      ) : null}
      {like === undefined ? <Write station={null} changes={false} /> : null}
      {one.data ? <Write key={one.data.code} station={one.data} changes={stationCode !== undefined} /> : null}
    </>
  );
};

/** What waits is what is changed further; else what is live. */
const startOf = (s: Station | null) =>
  s?.change && (s.change.state === "waiting" || s.change.state === "changes-requested")
    ? typedOf(s.change.settings, s.change.description)
    : typedOf(s?.settings ?? null, s?.description);

const Write = ({ station, changes }: { station: Station | null; changes: boolean }) => {
  const words = useStationWords();
  const say = words.form;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const navigate = useNavigate();
  const at = { institutionId, ambiente: environmentWord[environment] };
  const [version, setVersion] = useState(station?.version ?? 0);
  const { form, showWrong } = useEndpointForm<Typed>(asSent, startOf(station));
  const create = useSend(api.pagopa.stations.create);
  const change = useSend(api.pagopa.stations.change);
  const error = create.error ?? change.error;
  const stale = isProblem(error) && error.code === "version-stale";
  const done = (made: Station) => {
    toast(changes ? (made.change?.state === "waiting" ? say.sent : say.changed) : say.created(made.code));
    void queries.invalidateQueries();
    void navigate({
      to: "/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode",
      params: { ...at, stationCode: made.code },
    });
  };
  const onError = (e: unknown) => void showWrong(e);
  const submit = form.handleSubmit((values) => {
    const body = bodyOf(values);
    if (changes && station)
      change.mutate(
        { params: { institutionId, stationCode: station.code }, query: { environment }, body, version },
        { onSuccess: done, onError },
      );
    else create.mutate({ params: { institutionId }, query: { environment }, body }, { onSuccess: done, onError });
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Sheet title={words.page.configuration}>
        <div className="body stack">
          {environment === "production" ? <p className="hint">{say.production}</p> : null}
          <SettingsFields form={form} />
          {stale ? (
            <Note
              tone="attention"
              icon="alert"
              role="alert"
              title={say.stale}
              act={
                <button
                  type="button"
                  className="btn plain s"
                  onClick={() => {
                    setVersion(Number(error.facts["version"] ?? version));
                    change.reset();
                  }}
                >
                  {say.staleAct}
                </button>
              }
            />
          ) : null}
          {error && !stale && !(isProblem(error) && error.code === "input-invalid") ? (
            <RefusalNote error={error} />
          ) : null}
        </div>
        <footer className="row">
          <Link
            className="btn text"
            to={
              changes
                ? "/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode"
                : "/enti/$institutionId/pagopa/$ambiente/stazioni"
            }
            params={{ ...at, stationCode: station?.code ?? "" }}
          >
            {words.cancel}
          </Link>
          <button type="submit" className="btn main push" aria-disabled={create.isPending || change.isPending}>
            {changes ? say.change : say.save}
          </button>
        </footer>
      </Sheet>
    </form>
  );
};
