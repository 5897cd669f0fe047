import { api, NewAssociation } from "@area/api";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useWatch } from "react-hook-form";
import { type ItemOf, queries, useCall, usePages, useSend } from "../../kit/call.ts";
import { Field } from "../../kit/Field.tsx";
import { useEndpointForm } from "../../kit/form.ts";
import { mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../../kit/pieces.tsx";
import { Locked, Refusal, RefusalNote } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { StationWordsProvider, useStationWords } from "../words.tsx";

type Candidate = ItemOf<typeof api.pagopa.associations.candidates>;

export const Associate = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

/** Who can be put on this station, and with which code, chosen among those really free. */
const Content = () => {
  const words = useStationWords();
  const say = words.associate;
  const { screens } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const { stationCode } = useParams({ strict: false }) as { stationCode: string };
  const at = { institutionId, ambiente: environmentWord[environment], stationCode };
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const id = useId();
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const mine = useMine();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:stations:write"));
  const pages = usePages(api.pagopa.associations.candidates, {
    params: { institutionId, stationCode },
    query: { environment, limit: 20, ...(search ? { search } : {}) },
  });
  return (
    <div className="stack">
      <PageTitle
        title={say.title(stationCode)}
        documentTitle={`${say.title(stationCode)}, ${words.environments[environment]}`}
      >
        <p>
          <Link to="/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode" params={at}>
            {say.back}
          </Link>
        </p>
      </PageTitle>
      {mine.isSuccess && !allowed ? (
        <Sheet title={say.who}>
          <Locked permission="pagopa:stations:write" />
        </Sheet>
      ) : (
        <Sheet title={say.who}>
          <search className="filters">
            <label className="hidden" htmlFor={id}>
              {say.search}
            </label>
            <div className="search">
              <Icon name="search" />
              <input
                className="input"
                id={id}
                type="search"
                placeholder={say.search}
                value={typed}
                maxLength={100}
                onChange={(event) => setTyped(event.target.value)}
              />
            </div>
          </search>
          {pages.isPending ? <Bones what={say.who} /> : null}
          {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
          {pages.isSuccess && pages.items.length === 0 ? <StateBox icon="bank" title={say.none} /> : null}
          <fieldset className="body">
            <legend className="hidden">{say.who}</legend>
            <div className="choices">
              {pages.items.map((one) => (
                <label className="choice" key={one.id}>
                  <input
                    type="radio"
                    name="institution"
                    checked={chosen?.id === one.id}
                    disabled={!one.registered}
                    onChange={() => setChosen(one)}
                  />
                  <span>
                    {one.name}
                    <small>
                      <span className="code">{one.taxCode}</span>
                      {one.registered ? "" : ` · ${say.waiting}`}
                    </small>
                  </span>
                </label>
              ))}
            </div>
            {pages.hasNextPage ? (
              <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
                {screens.kit.more}
              </button>
            ) : null}
          </fieldset>
        </Sheet>
      )}
      {chosen ? <Codes key={chosen.id} chosen={chosen} /> : null}
    </div>
  );
};

type Typed = {
  institutionId: string;
  segregationCode: string;
  applicationCode: string;
  broadcast: boolean;
  aca: boolean;
  standIn: boolean;
};
const Codes = ({ chosen }: { chosen: Candidate }) => {
  const words = useStationWords();
  const say = words.associate;
  const { screens } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const navigate = useNavigate();
  const { stationCode } = useParams({ strict: false }) as { stationCode: string };
  const codes = useCall(api.pagopa.associations.segregationCodes, {
    params: { institutionId, stationCode },
    query: { environment, creditorInstitutionId: chosen.id },
  });
  const station = useCall(api.pagopa.stations.read, { params: { institutionId, stationCode }, query: { environment } });
  const associate = useSend(api.pagopa.associations.associate);
  const { form, sent, showWrong } = useEndpointForm<Typed>(NewAssociation, {
    institutionId: chosen.id,
    segregationCode: "",
    applicationCode: "",
    broadcast: false,
    aca: true,
    standIn: true,
  });
  const aca = useWatch({ control: form.control, name: "aca" });
  const free = codes.data?.free ?? [];
  const submit = form.handleSubmit((values) =>
    associate.mutate(
      {
        params: { institutionId, stationCode },
        query: { environment },
        body: {
          ...sent(values),
          applicationCode: values.applicationCode || null,
          standIn: values.aca && values.standIn,
        },
      },
      {
        onSuccess: () => {
          toast(say.done(chosen.name));
          void queries.invalidateQueries();
          void navigate({
            to: "/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode",
            params: { institutionId, ambiente: environmentWord[environment], stationCode },
          });
        },
        onError: (error) => void showWrong(error),
      },
    ),
  );
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Sheet title={chosen.name}>
        <div className="body stack">
          {codes.isError ? <Refusal error={codes.error} /> : null}
          {codes.isSuccess && free.length === 0 ? <p>{say.noCodes}</p> : null}
          <div className="fields">
            <Field
              form={form}
              name="segregationCode"
              label={say.code}
              help={codes.data ? say.codeHelp(free.length) : ""}
              width={4}
              options={
                <>
                  <option value="">{words.choose}</option>
                  {free.map((code) => (
                    <option key={code} value={code}>
                      {code}
                    </option>
                  ))}
                </>
              }
            />
            <Field
              form={form}
              name="applicationCode"
              label={say.application}
              optional={screens.kit.optional}
              help={say.applicationHelp}
              width={4}
              code
              maxLength={2}
              inputMode="numeric"
            />
          </div>
          <div className="choices">
            <label className="choice">
              <input type="checkbox" {...form.register("aca")} />
              <span>{say.aca}</span>
            </label>
            <label className="choice">
              <input type="checkbox" disabled={!aca} {...form.register("standIn")} />
              <span>
                {say.standIn}
                {aca ? null : <small>{say.standInNeeds}</small>}
              </span>
            </label>
            {station.data?.settings.primitiveVersion === 2 ? (
              <label className="choice">
                <input type="checkbox" {...form.register("broadcast")} />
                <span>{say.broadcast}</span>
              </label>
            ) : null}
          </div>
          {associate.error ? <RefusalNote error={associate.error} /> : null}
        </div>
        <footer className="row">
          <button type="submit" className="btn main push" aria-disabled={associate.isPending}>
            {say.save}
          </button>
        </footer>
      </Sheet>
    </form>
  );
};
