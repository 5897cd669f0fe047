import type { Requirements } from "@area/api";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { Sheet } from "../kit/pieces.tsx";
import { Shield } from "../kit/Shield.tsx";
import { useWords } from "../kit/words.tsx";
import { ChooseUnit } from "./ChooseUnit.tsx";
import { blankInstitution } from "./content.ts";
import { RegistryNotes } from "./RegistryNotes.tsx";
import { SearchBody } from "./SearchBody.tsx";
import { SearchCompany } from "./SearchCompany.tsx";
import { SearchEntry } from "./SearchEntry.tsx";
import type { Form, Product, RegistryBody } from "./steps.ts";

/** Step 2: which body, found in the registry. */
export const SearchStep = ({
  form,
  product,
  needs,
  body,
  missing,
  fieldRef,
}: {
  form: Form;
  product: Product | undefined;
  needs: Requirements;
  body: RegistryBody | undefined;
  missing: boolean;
  fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const { screens } = useWords();
  const say = screens.onboarding.search;
  const chosen = useWatch({ control: form.control, name: "institution" });
  const [changing, setChanging] = useState(false);
  if (needs.origin === "business-register")
    return (
      <Sheet title={screens.onboarding.steps[1] ?? say.title}>
        <div className="body">
          <SearchCompany form={form} missing={missing} />
        </div>
      </Sheet>
    );
  if ((chosen.ipaCode || chosen.code) && !changing)
    return (
      <Sheet title={say.chosen}>
        <div className="body">
          <div className="chosen">
            <Shield taxCode={chosen.taxCode} />
            <div>
              <h3>{chosen.name}</h3>
              <p className="xs quiet">
                <span className="code">{chosen.taxCode}</span> ·{" "}
                <span className="code">{chosen.ipaCode || chosen.code}</span>
                {chosen.city ? ` · ${chosen.city}` : ""}
              </p>
            </div>
            <button type="button" className="btn plain s" onClick={() => setChanging(true)}>
              {say.change}
            </button>
          </div>
          <RegistryNotes body={body} product={product} needs={needs} unit={chosen.unitCode !== ""} />
          {needs.units && body?.state === "active" ? <ChooseUnit form={form} body={body} /> : null}
        </div>
      </Sheet>
    );
  return (
    <Sheet title={screens.onboarding.steps[1] ?? say.title}>
      <div className="body">
        {needs.origin === "IVASS" || needs.origin === "ANAC" ? (
          <SearchEntry
            form={form}
            origin={needs.origin}
            missing={missing}
            fieldRef={fieldRef}
            onChosen={() => setChanging(false)}
          />
        ) : (
          <SearchBody
            missing={missing}
            fieldRef={fieldRef}
            onChoose={(found) => {
              form.setValue("institution", {
                ...blankInstitution("IPA"),
                ipaCode: found.ipaCode,
                name: found.name,
                taxCode: found.taxCode,
                city: found.city ?? "",
                pec: "",
              });
              form.setValue("geographicAreas", []);
              setChanging(false);
            }}
          />
        )}
      </div>
    </Sheet>
  );
};
