import { api, TaxCode } from "@area/api";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { call } from "../kit/call.ts";
import { Field } from "../kit/Field.tsx";
import { Note } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { blankInstitution } from "./content.ts";
import type { Form } from "./steps.ts";

/** A company by its tax code. A register that is silent does not stop anybody: it is said, and the data are declared. */
export const SearchCompany = ({ form, missing }: { form: Form; missing: boolean }) => {
  const { screens } = useWords();
  const say = screens.adhesion.wizard;
  const text = useProblemText();
  const chosen = useWatch({ control: form.control, name: "institution" });
  const [asking, setAsking] = useState(false);
  const [ended, setEnded] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);

  const search = async () => {
    const code = TaxCode.safeParse(form.getValues("institution.taxCode"));
    if (!code.success) {
      await form.trigger("institution.taxCode");
      form.setFocus("institution.taxCode");
      return;
    }
    setAsking(true);
    setEnded(false);
    setFailed(null);
    try {
      const { answer, company } = await call(api.registries.company, { params: { taxCode: code.data } });
      const blank = { ...blankInstitution("business-register"), taxCode: code.data };
      if (company && !company.active) {
        setEnded(true);
        form.setValue("institution", blank);
      } else if (company) {
        const known = {
          pec: company.pec ?? "",
          address: company.address,
          zipCode: company.zipCode,
          city: company.city ?? "",
          county: company.county ?? "",
        };
        form.setValue("institution", {
          ...blank,
          ...known,
          answer,
          name: company.name,
          held: Object.entries(known)
            .filter(([, value]) => value !== "")
            .map(([field]) => field)
            .join(" "),
        });
        for (const block of ["companyRea", "company", "companyCapital"]) {
          if (company.rea) form.setValue(`details.${block}.rea`, company.rea);
          if (company.businessRegisterPlace)
            form.setValue(`details.${block}.businessRegisterPlace`, company.businessRegisterPlace);
        }
        if (company.vatNumber) form.setValue("billing.vatNumber", company.vatNumber);
      } else form.setValue("institution", { ...blank, answer });
    } catch (error) {
      setFailed(error);
    } finally {
      setAsking(false);
    }
  };

  return (
    <>
      <div className="fields">
        <Field
          form={form}
          name="institution.taxCode"
          label={say.companyLabel}
          help={say.companyHelp}
          code
          autoCapitalize="characters"
          maxLength={40}
        />
        <div className="field">
          <button type="button" className="btn plain" aria-disabled={asking} onClick={() => void search()}>
            {asking ? say.companySearching : say.companySearch}
          </button>
        </div>
      </div>
      <div role="status" aria-live="polite">
        {chosen.answer === "found" ? <Note tone="positive" icon="check" title={say.companyFound(chosen.name)} /> : null}
        {chosen.answer === "silent" ? <Note tone="attention" icon="alert" title={say.companySilent} /> : null}
        {chosen.answer === "unknown" ? <Note tone="attention" icon="alert" title={say.companyUnknown} /> : null}
        {ended ? <Note tone="critical" icon="wrong" title={say.companyEnded} /> : null}
        {failed ? <Note tone="critical" icon="wrong" title={text(failed).title} /> : null}
        {missing && !chosen.answer && !ended ? <Note tone="attention" icon="alert" title={say.companyFirst} /> : null}
      </div>
    </>
  );
};
