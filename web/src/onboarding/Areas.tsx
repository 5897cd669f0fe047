import { regionCodes, regions } from "@area/api";
import type { ReactNode } from "react";
import { type UseFormReturn, useFieldArray, useWatch } from "react-hook-form";
import { Field } from "../kit/Field.tsx";
import { Icon, Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";

const levels = ["municipality", "province", "region", "national"] as const;

/** What is typed of the places where an institution works: a field that its level does not need stays empty. */
export type AreasForm = { geographicAreas: { level: string; code: string; name: string }[] };

/** Where an institution works: the same fields when it joins and when it changes its mind. */
export const Areas = ({
  form,
  city,
  title,
  after,
}: {
  form: UseFormReturn<AreasForm>;
  city: string;
  title?: string;
  after?: ReactNode;
}) => {
  const { screens } = useWords();
  const say = screens.onboarding.area;
  const areas = useFieldArray({ control: form.control, name: "geographicAreas" });
  const typed = useWatch({ control: form.control, name: "geographicAreas" });
  const national = typed.some((area) => area.level === "national");
  return (
    <Sheet title={title ?? say.title}>
      <div className="body">
        <p className="s muted">{say.intro}</p>
        <div className="fields">
          {areas.fields.map((area, n) => {
            const level = typed[n]?.level;
            return (
              <div className="area" key={area.id}>
                <Field
                  form={form}
                  name={`geographicAreas.${n}.level`}
                  label={say.level}
                  width={12}
                  options={levels.map((one) => (
                    <option key={one} value={one}>
                      {screens.areas[one]}
                    </option>
                  ))}
                />
                {level === "region" ? (
                  <Field
                    form={form}
                    name={`geographicAreas.${n}.code`}
                    label={say.region}
                    width={12}
                    options={
                      <>
                        <option value="">{say.chooseRegion}</option>
                        {regionCodes.map((code) => (
                          <option key={code} value={code}>
                            {regions[code]}
                          </option>
                        ))}
                      </>
                    }
                  />
                ) : level === "national" ? (
                  <span />
                ) : (
                  <Field
                    form={form}
                    name={`geographicAreas.${n}.name`}
                    label={level === "province" ? say.province : say.municipality}
                    width={12}
                    maxLength={80}
                  />
                )}
                {areas.fields.length > 1 ? (
                  <button type="button" className="btn icon" onClick={() => areas.remove(n)}>
                    <Icon name="x" />
                    <span className="hidden">{say.remove(n + 1)}</span>
                  </button>
                ) : null}
              </div>
            );
          })}
        </div>
        {areas.fields.length < 20 && !national ? (
          <div className="row">
            <button
              type="button"
              className="btn plain s"
              onClick={() =>
                areas.append({ level: "municipality", code: "", name: areas.fields.length === 0 ? city : "" })
              }
            >
              <Icon name="plus" small /> {say.add}
            </button>
          </div>
        ) : null}
      </div>
      {after}
    </Sheet>
  );
};
