import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { type FieldError, type FieldPath, type FieldValues, get, type UseFormReturn } from "react-hook-form";
import { Icon } from "./pieces.tsx";

/** What is wrong in bold, and how to mend it. */
export const Wrongness = ({ id, message, mend }: { id: string; message: string; mend?: string | undefined }) => (
  <div className="error" id={id}>
    <Icon name="alert" />
    <span>
      <b>{message}</b>
      {mend ? <span className="mend">{mend}</span> : null}
    </span>
  </div>
);

type Given<V extends FieldValues> = {
  form: UseFormReturn<V>;
  name: FieldPath<V>;
  label: ReactNode;
  optional?: string;
  help?: ReactNode;
  /** 12 is the whole row, 6 half of it. */
  width?: 3 | 4 | 6 | 8 | 12;
  code?: boolean;
  /** Fields to look at again when this one changes. */
  deps?: FieldPath<V>[];
  options?: ReactNode;
} & Pick<InputHTMLAttributes<HTMLInputElement>, "type" | "inputMode" | "maxLength" | "autoComplete" | "autoCapitalize">;

/** Label above, help and error below; checked on leaving, not while typing, until it is wrong. */
export const Field = <V extends FieldValues>({
  form,
  name,
  label,
  optional,
  help,
  width = 6,
  code,
  deps,
  options,
  ...input
}: Given<V>) => {
  const id = useId();
  const error = get(form.formState.errors, name) as FieldError | undefined;
  const mend = error?.types?.mend;
  const said = [error ? `${id}-e` : null, help && !error ? `${id}-h` : null].filter(Boolean).join(" ") || undefined;
  const common = {
    id,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": said,
    // Once a field is wrong it is looked at again while it is mended: the error leaves as soon as it is right,
    // and not at the very moment in which the next button is pressed (the page would move under the finger).
    ...form.register(name, {
      ...(deps ? { deps } : {}),
      ...(error ? { onChange: () => void form.trigger(name) } : {}),
    }),
  } as const;
  return (
    <div className={`field${width === 6 ? "" : ` w${width}`}`}>
      <label htmlFor={id}>
        {label} {optional ? <span className="opt">{optional}</span> : null}
      </label>
      {options ? (
        <select className="select" {...common}>
          {options}
        </select>
      ) : (
        <input
          className={`input${code ? " code" : ""}`}
          autoComplete="off"
          spellCheck={code || input.type === "email" ? false : undefined}
          {...input}
          {...common}
        />
      )}
      {error ? (
        <Wrongness id={`${id}-e`} message={error.message ?? ""} mend={typeof mend === "string" ? mend : undefined} />
      ) : null}
      {help && !error ? (
        <p className="hint" id={`${id}-h`}>
          {help}
        </p>
      ) : null}
    </div>
  );
};
