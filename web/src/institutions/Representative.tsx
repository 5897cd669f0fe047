import { api, isProblem, type LegalRepresentative, Manager } from "@area/api";
import { useState } from "react";
import { queries, useCall, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Field } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { LockedButton, mayI, useOnceAllowed } from "../kit/May.tsx";
import { Bones, Note, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { takeKept, useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { useInstitutionWords } from "./words.tsx";

type Typed = { givenName: string; familyName: string; fiscalCode: string; email: string };
const nothing: Typed = { givenName: "", familyName: "", fiscalCode: "", email: "" };

/** Who signs for the institution, where that is known from, and the way to say that they changed. */
export const Representative = () => {
  const { day } = useWords();
  const say = useInstitutionWords().representative;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], "institution:people:write"));
  const known = useCall(api.people.representative.read, { params: { institutionId } });
  // Back from confirming who one is: what was typed is still there.
  const [kept] = useState(() => takeKept() as Typed | null);
  const [changing, setChanging] = useState(kept !== null);
  const { current, past, registry } = known.data ?? { current: null, past: [], registry: null };
  const nameOf = (one: LegalRepresentative) => `${one.givenName} ${one.familyName}`;
  return (
    <Sheet
      title={say.title}
      beside={
        may && known.data ? (
          <button type="button" className="push s as-link" onClick={() => setChanging(true)}>
            {say.change}
          </button>
        ) : mine.data && known.data ? (
          <div className="push">
            <LockedButton permission="institution:people:write" label={say.change} className="btn text s" />
          </div>
        ) : null
      }
    >
      <div className="body">
        {known.isPending ? <Bones what={say.title} rows={2} /> : null}
        {known.isError ? <Refusal error={known.error} retry={() => void known.refetch()} /> : null}
        {known.data && !current ? <p className="s muted">{say.none}</p> : null}
        {current ? (
          <>
            <dl className="facts">
              <div>
                <dt>{say.name}</dt>
                <dd>{nameOf(current)}</dd>
              </div>
              <div>
                <dt>{say.code}</dt>
                <dd className="code">{current.maskedFiscalCode}</dd>
              </div>
            </dl>
            <p className="s muted">
              {current.source === "declared" ? say.declared(current.declaredBy ?? "") : say.fromAgreement},{" "}
              {say.since(day(current.since))}
            </p>
          </>
        ) : null}
        {registry && current ? <p className="s">{registry.agrees ? say.agrees : say.differs(registry.name)}</p> : null}
        {past.length > 0 ? (
          <p className="s muted">
            {say.past}: {past.map(nameOf).join(", ")}
          </p>
        ) : null}
      </div>
      {may ? <Declare open={changing} kept={kept} onClose={() => setChanging(false)} /> : null}
    </Sheet>
  );
};

const Declare = ({ open, kept, onClose }: { open: boolean; kept: Typed | null; onClose: () => void }) => {
  const { screens } = useWords();
  const say = useInstitutionWords().representative;
  const person = screens.onboarding.person;
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const { form, sent, showWrong } = useEndpointForm<Typed>(Manager, kept ?? nothing);
  const stepUp = useStepUp(() => form.getValues());
  const declare = useSend(api.people.representative.declare, {
    onSuccess: ({ current }) => {
      toast(say.saved(current ? `${current.givenName} ${current.familyName}` : ""));
      form.reset(nothing);
      onClose();
      void queries.invalidateQueries();
    },
    onError: (error) => {
      if (!stepUp.asks(error)) showWrong(error);
    },
  });
  const refused =
    declare.error &&
    !(isProblem(declare.error) && (declare.error.fields.length > 0 || declare.error.code === "step-up-needed"))
      ? problem(declare.error)
      : null;
  const submit = () =>
    void form.handleSubmit((typed) => {
      if (!declare.isPending) declare.mutate({ params: { institutionId }, body: sent(typed) });
    })();
  return (
    <>
      <Dialog
        title={say.changeTitle}
        open={open}
        onClose={onClose}
        answers={
          <>
            <button type="button" className="btn plain" onClick={onClose}>
              {say.cancel}
            </button>
            <button type="button" className="btn main" onClick={submit}>
              {say.save}
            </button>
          </>
        }
      >
        <form
          noValidate
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <p className="s muted">{say.changeIntro}</p>
          <div className="fields">
            <Field form={form} name="givenName" label={person.givenName} maxLength={80} deps={["fiscalCode"]} />
            <Field form={form} name="familyName" label={person.familyName} maxLength={80} deps={["fiscalCode"]} />
            <Field
              form={form}
              name="fiscalCode"
              label={person.fiscalCode}
              help={person.fiscalCodeHelp}
              code
              width={12}
              maxLength={16}
              autoCapitalize="characters"
            />
            <Field form={form} name="email" label={person.email} type="email" width={12} maxLength={254} />
          </div>
          {refused ? (
            <Note tone="critical" icon="wrong" role="alert" title={refused.title}>
              <p>{refused.detail}</p>
            </Note>
          ) : null}
        </form>
      </Dialog>
      {stepUp.dialog}
    </>
  );
};
