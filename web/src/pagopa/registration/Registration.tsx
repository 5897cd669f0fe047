import { type AnswerOf, api, isProblem, NewRegistration, type NodeStepLine } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { queries, useCall, usePages, useSend } from "../../kit/call.ts";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { useEndpointForm } from "../../kit/form.ts";
import { LockedButton, mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Bones, Chip, Note, PageTitle, Sheet, type Tone } from "../../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { StationWordsProvider, useStationWords } from "../words.tsx";
import { Associations } from "./Associations.tsx";

type Read = AnswerOf<typeof api.pagopa.registration.read>;

export const Registration = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

const Content = () => {
  const words = useStationWords();
  const say = words.registration;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const one = useCall(api.pagopa.registration.read, { params: { institutionId }, query: { environment } });
  const r = one.data;
  return (
    <>
      <PageTitle title={say.title} documentTitle={`${say.title}, ${words.environments[environment]}`}>
        <p>{say.intro}</p>
      </PageTitle>
      {one.isPending ? (
        <Sheet title={say.data}>
          <Bones what={say.data} />
        </Sheet>
      ) : null}
      {one.isError ? (
        <Sheet title={say.data}>
          <Refusal error={one.error} retry={() => void one.refetch()} />
        </Sheet>
      ) : null}
      {r && r.capacity === null ? <Note tone="neutral" icon="info" level={2} title={say.ofPsp} /> : null}
      {r && r.capacity !== null ? (
        <div className="stack">
          <Next read={r} />
          <Data key={`data ${environment} ${r.registration?.version ?? 0}`} read={r} />
          {r.registration?.creditorBroker ? (
            <Contact key={`contact ${environment} ${r.operationsContact?.version ?? 0}`} read={r} />
          ) : null}
          {r.capacity === "creditor-institution" ? <Associations /> : null}
        </div>
      ) : null}
    </>
  );
};

const stepTone: Record<NodeStepLine["state"], Tone> = { done: "positive", "to-do": "attention", waiting: "progress" };

/** What comes next, the same for the institution and for whoever serves it. */
const Next = ({ read }: { read: Read }) => {
  const words = useStationWords();
  const say = words.registration;
  const institutionId = useInstitutionId();
  const ambiente = environmentWord[useEnvironment()];
  const left = read.steps.filter((s) => s.state !== "done").length;
  const link = (step: NodeStepLine["step"]) =>
    step === "station" ? (
      <Link
        className="btn plain s"
        to="/enti/$institutionId/pagopa/$ambiente/stazioni/nuova"
        params={{ institutionId, ambiente }}
      >
        {say.go[step]}
      </Link>
    ) : step === "association" ? (
      <Link
        className="btn plain s"
        to="/enti/$institutionId/pagopa/$ambiente/stazioni"
        params={{ institutionId, ambiente }}
      >
        {say.go[step]}
      </Link>
    ) : step === "iban" ? (
      <Link
        className="btn plain s"
        to="/enti/$institutionId/pagopa/$ambiente/iban/nuovo"
        params={{ institutionId, ambiente }}
      >
        {say.go[step]}
      </Link>
    ) : step === "delegation" ? (
      <Link className="btn plain s" to="/enti/$institutionId/deleghe" params={{ institutionId }}>
        {say.go[step]}
      </Link>
    ) : (
      <span className="s quiet">{say.go[step]}</span>
    );
  return (
    <Sheet title={say.next} count={left} hot={left > 0}>
      {left === 0 ? (
        <div className="body">
          <p>{say.nextDone}</p>
        </div>
      ) : (
        <ol className="rows">
          {read.steps.map((s) => (
            <li key={s.step} className="may">
              <span>
                <Chip tone={stepTone[s.state]}>{say.states[s.state]}</Chip>{" "}
                {(read.capacity === "technology-partner" ? say.partnerSteps[s.step] : undefined) ?? say.steps[s.step]}
              </span>
              {s.state === "to-do" ? link(s.step) : null}
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  );
};

type Typed = {
  address: string;
  city: string;
  zipCode: string;
  county: string;
  taxDomicile: string;
  connection: "direct" | "intermediary";
  intermediaryId: string;
  pspPayment: boolean;
  brokers: ("creditor-institutions" | "psps")[];
};

const Data = ({ read }: { read: Read }) => {
  const words = useStationWords();
  const say = words.registration;
  const { day } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const r = read.registration;
  const partner = read.capacity === "technology-partner";
  const start = r ?? { ...read.suggested, taxDomicile: "", connection: "direct" as const, pspPayment: true };
  const { form, sent, showWrong } = useEndpointForm<Typed>(NewRegistration, {
    address: start.address,
    city: start.city,
    zipCode: start.zipCode,
    county: start.county,
    taxDomicile: start.taxDomicile || `${start.address}, ${start.zipCode} ${start.city}`.trim(),
    connection: start.connection,
    intermediaryId: r?.intermediary?.id ?? "",
    pspPayment: start.pspPayment,
    brokers: r
      ? [...(r.creditorBroker ? ["creditor-institutions" as const] : []), ...(r.pspBroker ? ["psps" as const] : [])]
      : ["creditor-institutions"],
  });
  const connection = useWatch({ control: form.control, name: "connection" });
  const brokers = usePages(api.pagopa.registration.intermediaries, {
    params: { institutionId },
    query: { environment, limit: 100 },
  });
  const register = useSend(api.pagopa.registration.register);
  const [tried, setTried] = useState<AnswerOf<typeof api.pagopa.registration.register> | null>(null);
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:registration:write"));
  const send = (dryRun: boolean) =>
    form.handleSubmit((values) => {
      register.mutate(
        {
          params: { institutionId },
          query: { environment },
          body: { ...sent(values), brokers: partner ? values.brokers : [] },
          version: r?.version ?? 0,
          ...(dryRun ? { dryRun: true } : {}),
        },
        {
          onSuccess: (answer) => {
            if (dryRun) return setTried(answer);
            setTried(null);
            toast(say.done);
            void queries.invalidateQueries();
          },
          onError: (error) => {
            setTried(null);
            showWrong(error);
          },
        },
      );
    })();
  const doubtful = r?.taxCodeDoubtful ?? false;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(r !== null);
      }}
      noValidate
    >
      <Sheet title={say.data}>
        <div className="body stack">
          <p>
            {r ? say.since(day(r.registeredAt)) : say.notYet} · {say.taxCode}{" "}
            <span className="code">{r?.taxCode ?? read.suggested.taxCode}</span>
          </p>
          {doubtful ? <Note tone="attention" icon="alert" title={say.doubtful} /> : null}
          <fieldset disabled={!may} className="stack">
            <legend className="hidden">{say.data}</legend>
            <div className="fields">
              <Field form={form} name="address" label={say.address} maxLength={255} />
              <Field form={form} name="city" label={say.city} maxLength={120} />
              <Field form={form} name="zipCode" label={say.zipCode} width={3} inputMode="numeric" maxLength={10} />
              <Field form={form} name="county" label={say.county} width={3} maxLength={2} autoCapitalize="characters" />
              <Field form={form} name="taxDomicile" label={say.taxDomicile} maxLength={255} />
            </div>
            {partner ? (
              <fieldset>
                <legend>{say.brokers}</legend>
                <div className="choices">
                  <label className="choice">
                    <input type="checkbox" value="creditor-institutions" {...form.register("brokers")} />
                    <span>{say.creditorInstitutions}</span>
                  </label>
                  <label className="choice">
                    <input type="checkbox" value="psps" {...form.register("brokers")} />
                    <span>{say.psps}</span>
                  </label>
                </div>
              </fieldset>
            ) : (
              <fieldset>
                <legend>{say.connection}</legend>
                <div className="choices">
                  {(["direct", "intermediary"] as const).map((one) => (
                    <label className="choice" key={one}>
                      <input type="radio" value={one} {...form.register("connection")} />
                      <span>
                        {say[one]}
                        <small>{say[`${one}Help`]}</small>
                      </span>
                    </label>
                  ))}
                </div>
                {connection === "intermediary" ? (
                  <div className="fields">
                    <Field
                      form={form}
                      name="intermediaryId"
                      label={say.who}
                      width={8}
                      help={brokers.isSuccess && brokers.items.length === 0 ? say.none : ""}
                      options={
                        <>
                          <option value="">{words.choose}</option>
                          {r?.intermediary && !brokers.items.some((b) => b.id === r.intermediary?.id) ? (
                            <option value={r.intermediary.id}>{r.intermediary.name}</option>
                          ) : null}
                          {brokers.items.map((b) => (
                            <option key={b.id} value={b.id}>
                              {b.name}
                              {b.delegated ? ` (${say.delegated})` : ""}
                            </option>
                          ))}
                        </>
                      }
                    />
                  </div>
                ) : null}
                <div className="choices">
                  <label className="choice">
                    <input type="checkbox" {...form.register("pspPayment")} />
                    <span>{say.pspPayment}</span>
                  </label>
                </div>
              </fieldset>
            )}
          </fieldset>
          {r && !partner ? (
            <dl className="facts">
              <div>
                <dt>{say.encodings}</dt>
                <dd>
                  {r.encodings.map((e) => (
                    <span key={`${e.kind} ${e.code}`}>
                      {say.encoding[e.kind]} <span className="code">{e.code}</span>{" "}
                    </span>
                  ))}
                </dd>
              </div>
              <div>
                <dt>{say.cbill}</dt>
                <dd>{r.cbillCode ? <span className="code">{r.cbillCode}</span> : say.cbillNone}</dd>
              </div>
            </dl>
          ) : null}
          {register.error && !(isProblem(register.error) && register.error.code === "input-invalid") ? (
            <RefusalNote error={register.error} />
          ) : null}
        </div>
        <footer className="row">
          {may ? (
            <button type="submit" className="btn main push" aria-disabled={register.isPending}>
              {r ? say.review : say.register}
            </button>
          ) : (
            <LockedButton
              permission="pagopa:registration:write"
              label={r ? say.review : say.register}
              className="btn plain push"
            />
          )}
        </footer>
      </Sheet>
      <Dialog
        title={say.confirm}
        open={tried !== null}
        onClose={() => setTried(null)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setTried(null)}>
              {words.cancel}
            </button>
            <button type="button" className="btn main" onClick={() => void send(false)}>
              {say.confirmDo}
            </button>
          </>
        }
      >
        {tried ? <TouchedList touched={tried.touched} /> : null}
      </Dialog>
    </form>
  );
};

const TouchedList = ({ touched }: { touched: AnswerOf<typeof api.pagopa.registration.register>["touched"] }) => {
  const say = useStationWords().registration;
  const lines = [
    { name: say.touches.stations, items: touched.stations.map((s) => s.code) },
    { name: say.touches.associations, items: touched.associations.map((a) => `${a.stationCode} · ${a.broker}`) },
    { name: say.touches.delegations, items: touched.delegations.map((d) => d.partner) },
  ].filter((l) => l.items.length > 0);
  return lines.length === 0 ? (
    <p>{say.touchesNothing}</p>
  ) : (
    <dl className="facts">
      {lines.map((l) => (
        <div key={l.name}>
          <dt>{l.name}</dt>
          <dd>{l.items.join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
};

const Contact = ({ read }: { read: Read }) => {
  const words = useStationWords();
  const say = words.registration;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const c = read.operationsContact;
  const set = useSend(api.pagopa.registration.setOperationsContact);
  const { form, sent, showWrong } = useEndpointForm<{ referent: string; email: string; telephone: string }>(
    api.pagopa.registration.setOperationsContact.body!,
    { referent: c?.referent ?? "", email: c?.email ?? "", telephone: c?.telephone ?? "" },
  );
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:stations:write"));
  const submit = form.handleSubmit((values) =>
    set.mutate(
      { params: { institutionId }, query: { environment }, body: sent(values), version: c?.version ?? 0 },
      {
        onSuccess: () => {
          toast(say.contactSaved);
          void queries.invalidateQueries();
        },
        onError: (error) => void showWrong(error),
      },
    ),
  );
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Sheet title={say.contact}>
        <div className="body stack">
          <p>{say.contactIntro}</p>
          <fieldset disabled={!may}>
            <legend className="hidden">{say.contact}</legend>
            <div className="fields">
              <Field form={form} name="referent" label={say.referent} width={4} maxLength={140} />
              <Field form={form} name="email" label={say.email} width={4} type="email" maxLength={254} />
              <Field form={form} name="telephone" label={say.telephone} width={4} type="tel" maxLength={40} />
            </div>
          </fieldset>
          {set.error && !(isProblem(set.error) && set.error.code === "input-invalid") ? (
            <RefusalNote error={set.error} />
          ) : null}
        </div>
        <footer className="row">
          {may ? (
            <button type="submit" className="btn plain push" aria-disabled={set.isPending}>
              {words.save}
            </button>
          ) : (
            <LockedButton permission="pagopa:stations:write" label={words.save} className="btn plain push" />
          )}
        </footer>
      </Sheet>
    </form>
  );
};
