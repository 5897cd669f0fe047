import { api, grantsOn, type Permission, type Profile, type ProfileChoice, profileNames } from "@area/api";
import { type FieldPath, type FieldPathValue, type FieldValues, type UseFormReturn, useWatch } from "react-hook-form";
import { usePages } from "../kit/call.ts";
import { Field } from "../kit/Field.tsx";
import { mayI } from "../kit/May.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { fromDay, untilDay } from "./dates.ts";
import { usePeopleWords } from "./words.tsx";

/** A profile to give, as it is typed. */
export type TypedOffer = { productId: string; choice: string; beginsAt: string; endsAt: string };
export const emptyOffer: TypedOffer = { productId: "institution", choice: "", beginsAt: "", endsAt: "" };

/** A built-in profile by name, one of the institution by id. */
export const choiceOf = (choice: string): ProfileChoice =>
  profileNames.some((p) => p === choice) ? { profile: choice as Profile } : { profileId: choice };

/** The profiles of a product that this person can give, and one that must stand among them: the server holds the same rule. */
export const useGivable = (productId: string, also: string | null = null) => {
  const institutionId = useInstitutionId();
  const held = useMine().data?.memberships ?? [];
  const customs = usePages(api.people.profiles.list, { params: { institutionId }, query: { limit: 100 } });
  const canGive = (permissions: readonly Permission[]) =>
    permissions.length > 0 && permissions.every((p) => mayI(held, p, productId));
  return {
    builtIn: profileNames.filter((p) => p === also || canGive(grantsOn(productId, p))),
    own: customs.items.filter((c) => c.productId === productId && (c.id === also || canGive(c.gives))),
  };
};

/** As it travels: a built-in profile by name, one of the institution by id; days become moments. */
export const offerOf = (typed: Partial<TypedOffer>) => ({
  productId: typed.productId,
  ...(typed.choice
    ? {
        choice: choiceOf(typed.choice),
      }
    : {}),
  ...(fromDay(typed.beginsAt) ? { beginsAt: fromDay(typed.beginsAt) } : {}),
  endsAt: untilDay(typed.endsAt),
});

/** Where, which profile, from and until. Only the profiles that this person can give: the server holds the same rule. */
export const OfferFields = <V extends FieldValues>({ form, prefix }: { form: UseFormReturn<V>; prefix: string }) => {
  const { screens } = useWords();
  const words = usePeopleWords();
  const say = words.offer;
  const institution = useInstitution();
  const at = (name: keyof TypedOffer) => `${prefix}${name}` as FieldPath<V>;
  const productId = useWatch({ control: form.control, name: at("productId") }) as FieldPathValue<V, FieldPath<V>>;
  const { builtIn, own } = useGivable(productId);
  return (
    <div className="fields">
      <Field
        form={form}
        name={at("productId")}
        label={say.product}
        options={
          <>
            <option value="institution">{words.held.institution}</option>
            {(institution.data?.products ?? [])
              .filter((p) => p.state === "active")
              .map((p) => (
                <option value={p.productId} key={p.productId}>
                  {p.title}
                </option>
              ))}
          </>
        }
      />
      <Field
        form={form}
        name={at("choice")}
        label={say.profile}
        help={say.onlyWhatIHave}
        options={
          <>
            <option value="">{say.choose}</option>
            <optgroup label={say.builtIn}>
              {builtIn.map((p) => (
                <option value={p} key={p}>
                  {screens.profiles[p]}
                </option>
              ))}
            </optgroup>
            {own.length > 0 ? (
              <optgroup label={say.ownProfiles}>
                {own.map((c) => (
                  <option value={c.id} key={c.id}>
                    {c.name}
                  </option>
                ))}
              </optgroup>
            ) : null}
          </>
        }
      />
      <Field
        form={form}
        name={at("beginsAt")}
        label={say.from}
        optional={screens.kit.optional}
        help={say.fromHelp}
        type="date"
      />
      <Field
        form={form}
        name={at("endsAt")}
        label={say.to}
        optional={screens.kit.optional}
        help={say.toHelp}
        type="date"
      />
    </div>
  );
};
