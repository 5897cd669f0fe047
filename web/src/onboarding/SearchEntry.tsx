import { api } from "@area/api";
import { useState } from "react";
import { useCall } from "../kit/call.ts";
import { registryName } from "../kit/registry-name.ts";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { blankInstitution } from "./content.ts";
import { SearchBox } from "./SearchBox.tsx";
import type { Form } from "./steps.ts";

/** An insurer in the register of IVASS, or a platform in the list of ANAC. */
export const SearchEntry = ({
  form,
  origin,
  missing,
  fieldRef,
  onChosen,
}: {
  form: Form;
  origin: "IVASS" | "ANAC";
  missing: boolean;
  fieldRef: React.Ref<HTMLInputElement>;
  onChosen: () => void;
}) => {
  const { screens } = useWords();
  const say = screens.adhesion.wizard;
  const { search: words } = screens.onboarding;
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const search = useSettled(typed.trim());
  const found = useCall(
    api.registries.listed,
    { params: { registry: origin === "IVASS" ? "ivass" : "anac" }, query: { search, limit: 20 } },
    { enabled: search.length >= 2, keepPrevious: true },
  );
  const items = search.length >= 2 ? (found.data?.items ?? []) : [];
  return (
    <SearchBox
      label={say.listLabel[origin]}
      help={say.listHelp[origin]}
      typed={typed}
      onType={(text) => {
        setTyped(text);
        if (text !== refused) setRefused(null);
      }}
      items={items.map((one) => ({
        key: one.code,
        title: one.name,
        codes: [one.code, ...(one.taxCode && one.taxCode !== one.code ? [one.taxCode] : [])],
        ended: one.state === "ended",
      }))}
      emptyText={
        typed.trim().length < 2
          ? words.typeMore
          : found.isError
            ? words.failed
            : found.isFetching || search !== typed.trim()
              ? words.searching
              : say.listNone(search, registryName(screens, origin))
      }
      wrong={refused ? words.endedRefusal(refused) : missing ? words.mustChoose : null}
      fieldRef={fieldRef}
      onChoose={(code) => {
        const one = items.find((item) => item.code === code);
        if (!one) return;
        if (one.state === "ended") {
          setRefused(one.name);
          setTyped(one.name);
          return;
        }
        form.setValue("institution", {
          ...blankInstitution(origin),
          code: one.code,
          held: one.address ? "address" : "",
          name: one.name,
          pec: one.pec ?? "",
          taxCode: one.taxCode ?? one.code,
          address: one.address,
          zipCode: one.zipCode,
          city: one.city ?? "",
        });
        onChosen();
      }}
    />
  );
};
