import { api } from "@area/api";
import { useFieldArray, useWatch } from "react-hook-form";
import { useCall } from "../kit/call.ts";
import { Icon, Note, Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { blankPerson } from "./content.ts";
import { PersonFields } from "./PersonFields.tsx";
import type { Form } from "./steps.ts";

/** Step 5: one to three people who will run the product; two are suggested. */
export const AdministratorsStep = ({ form, maximum }: { form: Form; maximum: number }) => {
  const { administrators: say } = useWords().screens.onboarding;
  const people = useFieldArray({ control: form.control, name: "administrators" });
  const typed = useWatch({ control: form.control, name: "administrators" });
  const me = useCall(api.identity.me, {}).data?.person;
  const same = (a: string, b: string) => a.trim().toLocaleUpperCase() === b.trim().toLocaleUpperCase();
  const iAmThere = me && typed.some((p) => same(p.givenName, me.givenName) && same(p.familyName, me.familyName));
  const addMe = () => {
    if (!me) return;
    const names = { givenName: me.givenName, familyName: me.familyName };
    const blank = typed.findIndex((p) => !p.givenName && !p.familyName && !p.fiscalCode && !p.email);
    const at = blank >= 0 ? blank : people.fields.length;
    if (blank >= 0) people.update(blank, { ...blankPerson(), ...names });
    else people.append({ ...blankPerson(), ...names }, { shouldFocus: false });
    setTimeout(() => form.setFocus(`administrators.${at}.fiscalCode`));
  };
  const room = people.fields.length < maximum || typed.some((p) => !p.givenName && !p.familyName && !p.fiscalCode);
  return (
    <>
      {me && !iAmThere && room ? (
        <div className="row below-title">
          <button type="button" className="btn plain s" onClick={addMe}>
            <Icon name="person" small /> {say.addMe}
          </button>
          <p className="s muted">{say.addMeHow(me.maskedFiscalCode)}</p>
        </div>
      ) : null}
      {people.fields.map((person, n) => (
        <Sheet
          key={person.id}
          title={say.one(n + 1)}
          beside={
            people.fields.length > 1 ? (
              <button type="button" className="push s as-link" onClick={() => people.remove(n)}>
                {say.remove(n + 1)}
              </button>
            ) : null
          }
        >
          <div className="body">
            <PersonFields form={form} at={`administrators.${n}`} emailHelp={say.emailHelp} />
          </div>
        </Sheet>
      ))}
      {people.fields.length === 1 ? (
        <div className="below">
          <Note tone="progress" icon="people" title={say.onlyOne} />
        </div>
      ) : null}
      {people.fields.length < maximum ? (
        <p className="acts">
          <button type="button" className="btn plain s" onClick={() => people.append(blankPerson())}>
            <Icon name="plus" small /> {say.add}
          </button>
        </p>
      ) : null}
    </>
  );
};
