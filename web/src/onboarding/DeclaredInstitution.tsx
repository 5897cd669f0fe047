import type { Requirements } from "@area/api";
import { useWatch } from "react-hook-form";
import { Field } from "../kit/Field.tsx";
import { Icon, Note, Sheet } from "../kit/pieces.tsx";
import { registryName } from "../kit/registry-name.ts";
import { useWords } from "../kit/words.tsx";
import type { Typed } from "./content.ts";
import { declaredFields, isRegistered, openFields } from "./needs.ts";
import type { Form } from "./steps.ts";

/** Outside IndicePA: what a register or a list holds is shown locked, what it does not hold is asked. */
export const DeclaredInstitution = ({ form, needs }: { form: Form; needs: Requirements }) => {
  const { screens } = useWords();
  const { wizard: say } = screens.adhesion;
  const institution = useWatch({ control: form.control, name: "institution" });
  const typed = { ...form.getValues(), institution } as Typed;
  const open = openFields(typed, needs);
  const registered = isRegistered(typed, needs);
  const held = declaredFields.filter((f) => !open.includes(f) && institution[f] !== "");
  return (
    <Sheet
      title={say.declaredTitle}
      beside={
        registered ? (
          <span className="source">
            <Icon name="lock" /> {registryName(screens, needs.origin)}
          </span>
        ) : null
      }
    >
      <div className="body">
        {needs.origin === "business-register" && !registered ? (
          <Note
            tone="attention"
            icon="alert"
            title={institution.answer === "unknown" ? say.reviewUnknown : say.reviewSilent}
          />
        ) : null}
        {held.length > 0 ? (
          <dl className="facts two locked">
            {held.map((f) => (
              <div key={f}>
                <dt>{say[f]}</dt>
                <dd className={f === "taxCode" || f === "zipCode" ? "code" : undefined}>{institution[f]}</dd>
              </div>
            ))}
          </dl>
        ) : null}
        {open.length > 0 ? (
          <>
            <p className="s muted">{say.declaredIntro}</p>
            <div className="fields">
              {open.map((f) => (
                <Field
                  key={f}
                  form={form}
                  name={`institution.${f}`}
                  label={say[f]}
                  width={f === "name" || f === "address" ? 12 : 6}
                  code={f === "taxCode" || f === "zipCode"}
                  {...(f === "pec" ? { help: say.pecHelp, type: "email" as const } : {})}
                  maxLength={f === "name" ? 400 : f === "pec" ? 254 : f === "address" ? 200 : 80}
                />
              ))}
            </div>
          </>
        ) : null}
      </div>
    </Sheet>
  );
};
