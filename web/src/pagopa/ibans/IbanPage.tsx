import {
  api,
  IbanChange,
  type IbanDependents,
  type IbanLabel,
  ibanInFours,
  ibanLabels,
  type Permission,
  type RegisteredIban,
} from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { call, queries, useCall, useSend } from "../../kit/call.ts";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { useEndpointForm } from "../../kit/form.ts";
import { LockedButton, mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Bones, Chip, Icon, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { Refusal } from "../../kit/Refusal.tsx";
import { saveFile } from "../../kit/save.ts";
import { takeKept } from "../../kit/step-up.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { tomorrow } from "./days.ts";
import { ibanTone } from "./Ibans.tsx";
import { useProposing } from "./propose.tsx";

const WRITE: Permission = "pagopa:ibans:write";

/** One account: what it is, what it is for, and how it ends. */
export const IbanPage = () => {
  const { screens, day } = useWords();
  const say = screens.ibans;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const { ibanId } = useParams({ strict: false }) as { ibanId: string };
  const mine = useMine();
  const at = { params: { institutionId, ibanId }, query: { environment } };
  const one = useCall(api.pagopa.ibans.read, at);
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], WRITE));
  const row = one.data;
  // Back from confirming who one is: what was typed in a section is still there.
  const [kept] = useState(() => (takeKept() ?? {}) as Kept);
  return (
    <>
      <PageTitle
        title={row ? say.page.title(ibanInFours(row.iban)) : say.title}
        acts={row ? <Chip tone={ibanTone[row.state]}>{say.states[row.state]}</Chip> : null}
      >
        <p>
          <Link
            to="/enti/$institutionId/pagopa/$ambiente/iban"
            params={{ institutionId, ambiente: environmentWord[environment] }}
          >
            {say.page.back}
          </Link>
          {row ? ` · ${say.changedBy(row.changed.by, day(row.changed.at))}` : ""}
        </p>
      </PageTitle>
      {one.isPending ? (
        <Sheet title={say.page.data}>
          <Bones what={say.page.data} />
        </Sheet>
      ) : null}
      {one.isError ? (
        <Sheet title={say.page.data}>
          <Refusal error={one.error} retry={() => void one.refetch()} />
        </Sheet>
      ) : null}
      {row ? (
        <>
          <Data key={`data ${row.version}`} row={row} may={may && row.state !== "retired"} kept={kept} />
          {row.state === "retired" ? null : (
            <>
              <Labels key={`labels ${row.labels.join()}`} row={row} may={may} kept={kept} />
              <End key={`end ${row.retiresOn ?? ""}`} row={row} may={may} kept={kept} />
            </>
          )}
        </>
      ) : null}
    </>
  );
};

type Kept = {
  data?: { description: string; validFrom: string; validUntil: string };
  labels?: IbanLabel[];
  end?: string;
};
type Given = { row: RegisteredIban; may: boolean; kept: Kept };
const useHere = (row: RegisteredIban) => {
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  return { params: { institutionId, ibanId: row.id }, query: { environment } };
};
const done = (text: string) => {
  toast(text);
  void queries.invalidateQueries();
};

const Data = ({ row, may, kept }: Given) => {
  const { screens, day } = useWords();
  const say = screens.ibans;
  const at = useHere(row);
  const change = useSend(api.pagopa.ibans.change);
  const { form, sent, showWrong } = useEndpointForm<NonNullable<Kept["data"]>>(
    IbanChange,
    kept.data ?? { description: row.description, validFrom: row.validFrom, validUntil: row.validUntil ?? "" },
  );
  const proposing = useProposing((): Kept => ({ data: form.getValues() }));
  if (!may)
    return (
      <Sheet title={say.page.data}>
        <div className="body">
          <dl className="facts">
            <div>
              <dt>{say.form.description}</dt>
              <dd>{row.description}</dd>
            </div>
            <div>
              <dt>{say.columns.validity}</dt>
              <dd>
                {say.from(day(row.validFrom))} {row.validUntil ? say.to(day(row.validUntil)) : ""}
              </dd>
            </div>
          </dl>
        </div>
        {row.state === "retired" ? null : (
          <footer className="row">
            <LockedButton permission={WRITE} label={say.page.change} className="btn plain push" />
          </footer>
        )}
      </Sheet>
    );
  const submit = form.handleSubmit((values) => {
    const body = { ...sent(values), validUntil: values.validUntil || null };
    change.mutate(
      { ...at, body, version: row.version },
      {
        onSuccess: () => done(say.page.changed),
        onError: (error) => {
          if (!showWrong(error))
            proposing.refuse(error, {
              endpoint: "pagopa.ibans.change",
              params: { ibanId: row.id },
              body,
              version: row.version,
            });
        },
      },
    );
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Sheet title={say.page.data}>
        <div className="body stack">
          {row.holder.kind === "other" ? (
            <p>
              {say.heldBy(row.holder.name)}, <span className="code">{row.holder.taxCode}</span>:{" "}
              {say.form.grounds[row.holder.ground]}
            </p>
          ) : null}
          <div className="fields">
            <Field form={form} name="description" label={say.form.description} maxLength={300} />
            <Field form={form} name="validFrom" label={say.form.validFrom} type="date" width={3} />
            <Field
              form={form}
              name="validUntil"
              label={say.form.validUntil}
              optional={screens.kit.optional}
              type="date"
              width={3}
            />
          </div>
          {proposing.notes}
          {proposing.dialog}
        </div>
        <footer className="row">
          <button type="submit" className="btn main push" aria-disabled={change.isPending}>
            {say.page.change}
          </button>
        </footer>
      </Sheet>
    </form>
  );
};

const Labels = ({ row, may, kept }: Given) => {
  const { screens } = useWords();
  const say = screens.ibans;
  const at = useHere(row);
  const label = useSend(api.pagopa.ibans.label);
  const [chosen, setChosen] = useState<IbanLabel[]>(kept.labels ?? row.labels);
  const proposing = useProposing((): Kept => ({ labels: chosen }));
  const body = { labels: chosen };
  const send = () =>
    label.mutate(
      { ...at, body, version: row.version },
      {
        onSuccess: () => done(say.page.labelled),
        onError: (error) =>
          proposing.refuse(error, {
            endpoint: "pagopa.ibans.label",
            params: { ibanId: row.id },
            body,
            version: row.version,
          }),
      },
    );
  return (
    <Sheet title={say.page.labelsTitle}>
      <div className="body stack">
        <p>{say.page.labelsIntro}</p>
        <fieldset disabled={!may}>
          <legend className="hidden">{say.page.labelsTitle}</legend>
          <div className="choices">
            {ibanLabels.map((one) => (
              <label className="choice" key={one}>
                <input
                  type="checkbox"
                  checked={chosen.includes(one)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, one] : chosen.filter((other) => other !== one))
                  }
                />
                <span>
                  {say.labels[one]}
                  <small>{say.labelHelp[one]}</small>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        {proposing.notes}
        {proposing.dialog}
        <div className="row">
          {may ? (
            <button type="button" className="btn plain" onClick={send} aria-disabled={label.isPending}>
              {say.page.labelsSave}
            </button>
          ) : (
            <LockedButton permission={WRITE} label={say.page.labelsSave} />
          )}
        </div>
      </div>
    </Sheet>
  );
};

/** What depends on an account, or stands beside it: to know before it goes. */
const Hanging = ({ on, ibanId }: { on: IbanDependents; ibanId: string }) => {
  const { screens } = useWords();
  const say = screens.ibans.hanging;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const { evidence } = on;
  const download = async () => {
    const at = { params: { institutionId, ibanId }, query: { environment } };
    saveFile(await call(api.pagopa.ibans.evidence, at), evidence?.name ?? "prova.pdf");
  };
  const lines = [
    on.lastInUse ? say.last : null,
    on.labels.length > 0 ? say.labels(on.labels.map((one) => screens.ibans.labels[one]).join(", ")) : null,
    on.shared ? (on.owner ? say.sharedMine : say.sharedTheirs) : null,
    on.barcode ? `${say.barcode} ${on.barcode}` : null,
  ].filter((line) => line !== null);
  return (
    <ul className="plain-list">
      {lines.map((line) => (
        <li key={line}>
          <Icon name="info" small />
          <span>{line}</span>
        </li>
      ))}
      {evidence ? (
        <li>
          <Icon name="doc" small />
          <span>
            {say.evidence}{" "}
            <button type="button" className="as-link" onClick={() => void download()}>
              {evidence.name}
            </button>
          </span>
        </li>
      ) : null}
      {lines.length === 0 && !evidence ? (
        <li>
          <Icon name="check" small />
          <span>{say.nothing}</span>
        </li>
      ) : null}
    </ul>
  );
};

const End = ({ row, may, kept }: Given) => {
  const { screens, day } = useWords();
  const say = screens.ibans.page;
  const at = useHere(row);
  const retire = useSend(api.pagopa.ibans.retire);
  const keep = useSend(api.pagopa.ibans.keep);
  const [on, setOn] = useState(kept.end ?? tomorrow());
  const proposing = useProposing((): Kept => ({ end: on }));
  const hangs = useCall(api.pagopa.ibans.dependents, at);
  const [asking, setAsking] = useState(false);
  const params = { ibanId: row.id };
  const plan = () => {
    setAsking(false);
    retire.mutate(
      { ...at, body: { on } },
      {
        onSuccess: () => done(say.retirePlanned(day(on))),
        onError: (error) => proposing.refuse(error, { endpoint: "pagopa.ibans.retire", params, body: { on } }),
      },
    );
  };
  const takeBack = () =>
    keep.mutate(at, {
      onSuccess: () => done(say.kept),
      onError: (error) => proposing.refuse(error, { endpoint: "pagopa.ibans.keep", params }),
    });
  return (
    <Sheet title={say.end}>
      <div className="body stack">
        <p>{row.retiresOn ? say.retirePlanned(day(row.retiresOn)) : say.endIntro}</p>
        {hangs.data ? <Hanging on={hangs.data} ibanId={row.id} /> : null}
        {proposing.notes}
        {proposing.dialog}
        {may ? null : (
          <div className="row">
            <LockedButton permission={WRITE} label={row.retiresOn ? say.keep : say.retire} />
          </div>
        )}
        {may && row.retiresOn ? (
          <div className="row">
            <button type="button" className="btn plain" onClick={takeBack} aria-disabled={keep.isPending}>
              {say.keep}
            </button>
          </div>
        ) : null}
        {may && !row.retiresOn ? (
          <div className="fields">
            <div className="field w4">
              <label htmlFor="retire-on">{say.retireOn}</label>
              <input
                id="retire-on"
                className="input"
                type="date"
                min={tomorrow()}
                value={on}
                onChange={(event) => setOn(event.target.value)}
              />
            </div>
            <div className="field w12">
              <div className="row">
                <button type="button" className="btn plain" onClick={() => setAsking(true)} aria-disabled={!on}>
                  {say.retire}
                </button>
              </div>
            </div>
          </div>
        ) : null}
      </div>
      <Dialog
        title={on ? say.retireTitle(row.iban, day(on)) : say.end}
        open={asking && on !== ""}
        onClose={() => setAsking(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(false)}>
              {say.keepIt}
            </button>
            <button type="button" className="btn main" onClick={plan}>
              {say.retire}
            </button>
          </>
        }
      >
        <p>{say.endIntro}</p>
        {hangs.data ? <Hanging on={hangs.data} ibanId={row.id} /> : null}
      </Dialog>
    </Sheet>
  );
};
