import type { DeclaredField } from "@area/api";
import { useId } from "react";
import { Wrongness } from "../kit/Field.tsx";
import { useWords } from "../kit/words.tsx";
import { textsOf } from "./declared.ts";
import { useSettingsWords } from "./words.tsx";

/** One field that a product declared: the control that fits its type, in the reader's language. */
export const DeclaredInput = ({
  place,
  field,
  required,
  value,
  error,
  locked,
  onChange,
  onLeave,
}: {
  /** `step/field`: where a refusal puts the focus. */
  place: string;
  field: DeclaredField;
  required: boolean;
  value: string | boolean;
  error: string | undefined;
  locked: boolean;
  onChange: (value: string | boolean) => void;
  onLeave: () => void;
}) => {
  const { language } = useWords();
  const say = useSettingsWords();
  const id = useId();
  const { title, description } = textsOf(field, language);
  const help = [description, field.type === "array" && !description ? say.onePerLine : null].filter(Boolean).join(" ");
  const common = {
    id,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error ? `${id}-e` : help ? `${id}-h` : undefined,
    "aria-required": required || undefined,
    onBlur: onLeave,
  } as const;
  const below = (
    <>
      {error ? <Wrongness id={`${id}-e`} message={error} /> : null}
      {help && !error ? (
        <p className="hint" id={`${id}-h`}>
          {help}
        </p>
      ) : null}
    </>
  );
  if (field.type === "boolean")
    return (
      <div className="field w12" data-place={place}>
        <label className="choice">
          <input
            type="checkbox"
            {...common}
            checked={value === true}
            disabled={locked}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>{title}</span>
        </label>
        {below}
      </div>
    );
  const text = String(value);
  const change = (event: { target: { value: string } }) => onChange(event.target.value);
  return (
    <div className={`field${field.type === "array" ? " w12" : ""}`} data-place={place}>
      <label htmlFor={id}>
        {title} {required ? null : <span className="opt">{say.optional}</span>}
      </label>
      {field.type === "array" ? (
        <textarea className="input" rows={4} readOnly={locked} {...common} value={text} onChange={change} />
      ) : field.type === "string" && field.enum ? (
        <select className="select" disabled={locked} {...common} value={text} onChange={change}>
          <option value="">{say.choose}</option>
          {field.enum.map((one) => (
            <option value={one} key={one}>
              {one}
            </option>
          ))}
        </select>
      ) : (
        <input
          className={`input${field.type === "string" && (field.format === "iban" || field.format === "tax-code") ? " code" : ""}`}
          type={field.type === "string" && field.format === "date" ? "date" : "text"}
          inputMode={
            field.type !== "string"
              ? "numeric"
              : field.format === "email"
                ? "email"
                : field.format === "uri"
                  ? "url"
                  : undefined
          }
          autoComplete="off"
          spellCheck={field.type === "string" && field.format ? false : undefined}
          maxLength={field.type === "string" ? field.maxLength : 20}
          readOnly={locked}
          {...common}
          value={text}
          onChange={change}
        />
      )}
      {below}
    </div>
  );
};
