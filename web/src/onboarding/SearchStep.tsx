import { useState } from "react";
import { useWatch } from "react-hook-form";
import { Sheet } from "../kit/pieces.tsx";
import { Shield } from "../kit/Shield.tsx";
import { useWords } from "../kit/words.tsx";
import { RegistryNotes } from "./RegistryNotes.tsx";
import { SearchBody } from "./SearchBody.tsx";
import type { Form, Product, RegistryBody } from "./steps.ts";

/** Step 2: which body, found in the registry. */
export const SearchStep = ({
  form,
  product,
  body,
  missing,
  fieldRef,
}: {
  form: Form;
  product: Product | undefined;
  body: RegistryBody | undefined;
  missing: boolean;
  fieldRef: React.Ref<HTMLInputElement>;
}) => {
  const { screens } = useWords();
  const say = screens.onboarding.search;
  const chosen = useWatch({ control: form.control, name: "institution" });
  const [changing, setChanging] = useState(false);
  if (chosen.ipaCode && !changing)
    return (
      <Sheet title={say.chosen}>
        <div className="body">
          <div className="chosen">
            <Shield taxCode={chosen.taxCode} />
            <div>
              <h3>{chosen.name}</h3>
              <p className="xs quiet">
                <span className="code">{chosen.taxCode}</span> · <span className="code">{chosen.ipaCode}</span>
                {chosen.city ? ` · ${chosen.city}` : ""}
              </p>
            </div>
            <button type="button" className="btn plain s" onClick={() => setChanging(true)}>
              {say.change}
            </button>
          </div>
          <RegistryNotes body={body} product={product} />
        </div>
      </Sheet>
    );
  return (
    <Sheet title={screens.onboarding.steps[1] ?? say.title}>
      <div className="body">
        <SearchBody
          missing={missing}
          fieldRef={fieldRef}
          onChoose={(found) => {
            form.setValue("institution", {
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
      </div>
    </Sheet>
  );
};
