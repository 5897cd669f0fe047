import { api } from "@area/api";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { useCall } from "../kit/call.ts";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { SearchBox } from "./SearchBox.tsx";
import type { Form, RegistryBody } from "./steps.ts";

/** The whole body, or one of its parts: a homogeneous area (AOO) or a unit (UO). */
export const ChooseUnit = ({ form, body }: { form: Form; body: RegistryBody }) => {
  const { screens } = useWords();
  const say = screens.adhesion.wizard;
  const { search: words } = screens.onboarding;
  const chosen = useWatch({ control: form.control, name: "institution" });
  const [some, setSome] = useState(chosen.unitCode !== "");
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const units = useCall(
    api.registries.units,
    { params: { ipaCode: body.ipaCode }, query: { limit: 50, ...(search ? { search } : {}) } },
    { enabled: some, keepPrevious: true },
  );
  const whole = () => {
    setSome(false);
    form.setValue("institution.unitKind", "");
    form.setValue("institution.unitCode", "");
    form.setValue("institution.unitName", "");
    form.setValue("institution.name", body.name);
    form.setValue("institution.pec", body.pec ?? "");
  };
  return (
    <div className="below">
      <fieldset className="field w12">
        <legend>{say.unit}</legend>
        <div className="choices">
          <label className="choice">
            <input type="radio" name="unit" checked={!some} onChange={whole} />
            <span>{say.unitNone}</span>
          </label>
          <label className="choice">
            <input type="radio" name="unit" checked={some} onChange={() => setSome(true)} />
            <span>{say.unitSome}</span>
          </label>
        </div>
      </fieldset>
      {some ? (
        <>
          {chosen.unitCode ? (
            <p>
              <b>{say.unitChosen(chosen.unitName, chosen.unitCode)}</b>
            </p>
          ) : null}
          <SearchBox
            label={say.unitLabel}
            typed={typed}
            onType={setTyped}
            items={(units.data?.items ?? []).map((one) => ({
              key: `${one.kind} ${one.code}`,
              title: one.name,
              codes: [`${one.kind} ${one.code}`],
              ended: false,
            }))}
            emptyText={units.isError ? words.failed : units.isFetching ? words.searching : say.unitNoneFound}
            wrong={null}
            onChoose={(key) => {
              const one = units.data?.items.find((u) => `${u.kind} ${u.code}` === key);
              if (!one) return;
              form.setValue("institution.unitKind", one.kind);
              form.setValue("institution.unitCode", one.code);
              form.setValue("institution.unitName", one.name);
              form.setValue("institution.name", one.name);
              form.setValue("institution.pec", one.pec ?? body.pec ?? "");
              setTyped(one.name);
            }}
          />
        </>
      ) : null}
    </div>
  );
};
