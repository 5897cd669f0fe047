import { api, holderGrounds, Iban, isPostal, italianParts, NewIban } from "@area/api";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { queries, useSend } from "../../kit/call.ts";
import { Field } from "../../kit/Field.tsx";
import { useEndpointForm } from "../../kit/form.ts";
import { mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Note, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { Locked } from "../../kit/Refusal.tsx";
import { takeKept } from "../../kit/step-up.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { earliestDay } from "./days.ts";
import { EvidenceField } from "./EvidenceField.tsx";
import { useProposing } from "./propose.tsx";

type Typed = {
  iban: string;
  description: string;
  validFrom: string;
  validUntil: string;
  holder: { kind: "own" | "other"; taxCode?: string; name?: string; ground?: string; evidenceId?: string };
};
type Evidence = { id: string; name: string };

/** A new account. What is wrong is said at its field; a second person is asked only where the institution wants one. */
export const RegisterIban = () => {
  const { screens, day } = useWords();
  const say = screens.ibans;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const navigate = useNavigate();
  const at = { institutionId, ambiente: environmentWord[environment] };
  const earliest = earliestDay(environment);
  // Back from confirming who one is: what was typed is still there.
  const [kept] = useState(() => takeKept() as { typed: Typed; evidence: Evidence | null } | null);
  const [evidence, setEvidence] = useState(kept?.evidence ?? null);
  const { form, sent, showWrong } = useEndpointForm<Typed>(
    NewIban,
    kept?.typed ?? { iban: "", description: "", validFrom: earliest, validUntil: "", holder: { kind: "own" } },
  );
  const register = useSend(api.pagopa.ibans.register);
  const proposing = useProposing(() => ({ typed: form.getValues(), evidence }));
  const [typed, kind] = useWatch({ control: form.control, name: ["iban", "holder.kind"] });
  const read = Iban.safeParse(typed ?? "");
  const bank = read.success ? italianParts(read.data) : null;
  const submit = form.handleSubmit((values) => {
    const holder =
      values.holder.kind === "other" && evidence ? { ...values.holder, evidenceId: evidence.id } : values.holder;
    const body = sent({ ...values, holder }) as Parameters<typeof register.mutate>[0]["body"];
    register.mutate(
      { params: { institutionId }, query: { environment }, body },
      {
        onSuccess: (made) => {
          toast(say.added(made.iban, say.environments[environment], day(made.validFrom)));
          void queries.invalidateQueries();
          void navigate({ to: "/enti/$institutionId/pagopa/$ambiente/iban", params: at });
        },
        onError: (error) => {
          if (!showWrong(error)) proposing.refuse(error, { endpoint: "pagopa.ibans.register", body });
        },
      },
    );
  });
  const mine = useMine();
  const allowed = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:ibans:write"));
  if (mine.isSuccess && !allowed)
    return (
      <>
        <PageTitle title={say.form.title} />
        <Sheet title={say.page.data}>
          <Locked permission="pagopa:ibans:write" />
        </Sheet>
      </>
    );
  return (
    <>
      <PageTitle title={say.form.title} documentTitle={`${say.form.title}, ${say.environments[environment]}`}>
        <p>{environment === "test" ? say.test : say.production}</p>
      </PageTitle>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Sheet title={say.page.data}>
          <div className="body stack">
            <div className="fields">
              <Field
                form={form}
                name="iban"
                label={say.form.iban}
                help={bank ? say.form.bank(bank.abi, bank.cab) : say.form.ibanHelp}
                code
                autoCapitalize="characters"
                maxLength={60}
              />
              <Field
                form={form}
                name="description"
                label={say.form.description}
                help={say.form.descriptionHelp}
                maxLength={300}
              />
              <Field
                form={form}
                name="validFrom"
                label={say.form.validFrom}
                help={say.form.validFromHelp(day(earliest))}
                type="date"
                width={3}
              />
              <Field
                form={form}
                name="validUntil"
                label={say.form.validUntil}
                optional={screens.kit.optional}
                type="date"
                width={3}
              />
            </div>
            {read.success && isPostal(read.data) ? (
              <Note tone="progress" icon="info" role="status" title={say.form.postalNote} />
            ) : null}
            <fieldset>
              <legend>{say.form.holder}</legend>
              <div className="choices">
                {(["own", "other"] as const).map((one) => (
                  <label className="choice" key={one}>
                    <input type="radio" value={one} {...form.register("holder.kind", { shouldUnregister: false })} />
                    <span>
                      {say.form[one]}
                      <small>{one === "own" ? say.form.ownHelp : say.form.otherHelp}</small>
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
            {kind === "other" ? (
              <div className="fields">
                <Field form={form} name="holder.name" label={say.form.holderName} maxLength={140} />
                <Field form={form} name="holder.taxCode" label={say.form.holderTaxCode} code maxLength={40} />
                <Field
                  form={form}
                  name="holder.ground"
                  label={say.form.ground}
                  options={
                    <>
                      <option value="">{say.form.choose}</option>
                      {holderGrounds.map((ground) => (
                        <option value={ground} key={ground}>
                          {say.form.grounds[ground]}
                        </option>
                      ))}
                    </>
                  }
                />
                <EvidenceField kept={evidence} onKept={setEvidence} />
              </div>
            ) : null}
            {proposing.notes}
            {proposing.dialog}
          </div>
          <footer className="row">
            <Link className="btn text" to="/enti/$institutionId/pagopa/$ambiente/iban" params={at}>
              {say.form.cancel}
            </Link>
            <button type="submit" className="btn main push" aria-disabled={register.isPending}>
              {say.form.save}
            </button>
          </footer>
        </Sheet>
      </form>
    </>
  );
};
