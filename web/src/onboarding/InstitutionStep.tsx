import type { Requirements } from "@area/api";
import { useState } from "react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { Dialog } from "../kit/Dialog.tsx";
import { Field } from "../kit/Field.tsx";
import { Bones, Icon, Note, Sheet } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { registryName } from "../kit/registry-name.ts";
import { useWords } from "../kit/words.tsx";
import { Areas, type AreasForm } from "./Areas.tsx";
import { DeclaredInstitution } from "./DeclaredInstitution.tsx";
import { Details } from "./Details.tsx";
import { RegistryNotes } from "./RegistryNotes.tsx";
import { type Form, type Product, REGISTRY, type RegistryBody } from "./steps.ts";

/** Step 3: what the registry knows, locked; how to invoice; where the body works. */
export const InstitutionStep = ({
  form,
  product,
  needs,
  body,
  error,
  retry,
  changed,
}: {
  form: Form;
  product: Product | undefined;
  needs: Requirements;
  body: RegistryBody | undefined;
  error: unknown;
  retry: () => void;
  changed: string | null;
}) => {
  const { screens, day } = useWords();
  const say = screens.onboarding.institution;
  const [wrong, setWrong] = useState(false);
  const unit = useWatch({ control: form.control, name: "institution" });
  return (
    <>
      {changed ? (
        <Note tone="attention" icon="alert" title={say.changedTitle} role="status">
          <p>{say.changed(changed)}</p>
        </Note>
      ) : null}
      {needs.origin === "IPA" ? (
        <Sheet
          title={say.registry}
          beside={
            <>
              {body ? (
                <span className="source">
                  <Icon name="lock" /> {say.source(registryName(screens, "IPA"), day(body.updatedAt))}
                </span>
              ) : null}
              <button type="button" className="push s as-link" onClick={() => setWrong(true)}>
                {say.wrong}
              </button>
            </>
          }
        >
          {error ? <Refusal error={error} retry={retry} /> : null}
          {!body && !error ? <Bones what={say.registry} /> : null}
          {body ? (
            <div className="body">
              <dl className="facts two locked">
                <Datum label={say.name}>{unit.unitName || body.name}</Datum>
                <Datum label={say.ipaCode} code>
                  {body.ipaCode}
                </Datum>
                {unit.unitCode ? (
                  <Datum label={unit.unitKind} code>
                    {unit.unitCode}
                  </Datum>
                ) : null}
                <Datum label={say.taxCode} code>
                  {body.taxCode}
                </Datum>
                <Datum label={say.category}>{screens.categories[body.category] ?? body.category}</Datum>
                <Datum label={say.pec}>{(unit.unitCode ? unit.pec : body.pec) || "—"}</Datum>
                <Datum label={say.address}>
                  {body.address}, {body.zipCode} {body.city}
                </Datum>
              </dl>
              <RegistryNotes body={body} product={product} needs={needs} unit={unit.unitCode !== ""} />
              {body.pec ? <p className="s muted">{say.pecNote}</p> : null}
            </div>
          ) : null}
        </Sheet>
      ) : (
        <DeclaredInstitution form={form} needs={needs} />
      )}
      {needs.billing ? <Billing form={form} needs={needs} /> : null}
      {needs.geographicAreas ? (
        <Areas form={form as unknown as UseFormReturn<AreasForm>} city={body?.city ?? unit.city} />
      ) : null}
      <Details form={form} blocks={needs.blocks} />
      <Dialog
        open={wrong}
        onClose={() => setWrong(false)}
        title={say.wrong}
        answers={
          <a className="btn plain" href={REGISTRY} target="_blank" rel="noreferrer">
            {screens.overview.openRegistry} <Icon name="external" small />
          </a>
        }
      >
        <p>{screens.overview.wrongHow}</p>
      </Dialog>
    </>
  );
};

const Datum = ({ label, code, children }: { label: string; code?: boolean; children: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd className={code ? "code" : undefined}>{children}</dd>
  </div>
);

const Billing = ({ form, needs }: { form: Form; needs: Requirements }) => {
  const { screens } = useWords();
  const { billing: say } = screens.onboarding;
  const to = useWatch({ control: form.control, name: "billing.invoiceTo" });
  return (
    <Sheet title={say.title}>
      <div className="body">
        <div className="fields">
          <fieldset className="field w12">
            <legend>{say.to}</legend>
            <div className="choices">
              <label className="choice">
                <input type="radio" value="institution" {...form.register("billing.invoiceTo")} />
                <span>
                  {say.toInstitution}
                  <small>{say.toInstitutionHow}</small>
                </span>
              </label>
              <label className="choice">
                <input type="radio" value="office" {...form.register("billing.invoiceTo")} />
                <span>
                  {say.toOffice}
                  <small>{say.toOfficeHow}</small>
                </span>
              </label>
            </div>
          </fieldset>
          {to === "office" ? (
            <Field
              form={form}
              name="billing.invoicedTaxCode"
              label={say.invoicedTaxCode}
              width={12}
              code
              maxLength={40}
            />
          ) : null}
          <Field
            form={form}
            name="billing.vatNumber"
            label={say.vatNumber}
            optional={say.vatNumberOptional}
            help={say.vatNumberHelp}
            code
            inputMode="numeric"
            maxLength={40}
          />
          <Field
            form={form}
            name="billing.recipientCode"
            label={say.recipientCode}
            {...(needs.recipientCode === "optional" ? { optional: screens.kit.optional } : {})}
            help={needs.origin === "IPA" ? say.recipientCodeHelp : screens.adhesion.wizard.recipientCodeCompany}
            code
            autoCapitalize="characters"
            maxLength={20}
          />
        </div>
      </div>
    </Sheet>
  );
};
