import { api, grantsOn, profileNames } from "@area/api";
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

/** As it travels: a built-in profile by name, one of the institution by id; days become moments. */
export const offerOf = (typed: Partial<TypedOffer>) => ({
  productId: typed.productId,
  ...(typed.choice
    ? {
        choice: (profileNames as string[]).includes(typed.choice)
          ? { profile: typed.choice }
          : { profileId: typed.choice },
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
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const mine = useMine();
  const customs = usePages(api.people.profiles.list, { params: { institutionId }, query: { limit: 100 } });
  const at = (name: keyof TypedOffer) => `${prefix}${name}` as FieldPath<V>;
  const productId = useWatch({ control: form.control, name: at("productId") }) as FieldPathValue<V, FieldPath<V>>;
  const held = mine.data?.memberships ?? [];
  const canGive = (permissions: readonly Parameters<typeof mayI>[1][]) =>
    permissions.length > 0 && permissions.every((p) => mayI(held, p));
  const builtIn = profileNames.filter((p) => canGive(grantsOn(productId, p)));
  const own = customs.items.filter((c) => c.productId === productId && canGive(c.gives));
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
