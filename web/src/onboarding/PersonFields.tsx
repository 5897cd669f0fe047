import { Field } from "../kit/Field.tsx";
import { useWords } from "../kit/words.tsx";
import type { Form } from "./steps.ts";

/** Name, surname, fiscal code and mail of somebody named in the onboarding. */
export const PersonFields = ({
  form,
  at,
  emailHelp,
}: {
  form: Form;
  at: "manager" | `administrators.${number}`;
  emailHelp: string;
}) => {
  const { person: say } = useWords().screens.onboarding;
  return (
    <div className="fields">
      <Field form={form} name={`${at}.givenName`} label={say.givenName} maxLength={80} deps={[`${at}.fiscalCode`]} />
      <Field form={form} name={`${at}.familyName`} label={say.familyName} maxLength={80} deps={[`${at}.fiscalCode`]} />
      <Field
        form={form}
        name={`${at}.fiscalCode`}
        label={say.fiscalCode}
        help={say.fiscalCodeHelp}
        code
        autoCapitalize="characters"
        maxLength={40}
      />
      <Field form={form} name={`${at}.email`} label={say.email} help={emailHelp} type="email" maxLength={320} />
    </div>
  );
};
